package org.tandemgw.gateway.decision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.gateway.switchover.SwitchoverView;

/** What the end of a decision means, in one sentence: no more than its record proves. Pure. */
final class Meaning {
    private static final String ANSWERS = " answers again";

    private final DecisionRecord record;
    private final Decision decision;
    private final String from;

    private Meaning(DecisionRecord record, Decision decision) {
        this.record = record;
        this.decision = decision;
        from = decision.from() == null ? "nobody" : decision.from();
    }

    /** @param now null: the site does not run, or does not answer */
    static String of(DecisionRecord record, Decision decision, SwitchoverView now) {
        return new Meaning(record, decision).sentence(now);
    }

    private String sentence(SwitchoverView now) {
        if (SiteNow.isForgotten(now, decision)) {
            return "Tandem ended in the middle of it, and what it knew of it is lost: look where the trunks are, and which server serves";
        }
        if (decision.outcome() == null) {
            return "it is not over"
                    + (now != null ? "" : ": Tandem ended in the middle; its next start goes on with it");
        }
        return switch (decision.outcome()) {
            case SWITCHED -> switched() + fence();
            case REFUSED ->
                "nothing was done; "
                        + (decision.from() == null
                                ? "nobody is known to be active, as before"
                                : from + " stays active");
            case HELD ->
                decision.steps().isEmpty()
                        ? "nothing was done, " + from
                                + " stays active; it is looked at again once something of this changes"
                        : "it came to a stop in the middle; nothing more is moved until somebody decides";
            case FAILED -> "it was tried and did not succeed: see above which step; nothing is tried again by itself";
            case ABANDONED -> abandoned();
            case WOULD_SWITCH -> "it would switch; nothing was done";
        };
    }

    private String switched() {
        final String to = decision.to();
        return to.equals(decision.from()) ? to + " was active, and has all trunks again" : to + " took over";
    }

    private String fence() {
        if (decision.fence() == null) {
            return "";
        }
        final String left = left();
        return switch (decision.fence()) {
            case TRUNK_SWITCH -> "; " + left + " cannot act: every card was read back at " + decision.to();
            case DEMOTE -> "; " + left + " cannot act: its demote succeeded";
            case DEAD -> "; not every card is there: " + left + " was dead by hard evidence";
            case NONE -> "; NOTHING makes sure that " + left + " cannot act: fence is none";
            case NEVER_LEFT -> "; it is the old active again";
        };
    }

    /** Who is not in control any more, also where nobody was known to be, or the same one was. */
    private String left() {
        if (decision.from() != null && !decision.from().equals(decision.to())) {
            return decision.from();
        }
        return record.rules() != null && record.rules().knows(decision.to())
                ? record.rules().other(decision.to())
                : "the other server";
    }

    /** Given up before anything was moved: not always because the old one was back, and it may have been told to stop. */
    private String abandoned() {
        final boolean back = decision.refusedBecause().contains(from + ANSWERS);
        return (back ? from + " was back before anything was moved" : "it was given up before Tandem moved anything")
                + "; " + told() + trunks();
    }

    private String told() {
        final Decision.StepLine again = newest(Step.PUT_BACK);
        if (again != null && "ok".equals(again.outcome())) {
            return from + " was told to stop and to start again, and stays active";
        }
        if (newest(Step.DEMOTE) == null) {
            return from + " was told nothing, and stays active";
        }
        final boolean startable = record.rules() == null
                || decision.from() == null
                || !record.rules().knows(from)
                || record.rules().server(from).promoteMs() > 0;
        if (!startable) {
            return from + " was told to stop, and stays active";
        }
        return from + " was told to stop, and was NOT told to start again"
                + (again == null ? "" : " with success: look whether it serves");
    }

    private Decision.StepLine newest(Step step) {
        final List<Decision.StepLine> steps = decision.steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (step.toString().equals(steps.get(i).step())) {
                return steps.get(i);
            }
        }
        return null;
    }

    /** Others may have moved them meanwhile. */
    private String trunks() {
        final Map<String, Event.TrunksSeen> seen = new LinkedHashMap<>();
        record.parts().forEach(part -> part.events().forEach(line -> trunks(line, seen)));
        final StringBuilder elsewhere = new StringBuilder();
        seen.forEach((name, each) -> {
            if (!each.reachable()) {
                elsewhere.append("; where ").append(name).append(" leads could not be read");
            } else if (!from.equals(each.leadsTo())) {
                elsewhere
                        .append("; but ")
                        .append(name)
                        .append(each.leadsTo() == null ? " is at " + each.position() : " leads to " + each.leadsTo());
            }
        });
        return elsewhere.toString();
    }

    private static void trunks(String line, Map<String, Event.TrunksSeen> seen) {
        try {
            if (EventText.read(line.substring(line.indexOf(' ') + 1)) instanceof Event.TrunksSeen each) {
                seen.put(each.name(), each);
            }
        } catch (IllegalArgumentException e) {
            return; // of another version
        }
    }
}
