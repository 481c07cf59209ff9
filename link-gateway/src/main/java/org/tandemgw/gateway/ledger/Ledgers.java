package org.tandemgw.gateway.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.decision.DecisionRecord;
import org.tandemgw.gateway.decision.PositionsBefore;
import org.tandemgw.gateway.recovery.ListedTable;
import org.tandemgw.gateway.recovery.MarkListener;
import org.tandemgw.gateway.recovery.MarkedTable;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.RecoveryPlan;
import org.tandemgw.recovery.RecoveryPolicy;

/**
 * Keeps the account of each switchover: what became of every call that was in flight as it began. Written down on the thread {@code calls-<acd>} as of the mark;
 * closed on the thread {@code ledger}, which ends when idle, once it is known which cards moved; compared there once the ACD has listed its calls.
 *
 * <p>Each step replaces a whole file by a whole file, and whatever step is missing is done at the next start. Of the work for its thread at most one turn waits,
 * for a turn does all there is. A file that cannot be written is tried again each {@link #RETRY_MS}; {@link #trouble} says so.
 */
public final class Ledgers implements MarkListener, AutoCloseable {
    static final long RETRY_MS = 5_000;

    /** A list that was asked for may be broken off, or lost on its way. */
    static final long ASK_AGAIN_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(Ledgers.class);
    private static final int MOST_DECISIONS = 8;
    private static final int MOST_DISCOVERED = 10_000;
    private static final int CLOSE_S = 2;
    private static final long BYTES_PER_CALL = 600;

    /** Of more accounts that were lost nobody is told. */
    private static final int MOST_LOST = 32;

    /** The tables of the calls, and whoever asks the ACDs. Any thread. */
    public interface Tables {
        /** Runs a question on the table's thread; false: it never will. */
        boolean ask(String acd, Consumer<CallTable> question);

        /** The newest record of the ACD's journal. */
        long last(String acd);

        /** Has the ACD list its calls. */
        void wantList(String acd);
    }

    private record Listing(String acd, long beganAfter, Instant at, List<LedgerLine> unheard) {}

    private final SiteConfiguration site;
    private final RecoveryPolicy policy;
    private final Tables tables;
    private final Clock clock;
    private final LedgerShelf shelf;
    private final DecisionLog decisions;
    private final ThreadPoolExecutor helper;
    private final Map<String, LedgerTotal> totals = new ConcurrentHashMap<>();
    private final LedgerOpenings openings;

    /** What could not be written down. */
    private final Map<String, LedgerTotal> lost = new ConcurrentHashMap<>();

    private final Map<String, Listing> listings = new ConcurrentHashMap<>();
    private final Map<Long, Decision> closed = Collections.synchronizedMap(new LinkedHashMap<>());
    private final AtomicLong failures = new AtomicLong();
    private final Instant begunAt;
    private volatile String trouble;
    private volatile long retryAtNs;
    private volatile long askAgainAtNs;

    /** Reads what there is; does nothing about it before {@link #start}. */
    public Ledgers(SiteConfiguration site, Tables tables, Clock clock) {
        this.site = site;
        this.policy = site.recovery().policy();
        this.tables = tables;
        this.clock = clock;
        begunAt = now();
        shelf = new LedgerShelf(site.data());
        decisions = new DecisionLog(site.data());
        openings = new LedgerOpenings(shelf, policy, clock, this::soon);
        helper = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                work -> {
                    final Thread thread = new Thread(work, "ledger");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        helper.allowCoreThreadTimeOut(true);
        try {
            shelf.sweep();
            for (final LedgerShelf.Name each : shelf.all()) {
                remember(each);
            }
        } catch (IOException e) {
            failed("the accounts of earlier switchovers cannot be read", e);
        }
    }

    private void remember(LedgerShelf.Name name) {
        try {
            totals.put(key(name.epoch(), name.acd()), LedgerShelf.total(name.file()));
        } catch (IOException e) {
            LOG.warn("an account of calls cannot be used: {}", e.getMessage());
        }
    }

    /** Goes on with what an end of the process left undone. */
    public void start() {
        soon();
        wantLists();
    }

    private void wantLists() {
        askAgainAtNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ASK_AGAIN_MS);
        totals.values().stream()
                .filter(this::waitsForList)
                .map(LedgerTotal::acd)
                .distinct()
                .forEach(tables::wantList);
    }

    @Override
    public void commenced(MarkedTable at) {
        final String key = key(at.mark().epoch(), at.acd());
        if (totals.containsKey(key)
                || openings.has(key)
                || newest(at.acd())
                        .filter(each -> each.epoch() > at.mark().epoch())
                        .isPresent()) {
            return; // told again after a restart
        }
        try {
            requireRoom(at.table().inFlight() * BYTES_PER_CALL);
            openings.begin(at);
        } catch (IOException | RuntimeException e) {
            lost(LedgerTotal.begun(at), e);
        }
    }

