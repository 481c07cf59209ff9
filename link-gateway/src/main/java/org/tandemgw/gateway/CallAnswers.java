package org.tandemgw.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.control.CallControl;
import org.tandemgw.gateway.control.CallReport;
import org.tandemgw.gateway.control.IntervalReport;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.IntervalPart;

/** What operators ask of the tables of the calls: each answer is made on the table's own thread. */
final class CallAnswers implements CallControl {
    private static final long LIMIT_S = 5;

    private final List<AcdParts> acds;
    private final Clock clock;

    CallAnswers(List<AcdParts> acds, Clock clock) {
        this.acds = acds;
        this.clock = clock;
    }

    @Override
    public List<CallReport> calls(int limit) throws CannotTellException {
        final List<CallReport> all = new ArrayList<>();
        final long untilNs = untilNs();
        for (final AcdParts acd : tables()) {
            final int room = limit - all.size();
            if (room == 0) {
                break;
            }
            all.addAll(asked(acd, untilNs, table -> {
                final List<CallReport> some = new ArrayList<>(Math.min(room, table.inFlight()));
                final long nowNs = nowNs(acd);
                table.firstCalls(room, call -> some.add(report(acd, call, nowNs, null)));
                return some;
            }));
        }
        return all;
    }

    @Override
    public List<CallReport> call(String id) throws CannotTellException {
        final List<CallReport> all = new ArrayList<>();
        final long untilNs = untilNs();
        for (final AcdParts acd : tables()) {
            all.addAll(asked(acd, untilNs, table -> {
                final CallView call = table.call(id);
                return call == null
                        ? List.<CallReport>of()
                        : List.of(report(
                                acd,
                                call,
                                nowNs(acd),
                                Arrays.stream(call.sequences()).boxed().toList()));
            }));
        }
        return all;
    }

    @Override
    public List<IntervalReport> intervals() throws CannotTellException {
        final List<IntervalReport> all = new ArrayList<>();
        final long untilNs = untilNs();
        for (final AcdParts acd : keepers()) {
            all.addAll(asked(acd, untilNs, CallKeeper::askBooks, books -> {
                final IntervalPart part = books == null ? null : books.present(clock.utcNs());
                return part == null
                        ? List.<IntervalReport>of()
                        : IntervalFile.rows(acd.config().name(), books.intervalS(), books.generation(), part).stream()
                                .map(row -> IntervalReport.of(row, false))
                                .toList();
            }));
        }
        return all;
    }

    /** Of calls in flight. */
    private List<AcdParts> tables() throws CannotTellException {
        final List<AcdParts> all =
                keepers().stream().filter(acd -> acd.calls().isPresent()).toList();
        if (all.isEmpty()) {
            throw new CannotTellException(
                    "no ACD of this site tells of calls in flight: call details (CDR) tell of a call when it has ended,"
                            + " and nothing of who is on the line now, rings or waits",
                    "tandem intervals  and call records have the calls that have ended; tandem calls show ID  one of them");
        }
        return all;
    }

    private List<AcdParts> keepers() throws CannotTellException {
        final List<AcdParts> all =
                acds.stream().filter(acd -> acd.keeper().isPresent()).toList();
        if (all.isEmpty()) {
            throw new CannotTellException(
                    "no ACD of this site tells of calls in a dialect that Tandem can read",
                    "docs/asterisk.md, docs/freeswitch.md, docs/csta.md, docs/avaya-cdr.md");
        }
        return all;
    }

    /** All tables have this time together, or many that wait for a disk would keep the operators' thread. */
    private long untilNs() {
        return clock.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
    }

    private <T> T asked(AcdParts acd, long untilNs, Function<CallTable, T> question) throws CannotTellException {
        return asked(acd, untilNs, CallKeeper::ask, question);
    }

    private <Q, T> T asked(
            AcdParts acd, long untilNs, BiPredicate<CallKeeper, Consumer<Q>> asking, Function<Q, T> question)
            throws CannotTellException {
        final CallKeeper keeper = acd.keeper().orElseThrow();
        final CompletableFuture<T> answer = new CompletableFuture<>();
        final boolean taken = asking.test(keeper, table -> {
            try {
                answer.complete(question.apply(table));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        if (!taken) {
            throw new CannotTellException(
                    keeper.fault().isEmpty() ? "too many ask for calls at this moment" : keeper.fault(),
                    keeper.fault().isEmpty() ? "ask again" : "see the log; a restart makes the table anew");
        }
        try {
            return answer.get(Math.max(0, untilNs - clock.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CannotTellException(
                    "the tables of the calls, up to that of " + acd.config().name() + ", did not answer within "
                            + LIMIT_S + " s",
                    "ask again; tandem status");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotTellException("Tandem is stopping", null);
        }
    }

    private static CallReport report(AcdParts acd, CallView call, long nowNs, List<Long> sequences) {
        return new CallReport(
                call.id(),
                acd.config().name(),
                call.media().word(),
                call.state().word(),
                instant(call.stateSinceNs()),
                lasts(call.stateSinceNs(), nowNs),
                instant(call.startedNs()),
                call.startSeen(),
                lasts(call.startedNs(), nowNs),
                call.answeredNs() == 0 ? null : instant(call.answeredNs()),
                TimeUnit.NANOSECONDS.toMillis(call.waitedNs(nowNs)),
                TimeUnit.NANOSECONDS.toMillis(call.heldNs(nowNs)),
                call.queue(),
                call.agent(),
                call.calling(),
                call.called(),
                call.parties(),
                call.trunk(),
                call.cause(),
                call.segments(),
                call.sequence(),
                call.sure(),
                call.holed(),
                call.legList().stream()
                        .map(leg -> new CallReport.Leg(
                                leg.id(), leg.state().word(), leg.party(), leg.agent(), leg.trunk(), leg.sure()))
                        .toList(),
                sequences,
                call.sequencesComplete());
    }

    /** On the ACD's clock. */
    private long nowNs(AcdParts acd) {
        return clock.utcNs() + acd.calls().orElseThrow().acdAheadNs();
    }

    private static long lasts(long sinceNs, long nowNs) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nowNs - sinceNs));
    }

    private static Instant instant(long ns) {
        return Instant.ofEpochSecond(0, ns);
    }
}
