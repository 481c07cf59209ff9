package org.tandemgw.gateway.decision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/**
 * Remembers what the machine was told lately, and makes a record of it when something is decided. Thread {@code control} calls it; what takes time on a disk
 * is left to the thread {@code decisions}, which ends when idle.
 *
 * <p>It keeps the events since the last snapshot but one: {@link #SEGMENT} to twice as many. While a decision is open they all stay, up to {@link #MOST_EVENTS};
 * beyond that they are counted, and the record says how many are missing. A record that cannot be written costs no decision: it is tried again each
 * {@link #RETRY_MS}, the newest {@link #MOST_WAITING} of them, and {@link #trouble()} says so meanwhile. Of the work for that thread at most one turn waits, for a
 * turn does all there is. If the machine lets us have no thread, that is counted and told, and tried again in the same rhythm; of at most {@link #MOST_UNSYNCED}
 * records is it known that they are to be synced, older ones are left to the system.
 */
public final class Recorder implements AutoCloseable {
    static final int SEGMENT = 256;
    static final int MOST_EVENTS = 8_192;
    static final int MOST_WAITING = 8;
    static final int MOST_UNSYNCED = 64;
    static final long RETRY_MS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int CLOSE_S = 2;

    private record Segment(String snapshot, List<String> events) {}

    private final DecisionLog log;
    private SwitchoverRules rules;
    private final String version;
    private final ThreadPoolExecutor helper;
    private final AtomicReference<DecisionRecord> toWrite = new AtomicReference<>();
    private final Set<Long> unsynced = new LinkedHashSet<>();
    private final AtomicLong failedWrites = new AtomicLong();
    private final AtomicLong threadsRefused = new AtomicLong();
    private final Map<Long, DecisionRecord> waiting = Collections.synchronizedMap(new LinkedHashMap<>());

    private Segment before;
    private Segment now;
    private volatile DecisionRecord open;
    private long openDecision;
    private long notKept;
    private long retryAtMs;
    private volatile String trouble;
    private volatile String noThread;

    /** Records below this data folder; what an end of the process left half written is removed. */
    public Recorder(Path data, SwitchoverRules rules, String version) {
        this(data, rules, version, work -> {
            final Thread thread = new Thread(work, "decisions");
            thread.setDaemon(true);
            return thread;
        });
    }

    Recorder(Path data, SwitchoverRules rules, String version, ThreadFactory threads) {
        this.log = new DecisionLog(data);
        this.rules = rules;
        this.version = version;
        helper = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
        helper.allowCoreThreadTimeOut(true);
        try {
            log.sweep();
        } catch (IOException e) {
            LOG.warn("what was left of a record of a decision cannot be removed: {}", e.toString());
        }
    }

    /** The machine is about to be told this. {@code snapshotBefore} is asked now and then. */
    public void event(Event event, long nowMs, Supplier<String> snapshotBefore) {
        if (now == null || openDecision == 0 && now.events().size() >= SEGMENT) {
            before = now;
            now = new Segment(snapshotBefore.get(), new ArrayList<>());
            notKept = 0;
        }
        if (now.events().size() < MOST_EVENTS) {
            now.events().add(nowMs + " " + EventText.write(event));
        } else {
            notKept++;
        }
        if (openDecision != 0 && (event instanceof Event.StepOver || event instanceof Event.SelectOver)) {
            final DecisionRecord state = new DecisionRecord(
                    DecisionRecord.FORMAT, version, open.decision(), open.opened(), rules, parts(List.of()));
            open = state;
            toWrite.set(state);
            soon();
        }
        if ((!waiting.isEmpty() || noThread != null) && nowMs >= retryAtMs) {
            retryAtMs = nowMs + RETRY_MS;
            List.copyOf(waiting.values()).forEach(this::write);
            if (noThread != null) {
                soon();
            }
        }
    }

    /** From now on these rules are in force: what was told before them is in no record of a decision after them. No decision is open. */
    public void follow(SwitchoverRules next) {
        rules = next;
        before = null;
        now = null;
    }

    /** A decision begins: its record is written before anything is done about it. */
    public void opened(Decision decision, long nowMs) {
        if (decision.decision() > 0) {
            openDecision = decision.decision();
            open = new DecisionRecord(DecisionRecord.FORMAT, version, decision, decision, rules, parts(List.of()));
            write(open, nowMs);
        }
    }

    /** A decision is over; one that was refused was never open. */
    public void closed(Decision decision, long nowMs) {
        final long number = decision.decision();
        if (number == 0) {
            return; // a dry run
        }
        final boolean ofThisRun = number == openDecision;
        final DecisionRecord began = ofThisRun ? open : begunBefore(number);
        if (ofThisRun) {
            openDecision = 0;
            open = null;
        }
        write(
                new DecisionRecord(
                        DecisionRecord.FORMAT,
                        version,
                        decision,
                        began == null ? null : began.opened(),
                        rules,
                        parts(ofThisRun || began == null ? List.of() : earlier(began))),
                nowMs);
    }

