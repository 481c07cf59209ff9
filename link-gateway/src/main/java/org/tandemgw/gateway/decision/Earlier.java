package org.tandemgw.gateway.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.switchover.CardLine;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;

/** The steps that a run before a restart saw to their end, from its events. Pure. */
final class Earlier {
    private Earlier() {}

    /** These, and then those of the newest state. */
    static List<Decision.StepLine> steps(DecisionRecord record, Decision newest) {
        final List<Decision.StepLine> steps = new ArrayList<>();
        for (final DecisionRecord.Part part :
                record.parts().subList(0, record.parts().size() - 1)) {
            for (final String line : part.events()) {
                final int blank = line.indexOf(' ');
                try {
                    take(
                            EventText.read(line.substring(blank + 1)),
                            Long.parseLong(line.substring(0, Math.max(0, blank))),
                            newest.epoch(),
                            steps);
                } catch (IllegalArgumentException e) {
                    continue; // of another version: what can be read is told
                }
            }
        }
        steps.addAll(newest.steps());
        return steps;
    }

    private static void take(Event event, long atMs, Long epoch, List<Decision.StepLine> steps) {
        if (event instanceof Event.StepOver each && Long.valueOf(each.epoch()).equals(epoch)) {
            steps.add(new Decision.StepLine(
                    each.step().toString(),
                    each.server(),
                    null,
                    null,
                    Instant.ofEpochMilli(atMs - Math.round(each.tookMs())),
                    each.tookMs(),
                    each.ok() ? "ok" : "failed",
                    each.said()));
        } else if (event instanceof Event.SelectOver each
                && Long.valueOf(each.epoch()).equals(epoch)) {
            for (final CardLine card : each.cards()) {
                steps.add(new Decision.StepLine(
                        "select",
                        null,
                        each.name(),
                        card.card(),
                        Instant.ofEpochMilli(atMs - Math.round(card.tookMs())),
                        card.tookMs(),
                        card.outcome(),
                        card.detail()));
            }
        }
    }
}
