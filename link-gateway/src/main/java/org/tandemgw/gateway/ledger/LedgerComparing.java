package org.tandemgw.gateway.ledger;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.Doubt;
import org.tandemgw.recovery.RecoveryPolicy;

/** A ledger held against what the ACD itself lists afterwards: kept, ended meanwhile, discovered. Thread {@code ledger}. */
final class LedgerComparing {
    /** The table is asked for so many calls at a time: meanwhile it stands still. */
    private static final int AT_A_TIME = 1_000;

    private static final int ANSWER_S = 10;

    /** Puts a question to the table of the ACD and waits for it. */
    @FunctionalInterface
    interface Asking {
        /**
         * Asks.
         *
         * @throws IOException if the table did not answer
         */
        <T> T ask(Function<CallTable, T> question) throws IOException;
    }

    /** Asks the table of this ACD, on its thread. */
    static Asking of(Ledgers.Tables tables, String acd) {
        return new Asking() {
            @Override
            public <T> T ask(Function<CallTable, T> question) throws IOException {
                final CompletableFuture<T> answer = new CompletableFuture<>();
                final boolean taken = tables.ask(acd, table -> {
                    try {
                        answer.complete(question.apply(table));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
                try {
                    if (taken) {
                        return answer.get(ANSWER_S, TimeUnit.SECONDS);
                    }
                } catch (TimeoutException | ExecutionException e) {
                    throw new IOException("the table of the calls of " + acd + " did not answer: " + e, e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("the table of the calls of " + acd + " takes no questions");
            }
        };
    }

    /**
     * What the table has in place of one call.
     *
     * @param id null: nothing
     */
    private record Found(String id, boolean sure) {
        static final Found NOTHING = new Found(null, true);
    }

    private final RecoveryPolicy policy;
    private final Asking asking;
    private final LedgerWriting out;
    private final List<LedgerLine> waiting = new ArrayList<>(AT_A_TIME);
    private final Map<String, LedgerLine> discovered = new LinkedHashMap<>();

    private LedgerComparing(RecoveryPolicy policy, Asking asking, LedgerWriting out) {
        this.policy = policy;
        this.asking = asking;
        this.out = out;
    }

    /**
     * Writes the ledger anew, with what the list said of each call.
     *
     * @param heard calls that the list told of and nobody had heard of before
     */
    static LedgerTotal compare(
            LedgerShelf shelf,
            LedgerTotal of,
            List<LedgerLine> heard,
            Instant now,
            RecoveryPolicy policy,
            Asking asking)
            throws IOException {
        try (LedgerWriting out = shelf.write(of.epoch(), of.acd())) {
            final LedgerComparing comparing = new LedgerComparing(policy, asking, out);
            heard.forEach(line -> comparing.discovered.put(line.id(), line));
            heard.forEach(line -> line.legs().forEach(leg -> comparing.discovered.putIfAbsent(leg, line)));
            LedgerShelf.read(shelf.file(of.epoch(), of.acd()), comparing::take);
            comparing.flush();
            final Set<LedgerLine> rest = new LinkedHashSet<>(comparing.discovered.values());
            for (final LedgerLine line : rest) {
                out.add(line);
            }
            final LedgerTotal total = of.compared(now, out.counts());
            out.keep(total);
            return total;
        }
    }

    private void take(LedgerLine line) throws IOException {
        forget(line.id());
        line.legs().forEach(this::forget);
        waiting.add(line);
        if (waiting.size() == AT_A_TIME) {
            flush();
        }
    }

    /** It was known already, by this or another of its ids. */
    private void forget(String id) {
        final LedgerLine known = discovered.remove(id);
        if (known != null) {
            discovered.remove(known.id());
            known.legs().forEach(discovered::remove);
        }
    }

    private void flush() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        final List<LedgerLine> lines = List.copyOf(waiting);
        final List<Found> found = asking.ask(
                table -> lines.stream().map(line -> find(table, line)).toList());
        for (int i = 0; i < lines.size(); i++) {
            out.add(judged(lines.get(i), found.get(i)));
        }
        waiting.clear();
    }

    private static Found find(CallTable table, LedgerLine line) {
        CallView call = table.call(line.id());
        for (int i = 0; call == null && i < line.legs().size(); i++) {
            call = table.callOfLeg(line.legs().get(i));
        }
        return call == null ? Found.NOTHING : new Found(call.id(), call.sure());
    }

    private LedgerLine judged(LedgerLine line, Found found) {
        final boolean gap = line.doubt().equals(Doubt.GAP.word());
        if (found.id() == null) {
            final LedgerLine ended = line.compared(LedgerLine.ENDED, "");
            return gap
                    ? ended.fated(
                            org.tandemgw.recovery.Fate.UNKNOWN,
                            line.doubt(),
                            line.why() + "; it was gone when the ACD was asked afterwards")
                    : ended;
        }
        if (!found.sure()) {
            return line; // frames were missed again: nobody can say
        }
        final LedgerLine there = line.compared(LedgerLine.IN_FLIGHT, found.id().equals(line.id()) ? "" : found.id());
        return gap
                ? there.fated(
                        policy.of(state(line)).fate(),
                        "",
                        "frames were missed before the switch; the ACD's own list had it afterwards")
                : there;
    }

    private static CallState state(LedgerLine line) {
        for (final CallState each : CallState.values()) {
            if (each.word().equals(line.state())) {
                return each;
            }
        }
        return CallState.OFFERED; // of a newer version
    }
}
