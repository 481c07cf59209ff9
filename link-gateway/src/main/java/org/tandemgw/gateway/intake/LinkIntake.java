package org.tandemgw.gateway.intake;

import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.leg.LegState;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.recovery.WrittenMarks;
import org.tandemgw.gateway.time.LatencyCounts;

/**
 * One ACD's way in, as the rest of the house sees it: {@link AcdIntake} makes one stream of two legs, a relay passes each leg through. All methods may be called
 * from any thread but the ACD's own.
 */
public interface LinkIntake extends AutoCloseable {
    /**
     * What operators had taken out when the gateway last ran.
     *
     * @param paused both legs stay closed
     * @param leg1 leg 1 is busied out
     * @param leg2 leg 2 is busied out
     */
    record Holds(boolean paused, boolean leg1, boolean leg2) {}

    /** Opens the legs that nobody has taken out. */
    void start(Holds holds);

    /** Closes the legs for good and ends the last batch; waits. */
    @Override
    void close();

    /** Closes one leg until it is released; waits. */
    void busyOut(int leg);

    /** Opens a leg that was busied out; that of a paused ACD stays closed until the ACD is resumed; waits. */
    void release(int leg);

    /** Closes both legs and writes a mark. Legs that are busied out stay so; waits. */
    void pause(String text);

    /** The opposite of {@link #pause}; waits. */
    void resume(String text);

    /** Writes a mark; does not wait. */
    void mark(String what, String text);

    /** The same for a switchover, unless that mark is in the journal already; does not wait. */
    void mark(SwitchMark mark);

    /**
     * What earlier runs have written of switchovers. Before {@link #start}.
     *
     * @param known what was known; null: nothing
     * @param through how far the journal was appended then
     * @param owed the beginning of an attempt that was asked for and may not have been written; null: none
     */
    void marksWere(WrittenMarks known, long through, SwitchMark owed);

    /** The beginning of an attempt that is asked for and is not durable up to there; null: none. */
    SwitchMark owedMark(long through);

    /** What the next start has to know of that; null: nothing. */
    WrittenMarks marks();

    /** Puts nothing away any more until {@link #resumeFromSpace}: the disk has to be kept free; does not wait. */
    void pauseForSpace(String why);

    /** The opposite of {@link #pauseForSpace}; does not wait. */
    void resumeFromSpace();

    /** The ACD's name. */
    String name();

    /** The journal that it writes. */
    LinkJournal journal();

    /** Whether an operator has paused it. */
    boolean paused();

    /** Why nothing is put away: the disk is full, or has to be kept free; null while it is neither. */
    String outOfRoom();

    /** Why the journal takes nothing more; empty while it does. */
    String fault();

    /** How long what came took from its arrival until it was in the journal; to be read. */
    LatencyCounts arrivalToJournal();

    /** What the last gap since the start was; empty if there was none. */
    String lastGap();

    /** What the last discontinuity since the start was; empty if there was none. */
    String lastDiscontinuity();

    /** Where the leg's session stands. */
    LegState legState(int leg);

    /** Since when nothing came on the leg, in ms; null if nothing ever did. */
    Long silenceMs(int leg);

    /** Whether neither leg brings what the ACD sends. */
    boolean linkDown();
}
