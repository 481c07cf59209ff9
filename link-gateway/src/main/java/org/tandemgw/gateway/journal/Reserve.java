package org.tandemgw.gateway.journal;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code reserve}: keeps space on the disk ahead of all journals, so that intake never meets a full one. Waits
 * for the disk in their place. Made and closed by whoever opens the journals; sleeps until a journal calls it, and while
 * there is no space it looks again five times a second. Once a second it looks whether the files that are written to are still
 * there.
 */
public final class Reserve implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);

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
        long lookedNs = System.nanoTime();
        while (!closing) {
            called = false;
            final boolean looks = System.nanoTime() - lookedNs >= LOOK_NS;
            lookedNs = looks ? System.nanoTime() : lookedNs;
            boolean more = false;
            boolean lacking = false;
            for (final JournalRoom room : rooms) {
                try {
                    more |= room.work();
                    if (looks) {
                        room.look();
                    }
                } catch (RuntimeException | Error e) {
                    LOG.error("the room of a journal is kept no more", e);
                    room.broken(e);
                    rooms.remove(room);
                }
                lacking |= room.fault() != null;
            }
            if (!more && !called && !closing) {
                LockSupport.parkNanos(this, lacking ? LOOK_AGAIN_NS : LOOK_NS);
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
