package org.tandemgw.gateway.deciding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.decision.DecisionJson;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.decision.DrillLog;
import org.tandemgw.gateway.decision.DrillReport;
import org.tandemgw.gateway.ledger.LedgerPage;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.DrillBook;
import org.tandemgw.gateway.switchover.Durable;

/**
 * Writes the report of each drill, on the thread {@code drills}, which ends when idle: as soon as something is known of it, and once more when the accounts of its calls are
 * closed. At most {@link #MOST_WAITING} reports wait; what could not be written is written at the next start, if it is the newest.
 */
final class DrillKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DrillKeeper.class);
    private static final int MOST_WAITING = 16;
    private static final int LOOKS = 50;
    private static final long LOOK_MS = 100;
    private static final long CLOSE_S = 2;

    private final Path data;
    private final LongFunction<Decision> known;
    private final DrillLog log;
    private final ThreadPoolExecutor helper;
    private volatile boolean closing;

    /** @param known a decision of this run; null: it is none of this run. Any thread */
    DrillKeeper(Path data, LongFunction<Decision> known) {
        this.data = data;
        this.known = known;
        log = new DrillLog(data);
        helper = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                work -> {
                    final Thread thread = new Thread(work, "drills");
                    thread.setDaemon(true);
                    return thread;
                },
                (work, pool) -> LOG.warn("a report of a drill is not written: too many wait"));
        helper.allowCoreThreadTimeOut(true);
    }

    /** What was kept, with numbers that go on above every report that there is: a lost control file must not overwrite them. */
    static Durable numbered(Path data, Durable found) {
        try {
            final List<Long> numbers = new DrillLog(data).numbers();
            final long newest = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
            return found == null || found.drills().number() >= newest
                    ? found
                    : found.with(found.drills().numberedFrom(newest));
        } catch (IOException e) {
            LOG.warn("reports of drills cannot be listed: {}", e.toString());
            return found;
        }
    }

    /** What an end of the process left unwritten. */
    void start(DrillBook book) {
        for (final Drill each : new Drill[] {book.newest(), book.skipped()}) {
            if (each != null) {
                helper.execute(() -> keepIfNews(each));
            }
        }
    }

    /** It begins, is over or was skipped. Waits for nothing. */
    void keep(Drill drill) {
        helper.execute(() -> write(drill));
    }

    private void keepIfNews(Drill drill) {
        try {
            final DrillReport kept = log.read(drill.number());
            if (kept != null && kept.drill().equals(drill)) {
                return;
            }
        } catch (IOException e) {
            LOG.warn("the report of drill {} is written again: {}", drill.number(), e.getMessage());
        }
        write(drill);
    }

    private void write(Drill drill) {
        try {
            log.write(report(drill));
            if (drill.open() || drill.out() == 0) {
                return;
            }
            for (int i = 0; i < LOOKS && !closing && !accounted(drill); i++) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
            log.write(report(drill));
        } catch (IOException e) {
            LOG.warn("the report of drill {} cannot be written: {}", drill.number(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the account of the calls is closed, or there is none. */
    private boolean accounted(Drill drill) throws IOException {
        final LedgerPage page = LedgerPage.of(data, drill.epoch());
        return page == null || page.isClosed();
    }

    private DrillReport report(Drill drill) throws IOException {
        return new DrillReport(drill, decision(drill.out()), decision(drill.back()));
    }

    private DecisionJson decision(long number) throws IOException {
        if (number == 0) {
            return null;
        }
        Decision decision = known.apply(number);
        if (decision == null) {
            final Path file = new DecisionLog(data).file(number);
            decision = Files.exists(file) ? DecisionLog.read(file).decision() : null;
        }
        final DecisionJson json = DecisionJson.of(decision);
        final LedgerPage page = json == null ? null : LedgerPage.of(data, json.epoch());
        return page == null ? json : Objects.requireNonNull(json).with(page.calls());
    }

    @Override
    public void close() {
        closing = true;
        helper.shutdown();
        try {
            if (!helper.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
                LOG.warn("a report of a drill was not written in time; it is at the next start, if it is the newest");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
