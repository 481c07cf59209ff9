package org.tandemgw.gateway.space;

import java.util.List;
import java.util.stream.Collectors;
import org.tandemgw.gateway.space.Deletion.Lost;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.DiskState;

/** What is decided about space, in plain words. Pure. */
public final class SpaceText {
    private static final String REMEDY = "; make room at data (df -h), or give it a larger disk";

    private SpaceText() {}

    /** The sentence for a state. */
    static String why(SpaceFacts facts, List<Deletion> deletions, DiskState state) {
        final String free = Amounts.bytes(facts.freeBytes()) + " free, journal.min-free is "
                + Amounts.bytes(facts.minFreeBytes())
                + (facts.noRoom() ? ", and no room could be reserved" : "");
        return switch (state) {
            case OK -> "";
            case LOW -> free + ": the oldest records go as soon as every server has them" + REMEDY;
            case CRITICAL -> free + ": records go that a server misses" + named(deletions) + REMEDY;
            case PAUSED ->
                free + ", and nothing more may be deleted: the legs are paused, and resume by themselves" + REMEDY;
        };
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
                ? deletion.acd() + " generation " + deletion.generation()
                : deletion.acd() + " " + file.first() + " to " + file.last();
        return what + ", " + deletion.why().words()
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
