package org.tandemgw.gateway.space;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.tandemgw.gateway.space.Deletion.Lost;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.DiskState;

/** What is decided about space, in plain words. Pure. */
public final class SpaceText {
    private SpaceText() {}

    /** How much room there is at a moment. */
    public static String room(long freeBytes, long minFreeBytes, boolean noRoom) {
        return Amounts.bytes(freeBytes) + " free, journal.min-free is " + Amounts.bytes(minFreeBytes)
                + (noRoom && freeBytes >= minFreeBytes
                        ? ", and yet no room can be reserved (a quota? the log has the error)"
                        : "");
    }

    /** What a state is and what it costs, without how much is free; empty while it is ok. */
    static String why(SpaceFacts facts, List<Deletion> deletions, DiskState state, long resumeBytes) {
        final boolean enough = facts.freeBytes() >= facts.minFreeBytes();
        final boolean refused = facts.noRoom() && enough;
        return switch (state) {
            case OK -> "";
            case LOW -> "the oldest records go as soon as every server has them";
            case CRITICAL ->
                (enough && deletions.isEmpty()
                                ? "records went that a server misses, and more will when room is short again"
                                : "records go that a server misses")
                        + named(deletions);
            case PAUSED ->
                "no record may go (what is left is written to, or missed and younger than ten minutes):"
                        + " the legs are paused; what the ACDs send waits there, and is lost where an ACD cannot keep it;"
                        + " they resume by themselves "
                        + (refused ? "once there is room" : "at " + Amounts.bytes(resumeBytes) + " free");
        };
    }

    /** What to do about it. */
    public static String remedy(String data, long journalBytes) {
        return "make room on the disk of " + data
                + (journalBytes > 0 ? " (" + Amounts.bytes(journalBytes) + " of it are journals)" : "")
                + ", or give it a larger disk";
    }

    private static String named(List<Deletion> deletions) {
        final String lost = deletions.stream()
                .filter(deletion -> !deletion.lost().isEmpty())
                .map(deletion -> deletion.acd() + " " + lost(deletion.lost()))
                .collect(Collectors.joining("; "));
        return lost.isEmpty() ? "" : " (" + lost + ")";
    }

    private static String lost(List<Lost> lost) {
        return lost.stream()
                .map(each -> each.from() + " to " + each.to() + " are lost to " + each.server())
                .collect(Collectors.joining(", "));
    }

    /** One deletion, for the log and the status. */
    public static String dropped(Deletion deletion) {
        final SpaceFacts.File file = deletion.file();
        final String what = deletion.why() == Deletion.Why.NOBODY_READS_IT || file.last() < 0
                ? deletion.acd() + " generation " + deletion.generation() + " up to "
                        + Instant.ofEpochSecond(file.lastAtNs() / 1_000_000_000)
                : deletion.acd() + " " + file.first() + " to " + file.last();
        return what + " (" + Amounts.bytes(file.bytes()) + "), "
                + deletion.why().words()
                + (deletion.lost().isEmpty() ? "" : " (" + lost(deletion.lost()) + ")");
    }

    /** How long the space lasts; empty unless it falls. */
    public static String lasts(long freeBytes, long minFreeBytes, long fallingBytesPerHour) {
        if (fallingBytesPerHour <= 0 || freeBytes <= minFreeBytes) {
            return "";
        }
        final double ms = (freeBytes - minFreeBytes) * 3_600_000.0 / fallingBytesPerHour;
        return ms > 3_650L * 86_400_000 ? "" : "at the present rate min-free is reached in " + Amounts.time((long) ms);
    }
}
