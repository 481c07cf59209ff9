package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;

/** What people are told of drills: sentences, alarms, the next command. Looks, decides nothing. */
final class DrillTold {
    private DrillTold() {}

    static List<String> because(DrillView view) {
        final Drill newest = view.newest();
        if (newest == null || !newest.open()) {
            return List.of();
        }
        final String missing = view.missing().isEmpty() ? "" : ": " + String.join("; ", view.missing());
        return List.of("drill " + newest.number() + " is under way: "
                + switch (newest.stage()) {
                    case OUT -> newest.away() + " is to take over";
                    case AWAY -> newest.home() + " takes over again as soon as nothing is missing" + missing;
                    case HOME -> newest.home() + " is to take over again";
                    case OVER -> "over";
                });
    }

    static List<SwitchoverView.AlarmLine> alarms(DrillView view, Core core) {
        final List<SwitchoverView.AlarmLine> all = new ArrayList<>();
        final String site = core.rules.site();
        final Drill newest = view.newest();
        if (newest != null && !newest.open() && newest.verdict() != DrillVerdict.PASSED) {
            all.add(new SwitchoverView.AlarmLine(
                    "drillFailed", site, newest.sentence() + "; ends with one that passes"));
        }
        if (view.overdueSince() != null) {
            final String last =
                    view.passedAt() == null ? "none ever passed" : "the last one that passed began " + view.passedAt();
            final Drill skipped = view.skipped();
            all.add(new SwitchoverView.AlarmLine(
                    "drillOverdue",
                    site,
                    "no drill has passed in time: " + last + (skipped == null ? "" : "; " + skipped.sentence())));
        }
        return all;
    }

    /** The way home that a drill has not gone, if it can be gone now; null: none. */
    static String next(Core core) {
        final Drill newest = core.kept.drills().newest();
        final boolean left = newest != null
                && !newest.open()
                && newest.verdict() != DrillVerdict.PASSED
                && newest.away().equals(newest.active())
                && newest.away().equals(core.kept.active())
                && core.kept.epoch() == newest.epoch();
        return left
                        && core.rules.knows(newest.home())
                        && core.standing(newest.home()).ready()
                ? Hints.switchTo(core, newest.home())
                : null;
    }
}
