package org.tandemgw.gateway.notify;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.config.NotifyConfig;
import org.tandemgw.gateway.notice.Notice;
import org.tandemgw.gateway.notice.NotificationPlan;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.Clock;

/**
 * One target: its plan, its queue, and a thread of its own that hands over one message after the other and waits for each. What the target does not take is
 * tried again after 1 s, 2 s, 4 s, at last every minute.
 */
final class TargetLine implements AutoCloseable {
    /** Failures in a row after which the target counts as unreachable. */
    static final int UNREACHABLE = 3;

    static final long LONGEST_WAIT_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(TargetLine.class);
    private static final int LONGEST_WHY = 200;

    private final String name;
    private final NotifyConfig.Kind kind;
    private final Receiver receiver;
    private final MessageQueue queue;
    private final Clock clock;
    private final NotificationPlan plan;
    private final Thread thread;
    private volatile NotificationPlan.Tally tally;
    private volatile boolean tried;
    private volatile int failedInARow;
    private volatile String why;
    private volatile long sent;
    private volatile long takenNumber;
    private volatile Instant takenAt;
    private volatile Test test;
    private boolean hurried;
    private volatile long failed;

    /**
     * A test that somebody asked for.
     *
     * @param number of its message; 0: it is not written yet
     * @param failedBefore attempts that had failed by then
     */
    private record Test(Instant at, long number, long failedBefore) {}

    TargetLine(String name, NotifyConfig.Kind kind, int number, Receiver receiver, MessageQueue queue, Clock clock) {
        this.name = name;
        this.kind = kind;
        this.receiver = receiver;
        this.queue = queue;
        this.clock = clock;
        plan = new NotificationPlan(true, 1, clock.nanoTime());
        tally = plan.tally();
        thread = new Thread(this::hand, "notify-" + number);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What alarms know it by. */
    String name() {
        return name;
    }

    /** Puts into the queue what its plan says. The thread {@code tandem-notify}. A test of the line says nothing where something waits anyway. */
    void look(List<Alarm> standing) {
        Optional<Notice> next = plan.next(standing, clock.nanoTime());
        while (next.isPresent()) {
            final Notice notice = next.get();
            final boolean asked = plan.tally().test() == NotificationPlan.Test.UNDER_WAY;
            if (asked || notice.kind() != Notice.Kind.SELF_TEST || queue.waiting() == 0) {
                queue.append(number -> Message.of(notice, number, now()));
            }
            plan.ended(true, clock.nanoTime());
            if (asked) {
                test = new Test(test.at(), queue.lastNumber(), test.failedBefore());
            }
            next = plan.next(standing, clock.nanoTime());
        }
        tally = plan.tally();
    }

    /**
     * Somebody wants to see whether it is reached. What waits for it is tried at once; a test is no use where something waits anyway, and yet it is written, so
     * that its end can be seen.
     *
     * @return false: too much was written for it already
     */
    boolean test(List<Alarm> standing) {
        if (!plan.test(clock.nanoTime())) {
            return false;
        }
        test = new Test(now(), 0, failed);
        look(standing);
        hurry();
        return true;
    }

    /** Why it cannot be reached; null: it can, as far as anybody knows. Any thread. */
    String unreachable() {
        return failedInARow >= UNREACHABLE ? why : null;
    }

    /** Any thread. */
    GatewayStatus.Notified status() {
        final int failures = failedInARow;
        return new GatewayStatus.Notified(
                name,
                kind.toString(),
                !tried
                        ? "notYet"
                        : failures > 0
                                ? "unreachable"
                                : kind == NotifyConfig.Kind.SYSLOG_UDP ? "unconfirmed" : "reached",
                queue.lastNumber(),
                sent,
                failed,
                tally.untold(),
                queue.waiting(),
                queue.dropped(),
                failures > 0 ? why : null,
                kind == NotifyConfig.Kind.SYSLOG_UDP ? null : takenAt,
                tested());
    }

    private GatewayStatus.NotifyTest tested() {
        final Test asked = test;
        if (asked == null) {
            return null;
        }
        final boolean over = asked.number() > 0 && takenNumber >= asked.number();
        final String state = over
                ? kind == NotifyConfig.Kind.SYSLOG_UDP ? "sent" : "confirmed"
                : failed > asked.failedBefore() ? "failed" : asked.number() == 0 ? "waiting" : "underWay";
        return new GatewayStatus.NotifyTest(asked.at(), state);
    }

    private void hand() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                final MessageQueue.Due due = queue.awaitDue();
                if (hand(due)) {
                    takenAt = now();
                    takenNumber = queue.taken(due);
                } else {
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Tandem ends
        }
    }

    private boolean hand(MessageQueue.Due due) throws InterruptedException {
        try {
            receiver.send(due.message(), due.dropped());
            sent++;
            if (unreachable() != null) {
                LOG.info("{} {} takes messages again", kind, name);
            }
            failedInARow = 0;
            why = null;
            return true;
        } catch (IOException | RuntimeException | Error e) { // whatever it is, the thread goes on and says so
            final String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            why = said.substring(0, Math.min(LONGEST_WHY, said.length()));
            failed++;
            failedInARow++;
            if (failedInARow == UNREACHABLE) {
                LOG.info("{} {} takes no messages: {}; they wait", kind, name, why);
            }
            return false;
        } finally {
            tried = true;
        }
    }

    private synchronized void pause() throws InterruptedException {
        final long untilNs = clock.nanoTime() + waitMs(failedInARow) * 1_000_000L;
        for (long leftMs = waitMs(failedInARow);
                leftMs > 0 && !hurried;
                leftMs = (untilNs - clock.nanoTime()) / 1_000_000L) {
            wait(leftMs);
        }
        hurried = false;
    }

    private synchronized void hurry() {
        hurried = failedInARow > 0;
        notifyAll();
    }

    /** So long after so many failures in a row. */
    static long waitMs(int failures) {
        return Math.min(LONGEST_WAIT_MS, 1_000L << Math.min(failures - 1, 6));
    }

    private Instant now() {
        final long utcNs = clock.utcNs();
        return Instant.ofEpochSecond(0, utcNs).truncatedTo(ChronoUnit.MILLIS);
    }

    /** What is under way is cut off: it is sent again by the next run. */
    @Override
    public void close() throws IOException {
        thread.interrupt();
        receiver.close();
        queue.close();
    }
}
