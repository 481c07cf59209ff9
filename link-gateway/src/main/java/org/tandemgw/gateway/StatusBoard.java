package org.tandemgw.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.feed.FeedWatch;
import org.tandemgw.gateway.status.GatewayStatus;

/**
 * The thread {@code status}: four times a second it raises and clears alarms and takes the picture that everybody sees, and ten
 * times a second it looks at the clock.
 */
final class StatusBoard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);
    private static final long PERIOD_MS = 250;
    private static final long CLOCK_PERIOD_MS = 100;

    private final List<AcdParts> acds;
    private final StandingConditions conditions;
    private final FeedWatch feedWatch;
    private final StatusPicture picture;
    private final Alarms alarms;
    private final ClockGuard clockGuard;
    private final Map<String, String> told = new HashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "status"));

    private boolean failing;
    private boolean clockFailing;
    private volatile boolean started;
    private volatile GatewayStatus newest;

    StatusBoard(
            List<AcdParts> acds,
            FeedWatch feedWatch,
            StandingConditions conditions,
            StatusPicture picture,
            Alarms alarms,
            ClockGuard clockGuard) {
        this.acds = acds;
        this.feedWatch = feedWatch;
        this.conditions = conditions;
        this.picture = picture;
        this.alarms = alarms;
        this.clockGuard = clockGuard;
        this.newest = picture.take(false, alarms.active());
    }

    void start() {
        started = true;
        alarms.lookFromNow(); // A start may take longer than the grace.
        newest = picture.take(true, alarms.active());
        thread.scheduleWithFixedDelay(this::lookAtClock, 0, CLOCK_PERIOD_MS, TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(this::look, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /** The newest picture. Any thread. */
    GatewayStatus newest() {
        return newest;
    }

    /** A picture of this very moment. Any thread but {@code status}; waits for it. */
    GatewayStatus fresh() {
        try {
            thread.submit(this::look).get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.warn("the status thread does not answer: {}", e.toString());
        }
        return newest;
    }

    /** A look that throws would be the last one. */
    private void lookAtClock() {
        try {
            clockGuard.look();
            clockFailing = false;
        } catch (RuntimeException | Error e) {
            if (!clockFailing) {
                LOG.error("the clock could not be looked at; it is tried again", e);
            }
            clockFailing = true;
        }
    }

    private void look() {
        try {
            for (final AcdParts acd : acds) {
                latch(AlarmName.GAP, acd.config().name(), acd.intake().lastGap());
                latch(AlarmName.DISCONTINUITY, acd.config().name(), acd.intake().lastDiscontinuity());
            }
            feedWatch.look();
            for (final Alarm changed : alarms.update(conditions.now(), conditions.wholeLinks())) {
                log(changed.active() ? "stands" : "cleared", changed);
            }
            newest = picture.take(started, alarms.active());
            failing = false;
        } catch (RuntimeException | Error e) {
            // The picture is old from now on, and its time says so; the next look may succeed.
            if (!failing) {
                LOG.error("the status could not be taken", e);
            }
            failing = true;
        }
    }

    private void latch(AlarmName name, String acd, String text) {
        if (!text.isEmpty() && !text.equals(told.put(name + acd, text))) {
            alarms.latch(name, acd, text).ifPresent(raised -> log("stands", raised));
        }
    }

    private static void log(String what, Alarm alarm) {
        LOG.info("alarm {} {}: {} {}: {}", alarm.number(), what, alarm.name(), alarm.object(), alarm.text());
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("the status thread did not end within a second");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
