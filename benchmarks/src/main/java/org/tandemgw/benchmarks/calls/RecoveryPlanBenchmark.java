package org.tandemgw.benchmarks.calls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tandemgw.gateway.calls.AmiCallDecoder;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.DamagedSnapshotException;
import org.tandemgw.recovery.RecoveryPlan;
import org.tandemgw.recovery.RecoveryPolicy;
import org.tandemgw.recovery.TableLimits;
import org.tandemgw.recovery.TableSnapshot;

/**
 * What a switchover and a start cost with so many calls in flight, each with six frames of an Asterisk that are mixed with those of others: planning, and the
 * table made anew from its snapshot, or from the frames alone, decoding included, the disk not. A unit is all of it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx5g")
@State(Scope.Thread)
public class RecoveryPlanBenchmark {
    private static final long AT = 1_795_251_600_000_000_000L;
    private static final String[] LIFE = {
        "Event: Newchannel\r\nChannel: DAHDI/i1/%2$s-1\r\nChannelState: 4\r\nCallerIDNum: %2$s\r\nExten: 800\r\nUniqueid: %1$s\r\nLinkedid: %1$s\r\n\r\n",
        "Event: QueueCallerJoin\r\nChannel: DAHDI/i1/%2$s-1\r\nQueue: support\r\nCallerIDNum: %2$s\r\nUniqueid: %1$s\r\nLinkedid: %1$s\r\n\r\n",
        "Event: Newchannel\r\nChannel: SIP/%3$s-1\r\nChannelState: 0\r\nUniqueid: %1$s1\r\nLinkedid: %1$s\r\n\r\n",
        "Event: AgentCalled\r\nChannel: DAHDI/i1/%2$s-1\r\nQueue: support\r\nInterface: SIP/%3$s\r\nLinkedid: %1$s\r\nDestUniqueid: %1$s1\r\nDestChannel: SIP/%3$s-1\r\n\r\n",
        "Event: AgentConnect\r\nChannel: DAHDI/i1/%2$s-1\r\nQueue: support\r\nInterface: SIP/%3$s\r\nUniqueid: %1$s\r\nLinkedid: %1$s\r\nDestUniqueid: %1$s1\r\nDestChannel: SIP/%3$s-1\r\n\r\n",
        "Event: BridgeEnter\r\nChannel: DAHDI/i1/%2$s-1\r\nBridgeNumChannels: 1\r\nUniqueid: %1$s\r\nLinkedid: %1$s\r\n\r\n"
    };

    @Param({"10000", "100000", "1000000"})
    public int inFlight;

    private CallTable table;
    private final List<byte[]> snapshot = new ArrayList<>();

    @Setup(Level.Trial)
    public void fillTable() {
        table = journalAlone();
        if (table.inFlight() != inFlight) {
            throw new IllegalStateException(table.inFlight() + " calls in flight, not " + inFlight);
        }
        snapshot.clear();
        TableSnapshot.write(table, (bytes, from, length) -> {
            final byte[] copy = new byte[length];
            System.arraycopy(bytes, from, copy, 0, length);
            snapshot.add(copy);
        });
    }

    /** Which frames a server is told. */
    @Benchmark
    public long[] plan() {
        return RecoveryPlan.of(table, RecoveryPolicy.USUAL).frames();
    }

    @Benchmark
    public CallTable snapshotAlone() throws DamagedSnapshotException {
        final int[] at = {0, 0};
        return TableSnapshot.read(
                (to, from, length) -> {
                    if (at[0] == snapshot.size()) {
                        return -1;
                    }
                    final byte[] block = snapshot.get(at[0]);
                    final int count = Math.min(length, block.length - at[1]);
                    System.arraycopy(block, at[1], to, from, count);
                    at[1] += count;
                    if (at[1] == block.length) {
                        at[0]++;
                        at[1] = 0;
                    }
                    return count;
                },
                TableLimits.ofCalls(1_100_000),
                CallWatcher.NONE);
    }

    /** Each frame is made of a few that are patched, so that memory for all of them is not what is measured. */
    @Benchmark
    public CallTable journalAlone() {
        final CallTable made = new CallTable(TableLimits.ofCalls(1_100_000), CallWatcher.NONE);
        final AmiCallDecoder decoder = new AmiCallDecoder((CallEvent event) -> made.apply(event));
        final Patched[] frames = new Patched[LIFE.length];
        for (int i = 0; i < LIFE.length; i++) {
            frames[i] = new Patched(LIFE[i]);
        }
        long sequence = 0;
        for (int round = 0; round < inFlight + 1_000 * LIFE.length; round++) {
            for (int step = 0; step < LIFE.length; step++) {
                final int call = round - 1_000 * step; // the steps of one call are far apart
                if (call >= 0 && call < inFlight) {
                    final byte[] frame = frames[step].of(call);
                    sequence++;
                    decoder.decode(frame, 0, frame.length, sequence, AT + sequence * 1_000);
                }
            }
        }
        return made;
    }

    /** A frame with the digits of a call in it. */
    private static final class Patched {
        private static final String ID = "1795251600.00000000";
        private static final String NUMBER = "0049300000000";

        private final byte[] bytes;
        private final List<Integer> ends = new ArrayList<>();

        Patched(String template) {
            final String text = String.format(template, ID, NUMBER, "00000000");
            bytes = text.getBytes(StandardCharsets.US_ASCII);
            for (int at = text.indexOf("00000000"); at >= 0; at = text.indexOf("00000000", at + 8)) {
                int end = at + 8;
                while (end < text.length() && text.charAt(end) == '0') {
                    end++;
                }
                ends.add(end);
                at = end - 8;
            }
        }

        byte[] of(int call) {
            for (final int end : ends) {
                int rest = call;
                for (int at = end - 1; at >= end - 8; at--) {
                    bytes[at] = (byte) ('0' + rest % 10);
                    rest /= 10;
                }
            }
            return bytes;
        }
    }
}
