package org.tandemgw.gateway;

import java.io.PrintStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.terminal.Signals;
import org.tandemgw.gateway.time.SystemClock;

/** A gateway as a process: runs until SIGTERM or SIGINT, then stops in order. The body of {@code tandem run}. */
public final class Appliance {
    private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);

    private static final long STOP_WITHIN_MS = 4_500;

    private Appliance() {}

    /**
     * Runs the site. Prints {@code ready} once, when the ports are open and the legs are dialled.
     *
     * @param monitorOnly whether trunk switches are never sent anything but queries
     * @param logging sets how much is logged, as a changed configuration says
     * @return the exit status; only when it could not start. Otherwise the process ends with 0 from inside, on a signal
     */
    public static int run(
            SiteConfiguration site,
            boolean monitorOnly,
            Consumer<SiteConfiguration.LogLevel> logging,
            PrintStream out,
            PrintStream err) {
        final LinkGateway gateway;
        try {
            gateway = new LinkGateway(site, monitorOnly, new SystemClock(), new Random());
            gateway.logsBy(logging);
            gateway.start();
        } catch (LinkGateway.CannotStartException | RuntimeException e) {
            LOG.debug("not started", e);
            err.println("tandem: " + e.getMessage());
            return 2;
        }
        final CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop(gateway);
                            stopped.countDown();
                        },
                        "stop"));
        if (!Signals.on("HUP", gateway::reload)) {
            LOG.info("this Java cannot hear SIGHUP; tandem reload does the same");
        }
        out.println("ready");
        out.flush();
        while (stopped.getCount() > 0) {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                LOG.debug("woken without a reason", e);
            }
        }
        return 0;
    }

    private static void stop(LinkGateway gateway) {
        final Thread deadline = new Thread(Appliance::endAtDeadline, "deadline");
        deadline.setDaemon(true);
        deadline.start();
        try {
            LOG.info("stopping");
            gateway.close();
            LOG.info("stopped");
        } finally {
            // A JVM that is ended by a signal gives 128 and the signal's number; an orderly stop is a 0.
            Runtime.getRuntime().halt(0);
        }
    }

    /** A disk that hangs must not hang the stop: what is not synced by then is told by the next start. */
    private static void endAtDeadline() {
        try {
            TimeUnit.MILLISECONDS.sleep(STOP_WITHIN_MS);
            LOG.warn("not everything could be closed within {} ms; ending all the same", STOP_WITHIN_MS);
        } catch (InterruptedException e) {
            LOG.debug("woken without a reason", e);
        }
        Runtime.getRuntime().halt(0);
    }
}
