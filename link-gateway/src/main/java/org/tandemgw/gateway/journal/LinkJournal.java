package org.tandemgw.gateway.journal;

import java.nio.file.Path;

/** The durable stream of one ACD. One thread (intake) appends; any number of readers follow. */
public final class LinkJournal implements AutoCloseable {
    private LinkJournal() {}

    /** Opens or creates the newest generation of {@code acd} below {@code data}. */
    public static LinkJournal open(Path data, String acd) {
        throw new UnsupportedOperationException();
    }

    /** The ACD's name. */
    public String acd() {
        throw new UnsupportedOperationException();
    }

    /** 1, 2, 3 … */
    public int generation() {
        throw new UnsupportedOperationException();
    }

    /** How servers call this journal: the ACD's name in generation 1, {@code acd.n} later. */
    public String session() {
        throw new UnsupportedOperationException();
    }

    /** The oldest sequence kept; 1 while empty. Any thread. */
    public long oldest() {
        throw new UnsupportedOperationException();
    }

    /** The last sequence appended; 0 while empty. Any thread. */
    public long last() {
        throw new UnsupportedOperationException();
    }

    /** The last sequence that survives a power loss. Any thread. */
    public long synced() {
        throw new UnsupportedOperationException();
    }

    /** The last sequence that readers get: {@link #synced()} with {@code sync: group}, else {@link #last()}. Any thread. */
    public long readable() {
        throw new UnsupportedOperationException();
    }

    /** A reader, limited to {@link #readable()}. To be used by one thread. */
    public JournalReader newReader() {
        throw new UnsupportedOperationException();
    }

    /** Calls {@code wake} whenever {@link #readable()} has risen, once a batch, on the sync or the intake thread. */
    public void onReadable(Runnable wake) {
        throw new UnsupportedOperationException();
    }

    /** The opposite of {@link #onReadable}. */
    public void offReadable(Runnable wake) {
        throw new UnsupportedOperationException();
    }

    /** Intake. Appends a frame and returns its sequence. */
    public long appendFrame(
            int leg, int direction, long atNs, long dialectSequence, byte[] buffer, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /** Intake. A frame too long to carry. The bytes are the UTF-8 of a JSON string's content: why. */
    public long appendLost(int leg, long atNs, long length, String digest, String why) {
        throw new UnsupportedOperationException();
    }

    /** Intake. */
    public long appendGap(long fromNs, long toNs, int legs, String why) {
        throw new UnsupportedOperationException();
    }

    /** Intake. */
    public long appendDiscontinuity(long atNs, int legs, String why) {
        throw new UnsupportedOperationException();
    }

    /** Intake. {@code what}: epoch, source, pause, restart or clock. */
    public long appendMark(long atNs, String what, String text) {
        throw new UnsupportedOperationException();
    }

    /** Intake. Ends a batch: what was appended becomes readable, at once or after the sync. */
    public void endOfBatch() {
        throw new UnsupportedOperationException();
    }

    /**
     * The chained digest through a multiple of 1,000, as lower-case hex.
     *
     * @return null if that sequence is not reached or no longer known
     */
    public String digest(long through) {
        throw new UnsupportedOperationException();
    }

    /** Gap records of this generation. Any thread. */
    public long gaps() {
        throw new UnsupportedOperationException();
    }

    /** Discontinuity records of this generation. Any thread. */
    public long discontinuities() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
