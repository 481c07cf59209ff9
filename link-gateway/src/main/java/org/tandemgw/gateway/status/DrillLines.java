package org.tandemgw.gateway.status;

import java.time.Instant;
import java.util.List;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.DrillView;

/** The last drill and the next one, in a line; none where none was made and none is due. Pure. */
final class DrillLines {
    private DrillLines() {}

    static List<String> of(DrillView drills) {
        if (drills == null || drills.newest() == null && drills.next() == null) {
            return List.of();
        }
        final Drill newest = drills.newest();
        final String last = newest == null
                ? "no drill was ever made"
                : newest.open()
                        ? "drill " + newest.number() + " is under way, " + newest.stage()
                        : "last drill " + newest.number() + " " + newest.verdict() + ", begun "
                                + minute(newest.begunAt());
        return List.of(
                "",
                Ink.harmless("drills  " + last
                        + (drills.next() == null ? "" : "; next due " + minute(drills.next()))
                        + (drills.overdueSince() == null ? "" : "; OVERDUE since " + minute(drills.overdueSince()))));
    }

    private static String minute(Instant at) {
        return at.toString().substring(0, 16).replace('T', ' ') + " UTC";
    }
}
