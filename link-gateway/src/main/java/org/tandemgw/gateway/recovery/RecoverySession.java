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
    private long asOf;
    private FrameList frames;
    private boolean givenOut;
    private boolean fetched;
    private long keptFrom;
    private long lacking;
    private volatile String over; // looked at for each frame

    /** @param changed called when somebody who waits may go on, on the thread that changed it */
    RecoverySession(String name, SwitchMark mark, Runnable changed) {
        this.name = name;
        this.mark = mark;
        this.changed = changed;
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
        return !givenOut || frames == null || over != null ? null : frames.cursor();
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

    /** How many of its frames are gone if the journal is kept from {@code oldest} on; -1: they cannot be looked at. */
    public synchronized long lacks(long oldest) {
        if (frames == null || oldest <= keptFrom) {
            return lacking;
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
        return lacking;
    }

    /** It was sent to its end once. */
    synchronized void sentToItsEnd() {
        fetched = true;
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
