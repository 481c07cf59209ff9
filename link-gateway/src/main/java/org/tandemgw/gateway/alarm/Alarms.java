package org.tandemgw.gateway.alarm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.time.Clock;

/**
 * The alarms of the appliance: the {@link AlarmBook} with its file {@code data/alarms.jsonl}. The status thread updates, any thread latches and
 * acknowledges; each call may write a few hundred bytes to the page cache, syncing is left to the thread {@code tandem-alarms}. A file that cannot be written
 * is counted, logged once, and rewritten as a whole when it can be written again; until then alarms live in memory.
 */
public final class Alarms implements AutoCloseable {
    /** Cleared alarms kept; the oldest go first. */
    public static final int MAX_HISTORY = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final int MAX_LINES = 3 * MAX_HISTORY;
    private static final long REPAIR_EVERY_NS = TimeUnit.SECONDS.toNanos(10);

    private final Clock clock;
    private final AlarmFile file;
    private final AlarmNumbers numbers;
    private final AlarmBook book;
    private final Deque<Alarm> cleared = new ArrayDeque<>();
    private final ThreadPoolExecutor syncer;
    private volatile List<Alarm> active;
    private boolean broken;
    private boolean unread;
    private long reserved;
    private long triedNs;
    private long failedWrites;
    private long changes;

    /** Reads what the last run left below {@code data}. What cannot be read is logged and set aside, never overwritten. */
    public Alarms(Path data, Clock clock) {
        this.clock = clock;
        file = new AlarmFile(data.resolve("alarms.jsonl"));
        numbers = new AlarmNumbers(data.resolve("alarms.next"));
        final Map<Long, Alarm> known = new LinkedHashMap<>();
        long next = 1;
        try {
            next = numbers.read();
            file.read().forEach(alarm -> known.put(alarm.number(), alarm));
        } catch (IOException e) {
            unread = true;
            broken("cannot be read", e);
        }
        for (final Alarm alarm : known.values()) {
            next = Math.max(next, alarm.number() + 1);
            if (!alarm.active()) {
                keep(alarm);
            }
        }
        book = new AlarmBook(
                clock, next, known.values().stream().filter(Alarm::active).toList());
        active = book.active();
        syncer = new ThreadPoolExecutor(
                0,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                Alarms::syncThread,
                new ThreadPoolExecutor.DiscardPolicy()); // One is waiting already: it will sync this as well.
        reserve();
    }

    private static Thread syncThread(Runnable work) {
        final Thread thread = new Thread(work, "tandem-alarms");
        thread.setDaemon(true);
        return thread;
    }

    /** Looking begins; see {@link AlarmBook#lookFromNow}. */
    public synchronized void lookFromNow() {
        book.lookFromNow();
    }

    /** What is wrong now; see {@link AlarmBook#update}. Returns the alarms that changed. */
    public synchronized List<Alarm> update(Collection<Condition> conditions, Set<String> wholeLinks) {
        final List<Alarm> changes = book.update(conditions, wholeLinks);
        record(changes);
        return changes;
    }

    /** A gap or a discontinuity was written; see {@link AlarmBook#latch}. */
    public synchronized Optional<Alarm> latch(AlarmName name, String object, String text) {
        final Optional<Alarm> raised = book.latch(name, object, text);
        record(raised.stream().toList());
        return raised;
    }

    /** Somebody has taken notice; see {@link AlarmBook#acknowledge}. */
    public synchronized Optional<Alarm> acknowledge(long number, String who, String reason) {
        final Optional<Alarm> acknowledged = book.acknowledge(number, who, reason);
        record(acknowledged.stream().toList());
        return acknowledged;
    }

    /** Active alarms, the oldest first. Never waits. */
    public List<Alarm> active() {
        return active;
    }

    /** Active and cleared alarms, the newest first, at most {@code limit}. */
    public synchronized List<Alarm> history(int limit) {
        return all().sorted((a, b) -> Long.compare(b.number(), a.number()))
                .limit(limit)
                .toList();
    }

    /** Alarms that are over, the newest first, at most {@code limit}. */
    public synchronized List<Alarm> cleared(int limit) {
        return cleared.stream()
                .sorted((a, b) -> Long.compare(b.number(), a.number()))
                .limit(limit)
                .toList();
    }

    /** Rises with each alarm that is raised, cleared or acknowledged. */
    public synchronized long changes() {
        return changes;
    }

    /** The highest number that an alarm has ever had; 0: there was none. */
    public synchronized long lastNumber() {
        return book.nextNumber() - 1;
    }

    /** How often the file could not be written since the start. */
    public synchronized long failedWrites() {
        return failedWrites;
    }

    /** Alarms not raised because too many were standing. */
    public synchronized long notRaised() {
        return book.notRaised();
    }

    @Override
    public synchronized void close() {
        syncer.shutdown(); // Without an interrupt: that would close the file under a sync.
        try {
            file.force();
            file.close();
        } catch (IOException e) {
            broken("cannot be synced", e);
        }
    }

    private Stream<Alarm> all() {
        return Stream.concat(cleared.stream(), active.stream());
    }

    private void keep(Alarm alarm) {
        cleared.addLast(alarm);
        if (cleared.size() > MAX_HISTORY) {
            cleared.removeFirst();
        }
    }

    private void record(List<Alarm> changed) {
        active = book.active();
        changes += changed.size();
        changed.stream().filter(alarm -> !alarm.active()).forEach(this::keep);
        reserve();
        final boolean due = broken ? clock.nanoTime() - triedNs >= REPAIR_EVERY_NS : !changed.isEmpty();
        if (!due) {
            return;
        }
        try {
            if (broken || file.lines() + changed.size() > MAX_LINES) {
                rewrite();
            } else {
                file.append(changed);
                syncer.execute(this::sync);
            }
        } catch (IOException e) {
            broken("cannot be written", e);
        }
    }

    private void rewrite() throws IOException {
        triedNs = clock.nanoTime();
        if (unread) {
            file.setAside();
            unread = false;
        }
        file.rewrite(all().toList());
        if (broken) {
            LOG.info("the alarm file can be written again");
        }
        broken = false;
    }

    private void reserve() {
        if (book.nextNumber() == reserved) {
            return;
        }
        reserved = book.nextNumber();
        try {
            numbers.write(reserved);
        } catch (IOException e) {
            failedWrites++;
            LOG.debug("the next alarm number could not be written", e);
        }
    }

    private void sync() {
        try {
            file.force();
        } catch (IOException e) {
            LOG.debug("alarms were not synced", e);
        }
    }

    private void broken(String what, IOException e) {
        failedWrites++;
        triedNs = clock.nanoTime();
        if (!broken) {
            LOG.warn("the alarm file {}: {}; alarms are kept in memory until it can be", what, e.toString());
        }
        broken = true;
    }
}
