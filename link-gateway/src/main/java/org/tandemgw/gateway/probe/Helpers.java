package org.tandemgw.gateway.probe;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads for what can only wait. When all are busy, the next one is told so at once: nothing queues behind what hangs. */
final class Helpers {
    private static final Logger LOG = LoggerFactory.getLogger(Helpers.class);
    private static final long STOP_MS = 2_000;

    private final ThreadPoolExecutor threads;

    /** At most so many threads, named so. */
    Helpers(String name, int most) {
        final AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(0, Math.max(1, most), 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            final Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** At most so many from now on; of those that are busy none is ended. */
    void most(int most) {
        threads.setMaximumPoolSize(Math.max(1, most));
    }

    /** False if there is no thread for it. */
    boolean tryRun(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        } catch (OutOfMemoryError e) { // the machine lets us have no more threads
            LOG.warn("no thread can be started: {}", e.toString());
            return false;
        }
    }

    /** Takes no more work and interrupts what there is; waits for nobody. */
    void stop() {
        threads.shutdownNow();
    }

    /** The same, and waits a moment. */
    void close() {
        stop();
        try {
            threads.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
