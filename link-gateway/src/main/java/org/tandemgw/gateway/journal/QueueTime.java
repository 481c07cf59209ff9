package org.tandemgw.gateway.journal;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The time by which Chronicle chooses the roll file: that of the record being appended, or the begin of a later cycle that the
 * record is to go to, and never less than it was.
 * It stays behind at the end of a cycle until the file of the next one is ready ({@link JournalRoom}).
 * Chronicle would write into a past cycle otherwise, where no reader looks again.
 */
final class QueueTime implements TimeProvider {
    private volatile long ms;

    void advanceTo(long utcMs) {
        if (utcMs > ms) {
            ms = utcMs;
        }
    }

    @Override
    public long currentTimeMillis() {
        return ms;
    }
}
