package org.tandemgw.gateway.control;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals audit files behind whoever writes them: the thread of a trunk switch has no time for a disk. One thread, {@code tandem-audit}, ends when idle. Of its work at
 * most one turn waits, for a turn seals all of at most {@link #MOST_FILES} files; one too many is sealed with its next line. Where the machine lets us have no
 * thread, that is counted and told, nothing is lost, and it is tried again with the next line.
 */
final class AuditSealer {
    static final int MOST_FILES = 64;

    /** Of this process. */
    static final AuditSealer ALL = new AuditSealer(work -> {
        final Thread made = new Thread(work, "tandem-audit");
        made.setDaemon(true);
        return made;
    });

    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);
    private static final int SETTLE_S = 2;

    private final Set<AuditFile> waiting = new LinkedHashSet<>();
    private final ThreadPoolExecutor thread;
    private boolean sealing;
    private long refused;
    private String trouble;

    AuditSealer(ThreadFactory threads) {
        thread = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    /** At most one of each file waits: it will seal all that was written until then. Never waits for the disk, never throws. */
    void soon(AuditFile file) {
        synchronized (waiting) {
            if (waiting.size() < MOST_FILES || waiting.contains(file)) {
                waiting.add(file);
            } else {
                refused++;
            }
        }
        start();
    }

    private boolean start() {
        try {
            thread.execute(this::turn);
            return true;
        } catch (OutOfMemoryError e) { // the machine lets us have no more threads
            synchronized (waiting) {
                refused++;
                if (trouble == null) {
                    LOG.warn("the audit file is not sealed: {}", e.toString());
                }
                trouble = "the audit file is written, but not sealed (" + e.getMessage()
                        + "): what is cut off at its end meanwhile would not be noticed; tried again with the next line";
            }
            return false;
        }
    }

    /** How often something could not be sealed as it was asked for. */
    long refused() {
        synchronized (waiting) {
            return refused;
        }
    }

    /** Why files are not sealed; null: they are. */
    String trouble() {
        synchronized (waiting) {
            return trouble;
        }
    }

    /** Returns when whatever was waiting until now is sealed, or soon gives up. */
    void settle() {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_S);
        if (!start()) {
            return;
        }
        synchronized (waiting) {
            try {
                for (long leftNs = endNs - System.nanoTime();
                        (sealing || !waiting.isEmpty()) && leftNs > 0;
                        leftNs = endNs - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(waiting, leftNs);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void turn() {
        final List<AuditFile> files;
        synchronized (waiting) {
            files = List.copyOf(waiting);
            waiting.clear();
            sealing = true;
            trouble = null;
        }
        try {
            files.forEach(AuditSealer::seal);
        } finally {
            synchronized (waiting) {
                sealing = false;
                waiting.notifyAll();
            }
        }
    }

    private static void seal(AuditFile file) {
        try {
            file.seal();
        } catch (IOException e) {
            LOG.debug("the audit file is not sealed", e);
        }
    }
}
