package org.tandemgw.benchmarks.calls;

import java.nio.charset.StandardCharsets;
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
 * Ten events a call (born, offered, queued, a second leg, ringing, two connected, held, retrieved, cleared) with so many calls in flight
 * that each comes to its turn in a place of memory that was not touched for long. The unit is one event. {@code fill} makes the events
 * without a table; the peer keeps only the last kind of each call in a map of strings, which is less than anybody could use.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@State(Scope.Thread)
public class CallTableBenchmark {
    private static final int EVENTS = 10;
    private static final int AGENTS = 2_000;
    private static final CallEventKind[] KINDS = {
        CallEventKind.BORN,
        CallEventKind.OFFERED,
        CallEventKind.QUEUED,
        CallEventKind.OFFERED,
        CallEventKind.RINGING,
        CallEventKind.CONNECTED,
        CallEventKind.CONNECTED,
        CallEventKind.HELD,
        CallEventKind.RETRIEVED,
        CallEventKind.CLEARED
    };

    @Param({"10000", "100000", "1000000"})
    public int inFlight;

    /** Whether interval statistics are kept of it. */
    @Param({"false", "true"})
    public boolean counted;

    private final CallEvent event = new CallEvent();
    private final byte[] id = ascii("1700000000.00000000");
    private final byte[] leg = ascii("1700000000.00000000");
    private final byte[] number = ascii("01700000000");
    private final byte[] trunk = ascii("DAHDI/i1/01700000000");
    private final byte[] agent = ascii("SIP/00000000");
    private final byte[] queue = ascii("support");
    private final Map<String, CallEventKind> map = new HashMap<>();
    private CallTable table;
    private long sequence;
    private int next;

    @Setup(Level.Trial)
    public void fillTable() {
        table = new CallTable(TableLimits.ofCalls(1_100_000), CallWatcher.NONE);
        if (counted) {
            final IntervalBook book =
                    new IntervalBook(TimeUnit.MINUTES.toNanos(30), TrunkGroups.BY_NAME, 20_000, part -> {});
            book.advance(1_700_000_000_000_000_000L, 0);
            table.keepBook(book);
        }
        sequence = 0;
        next = 0;
        for (int i = 0; i < inFlight * EVENTS; i++) {
            table.apply(make());
        }
    }

    /** One event of each of the ten kinds, each for another call. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void apply() {
        for (int i = 0; i < EVENTS; i++) {
            table.apply(make());
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public CallEvent fill() {
        for (int i = 0; i < EVENTS; i++) {
            make();
        }
        return event;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void peerMapOfStrings() {
        for (int i = 0; i < EVENTS; i++) {
            make();
            if (event.kind() == CallEventKind.CLEARED) {
                map.remove(event.text(CallText.CALL));
            } else {
                map.put(event.text(CallText.CALL), event.kind());
            }
        }
    }

    /** The calls take turns: in each round every call in flight gets an event of its step, and a tenth of them begins and ends. */
    private CallEvent make() {
        final int step = next % EVENTS;
        final int call = next / EVENTS - step * (inFlight / EVENTS);
        next++;
        final CallEventKind kind = KINDS[step];
        final boolean second = step == 3 || step == 4 || step == 6;
        event.begin(kind, ++sequence, 1_700_000_000_000_000_000L + sequence * 1_000);
        digits(id, call);
        event.text(CallText.CALL, id, 0, id.length);
        if (kind == CallEventKind.CLEARED) {
            return event; // the whole call
        }
        digits(leg, second ? call + 50_000_000 : call);
        event.text(CallText.LEG, leg, 0, leg.length);
        if (step == 0) {
            digits(number, call);
            digits(trunk, call);
            event.text(CallText.CALLING, number, 0, number.length).text(CallText.TRUNK, trunk, 0, trunk.length);
        } else if (step == 2) {
            event.text(CallText.QUEUE, queue, 0, queue.length);
        } else if (second) {
            digits(agent, (call & Integer.MAX_VALUE) % AGENTS);
            event.text(CallText.AGENT, agent, 0, agent.length);
        }
        return event;
    }

    private static void digits(byte[] to, int value) {
        int rest = value & Integer.MAX_VALUE;
        for (int at = to.length - 1; at >= to.length - 8; at--) {
            to[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
