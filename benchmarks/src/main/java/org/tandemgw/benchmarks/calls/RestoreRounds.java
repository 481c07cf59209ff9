package org.tandemgw.benchmarks.calls;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.gateway.calls.AmiCallDecoder;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.DamagedSnapshotException;
import org.tandemgw.recovery.TableLimits;
import org.tandemgw.recovery.TableSnapshot;

/**
 * The same calls brought back into a table in turn: from the file that a start reads, and from a Redis, a process of its own: {@code RestoreRounds FOLDER CALLS ROUNDS PORT}. With port 0 there is no
 * Redis. Prints {@code result FILE-MS PIPELINED-MS ONE-BY-ONE-MS}, medians.
 */
final class RestoreRounds {
    private static final int TOGETHER = 1_000;
    private static final int WARM = 4;
    private static final int SLOW_ROUNDS = 2;
    private static final int BUFFER = 1 << 16;
    private static final long AT_NS = 1_795_251_600_000_000_000L;

    private RestoreRounds() {}

    public static void main(String[] arguments) throws IOException, DamagedSnapshotException {
        final Path file = Path.of(arguments[0]).resolve("table");
        final int calls = Integer.parseInt(arguments[1]);
        final int rounds = Integer.parseInt(arguments[2]);
        final int port = Integer.parseInt(arguments[3]);
        final CallTable table = table(calls);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            TableSnapshot.write(table, out::write);
        }
        final List<Double> fromFile = new ArrayList<>();
        final List<Double> pipelined = new ArrayList<>();
        final List<Double> oneByOne = new ArrayList<>();
        try (RedisCalls redis = port == 0 ? null : new RedisCalls(port)) {
            if (redis != null) {
                redis.write(table);
            }
            for (int round = 0; round < WARM + rounds; round++) {
                add(round >= WARM, fromFile, calls, () -> fromFile(file));
                if (redis != null) {
                    add(round >= WARM, pipelined, calls, () -> fromRedis(redis, TOGETHER));
                }
                if (redis != null && round < SLOW_ROUNDS) {
                    add(round > 0, oneByOne, calls, () -> fromRedis(redis, 1));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "result %f %f %f%n",
                Figures.median(fromFile),
                Figures.median(pipelined),
                Figures.median(oneByOne));
    }

    private interface Restoring {
        CallTable table() throws IOException, DamagedSnapshotException;
    }

    private static void add(boolean counts, List<Double> to, int calls, Restoring restoring)
            throws IOException, DamagedSnapshotException {
        System.gc(); // the table before is not this one's to clear away
        final long beganNs = System.nanoTime();
        final CallTable table = restoring.table();
        final double ms = (System.nanoTime() - beganNs) / 1e6;
        if (table.inFlight() != calls) {
            throw new IllegalStateException(table.inFlight() + " calls came back, not " + calls);
        }
        if (counts) {
            to.add(ms);
        }
    }

    private static CallTable fromFile(Path file) throws IOException, DamagedSnapshotException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return TableSnapshot.read(in::read, TableLimits.MILLION, CallWatcher.NONE);
        }
    }

    private static CallTable fromRedis(RedisCalls redis, int together) throws IOException {
        final CallTable table = new CallTable(TableLimits.MILLION, CallWatcher.NONE);
        redis.read(table, together);
        return table;
    }

    /** Calls that wait in a queue. */
    private static CallTable table(int calls) {
        final CallTable table = new CallTable(TableLimits.MILLION, CallWatcher.NONE);
        final AmiCallDecoder decoder = new AmiCallDecoder(table::apply);
        long sequence = 0;
        for (int i = 0; i < calls; i++) {
            final String id = "1790000000." + (10_000_000 + i);
            for (final String frame : RecoveryBench.call(id)) {
                final byte[] bytes = frame.getBytes(StandardCharsets.US_ASCII);
                sequence++;
                decoder.decode(bytes, 0, bytes.length, sequence, AT_NS + sequence);
            }
        }
        return table;
    }
}