    @Override
    public boolean goOn(String acd) {
        return openings.goOn(acd);
    }

    @Override
    public boolean isOwing(String acd) {
        return openings.isOwing(acd);
    }

    /** Its moment is over: that nobody knows what became of the calls is all that can be written down. */
    private void lost(LedgerTotal begun, Exception why) {
        failures.incrementAndGet();
        if (lost.size() < MOST_LOST) {
            lost.put(begun.key(), begun.lost(why.getMessage() == null ? why.toString() : why.getMessage()));
        }
        LOG.warn(
                "what becomes of the calls of {} at the switchover with epoch {} is not written down: {}",
                begun.acd(),
                begun.epoch(),
                why.toString(),
                why instanceof IOException ? null : why);
    }

    @Override
    public void switched(MarkedTable at) {
        soon();
    }

    /** A decision is over. Thread {@code control}. */
    public void closed(Decision decision) {
        if (decision.epoch() == null) {
            return;
        }
        synchronized (closed) {
            closed.put(decision.decision(), decision);
            while (closed.size() > MOST_DECISIONS) {
                closed.remove(closed.keySet().iterator().next());
            }
        }
        soon();
    }

    @Override
    public void listed(ListedTable at) {
        final LedgerTotal of = newest(at.acd()).filter(this::waitsForList).orElse(null);
        if (of == null) {
            return;
        }
        if (at.beganAfter() < of.listAfter()) {
            tables.wantList(of.acd()); // one of afterwards is still to come
            return;
        }
        final long markNs =
                TimeUnit.SECONDS.toNanos(of.at().getEpochSecond()) + of.at().getNano() + at.acdAheadNs();
        final LedgerDraft draft = new LedgerDraft(at.table(), at.acd(), markNs);
        final List<LedgerLine> unheard = new ArrayList<>();
        RecoveryPlan.walk(at.table(), policy, planned -> {
            final long first = planned.call().firstSequence();
            if (unheard.size() < MOST_DISCOVERED
                    && (first == 0 || first > of.asOf())
                    && planned.call().holed()
                    && planned.call().startedNs() <= markNs) {
                unheard.add(draft.line(planned).compared(LedgerLine.DISCOVERED, ""));
            }
        });
        listings.put(at.acd(), new Listing(at.acd(), at.beganAfter(), now(), unheard));
        soon();
    }

    private boolean waitsForList(LedgerTotal of) {
        return of.stage() == LedgerTotal.Stage.CLOSED
                && Outcome.SWITCHED.toString().equals(of.outcome())
                && newest(of.acd()).filter(of::equals).isPresent();
    }

    private Optional<LedgerTotal> newest(String acd) {
        return totals.values().stream()
                .filter(each -> each.acd().equals(acd))
                .max(Comparator.comparingLong(LedgerTotal::epoch));
    }

    /** What the newest switchover came to, all ACDs together; empty before the first. Any thread. */
    public Optional<LedgerTotal.Counts> newest() {
        final long epoch = totals.values().stream()
                .filter(each -> each.stage() != LedgerTotal.Stage.BEGUN)
                .mapToLong(LedgerTotal::epoch)
                .max()
                .orElse(-1);
        return totals.values().stream()
                .filter(each -> each.epoch() == epoch)
                .map(LedgerTotal::counts)
                .reduce(LedgerTotal.Counts::plus);
    }

