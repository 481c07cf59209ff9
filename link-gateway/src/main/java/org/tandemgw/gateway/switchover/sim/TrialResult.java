package org.tandemgw.gateway.switchover.sim;

import java.util.List;

/**
 * What became of one fault at one site.
 *
 * @param seed that leads to it again
 * @param ready whether the site was whole and watched before the fault
 * @param because if it was not: why; otherwise why it had not switched in the end, in the words of {@code why-not}
 * @param begunMs from the fault to the begin of a switchover; null: none began
 * @param switchedMs from the fault until the other server was in control; null: it never was
 * @param switches how many switchovers ended with another server in control
 * @param falsely how many automatic ones began although the server that was left did its work and could be reached
 * @param held whether Tandem waited for an operator in the end
 * @param cardsMoved of all trunk switches together, there and back
 * @param twoActive whether both servers were in control at once, with nothing between them
 * @param broken a promise of Tandem's own that was broken: a defect; null: none
 */
public record TrialResult(
        long seed,
        boolean ready,
        List<String> because,
        Long begunMs,
        Long switchedMs,
        int switches,
        int falsely,
        boolean held,
        long cardsMoved,
        boolean twoActive,
        String broken) {
    /** Copies the list. */
    public TrialResult {
        because = List.copyOf(because);
    }
}
