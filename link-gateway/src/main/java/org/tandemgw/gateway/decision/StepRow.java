package org.tandemgw.gateway.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tandemgw.gateway.switchover.Decision;

/**
 * A step as a line: when, how long, and what came of it. Cards with the same outcome are one line where there are many.
 *
 * @param well whether it did what it should
 */
record StepRow(String what, boolean well, String text) {
    private static final Set<String> WELL = Set.of("ok", "MOVED", "ALREADY_THERE");

    static List<StepRow> of(Decision decision, int most) {
        final List<List<Decision.StepLine>> groups = new ArrayList<>();
        final boolean together = decision.steps().size() > most;
        for (final Decision.StepLine step : decision.steps()) {
            final List<Decision.StepLine> last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
            if (together && last != null && alike(last.get(last.size() - 1), step)) {
                last.add(step);
            } else {
                groups.add(new ArrayList<>(List.of(step)));
            }
        }
        final List<StepRow> rows = new ArrayList<>();
        groups.forEach(group -> rows.add(row(decision, group)));
        if (rows.size() > most) {
            final int left = rows.size() - most + 1;
            rows.subList(most - 1, rows.size()).clear();
            rows.add(new StepRow("and " + left + " more", true, "tandem why " + decision.decision() + " --json"));
        }
        return rows;
    }

    /** From the verdict until every card was read back: then the next step begins, or it is over. Null if that was not reached. */
    static Long verifiedMs(Decision decision) {
        boolean selected = false;
        for (final Decision.StepLine step : decision.steps()) {
            if (step.step().equals("select")) {
                if (Earlier.CUT_OFF.equals(step.outcome())) {
                    continue; // it was ordered again after the restart
                }
                if (!WELL.contains(step.outcome())) {
                    return null;
                }
                selected = true;
            } else if (selected && step.startedAt() != null) {
                return step.startedAt().toEpochMilli() - decision.openedAt().toEpochMilli();
            }
        }
        return selected && decision.closedAt() != null
                ? decision.closedAt().toEpochMilli() - decision.openedAt().toEpochMilli()
                : null;
    }

    private static boolean alike(Decision.StepLine a, Decision.StepLine b) {
        return a.card() != null
                && b.card() != null
                && a.card() < b.card()
                && a.step().equals(b.step())
                && Objects.equals(a.switch_(), b.switch_())
                && Objects.equals(a.outcome(), b.outcome());
    }

    private static StepRow row(Decision decision, List<Decision.StepLine> group) {
        final Decision.StepLine first = group.get(0);
        final Decision.StepLine last = group.get(group.size() - 1);
        final String what = first.step()
                + (first.switch_() != null ? " " + first.switch_() : first.server() == null ? "" : " " + first.server())
                + (first.card() == null
                        ? ""
                        : group.size() == 1
                                ? " card " + first.card()
                                : " cards " + first.card() + " to " + last.card() + " (" + group.size() + ")");
        double tookMs = 0;
        boolean known = true;
        for (final Decision.StepLine each : group) {
            known &= each.ms() != null;
            tookMs = Math.max(tookMs, each.ms() == null ? 0 : each.ms());
        }
        final boolean well = first.outcome() == null || WELL.contains(first.outcome());
        return new StepRow(
                what,
                well,
                (first.startedAt() == null
                                ? ""
                                : "at "
                                        + Page.relative(first.startedAt().toEpochMilli()
                                                - decision.openedAt().toEpochMilli())
                                        + ", ")
                        + (known ? (group.size() > 1 ? "at most " : "") + Page.took(tookMs) + ": " : "")
                        + (first.outcome() == null ? "under way" : first.outcome())
                        + (first.said() == null ? "" : ", " + first.said()));
    }
}
