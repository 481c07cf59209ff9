package org.tandemgw.gateway.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Trigger;

/** A site that switches from cms-east to cms-west whenever it is asked to, in half a second, and writes down what it was asked. */
public final class RehearsedSwitching implements SwitchControl {
    private static final Instant VERDICT = Instant.parse("2026-11-21T02:12:45.310Z");

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile String refusal;
    private volatile SwitchoverView view;
    private volatile Decision remembered;

    /** What was asked, with why. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** From now on it refuses to switch. */
    public void refuse(String because) {
        refusal = because;
    }

    @Override
    public SwitchReport switchTo(String server, boolean forced, boolean dryRun, Operator by) {
        asked.add(dryRun ? "dry run " + server : "switch " + server + " because " + by.reason());
        final Outcome outcome = refusal != null ? Outcome.REFUSED : dryRun ? Outcome.WOULD_SWITCH : Outcome.SWITCHED;
        final boolean begun = outcome == Outcome.SWITCHED;
        return report(refusal == null, begun, decision(server, by, begun ? null : outcome));
    }

    @Override
    public SwitchReport drill(boolean dryRun, Operator by) {
        asked.add(dryRun ? "dry run of a drill" : "drill because " + by.reason());
        return report(
                refusal == null,
                false,
                decision("cms-west", by, refusal != null ? Outcome.REFUSED : Outcome.WOULD_SWITCH));
    }

    @Override
    public SwitchReport request(long number) {
        return report(true, false, decision("cms-west", new Operator("jd", "disk"), Outcome.SWITCHED));
    }

    private static SwitchReport report(boolean ok, boolean underWay, Decision decision) {
        return new SwitchReport(ok, ok ? "done" : "refused", null, 1L, !underWay, VERDICT, decision);
    }

    private Decision decision(String server, Operator by, Outcome outcome) {
        final boolean moves = outcome == null || outcome == Outcome.SWITCHED;
        return new Decision(
                moves ? 1 : 0,
                moves ? 4L : null,
                "cms-east",
                server,
                Trigger.MANUAL,
                by.reason(),
                by.who(),
                false,
                outcome,
                refusal == null ? List.of() : List.of(refusal),
                List.of(new Condition("mode", true, "manual", null, null)),
                null,
                List.of(),
                moves
                        ? List.of(new Decision.StepLine(
                                "select", null, "trunks", 1, VERDICT.plusMillis(9), 41.2, "MOVED", null))
                        : List.of(),
                null,
                12,
                VERDICT,
                outcome == Outcome.SWITCHED ? VERDICT.plusMillis(500) : null);
    }

    @Override
    public SwitchReport mode(Mode mode, Operator by) {
        asked.add("mode " + mode + " because " + by.reason());
        return report(true, false, null);
    }

    @Override
    public SwitchReport resume(Operator by) {
        asked.add("resume because " + by.reason());
        return report(true, false, null);
    }

    @Override
    public SwitchReport maintain(String server, boolean on, long forMs, boolean dryRun, Operator by) {
        asked.add((dryRun ? "dry run maintenance " : "maintenance ")
                + (on ? "on" : "off")
                + (server == null ? "" : " " + server)
                + (on ? " for " + forMs + " ms" : "")
                + (dryRun ? "" : " because " + by.reason()));
        return report(refusal == null, false, null);
    }

    @Override
    public SwitchReport lookNow(Operator by) {
        return report(true, false, null);
    }

    @Override
    public SwitchReport liveChecked(String hash, Operator by) {
        return report(true, false, null);
    }

    @Override
    public SwitchoverView view() {
        return view;
    }

    @Override
    public Decision decision(long number) {
        return remembered != null && remembered.decision() == number ? remembered : null;
    }

    /** From now on decision 1 is remembered, and decision 2 was made and is forgotten. */
    public void remember() {
        remembered = decision("cms-west", new Operator("jd", "disk"), Outcome.SWITCHED);
        view = view(Phase.WATCHING, "protected", null);
    }

    /** From now on decision 1 is under way. */
    public void begin() {
        view = view(Phase.SELECTING, "switching", decision("cms-west", new Operator("jd", "disk"), null));
    }

    private static SwitchoverView view(Phase phase, String state, Decision open) {
        return new SwitchoverView(
                phase,
                0,
                state,
                "cms-west",
                4,
                Mode.MANUAL,
                Mode.MANUAL,
                null,
                true,
                List.of(),
                List.of(),
                null,
                0,
                List.of(),
                List.of(),
                List.of(),
                2,
                open);
    }

    @Override
    public List<NetworkPlace> network() {
        return List.of();
    }

    @Override
    public String configHash() {
        return "0123456789abcdef";
    }
}
