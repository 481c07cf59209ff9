package org.tandemgw.gateway.journal;

/**
 * How much is kept real ahead of a stream: one block of Chronicle's with its overlap for a quiet one; twice as much
 * whenever the stream came near the end of it, while the disk has plenty; half as much after a roll. Pure; the reserve
 * thread's.
 */
final class RoomAhead {
    static final long QUIET = Queues.MAPPED;
    static final long FAST = 64L << 20;

    /** So many times as much has to be free. */
    static final int PLENTY = 16;

    private long bytes = QUIET;

    long bytes() {
        return bytes;
    }

    /** When less than this is left, it is time to go on. */
    long low() {
        return bytes / 2;
    }

    /** True if so little is left that it has to be more from now on, if the disk has it. */
    boolean isTooLittle(long left) {
        return left < bytes / 4;
    }

    /** The stream came near the end. */
    void ranLow(long freeBytes) {
        final long more = Math.min(FAST, 2 * bytes);
        bytes = freeBytes / PLENTY >= more ? more : QUIET;
    }

    void rolled() {
        bytes = Math.max(QUIET, bytes / 2);
    }

    void diskIsFull() {
        bytes = QUIET;
    }
}
