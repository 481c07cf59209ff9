package org.tandemgw.gateway.decision;

import java.util.List;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/**
 * Everything about one decision, as it is kept in its file. Component names are the keys.
 *
 * @param format of this record
 * @param tandem the version that decided
 * @param decision its newest state
 * @param opened its state as it began; null if that was not kept, or it was over at once
 * @param rules in force, in the run that told its newest state
 * @param parts what the machine knew and was told; more than one where Tandem was started anew before it was over
 */
public record DecisionRecord(
        int format, String tandem, Decision decision, Decision opened, SwitchoverRules rules, List<Part> parts) {
    /** Of this version. */
    public static final int FORMAT = 1;

    /** Copies the list. */
    public DecisionRecord {
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** Its number. */
    public long number() {
        return decision.decision();
    }

    /** Whether it is over. */
    public boolean isOver() {
        return decision.closedAt() != null;
    }

    /** What was in force in the run that this part is of. */
    SwitchoverRules rules(Part part) {
        return part.rules() == null ? rules : part.rules();
    }

    /** With what the run before a restart knew of it: who takes it up again is told the newest state only. */
    public Decision told(Decision newest) {
        if (opened == null || parts.size() < 2) {
            return newest;
        }
        return new Decision(
                newest.decision(),
                newest.epoch(),
                opened.from(),
                newest.to(),
                newest.trigger(),
                newest.reason(),
                newest.who(),
                newest.forced(),
                newest.outcome(),
                newest.refusedBecause(),
                newest.conditions().isEmpty() ? opened.conditions() : newest.conditions(),
                opened.diagnosis() == null
                        ? newest.diagnosis()
                        : opened.diagnosis() + "; Tandem was started anew in the middle of it"
                                + (parts.stream().allMatch(each -> rules(each).equals(rules))
                                        ? ""
                                        : ", with another configuration"),
                newest.evidence().isEmpty() ? opened.evidence() : newest.evidence(),
                Earlier.steps(this, newest),
                newest.fence(),
                newest.calls() < 0 ? opened.calls() : newest.calls(),
                newest.openedAt(),
                newest.closedAt());
    }

    /**
     * What one run of Tandem saw of it.
     *
     * @param snapshot the whole state of the machine before the first of the events
     * @param events each with its time before it, {@code <ms since 1970> <event line>}
     * @param rules in force in that run; null: those of the record
     * @param notKept how many events after the last of these were not kept, because there were too many
     */
    public record Part(String snapshot, List<String> events, long notKept, SwitchoverRules rules) {
        /** Copies the list. */
        public Part {
            events = List.copyOf(events);
        }
    }
}
