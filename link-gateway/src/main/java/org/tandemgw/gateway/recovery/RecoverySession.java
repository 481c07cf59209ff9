package org.tandemgw.gateway.recovery;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.journal.JournalReader;

/**
 * What one server is told of the calls of one ACD when it takes over: who may have it, how far it is, and its frames. It begins with the attempt, is given out once the server
 * is told to start, and is over when another server is, or the attempt was given up. Any thread.
 */
public final class RecoverySession {
    private static final Logger LOG = LoggerFactory.getLogger(RecoverySession.class);

    /** So long records are kept for it: a server that has not asked by then does not ask. */
    private static final long NEEDED_NS = TimeUnit.HOURS.toNanos(24);

    private final String name;
    private final SwitchMark mark;
    private final Runnable changed;
    private final Runnable whenFetched;
    private long asOf;
    private FrameList frames;
    private boolean givenOut;
    private boolean fetched;
    private long keptFrom;
    private long lacking;

    /** Frames that were sent as lost, up to the one with this index. */
    private long sentLost;

    private long sentLostThrough = -1;
    private boolean moving;
    private volatile String over; // looked at for each frame

    /**
     * Nobody may have it yet.
     *
     * @param changed called when somebody who waits may go on, on the thread that changed it
     * @param whenFetched called once, when it was sent to its end, by who sent it
     */
    RecoverySession(String name, SwitchMark mark, Runnable changed, Runnable whenFetched) {
        this.name = name;
        this.mark = mark;
        this.changed = changed;
        this.whenFetched = whenFetched;
    }

    /** What the server logs in to. */
    public String name() {
        return name;
    }

    /** The attempt that it is about. */
    public SwitchMark mark() {
        return mark;
    }

    /** The first packet: JSON, on one line. Null while it may not be sent. */
    public synchronized String first() {
        return givenOut && asOf > 0 && over == null ? "{\"asOf\":" + asOf + ",\"epoch\":" + mark.epoch() + "}" : null;
    }

    /** How many frames follow; -1 while that is not known. */
    public synchronized long frames() {
        return frames == null ? -1 : frames.count();
    }

    /** The sequence of the mark at which the calls were in flight; 0: it is not written yet. */
    public synchronized long asOf() {
        return asOf;
    }

    /** Whether the server was told to start. */
    public synchronized boolean givenOut() {
        return givenOut;
    }

    /** Why there will be no more of it; null: there may be. */
    public String over() {
        return over;
    }

    /**
     * Its records, from packet {@code start} on; packet 1 is the note. For one thread.
     *
     * @param journal a reader of the ACD's journal, which is closed with it
     */
    public RecoveryRecords records(JournalReader journal, long start) {
        return new RecoveryRecords(this, journal, start);
    }

    /** Null while the frames are not known, or may not be had. */
    synchronized FrameList.Cursor cursor() throws IOException {
        return !givenOut || moving || frames == null || over != null ? null : frames.cursor();
    }

    synchronized FrameList list() {
        return frames;
    }

    /**
     * The oldest record of the journal that it still needs; {@link Long#MAX_VALUE}: none. Until it was sent to its end, and for a day at most.
     *
     * @param nowUtcNs by our clock
     */
    public synchronized long needs(long nowUtcNs) {
        return frames == null
                        || fetched
                        || over != null
                        || nowUtcNs - frames.head().atNs() > NEEDED_NS
                ? Long.MAX_VALUE
                : frames.oldest();
    }

    /** How many of its frames its server did not get, or will not: not kept, or not to be read; -1: they cannot be looked at. While it was not fetched, if the journal is kept from {@code oldest} on. */
    public synchronized long lacks(long oldest) {
        if (fetched) {
            return sentLost;
        }
        if (frames == null || oldest <= keptFrom) {
            return lacking < 0 ? lacking : Math.max(lacking, sentLost);
        }
        keptFrom = oldest;
        final boolean wasWhole = lacking == 0;
        try {
            lacking = frames.before(oldest);
        } catch (IOException e) {
            lacking = -1;
        }
        if (wasWhole && lacking > 0) {
            LOG.warn(
                    "{} lacks {} of its {} frames: the journal is kept from record {} on only; its server is told of them as lost",
                    name,
                    lacking,
                    frames.count(),
                    oldest);
        }
        return lacking < 0 ? lacking : Math.max(lacking, sentLost);
    }

    /** A frame was sent as lost: the one with this index. */
    synchronized void sentAsLost(long index) {
        if (index > sentLostThrough && !fetched) {
            sentLostThrough = index;
            sentLost++;
        }
    }

    /** It was sent to its end once. */
    void sentToItsEnd() {
        synchronized (this) {
            if (fetched) {
                return;
            }
            fetched = true;
        }
        whenFetched.run();
    }

    /** It was, in an earlier run. */
    synchronized void wasFetched(long lost) {
        fetched = true;
        sentLost = lost;
    }

    /** Whether it was sent to its end once. */
    public synchronized boolean fetched() {
        return fetched;
    }

    synchronized long sentLost() {
        return sentLost;
    }

    /** Its file is about to have another name: nobody opens it before {@link #framed} says which. */
    synchronized void moving() {
        moving = true;
    }

    void markWritten(long sequence) {
        synchronized (this) {
            asOf = sequence;
        }
        changed.run();
    }

    void framed(FrameList list) {
        synchronized (this) {
            frames = list;
            moving = false;
            asOf = list.head().asOf();
        }
        changed.run();
    }

    void giveOut() {
        synchronized (this) {
            givenOut = true;
        }
        changed.run();
    }

    void end(String why) {
        synchronized (this) {
            over = why;
        }
        changed.run();
    }
}
