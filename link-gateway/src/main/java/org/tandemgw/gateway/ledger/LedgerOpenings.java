package org.tandemgw.gateway.ledger;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.tandemgw.gateway.recovery.MarkedTable;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.recovery.RecoveryPolicy;

/** The ledgers of all ACDs that are being written down as of a mark. Each is written on its table's thread, in slices, and kept by the thread {@code ledger}. */
final class LedgerOpenings {
    /** So long the table stands still at a time. */
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final LedgerShelf shelf;
    private final RecoveryPolicy policy;
    private final Clock clock;
    private final Runnable whole;
    private final Map<String, LedgerOpening> openings = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param whole called when there is one to be kept */
    LedgerOpenings(LedgerShelf shelf, RecoveryPolicy policy, Clock clock, Runnable whole) {
        this.shelf = shelf;
        this.policy = policy;
        this.clock = clock;
        this.whole = whole;
    }

    /** Begins one: it is the table's at this moment. On its thread. */
    void begin(MarkedTable at) throws IOException {
        final LedgerOpening opening = new LedgerOpening(shelf, at, policy);
        openings.put(opening.begun().key(), opening);
    }

    boolean has(String key) {
        return openings.containsKey(key);
    }

    /** One slice; false: there was nothing to do. On the table's thread. */
    boolean goOn(String acd) {
        if (openings.isEmpty() || closed) {
            return false;
        }
        boolean worked = false;
        for (final LedgerOpening each : openings.values()) {
            if (each.begun().acd().equals(acd) && !each.isWhole()) {
                worked = true;
                each.step(SLICE_NS, clock);
                if (each.isWhole()) {
                    whole.run();
                }
            }
        }
        return worked;
    }

    /** Whether one is not durable yet. Any thread. */
    boolean isOwing(String acd) {
        return openings.values().stream().anyMatch(each -> each.begun().acd().equals(acd));
    }

    /** Keeps what is whole. Thread {@code ledger}. */
    void keep(Consumer<LedgerTotal> kept, BiConsumer<LedgerTotal, Exception> lost) {
        openings.forEach((key, opening) -> {
            if (!opening.isWhole()) {
                return;
            }
            try {
                kept.accept(opening.keep());
            } catch (IOException | RuntimeException e) {
                lost.accept(opening.begun(), e);
            }
            openings.remove(key);
        });
    }

    /** What is not whole is made again after the next start. */
    void close() {
        closed = true;
    }
}
