package org.tandemgw.gateway.switchover;

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
        String configHash) {
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
                configHash);
    }
}
