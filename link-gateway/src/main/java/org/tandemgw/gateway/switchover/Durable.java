package org.tandemgw.gateway.switchover;

import java.util.List;

/**
 * What must survive any end of the process: to be written before the actions of a step are carried out, whenever it has changed.
 *
 * @param epoch the newest used
 * @param active the server in control; null: not known
 * @param mode the operator's; null: he has not named one
 * @param holdDownUntilMs no automatic switch before; 0: none
 * @param holding null: not holding
 * @param mustClear evidence ({@code server/probe}) that has had its switch, and must clear and recur before it counts again
 * @param home the server that an automatic switch left, and that fail-back goes back to; null: none
 * @param decision the newest number
 * @param checkedHash of the configuration that {@code check --live} passed for; null: none
 * @param open null: no switchover is open
 * @param unstarted the active server, if it was not told to start with success; null: it was
 * @param switched the epoch of the newest attempt that made its server the active one and told it to start, whether that succeeded or not; 0: none is known
 * @param maintenance what an operator has taken out of service: the site, one server, or both; empty: nothing
 * @param drills what is known of drills
 */
public record Durable(
        long epoch,
        String active,
        Mode mode,
        long holdDownUntilMs,
        Holding holding,
        List<String> mustClear,
        String home,
        long decision,
        String checkedHash,
        OpenAttempt open,
        String unstarted,
        long switched,
        List<Maintenance> maintenance,
        DrillBook drills) {
    /** Nothing is out of service, and no drill is known. */
    public Durable(
            long epoch,
            String active,
            Mode mode,
            long holdDownUntilMs,
            Holding holding,
            List<String> mustClear,
            String home,
            long decision,
            String checkedHash,
            OpenAttempt open,
            String unstarted,
            long switched) {
        this(
                epoch,
                active,
                mode,
                holdDownUntilMs,
                holding,
                mustClear,
                home,
                decision,
                checkedHash,
                open,
                unstarted,
                switched,
                List.of(),
                null);
    }

    /** No attempt is known to have made its server the active one. */
    public Durable(
            long epoch,
            String active,
            Mode mode,
            long holdDownUntilMs,
            Holding holding,
            List<String> mustClear,
            String home,
            long decision,
            String checkedHash,
            OpenAttempt open,
            String unstarted) {
        this(epoch, active, mode, holdDownUntilMs, holding, mustClear, home, decision, checkedHash, open, unstarted, 0);
    }

    /** The same with this of drills. */
    public Durable with(DrillBook book) {
        return new Durable(
                epoch,
                active,
                mode,
                holdDownUntilMs,
                holding,
                mustClear,
                home,
                decision,
                checkedHash,
                open,
                unstarted,
                switched,
                maintenance,
                book);
    }

    /** Copies the lists; a file of an older version knows no drills. */
    public Durable {
        drills = drills == null ? DrillBook.EMPTY : drills;
        mustClear = List.copyOf(mustClear);
        maintenance = List.copyOf(maintenance);
    }
}
