package org.tandemgw.gateway.switchover;

import java.util.List;
import org.tandemgw.gateway.health.Look;

/** A fact that the machine is told. Each has a form of one line of text: {@link EventText}. */
public sealed interface Event {
    /**
     * A probe has looked.
     *
     * @param secondPath whether at its second address
     */
    record Looked(String server, String probe, boolean secondPath, Look look) implements Event {}

    /**
     * Somebody has looked at a gateway, a net-test neighbour or a server's machine. Any answer, also a refusal, is ANSWERED.
     *
     * @param target as the rules name it
     */
    record NetworkLooked(String target, Look look) implements Event {}

    /**
     * What is known of a trunk switch; told on change and after each select, adopt and start.
     *
     * @param name of the switch
     * @param leadsTo the server that every card leads to; null: they differ, lead nowhere, or are not known
     * @param position A, B, offline, mixed, absent or unknown
     * @param reachable whether the box answers
     * @param movedWithoutUs whether a position changed that nobody here ordered, and nobody has adopted it
     * @param epoch the newest that the switch was ordered anything under; an older picture than the select's is stale
     */
    record TrunksSeen(
            String name, String leadsTo, String position, boolean reachable, boolean movedWithoutUs, long epoch)
            implements Event {}

    /**
     * All feeds of a server together; told at start and on change.
     *
     * @param connected all are
     * @param atParity all are
     */
    record FeedsSeen(String server, boolean connected, boolean atParity) implements Event {}

    /**
     * Told at start and on change.
     *
     * @param alive whether any leg of any ACD had a byte in the last seconds
     */
    record LegsSeen(boolean alive) implements Event {}

    /**
     * Told on change.
     *
     * @param suspect whether the machine's clock is not to be trusted now
     */
    record ClockSeen(boolean suspect, String why) implements Event {}

    /**
     * How far true UTC is ahead of the time that events carry, which goes on whatever becomes of the clock: for schedules. Told at start and on change.
     *
     * @param aheadMs negative: it is behind
     */
    record UtcSeen(long aheadMs) implements Event {}

    /**
     * The thread that tells all this did not run for so long: what it did not hear in that time is no evidence.
     *
     * @param lateMs by how much
     */
    record Stalled(long lateMs) implements Event {}

    /**
     * Told on change.
     *
     * @param inFlight -1: not known
     */
    record CallsSeen(int inFlight) implements Event {}

    /**
     * An operator asks for something; answered by exactly one {@link Action.Answer}.
     *
     * @param request number that the answer carries
     * @param who asks
     * @param why he asks
     */
    record Asked(long request, Wish wish, String who, String why) implements Event {}

    /**
     * A select is over for one switch.
     *
     * @param epoch that it was ordered under
     * @param name of the switch
     * @param commanded whether any command was sent
     * @param refusedBecause null unless REFUSED
     */
    record SelectOver(
            long epoch,
            String name,
            SelectOutcome outcome,
            boolean commanded,
            List<CardLine> cards,
            String refusedBecause)
            implements Event {
        /** Copies the list. */
        public SelectOver {
            cards = List.copyOf(cards);
        }
    }

    /**
     * A demote or promote, which may have had to wait until what an earlier run left to that server was over, begins. Its time runs
     * from here.
     *
     * @param server whose
     * @param step {@link Step#DEMOTE} or {@link Step#PROMOTE}, as the action named it
     * @param run as the promote named it; 1 for a demote
     */
    record StepBegan(long epoch, String server, Step step, int run) implements Event {}

    /**
     * A demote or promote is over.
     *
     * @param server whose
     * @param step {@link Step#DEMOTE} or {@link Step#PROMOTE}, as the action named it
     * @param run as the promote named it; 1 for a demote
     * @param said its last line; null: nothing
     */
    record StepOver(long epoch, String server, Step step, int run, boolean ok, String said, double tookMs)
            implements Event {
        /** The end of the only one of its kind. */
        public StepOver(long epoch, String server, Step step, boolean ok, String said, double tookMs) {
            this(epoch, server, step, 1, ok, said, tookMs);
        }
    }

    /** What the last step wanted kept could not be written durably; none of its actions was carried out. */
    record StoreFailed(String why) implements Event {}

    /** The time {@link Switchover#dueMs()} has come. */
    record Tick() implements Event {}
}