    /** How often a record could not be written. Any thread. */
    public long failedWrites() {
        return failedWrites.get();
    }

    /** What is wrong with the records now, for an alarm; null: nothing. Any thread. */
    public String trouble() {
        return trouble != null ? trouble : noThread;
    }

    /** How often no thread could be had for what is left to one. Any thread. */
    public long threadsRefused() {
        return threadsRefused.get();
    }

    /** Waits a moment until what was written is durable. */
    @Override
    public void close() {
        List.copyOf(waiting.values()).forEach(this::write);
        helper.shutdown();
        try {
            if (!helper.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
                LOG.warn("the records of decisions may not be on the disk yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The record that a run before this one began and did not end; null if there is none that can be read. */
    private DecisionRecord begunBefore(long number) {
        try {
            final DecisionRecord found = Files.exists(log.file(number)) ? DecisionLog.read(log.file(number)) : null;
            return found == null || found.isOver() ? null : found;
        } catch (IOException e) {
            LOG.warn("the beginning of decision {} is lost: {}", number, e.getMessage());
            return null;
        }
    }

    /** Each with the rules that it was decided by, where they are not those of now. */
    private List<DecisionRecord.Part> earlier(DecisionRecord began) {
        return began.parts().stream()
                .map(each -> new DecisionRecord.Part(
                        each.snapshot(),
                        each.events(),
                        each.notKept(),
                        began.rules(each).equals(rules) ? null : began.rules(each)))
                .toList();
    }

    private List<DecisionRecord.Part> parts(List<DecisionRecord.Part> earlier) {
        final List<DecisionRecord.Part> parts = new ArrayList<>(earlier);
        if (now != null) {
            final List<String> events = new ArrayList<>();
            if (before != null) {
                events.addAll(before.events());
            }
            events.addAll(now.events());
            parts.add(new DecisionRecord.Part((before == null ? now : before).snapshot(), events, notKept, null));
        }
        return parts;
    }

    private void write(DecisionRecord record, long nowMs) {
        retryAtMs = nowMs + RETRY_MS;
        write(record);
    }

    private void write(DecisionRecord record) {
        final long number = record.number();
        try {
            synchronized (log) {
                log.write(record);
            }
            waiting.remove(number);
            if (waiting.isEmpty() && trouble != null) {
                LOG.info("records of decisions can be written again");
                trouble = null;
            }
            synchronized (unsynced) {
                unsynced.add(number);
                if (unsynced.size() > MOST_UNSYNCED) {
                    unsynced.remove(unsynced.iterator().next());
                }
            }
            soon();
        } catch (IOException e) {
            failedWrites.incrementAndGet();
            if (trouble == null) {
                LOG.warn("the record of decision {} cannot be written, and is tried again: {}", number, e.toString());
            }
            waiting.put(number, record);
            if (waiting.size() > MOST_WAITING) {
                final long oldest = waiting.keySet().iterator().next();
                waiting.remove(oldest);
                LOG.warn("the record of decision {} is given up: {} wait for room already", oldest, MOST_WAITING);
            }
            trouble = "the record of decision " + number + " cannot be written (" + e.getMessage()
                    + "): decisions go on, and are tried to be kept each " + RETRY_MS / 1_000 + " s";
        }
    }

    /** The thread {@code decisions} does what there is to do. Never waits, never throws. */
    private void soon() {
        try {
            helper.execute(this::catchUp);
        } catch (OutOfMemoryError e) { // the machine lets us have no more threads
            if (noThread == null) {
                LOG.warn("records of decisions are not synced: {}", e.toString());
            }
            threadsRefused.incrementAndGet();
            noThread = "records of decisions are written, but not synced (" + e.getMessage()
                    + "): a power loss may cost the newest; tried again each " + RETRY_MS / 1_000 + " s";
        }
    }

    private void catchUp() {
        final DecisionRecord state = toWrite.getAndSet(null);
        if (state != null) {
            writeIfNewest(state);
        }
        final List<Long> numbers;
        synchronized (unsynced) {
            numbers = List.copyOf(unsynced);
            unsynced.clear();
        }
        try {
            for (final long number : numbers) {
                log.sync(number);
            }
            if (!numbers.isEmpty()) {
                log.prune();
            }
        } catch (IOException e) {
            LOG.debug("records of decisions are not synced", e);
        }
        noThread = null;
    }

    /** Should Tandem be killed in the middle, the record tells which steps were over. Never in the way of a newer state. */
    private void writeIfNewest(DecisionRecord state) {
        synchronized (log) {
            if (open == state && !waiting.containsKey(state.number())) {
                try {
                    log.write(state);
                } catch (IOException e) {
                    LOG.debug("a step of decision {} is not recorded yet", state.number(), e);
                }
            }
        }
    }
}
