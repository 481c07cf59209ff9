package org.tandemgw.gateway.journal;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code reserve}: keeps space on the disk ahead of all journals, so that intake never meets a full one. Waits
 * for the disk in their place. Made and closed by whoever opens the journals; sleeps until a journal calls it, and while
 * there is no space it looks again five times a second.
 */
public final class Reserve implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final CopyOnWriteArrayList<JournalRoom> rooms = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean called;
    private volatile boolean closing;

    /** Starts the thread. */
    public Reserve() {
        thread = new Thread(this::run, "reserve");
        thread.setDaemon(true);
        thread.start();
    }

    void add(JournalRoom room) {
        rooms.add(room);
        wake();
    }

    void remove(JournalRoom room) {
        rooms.remove(room);
    }

    /** Any thread: there is something to do. */
    void wake() {
        if (!called) {
            called = true;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closing) {
            called = false;
            boolean more = false;
            boolean lacking = false;
            for (final JournalRoom room : rooms) {
                try {
                    more |= room.work();
                } catch (RuntimeException | Error e) {
                    LOG.error("the room of a journal is kept no more", e);
                    room.broken(e);
                    rooms.remove(room);
                }
                lacking |= room.fault() != null;
            }
            if (!more && !called && !closing) {
                if (lacking) {
                    LockSupport.parkNanos(this, LOOK_AGAIN_NS);
                } else {
                    LockSupport.park(this);
                }
            }
        }
    }

    /** After the journals are closed. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
    }
}
