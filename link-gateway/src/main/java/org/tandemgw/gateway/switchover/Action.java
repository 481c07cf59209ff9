package org.tandemgw.gateway.switchover;

import java.util.List;

/** What is to be done, in the order of the list, after {@link Switchover#durable()} is safe. */
public sealed interface Action {
    /** Run this server's demote; begins with {@link Event.StepBegan}, ends with {@link Event.StepOver}, with {@link Step#DEMOTE}. */
    record Demote(long epoch, String server) implements Action {}

    /**
     * Move every card of every switch to this server; ends with one {@link Event.SelectOver} per switch.
     *
     * @param automatic counts against moves-per-hour
     * @param forced overrides dwell
     * @param carryOn the same epoch was ordered before: only what is missing is to be done
     */
    record Select(long epoch, String server, boolean automatic, boolean forced, boolean carryOn, String who, String why)
            implements Action {}

    /**
     * Run this server's promote; begins with {@link Event.StepBegan}, ends with {@link Event.StepOver}, with {@link Step#PROMOTE}.
     *
     * @param fence what makes sure that the other one cannot act
     * @param run which of this epoch, from 1: so that the end of an earlier one is not taken for that of the next
     */
    record Promote(long epoch, String server, FenceHeld fence, int run) implements Action {}

    /**
     * Look at once, out of the rhythm.
     *
     * @param targets {@code server/probe}, or what {@link Event.NetworkLooked} names
     */
    record LookNow(List<String> targets) implements Action {}

    /** Run what the file hooked to this. */
    record Hook(HookEvent on, Decision decision) implements Action {}

    /**
     * The answer to an operator.
     *
     * @param ok whether what he asked for is done or, for a switch, begun
     * @param remedy a command that helps; null: none is needed
     * @param decision null unless it was a switch (or began one)
     */
    record Answer(long request, boolean ok, String message, String remedy, Decision decision) implements Action {}

    /** A drill begins, is over or was skipped: to be recorded, and told to hooks. */
    record Drilled(Drill drill) implements Action {}

    /** A server that was out for maintenance is in control, and so is not out any more: to be recorded. */
    record Returned(Maintenance ended) implements Action {}

    /** A decision begins: to be recorded. */
    record Opened(Decision decision) implements Action {}

    /**
     * A decision is over, or was over as it began (refused, held): to be recorded.
     *
     * @param tookOver whether the server that was to be active is now, also where it could not be told to start
     */
    record Closed(Decision decision, boolean tookOver) implements Action {
        /** Nobody has taken over. */
        Closed(Decision decision) {
            this(decision, false);
        }
    }
}
