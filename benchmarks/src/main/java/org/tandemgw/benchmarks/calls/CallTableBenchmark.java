package org.tandemgw.benchmarks.calls;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallText;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.IntervalBook;
import org.tandemgw.recovery.TableLimits;
import org.tandemgw.recovery.TrunkGroups;

/**
 * What one event costs the table, in an {@link AsteriskDay} with so many calls in flight. {@code fill} makes the events without a
 * table: what the table costs is {@code apply} less that. Events come as the appliance reads
 * them from the journal, of many calls in batches that the table is told of beforehand; {@code applyOneByOne} is without. The peer keeps only the last kind of each call in a map of strings, which is
 * less than anybody could use.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@State(Scope.Thread)
public class CallTableBenchmark {
    private static final int EVENTS = 960;

    @Param({"1000", "100000", "1000000"})
    public int inFlight;

    /** Whether interval statistics are kept of it. */
    @Param({"false", "true"})
    public boolean counted;

    private final Map<String, CallEventKind> map = new HashMap<>();
    private final CallEvent[] batch = new CallEvent[CallTable.MOST_EXPECTED];
    private AsteriskDay day;
    private CallTable table;

    /** Calls at any step, in rows that calls before them have left. */
    @Setup(Level.Trial)
    public void fillTable() {
        for (int i = 0; i < batch.length; i++) {
            batch[i] = new CallEvent();
        }
        day = new AsteriskDay(inFlight);
        table = new CallTable(TableLimits.ofCalls(1_000_000), CallWatcher.NONE);
        if (counted) {
            final IntervalBook book =
                    new IntervalBook(TimeUnit.MINUTES.toNanos(30), TrunkGroups.BY_NAME, 20_000, part -> {});
            book.advance(1_700_000_000_000_000_000L, 0);
            table.keepBook(book);
        }
        final long empty = table.bytes();
        for (int slot = 0; slot < inFlight; slot++) {
            for (int step = 0; step <= slot % AsteriskDay.EVENTS_A_CALL; step++) {
                table.apply(day.next(batch[0], slot));
            }
        }
        for (int i = 0; i < inFlight * 2 * AsteriskDay.EVENTS_A_CALL; i++) {
            table.apply(day.next(batch[0]));
        }
        System.out.println((table.bytes() - empty) / table.inFlight() + " bytes a call in flight");
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void apply() {
        for (int i = 0; i < EVENTS; i += batch.length) {
            make();
            if (table.worthExpecting()) {
                table.expect(batch, batch.length);
            }
            for (final CallEvent event : batch) {
                table.apply(event);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void applyOneByOne() {
        for (int i = 0; i < EVENTS; i++) {
            table.apply(day.next(batch[0]));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public CallEvent fill() {
        for (int i = 0; i < EVENTS; i += batch.length) {
            make();
        }
        return batch[0];
    }

    private void make() {
        for (final CallEvent event : batch) {
            day.next(event);
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void peerMapOfStrings() {
        for (int i = 0; i < EVENTS; i++) {
            final CallEvent event = day.next(batch[0]);
            if (event.kind() == CallEventKind.CLEARED) {
                map.remove(event.text(CallText.CALL));
            } else {
                map.put(event.text(CallText.CALL), event.kind());
            }
        }
    }
}
