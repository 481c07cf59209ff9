package org.tandemgw.gateway.controlfile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.time.ClockMemory;

/**
 * The thread {@code keeper}: five times a second it collects what a start must know, and writes it to the control file if it has
 * changed. Whoever cannot wait for that calls {@link #writeNow}. A write that fails is tried again each period, and meanwhile
 * {@link #fault()} says why; everything else goes on.
 */
public final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** The clock's own progress is no change; but what is known of it should not be older than this. */
    private static final long CLOCK_NS = TimeUnit.MINUTES.toNanos(10);

    private static final long SUSPECT_NS = TimeUnit.MINUTES.toNanos(1);

    private final ControlFile file;
    private final Supplier<ControlState> facts;
    private final Thread thread = new Thread(this::run, "keeper");
    private final Queue<Consumer<Boolean>> waiting = new ConcurrentLinkedQueue<>();
    private ControlState written;
    private volatile boolean closing;
    private volatile String fault;
    private volatile long writes;
    private volatile long failures;

    /**
     * Begins nothing yet.
     *
     * @param facts what a start must know, at this moment; asked on any thread. What it says must be true on the disk already
     */
    public Keeper(ControlFile file, Supplier<ControlState> facts) {
        this.file = file;
        this.facts = facts;
        thread.setDaemon(true);
    }

    /**
     * Writes for the first time, and begins. To be called before anybody is shown anything: from now on the file says that this
     * run has not ended.
     *
     * @throws IOException if it could not be written
     */
    public void start() throws IOException {
        writeNow();
        thread.start();
    }

    /**
     * Writes what there is now, unless it has been written already, and returns once it survives a power loss. Any thread; waits for
     * the disk.
     *
     * @throws IOException if it could not be written; it is tried again by the thread
     */
    public synchronized void writeNow() throws IOException {
        try {
            final ControlState now = facts.get();
            if (!differs(written, now)) {
                return;
            }
            file.write(now);
            written = now;
            writes++;
            if (fault != null) {
                LOG.info("the control file can be written again");
            }
            fault = null;
        } catch (IOException | RuntimeException e) {
            failures++;
            if (fault == null) {
                LOG.error("the control file cannot be written: {}", e.toString());
            }
            fault = e.toString();
            throw e;
        }
    }

    /**
     * The same on the keeper's own thread, at once: {@code then} is told there whether what was true at this call has been written. Any
     * thread; does not wait. Never told when the keeper has been closed meanwhile.
     */
    public void soon(Consumer<Boolean> then) {
        waiting.add(then);
        LockSupport.unpark(thread);
    }

    /** Why the file does not hold what it should; null while it does. Any thread. */
    public String fault() {
        return fault;
    }

    /** How often it was written since the start. Any thread. */
    public long writes() {
        return writes;
    }

    /** How often that failed. Any thread. */
    public long failures() {
        return failures;
    }

    static boolean differs(ControlState before, ControlState now) {
        return before == null
                || !before.acds().equals(now.acds())
                || !before.trunks().equals(now.trunks())
                || !Objects.equals(before.deciding(), now.deciding())
                || differs(before.clock(), now.clock());
    }

    private static boolean differs(ClockMemory before, ClockMemory now) {
        if (before == null || now == null) {
            return before != now;
        }
        return !Objects.equals(before.bootId(), now.bootId())
                || before.offNs() != now.offNs()
                || before.suspectNs() / SUSPECT_NS != now.suspectNs() / SUSPECT_NS
                || now.bootedNs() - before.bootedNs() >= CLOCK_NS;
    }

    private void run() {
        while (!closing) {
            if (waiting.isEmpty()) {
                LockSupport.parkNanos(this, PERIOD_NS);
            }
            final List<Consumer<Boolean>> asked = new ArrayList<>();
            for (Consumer<Boolean> next = waiting.poll(); next != null; next = waiting.poll()) {
                asked.add(next);
            }
            final boolean well = writeUnlessClosing();
            asked.forEach(then -> then.accept(well));
        }
    }

    private synchronized boolean writeUnlessClosing() {
        try {
            if (!closing) {
                writeNow();
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.debug("tried again in the next period", e);
            return false;
        }
    }

    /**
     * Ends the thread and writes for the last time: the caller has closed everything that it is about. A run that has not
     * come to {@link #start} leaves the file as the run before has left it: it does not know yet what servers have.
     */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            LockSupport.unpark(thread);
            if (written == null) {
                return;
            }
        }
        try {
            writeNow();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the end of this run could not be noted: the next start treats it as a power loss would leave it");
        }
    }
}
