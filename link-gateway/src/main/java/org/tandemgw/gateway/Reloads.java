package org.tandemgw.gateway;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.ReloadControl;
import org.tandemgw.gateway.control.ReloadReport;
import org.tandemgw.gateway.reload.Change;
import org.tandemgw.gateway.reload.ReloadPlan;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.Clock;

/**
 * Reads the configuration file again and has the site go on by it: all that can change does, what cannot is named and stays, and a file that is not good changes
 * nothing. One reload at a time, on the thread {@code tandem-reload}, which ends when idle; the last {@link #MOST} answers are kept. A SIGHUP that comes meanwhile is
 * remembered, once.
 */
final class Reloads implements ReloadControl, AutoCloseable {
    static final int MOST = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);
    /** While {@code busy} none is begun; one that is over may still be leaving the thread. */
    private static final int MOST_WAITING = 2;

    private static final long AT_ONCE_MS = 1_000;
    private static final long STOP_S = 2;
    private static final Operator SIGNAL = new Operator("SIGHUP", null);

    private record Entry(
            Instant at,
            String who,
            String action,
            String object,
            String reason,
            boolean ok,
            String message,
            String digest,
            List<Change> changes) {}

    private final LiveParts parts;
    private final AuditFile audit;
    private final Clock clock;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> new Thread(work, "tandem-reload"));
    private final Map<Long, ReloadReport> requests = new LinkedHashMap<>();
    private long last;
    private boolean busy;
    private boolean again;
    private volatile SiteConfiguration running;
    private volatile Instant readAt;
    private volatile String digest;
    private volatile List<Change> waiting = List.of();
    private volatile String refused;
    private volatile String underWay;

    Reloads(SiteConfiguration site, LiveParts parts, AuditFile audit, Clock clock) {
        this.running = site;
        this.digest = site.fileDigest();
        this.parts = parts;
        this.audit = audit;
        this.clock = clock;
        this.readAt = now();
        this.last = TimeUnit.NANOSECONDS.toMillis(clock.utcNs()); // or who asks the next run gets another one's answer
        thread.allowCoreThreadTimeOut(true);
    }

    /** The configuration in force. Any thread. */
    SiteConfiguration running() {
        return running;
    }

    /** Where the file and the site stand to each other. Any thread. */
    GatewayStatus.Configuration standing() {
        return new GatewayStatus.Configuration(
                running.file().toString(),
                digest,
                readAt,
                waiting.stream().map(Change::key).toList(),
                refused,
                underWay);
    }

    /** What is wrong: the next start would not run what runs. Any thread. */
    List<Condition> conditions() {
        final String bad = refused;
        final List<Change> later = waiting;
        if (bad == null && later.isEmpty()) {
            return List.of();
        }
        final String text = bad != null
                ? "the changed file is not in force: " + bad
                : counted(later.size(), "key") + " of the file " + (later.size() == 1 ? "waits" : "wait")
                        + " for a restart: " + keys(later);
        return List.of(new Condition(AlarmName.CONFIG_MISMATCH, "configuration", text));
    }

    @Override
    public ReloadReport reload(boolean dryRun, String seen, Operator by) {
        final long number;
        synchronized (this) {
            if (busy) {
                return refusal("a reload is under way" + (underWay == null ? "" : ": it " + underWay), "tandem status");
            }
            number = begin();
        }
        thread.execute(() -> end(number, done(dryRun, seen, by)));
        await(number);
        return reload(number);
    }

    /** As SIGHUP asks. Any thread; does not wait. */
    void signalled() {
        final long number;
        synchronized (this) {
            if (busy) {
                again = true;
                return;
            }
            number = begin();
        }
        thread.execute(() -> end(number, done(false, null, SIGNAL)));
    }

    @Override
    public synchronized ReloadReport reload(long request) {
        final ReloadReport report = requests.get(request);
        return report == null ? refusal("there is no reload " + request + " any more", "tandem status") : report;
    }

    private long begin() {
        busy = true;
        last++;
        requests.put(
                last,
                new ReloadReport(
                        true,
                        "asked",
                        null,
                        last,
                        false,
                        false,
                        running.file().toString(),
                        null,
                        List.of(),
                        List.of(),
                        List.of()));
        while (requests.size() > MOST) {
            requests.remove(requests.keySet().iterator().next());
        }
        return last;
    }

    private void end(long number, ReloadReport report) {
        final boolean more;
        synchronized (this) {
            requests.put(number, report.as(number));
            busy = false;
            more = again;
            again = false;
            notifyAll();
        }
        if (more && !thread.isShutdown()) {
            signalled();
        }
    }

    private synchronized void await(long number) {
        final long endNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AT_ONCE_MS);
        try {
            for (long leftNs = endNs - clock.nanoTime();
                    !requests.get(number).done() && leftNs > 0;
                    leftNs = endNs - clock.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, leftNs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ReloadReport done(boolean dryRun, String seen, Operator by) {
        ReloadReport report;
        try {
            report = look(dryRun, seen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report = refusal("Tandem is stopping", null);
        } catch (RuntimeException | Error e) {
            LOG.error("the reload has failed by a fault of ours", e);
            report = refusal("by a fault of Tandem's own: " + e, "keep the log; restart Tandem to have the whole file");
        } finally {
            underWay = null;
        }
        LOG.info("reload by {}: {}", by.who(), report.message());
        report.changes()
                .forEach(each -> LOG.info("{}{}", each.oneLine(), each.isNow() ? "" : " (waits for a restart)"));
        if (!dryRun) {
            audit.append(new Entry(
                    now(),
                    by.who(),
                    "reload",
                    report.file(),
                    by.reason(),
                    report.ok(),
                    report.message(),
                    report.digest(),
                    report.changes()));
        }
        return report;
    }

    private ReloadReport look(boolean dryRun, String seen) throws InterruptedException {
        final ConfigurationFile.Result read = ConfigurationFile.read(running.file());
        if (read.configuration().isEmpty()) {
            final String bad = ReloadTexts.refused(read.problems());
            refused = dryRun ? refused : "it is not good, and no restart would start with it: " + bad;
            return new ReloadReport(
                    false,
                    "nothing is changed, the file is refused: " + bad,
                    "tandem check " + running.file(),
                    null,
                    true,
                    dryRun,
                    running.file().toString(),
                    null,
                    List.of(),
                    ReloadTexts.lines(read.problems()),
                    List.of());
        }
        final SiteConfiguration wanted = read.configuration().get();
        if (seen != null && !seen.equals(wanted.fileDigest())) {
            return refusal("nothing is changed: the file is another one than was shown", "tandem reload");
        }
        final ReloadPlan plan = ReloadPlan.of(running, wanted);
        final List<String> notes = ReloadTexts.notes(running, plan, parts.checkedHash());
        final String why = plan.now().isEmpty()
                ? null
                : dryRun ? parts.refusal() : parts.follow(running, plan.inForce(), this::tell);
        if (why != null) {
            refused = dryRun ? refused : why;
            return new ReloadReport(
                    false,
                    "nothing is changed: " + why,
                    ReloadTexts.remedy(why),
                    null,
                    true,
                    dryRun,
                    running.file().toString(),
                    wanted.fileDigest(),
                    plan.changes(),
                    List.of(),
                    notes);
        }
        if (!dryRun) {
            running = plan.inForce();
            waiting = plan.waiting();
            digest = wanted.fileDigest();
            readAt = now();
            refused = null;
        }
        return new ReloadReport(
                true,
                ReloadTexts.message(plan, dryRun),
                plan.waiting().isEmpty() || dryRun ? null : "restart Tandem when it suits, for what waits",
                null,
                true,
                dryRun,
                running.file().toString(),
                wanted.fileDigest(),
                plan.changes(),
                List.of(),
                notes);
    }

    private void tell(String waits) {
        if (!waits.equals(underWay)) {
            LOG.info("the reload {}", waits);
        }
        underWay = waits;
    }

    private ReloadReport refusal(String message, String remedy) {
        return ReloadReport.refused(running.file().toString(), message, remedy);
    }

    private static String keys(List<Change> changes) {
        return String.join(", ", changes.stream().map(Change::key).toList());
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, clock.utcNs());
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_S, TimeUnit.SECONDS)) {
                LOG.warn("the reload did not end within {} s", STOP_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        audit.close();
    }
}
