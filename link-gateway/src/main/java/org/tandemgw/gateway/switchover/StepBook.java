package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.switchover.Decision.StepLine;

/** The lines of the steps of one switchover, for its record. */
final class StepBook {
    /** More lines are left out, except for those of a demote: a site has at most some dozens of cards, and a select some tries. */
    private static final int MOST = 512;

    private final List<StepLine> lines = new ArrayList<>();

    void clear() {
        lines.clear();
    }

    List<StepLine> lines() {
        return List.copyOf(lines);
    }

    void recall(List<StepLine> memory) {
        lines.addAll(memory);
    }

    void ran(Step step, String server, long startedMs, double tookMs, String outcome, String said) {
        final Instant started = Instant.ofEpochMilli(startedMs);
        final StepLine line = new StepLine(step.toString(), server, null, null, started, tookMs, outcome, said);
        if (step == Step.DEMOTE) {
            lines.add(0, line);
        } else {
            add(line);
        }
    }

    /** Whether the old active was told to stop, and said that it has. */
    boolean demoted() {
        return lines.stream()
                .anyMatch(each -> each.step().equals(Step.DEMOTE.toString())
                        && each.outcome().equals("ok"));
    }

    void selected(Step step, String server, Event.SelectOver end, long startedMs, long nowMs) {
        final Instant started = Instant.ofEpochMilli(startedMs);
        if (end.cards().isEmpty()) {
            add(new StepLine(
                    step.toString(),
                    server,
                    end.name(),
                    null,
                    started,
                    (double) (nowMs - startedMs),
                    end.outcome().toString(),
                    end.refusedBecause()));
        }
        end.cards()
                .forEach(card -> add(new StepLine(
                        step.toString(),
                        server,
                        end.name(),
                        card.card(),
                        started,
                        card.tookMs(),
                        card.outcome(),
                        card.detail())));
    }

    private void add(StepLine line) {
        if (lines.size() < MOST) {
            lines.add(line);
        }
    }
}
