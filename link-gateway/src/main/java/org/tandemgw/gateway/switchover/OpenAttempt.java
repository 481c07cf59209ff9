package org.tandemgw.gateway.switchover;

import java.util.List;

/**
 * A switchover that is not over, as far as a start must know of it.
 *
 * @param from the server that must be fenced; the other one of {@code to}
 * @param step that was begun last
 * @param demoteSent whether {@code from} was told to stop
 * @param committed whether the point of no return is passed: a select was about to be sent; without trunk switches, the demote
 *     that is the fence, or the promote
 * @param hard whether {@code from} was dead by hard evidence when it was decided
 * @param configHash of the configuration that it was begun under; null: not known
 * @param spent what spoke against {@code from} when it began: it has its switch with this one, unless this one is given up
 */
public record OpenAttempt(
        long decision,
        long epoch,
        String from,
        String to,
        Trigger trigger,
        String reason,
        String who,
        boolean forced,
        Step step,
        boolean demoteSent,
        boolean committed,
        boolean hard,
        long openedMs,
        String configHash,
        List<String> spent) {
    /** Copies the list; a file of an older version has none. */
    public OpenAttempt {
        spent = spent == null ? List.of() : List.copyOf(spent);
    }

    OpenAttempt at(Step now, boolean demoted, boolean beyondReturn) {
        return new OpenAttempt(
                decision,
                epoch,
                from,
                to,
                trigger,
                reason,
                who,
                forced,
                now,
                demoted,
                beyondReturn,
                hard,
                openedMs,
                configHash,
                spent);
    }
}
