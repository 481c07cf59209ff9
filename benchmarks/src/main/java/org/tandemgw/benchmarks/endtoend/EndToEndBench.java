package org.tandemgw.benchmarks.endtoend;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code ./tandem bench endtoend}: 256-byte frames over loopback TCP, from an ACD's two legs to two servers. ACD, servers and what stands between are
 * processes of their own. First as fast as they go, then open loop at fixed rates, latency counted from when each frame was due. Peers are what people
 * put there: haproxy and socat (each leg to one server: nothing merged, stored or filled), rsyslog (one leg to two servers, with queues on disk).
 */
public final class EndToEndBench {
    private static final int FRAMES = 2_000_000;
    private static final int SLOW_FRAMES = 100_000;
    private static final int ROUNDS = 3;
    private static final int SECONDS = 10;
    private static final int[] RATES = {5_000, 50_000, 200_000};

    /** The peer that frames a second are compared with. */
    private static final Middle.Kind PEER = Middle.Kind.HAPROXY;

    private EndToEndBench() {}

    /** What came of one run: of both servers the worse. */
    record Run(double framesPerSecond, double cpuUsPerFrame, double[] lateUs, long wrong) {}

    /** The exit status: 0 if every frame came everywhere, once and in order. */
    public static int run(boolean smoke) throws IOException {
        long wrong = 0;
        final List<Map<String, Object>> results = new ArrayList<>();
        final Map<Middle.Kind, List<Run>> fast = new EnumMap<>(Middle.Kind.class);
        System.out.printf("%n%d processors, Java %s%n", Runtime.getRuntime().availableProcessors(), Runtime.version());
        for (int round = 0; round < (smoke ? 1 : ROUNDS); round++) {
            for (final Middle.Kind kind : Middle.Kind.values()) {
                if (kind.isHere()) {
                    final int frames = kind == Middle.Kind.RSYSLOG_DISK ? SLOW_FRAMES : FRAMES;
                    fast.computeIfAbsent(kind, key -> new ArrayList<>()).add(once(kind, 0, smoke ? 20_000 : frames));
                }
            }
        }
        System.out.printf(
                "%nas fast as they go, the median of the rounds%n%-36s %12s %10s %14s%n",
                "", "frames/s", "ratio", "cpu us/frame");
        final double peer = fast.containsKey(PEER) ? median(fast.get(PEER)).framesPerSecond() : Double.NaN;
        for (final Map.Entry<Middle.Kind, List<Run>> each : fast.entrySet()) {
            final Run run = median(each.getValue());
            wrong += each.getValue().stream().mapToLong(Run::wrong).sum();
            System.out.printf(
                    Locale.ROOT,
                    "%-36s %12.0f %10.3f %14.2f%n",
                    each.getKey().says,
                    run.framesPerSecond(),
                    run.framesPerSecond() / peer,
                    run.cpuUsPerFrame());
            results.add(result(each.getKey(), 0, run));
        }
        for (final int rate : RATES) {
            System.out.printf(
                    "%nopen loop, %d frames/s, us from due to server%n%-36s %10s %10s %10s %10s %14s%n",
                    rate, "", "p50", "p99", "p99.9", "p99.99", "cpu us/frame");
            for (final Middle.Kind kind : Middle.Kind.values()) {
                final double can =
                        fast.containsKey(kind) ? median(fast.get(kind)).framesPerSecond() : 0;
                if (can > 1.1 * rate || kind.isHere() && smoke && rate == RATES[0]) {
                    final Run run = once(kind, rate, rate * (smoke ? 1 : SECONDS));
                    wrong += run.wrong();
                    final double[] late = run.lateUs();
                    System.out.printf(
                            Locale.ROOT,
                            "%-36s %10.0f %10.0f %10.0f %10.0f %14.2f%n",
                            kind.says,
                            late[0],
                            late[1],
                            late[2],
                            late[3],
                            run.cpuUsPerFrame());
                    results.add(result(kind, rate, run));
                } else if (kind.isHere()) {
                    System.out.printf("%-36s cannot%n", kind.says);
                }
            }
            if (smoke) {
                break;
            }
        }
        final Path file = Path.of(System.getProperty("tandem.root", "."), "target", "bench-endtoend.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.std.asString(results));
        System.out.printf("%nratio: to %s in this run. Raw results: %s%n", PEER.says, file);
        if (wrong > 0) {
            System.out.println("bench: " + wrong + " frames were missing, double or out of order");
        }
        return wrong == 0 ? 0 : 1;
    }

    private static Run median(List<Run> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Run::framesPerSecond))
                .toList()
                .get(runs.size() / 2);
    }

    private static Map<String, Object> result(Middle.Kind kind, int rate, Run run) {
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("middle", kind.says);
        result.put("rate", rate);
        result.put("framesPerSecond", run.framesPerSecond());
        result.put("cpuUsPerFrame", run.cpuUsPerFrame());
        result.put("lateUs", run.lateUs());
        return result;
    }

    private static Run once(Middle.Kind kind, int rate, int frames) throws IOException {
        final Path folder = Files.createTempDirectory("tandem-bench-");
        final String[] servers = {freePort(), freePort()};
        final int[] ports = Stream.of(servers).mapToInt(Integer::parseInt).toArray();
        final boolean listening = kind.reading.equals("listen");
        final String[] dial = {Integer.toString(rate), Integer.toString(frames), "dial", freePort()};
        try (Child acd = listening ? null : new Child(Traffic.class, dial[0], dial[1], Integer.toString(kind.legs));
                Child both = listening ? new Child(Reader.class, "listen", dial[1], servers[0], servers[1]) : null) {
            final int[] legs = listening
                    ? new int[] {Integer.parseInt(dial[3])}
                    : Stream.of(acd.line("ready").split(" "))
                            .skip(1)
                            .mapToInt(Integer::parseInt)
                            .toArray();
            if (listening) {
                both.line("ready");
            }
            try (Middle middle = Middle.start(kind, folder, legs, ports);
                    Child traffic = listening ? new Child(Traffic.class, dial) : acd;
                    Child readers =
                            listening ? both : new Child(Reader.class, kind.reading, dial[1], servers[0], servers[1])) {
                if (kind.isTandem()) {
                    readers.line("in");
                    readers.line("in");
                }
                traffic.line("connected");
                final double cpu = middle.cpuSeconds();
                traffic.go();
                final String[] one = readers.line("result").split(" ");
                final String[] other = readers.line("result").split(" ");
                return worse(one, other, frames, middle.cpuSeconds() - cpu);
            }
        } finally {
            remove(folder);
        }
    }

    private static Run worse(String[] one, String[] other, int frames, double cpuSeconds) {
        final long firstNs = Math.min(Long.parseLong(one[2]), Long.parseLong(other[2]));
        final long lastNs = Math.max(Long.parseLong(one[3]), Long.parseLong(other[3]));
        final double[] late = new double[4];
        for (int i = 0; i < late.length; i++) {
            late[i] = Math.max(Double.parseDouble(one[4 + i]), Double.parseDouble(other[4 + i]));
        }
        return new Run(
                frames * 1e9 / (lastNs - firstNs),
                cpuSeconds * 1e6 / frames,
                late,
                Long.parseLong(one[1]) + Long.parseLong(other[1]));
    }

    private static String freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(probe.getLocalPort());
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
