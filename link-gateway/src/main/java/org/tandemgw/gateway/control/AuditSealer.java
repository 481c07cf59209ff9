package org.tandemgw.gateway.control;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals audit files behind whoever writes them: the thread of a trunk switch has no time for a disk. One thread, {@code tandem-audit}, ends when idle. */
final class AuditSealer {
    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);
    private static final int SETTLE_S = 2;
    private static final Set<AuditFile> WAITING = new LinkedHashSet<>();
    private static final ThreadPoolExecutor THREAD = thread();

    private AuditSealer() {}

    /** At most one of each file waits: it will seal all that was written until then. */
    static void soon(AuditFile file) {
        synchronized (WAITING) {
            if (WAITING.add(file)) {
                THREAD.execute(() -> seal(file));
            }
        }
    }

    /** Returns when whatever was waiting until now is sealed, or soon gives up. */
    static void settle() {
        try {
            THREAD.submit(() -> {}).get(SETTLE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the seals of audit files take long", e);
        }
    }

    private static void seal(AuditFile file) {
        synchronized (WAITING) {
            WAITING.remove(file);
        }
        try {
            file.seal();
        } catch (IOException e) {
            LOG.debug("the audit file is not sealed", e);
        }
    }

    private static ThreadPoolExecutor thread() {
        final ThreadPoolExecutor thread =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    final Thread made = new Thread(work, "tandem-audit");
                    made.setDaemon(true);
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }
}