    /** What is wrong with the accounts now, for an alarm; null: nothing. What can be tried again is. Any thread. */
    public String trouble() {
        if (clock.nanoTime() - askAgainAtNs >= 0) {
            wantLists();
        }
        if ((trouble != null || !lost.isEmpty()) && clock.nanoTime() - retryAtNs >= 0) {
            retryAtNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MS);
            soon();
        }
        return trouble != null ? trouble : lostText();
    }

    private String lostText() {
        return lost.values().stream()
                .max(Comparator.comparingLong(LedgerTotal::epoch))
                .map(of -> "what becomes of the calls of " + of.acd() + " at the switchover with epoch " + of.epoch()
                        + " is not written down: " + of.why())
                .orElse(null);
    }

    /** How often one could not be written. Any thread. */
    public long failures() {
        return failures.get();
    }

    private void soon() {
        try {
            helper.execute(this::turn);
        } catch (OutOfMemoryError e) { // the machine lets us have no more threads
            failed("what became of the calls is not written down", new IOException(e.getMessage(), e));
        }
    }

    /** Everything that there is to do. Thread {@code ledger}. */
    private void turn() {
        openings.keep(total -> totals.put(total.key(), total), this::lost);
        boolean well = true;
        for (final LedgerTotal of : List.copyOf(lost.values())) {
            well &= tried(of, this::tellOfLost);
        }
        for (final LedgerTotal of : List.copyOf(totals.values())) {
            if (of.stage() == LedgerTotal.Stage.BEGUN) {
                well &= tried(of, this::close);
            }
        }
        for (final Listing listing : List.copyOf(listings.values())) {
            final LedgerTotal of =
                    newest(listing.acd()).filter(this::waitsForList).orElse(null);
            if (of == null || listing.beganAfter() < of.listAfter() || tried(of, each -> compare(each, listing))) {
                listings.remove(listing.acd(), listing);
            } else {
                well = false;
            }
        }
        try {
            shelf.prune().forEach(name -> totals.remove(key(name.epoch(), name.acd())));
        } catch (IOException e) {
            LOG.debug("old accounts of calls are not deleted", e);
        }
        if (well && trouble != null) {
            trouble = null;
        }
    }

    @FunctionalInterface
    private interface Stepping {
        void on(LedgerTotal of) throws IOException;
    }

    private boolean tried(LedgerTotal of, Stepping step) {
        try {
            step.on(of);
            return true;
        } catch (IOException | RuntimeException e) {
            failed(
                    "what became of the calls of " + of.acd() + " at the switchover with epoch " + of.epoch()
                            + " is not written down to the end",
                    e);
            return false;
        }
    }

    /** Once the attempt is over, and there is room for a line: then {@code why} tells of it, and it is no condition any more. */
    private void tellOfLost(LedgerTotal of) throws IOException {
        final LedgerClosing.Ended ended = over(of);
        if (ended == null) {
            return;
        }
        final int cards = ended.moved(site.switches()).cards();
        if (ended.isSwitched() || cards > 0) {
            requireRoom(0);
            try (LedgerWriting out = shelf.write(of.epoch(), of.acd())) {
                final LedgerTotal told = of.lost(ended.outcome(), cards);
                out.keep(told);
                totals.put(of.key(), told);
            }
        }
        lost.remove(of.key());
    }

    private void close(LedgerTotal of) throws IOException {
        final LedgerClosing.Ended ended = over(of);
        if (ended == null) {
            return; // it is under way
        }
        requireRoom(Files.size(shelf.file(of.epoch(), of.acd())));
        final boolean switched = ended.isSwitched();
        if (!switched && ended.moved(site.switches()).cards() == 0) {
            Files.deleteIfExists(shelf.file(of.epoch(), of.acd())); // nothing became of anybody
            totals.remove(of.key());
            return;
        }
        final LedgerTotal now = LedgerClosing.close(shelf, of, ended, site.switches(), tables.last(of.acd()));
        totals.put(of.key(), now);
        LOG.info("decision {}: {}: {}", of.decision(), of.acd(), now.counts());
        if (switched) {
            tables.wantList(of.acd());
        }
    }

    private void compare(LedgerTotal of, Listing listing) throws IOException {
        requireRoom(Files.size(shelf.file(of.epoch(), of.acd())));
        totals.put(
                of.key(),
                LedgerComparing.compare(
                        shelf, of, listing.unheard(), listing.at(), policy, LedgerComparing.of(tables, of.acd())));
    }

    /** The decision as it ended, with the steps of all runs; null while it is under way. */
    private LedgerClosing.Ended over(LedgerTotal of) {
        final Decision told = closed.get(of.decision()); // asked for first: its record is written before
        try {
            if (Files.exists(decisions.file(of.decision()))) {
                final DecisionRecord record = DecisionLog.read(decisions.file(of.decision()));
                if (record.isOver()) {
                    return new LedgerClosing.Ended(
                            record.told(record.decision()),
                            PositionsBefore.of(record),
                            PositionsBefore.foundAgain(record),
                            true);
                }
            }
        } catch (IOException e) {
            LOG.warn("an account of calls does without the record of its decision: {}", e.getMessage());
        }
        if (told != null) {
            final boolean ofThisRun =
                    told.openedAt() != null && !told.openedAt().isBefore(begunAt);
            return new LedgerClosing.Ended(told, Map.of(), Map.of(), ofThisRun);
        }
        final boolean followed =
                newest(of.acd()).filter(each -> each.epoch() > of.epoch()).isPresent();
        return followed ? new LedgerClosing.Ended(null, Map.of(), Map.of(), false) : null;
    }

    private void requireRoom(long bytes) throws IOException {
        shelf.create();
        final long free = Files.getFileStore(shelf.folder()).getUsableSpace();
        if (free - bytes < site.journal().minFreeBytes()) {
            throw new IOException("there is no room on the disk that journal.min-free does not keep");
        }
    }

    private void failed(String what, Exception why) {
        failures.incrementAndGet();
        if (trouble == null) {
            LOG.warn("{}: {}", what, why.toString());
        }
        retryAtNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MS);
        trouble = what + ": " + why.getMessage();
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, clock.utcNs());
    }

    private static String key(long epoch, String acd) {
        return epoch + "-" + acd;
    }

    /** Waits a moment for what is being written; what is not done is done after the next start. */
    @Override
    public void close() {
        openings.close();
        helper.shutdown();
        try {
            if (!helper.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
                LOG.info("an account of calls is finished after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
