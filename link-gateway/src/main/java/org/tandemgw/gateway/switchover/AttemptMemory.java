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
        StepTimes.Memory times,
        int tries,
        int runs,
        FenceHeld fence,
        Ending ending) {
    AttemptMemory {
        lines = List.copyOf(lines);
        demotions = List.copyOf(demotions);
    }
}
