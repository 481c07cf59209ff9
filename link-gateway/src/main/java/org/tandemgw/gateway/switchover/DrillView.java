package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.util.List;

/**
 * Drills, for status and alarms. Component names are JSON keys.
 *
 * @param newest under way, or the last that was begun; null: none ever
 * @param skipped the newest that was on the schedule and was not begun, if none was begun since; null: none
 * @param passedAt when the last one that passed began; null: none ever did
 * @param next when the next one on the schedule is due; null: there is no schedule
 * @param overdueSince null: none is
 * @param missing what the way home still lacks, of one that is away
 */
public record DrillView(
        Drill newest, Drill skipped, Instant passedAt, Instant next, Instant overdueSince, List<String> missing) {
    /** Nothing was ever drilled, and nothing is going to be. */
    public static final DrillView NONE = new DrillView(null, null, null, null, null, List.of());

    /** Copies the list. */
    public DrillView {
        missing = List.copyOf(missing);
    }
}
