package org.tandemgw.gateway.space;

import java.util.List;
import org.tandemgw.gateway.status.DiskState;

/**
 * What {@link SpacePlan} wants done.
 *
 * @param deletions in the order in which they are to be carried out
 * @param newFile the ACDs whose next record is to begin a new file, so that the one before can go
 * @param pause whether the legs are to be paused, or to stay so
 * @param state how the disk stands once this is done
 * @param why one sentence on the state; empty while it is ok
 */
public record SpaceDecision(
        List<Deletion> deletions, List<String> newFile, boolean pause, DiskState state, String why) {
    /** Takes its own copies of the lists. */
    public SpaceDecision {
        deletions = List.copyOf(deletions);
        newFile = List.copyOf(newFile);
    }
}
