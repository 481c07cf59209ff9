package org.tandemgw.gateway.journal;

/** Reads one journal in order. Belongs to the thread that uses it; never blocks. */
public final class JournalReader implements AutoCloseable {
    /** Makes {@code sequence} the next one returned. False if it is neither kept nor the next to come. */
    public boolean seek(long sequence) {
        throw new UnsupportedOperationException();
    }

    /** The sequence that {@link #next} would return. */
    public long position() {
        throw new UnsupportedOperationException();
    }

    /** Reads the next readable record. False if there is none yet. */
    public boolean next(JournalRecord into) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
