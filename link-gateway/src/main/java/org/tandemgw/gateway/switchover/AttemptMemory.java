package org.tandemgw.gateway.switchover;

import java.util.List;
import org.tandemgw.gateway.switchover.Closing.Ending;
import org.tandemgw.gateway.switchover.Decision.StepLine;

/** What a snapshot holds of an {@link Attempt}. */
record AttemptMemory(
        Decision plan,
        List<StepLine> lines,
        Selection.Memory selection,
        List<Demotions.Sent> demotions,
        GivenUp.Memory givenUp,
        long stepSinceMs,
        long limitMs,
        long againMs,
        int tries,
        int runs,
        long stoppedMs,
        FenceHeld fence,
        Ending ending) {
    AttemptMemory {
        lines = List.copyOf(lines);
        demotions = List.copyOf(demotions);
    }
}
