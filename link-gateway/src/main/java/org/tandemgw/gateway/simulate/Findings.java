package org.tandemgw.gateway.simulate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.sim.TrialResult;

/** What in a rehearsal an operator would not want, and what would help: each remedy is tried on the episodes that went wrong. */
final class Findings {
    /** Of those that went wrong so many are tried again with a remedy. */
    private static final int TRIED = 16;

    private static final int MOST_TOLD = 160;

    private final Rehearsal rehearsal;
    private final long slowMs;
    private final List<Finding> all = new ArrayList<>();

    private Findings(Rehearsal rehearsal, long slowMs) {
        this.rehearsal = rehearsal;
        this.slowMs = slowMs;
    }

    static List<Finding> of(Rehearsal rehearsal, Collection<CaseTally> tallies, long slowMs) {
        final Findings findings = new Findings(rehearsal, slowMs);
        findings.never(tallies);
        tallies.forEach(findings::look);
        return List.copyOf(findings.all);
    }

    /** A site that is not whole before anything happens: that is one finding, not thirty. */
    private void never(Collection<CaseTally> tallies) {
        final List<TrialResult> unready = new ArrayList<>();
        long episodes = 0;
        for (final CaseTally each : tallies) {
            each.results().stream().filter(result -> !result.ready()).forEach(unready::add);
            episodes += each.episodes();
        }
        if (unready.isEmpty()) {
            return;
        }
        final TrialResult first = unready.get(0);
        final Remedy remedy = helps(
                Remedy.attention(rehearsal.site()), unready, rehearsal.caseOf(first.seed()), result -> !result.ready());
        add(found(
                "is not protected before anything happens: " + because(first),
                null,
                unready.size(),
                episodes,
                remedy,
                "switchover",
                "let  tandem check  say what follows from the file",
                first.seed()));
    }

    private void look(CaseTally tally) {
        broken(tally);
        if (tally.wanted() == Case.Wanted.STAY) {
            finding(
                    tally,
                    each -> each.switchedMs() != null,
                    "switches although nothing should be moved",
                    Remedy.patience(rehearsal.site()),
                    "switchover.reconnect",
                    "give a server more time: reconnect, failures, unreachable");
        }
        if (tally.wanted() == Case.Wanted.SWITCH) {
            finding(
                    tally,
                    each -> each.ready() && each.switchedMs() == null,
                    "does not switch",
                    Remedy.attention(rehearsal.site()),
                    unwatched() ? "servers[].probes" : "switchover",
                    unwatched()
                            ? "probes for the server that has none; then simulate again"
                            : "see what was in the way with --explain");
            finding(
                    tally,
                    each -> each.switchedMs() != null && each.switchedMs() > slowMs,
                    "takes longer than " + Words.took(slowMs) + " to switch",
                    Remedy.haste(rehearsal.site()),
                    "switchover",
                    "see what it waits for with --explain, or accept it with --slower-than");
        }
        finding(
                tally,
                TrialResult::twoActive,
                "leaves both servers in control at once",
                List.of(),
                "switchover.fence",
                "fence: demote, with a demote of both servers, or a trunk switch");
    }

    private boolean unwatched() {
        return rehearsal.site().rules().servers().stream()
                .anyMatch(each -> each.probes().isEmpty());
    }

    private void broken(CaseTally tally) {
        final List<TrialResult> broken =
                tally.results().stream().filter(each -> each.broken() != null).toList();
        if (!broken.isEmpty()) {
            add(found(
                    "breaks a promise of its own: " + first(broken.get(0).broken()),
                    tally.which(),
                    broken.size(),
                    tally.episodes(),
                    null,
                    null,
                    "this is a defect of Tandem, not of the file: send what --explain prints to whoever maintains it",
                    broken.get(0).seed()));
        }
    }

    private static String first(String text) {
        final String line = text.lines().findFirst().orElse("");
        return line.length() > MOST_TOLD ? line.substring(0, MOST_TOLD) + " …" : line;
    }

    private void finding(
            CaseTally tally,
            Predicate<TrialResult> wrong,
            String what,
            List<Remedy> remedies,
            String key,
            String otherwise) {
        final List<TrialResult> episodes =
                tally.results().stream().filter(wrong).toList();
        if (episodes.isEmpty()) {
            return;
        }
        final TrialResult worst = episodes.stream()
                .reduce((one, other) -> longer(one, other) ? one : other)
                .orElseThrow();
        if (worst.switchedMs() == null
                && rehearsal.site().oneMachine()
                && tally.which().takesTheMachine()) {
            oneMachine(tally, what, episodes, worst);
            return;
        }
        final String why = worst.switchedMs() == null && !worst.because().isEmpty() ? ": " + because(worst) : "";
        final boolean unfenced = worst.switchedMs() == null
                && rehearsal.site().rules().fence() == FencePolicy.DEMOTE
                && why.contains(" told to stop") | why.contains("the fence does not hold");
        add(found(
                what + why,
                tally.which(),
                episodes.size(),
                tally.episodes(),
                unfenced ? null : helps(remedies, episodes, tally.which(), wrong),
                unfenced ? "switchover.fence" : key,
                unfenced
                        ? "a trunk switch, and fence: trunk-switch: a demote does not reach a server that is dead or cut off, so nothing proves that it cannot act"
                        : otherwise,
                worst.seed()));
    }

    private void oneMachine(CaseTally tally, String what, List<TrialResult> episodes, TrialResult worst) {
        add(found(
                what + ": both servers are on one machine by their addresses, and both are gone with it",
                tally.which(),
                episodes.size(),
                tally.episodes(),
                null,
                "servers[].probes",
                "a machine of its own for each, probed by its own address; where they have one and only share an address, a probe of kind icmp with that of the machine",
                worst.seed()));
    }

    private static boolean longer(TrialResult one, TrialResult other) {
        return (one.switchedMs() == null ? 0 : one.switchedMs())
                >= (other.switchedMs() == null ? 0 : other.switchedMs());
    }

    /** The same of both servers, whichever was active. */
    private String because(TrialResult result) {
        final String active = rehearsal.active(result.seed());
        final String text =
                result.because().isEmpty() ? "" : result.because().get(0).replace(active, "the active server");
        return text.replace(rehearsal.site().rules().other(active), "the other server");
    }

    /** The first that leaves nothing wrong in these episodes; null: none does. */
    private Remedy helps(List<Remedy> remedies, List<TrialResult> episodes, Case which, Predicate<TrialResult> wrong) {
        final List<TrialResult> tried = episodes.stream().limit(TRIED).toList();
        for (final Remedy each : remedies) {
            final boolean any = tried.stream()
                    .map(episode -> rehearsal.at(each.site(), which, episode.seed(), null))
                    .anyMatch(wrong);
            if (!any) {
                return each;
            }
        }
        return null;
    }

    private void add(Finding finding) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isLike(finding)) {
                all.set(i, all.get(i).and(finding));
                return;
            }
        }
        all.add(finding);
    }

    private static Finding found(
            String what, Case which, long episodes, long of, Remedy remedy, String key, String otherwise, long seed) {
        return new Finding(
                what,
                which == null ? List.of() : List.of(which.meaning()),
                which == null ? List.of() : List.of(which.toString()),
                episodes,
                of,
                remedy == null ? key : remedy.key(),
                remedy == null ? otherwise : remedy.text(),
                remedy != null,
                seed);
    }
}
