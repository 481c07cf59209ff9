package org.tandemgw.benchmarks.snmp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;
import org.tandemgw.benchmarks.rig.Scratch;
import org.tandemgw.gateway.LinkGateway;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Severity;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.time.SystemClock;

/**
 * {@code ./tandem bench snmp}: a whole gateway under traffic. First GETs of sysUpTime.0 per second, beside snmpd where it is installed, with one request under way and with
 * 16. Then how long frames take from the simulated ACD to a server, in runs in turn without a walk, with net-snmp's snmpbulkwalk over the whole MIB, whose history has as many rows as it can,
 * again and again, and with the same walks over snmpd: what the walker alone costs a machine that it shares with all others.
 * Goal: the p99 of the median run with walks lies within the range of the runs without.
 */
public final class SnmpBench {
    private static final int FRAMES_PER_SECOND = 5_000;
    private static final int FRAME_BYTES = 256;
    private static final int RUNS = 5;
    private static final int RUN_S = 10;
    private static final int ROUND_MS = 3_000;
    private static final int HISTORY_ROWS = 1_000;
    private static final int LOST_MS = 20;
    private static final int ROUNDS = 3;
    private static final int[] WINDOWS = {1, 16};
    private static final String COMMUNITY = "bench";

    private SnmpBench() {}

    /** The exit status: 0 if it could be measured. */
    public static int run(boolean smoke) throws IOException, InterruptedException {
        final Path folder = Files.createTempDirectory("tandem-bench-");
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 1).traffic(FRAMES_PER_SECOND, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, SnmpBench::stampedFrame, new SystemClock())) {
            final int agent = freeUdpPort();
            final int east = freeTcpPort();
            final Path file = site(folder, acd, agent, east, freeTcpPort());
            try (LinkGateway gateway = new LinkGateway(
                            ConfigurationFile.read(file).configuration().orElseThrow(),
                            new SystemClock(),
                            new Random(1));
                    TimedServer server = new TimedServer(east, acd, gateway)) {
                final int peer = freeUdpPort();
                final Process snmpd = snmpd(folder, peer);
                try {
                    final Figures figures = new Figures("snmp", smoke);
                    compare(figures, agent, snmpd == null ? 0 : peer, smoke);
                    walks(figures, server, agent, snmpd == null ? 0 : peer, smoke);
                    figures.end();
                    return 0;
                } finally {
                    if (snmpd != null) {
                        snmpd.destroy();
                        snmpd.waitFor();
                    }
                }
            }
        } catch (LinkGateway.CannotStartException e) {
            System.out.println("bench: " + e.getMessage());
            return 1;
        } finally {
            Scratch.delete(folder);
        }
    }

    /** @param peer the port of snmpd; 0: there is none */
    private static void compare(Figures figures, int agent, int peer, boolean smoke) throws IOException {
        for (final int window : WINDOWS) {
            final double ours = gets(agent, window, smoke);
            final double peers = peer == 0 ? Double.NaN : gets(peer, window, smoke);
            figures.add(
                    "GETs of sysUpTime.0, " + window + " under way (Tandem looks at 5,000/s at most)",
                    ours,
                    "answers/s",
                    "snmpd",
                    peers,
                    Goal.NONE);
        }
    }

    private static void walks(Figures figures, TimedServer server, int agent, int peer, boolean smoke)
            throws IOException, InterruptedException {
        final List<Double> without = new ArrayList<>();
        final List<Double> with = new ArrayList<>();
        final List<Double> other = new ArrayList<>();
        System.out.printf("%np99 of a frame from the ACD to a server, ms, at %d frames/s%n", FRAMES_PER_SECOND);
        System.out.printf(
                "%-6s %12s %12s %8s %14s %8s%n", "run", "no walk", "walking", "walks", "walking snmpd", "walks");
        server.p99Ms(2); // warm
        for (int run = 1; run <= (smoke ? 1 : RUNS); run++) {
            without.add(server.p99Ms(smoke ? 1 : RUN_S));
            final Walker walker = new Walker(agent);
            with.add(server.p99Ms(smoke ? 1 : RUN_S));
            final int walks = walker.end();
            double beside = Double.NaN;
            int walksBeside = 0;
            if (peer != 0) {
                final Walker walkerBeside = new Walker(peer);
                beside = server.p99Ms(smoke ? 1 : RUN_S);
                walksBeside = walkerBeside.end();
                other.add(beside);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-6d %12.3f %12.3f %8d %14.3f %8d%n",
                    run,
                    without.get(run - 1),
                    with.get(run - 1),
                    walks,
                    beside,
                    walksBeside);
        }
        final double worst = without.stream().mapToDouble(each -> each).max().orElse(0);
        final double median = with.stream().sorted().toList().get(with.size() / 2);
        figures.add(
                "p99 of a frame while Tandem is walked, the median run",
                median,
                "ms",
                "no walk, the worst run",
                worst,
                Goal.ratioAtMost(1));
        figures.add(
                "p99 of a frame while snmpd is walked, the median run",
                Figures.median(other),
                "ms",
                "no walk, the worst run",
                worst,
                Goal.NONE);
    }

    private static byte[] stampedFrame() {
        final StringBuilder text = new StringBuilder(FRAME_BYTES).append(System.nanoTime());
        while (text.length() < FRAME_BYTES) {
            text.append('.');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Answers a second to requests of SNMPv2c from one socket, so many under way at a time; what is not answered in a while is given up. */
    private static double gets(int port, int window, boolean smoke) throws IOException {
        double perSecond = 0;
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(LOST_MS);
            final DatagramPacket answer = new DatagramPacket(new byte[1_500], 1_500);
            final long lastsNs = TimeUnit.MILLISECONDS.toNanos(smoke ? 300 : ROUND_MS);
            int id = 0;
            for (int round = 0; round < ROUNDS; round++) {
                final long beganNs = System.nanoTime();
                int underWay = 0;
                int answered = 0;
                while (System.nanoTime() - beganNs < lastsNs) {
                    for (; underWay < window; underWay++) {
                        socket.send(request(++id));
                    }
                    try {
                        socket.receive(answer);
                        answered++;
                        underWay--;
                    } catch (SocketTimeoutException e) {
                        underWay = 0;
                    }
                }
                perSecond = answered * 1e9 / (System.nanoTime() - beganNs);
            }
        }
        return perSecond;
    }

    /** GET of 1.3.6.1.2.1.1.3.0, byte for byte. */
    private static DatagramPacket request(int id) {
        final byte[] community = COMMUNITY.getBytes(StandardCharsets.US_ASCII);
        final byte[] bind = {0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08, 0x2b, 6, 1, 2, 1, 1, 3, 0, 0x05, 0x00};
        final byte[] head = {
            0x02, 4, (byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id, 2, 1, 0, 2, 1, 0
        };
        final byte[] bytes = new byte[2 + 3 + 2 + community.length + 2 + head.length + bind.length];
        int at = 0;
        for (final byte[] part : new byte[][] {
            {0x30, (byte) (bytes.length - 2), 2, 1, 1, 4, (byte) community.length},
            community,
            {(byte) 0xa0, (byte) (head.length + bind.length)},
            head,
            bind
        }) {
            System.arraycopy(part, 0, bytes, at, part.length);
            at += part.length;
        }
        return new DatagramPacket(bytes, at);
    }

    /** Null where it is not installed. */
    private static Process snmpd(Path folder, int port) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/sbin/snmpd"))) {
            return null;
        }
        final Path config =
                Files.writeString(folder.resolve("snmpd.conf"), "rocommunity " + COMMUNITY + " 127.0.0.1\n");
        final ProcessBuilder builder = new ProcessBuilder(
                "/usr/sbin/snmpd", "-f", "-Lf", "/dev/null", "-C", "-c", config.toString(), "udp:127.0.0.1:" + port);
        builder.environment().put("SNMP_PERSISTENT_DIR", folder.resolve("snmpd").toString());
        final Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor(2, TimeUnit.SECONDS);
        return process;
    }

    private static Path site(Path folder, AcdSimulator acd, int agent, int east, int west) throws IOException {
        fillHistory(Files.createDirectories(folder.resolve("data")));
        final Path secret = Files.writeString(folder.resolve("x.secret"), "sesame\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return Files.write(
                folder.resolve("tandem.yaml"),
                List.of(
                        "site: bench",
                        "data: data",
                        "journal: { min-free: 64MiB }",
                        "acds:",
                        "  - name: acd1",
                        "    profile: opaque-line",
                        "    legs: [ { connect: \"" + at(acd, 1) + "\" }, { connect: \"" + at(acd, 2) + "\" } ]",
                        "servers:",
                        "  - name: east",
                        "    feed: { soupbintcp: { listen: \"127.0.0.1:" + east
                                + "\", user: east, secret-file: x.secret } }",
                        "  - name: west",
                        "    feed: { soupbintcp: { listen: \"127.0.0.1:" + west
                                + "\", user: west, secret-file: x.secret } }",
                        "snmp:",
                        "  listen: \"127.0.0.1:" + agent + "\"",
                        "  communities: [ " + COMMUNITY + " ]"));
    }

    /** As many alarms that are over as the MIB shows. */
    private static void fillHistory(Path data) throws IOException {
        final List<String> lines = new ArrayList<>();
        final Instant since = Instant.now().minusSeconds(86_400);
        for (int number = 1; number <= HISTORY_ROWS; number++) {
            lines.add(JsonRecords.write(new Alarm(
                    number,
                    AlarmName.LEG_DOWN,
                    Severity.MINOR,
                    "acd1/leg-" + (1 + number % 2),
                    since.plusSeconds(number),
                    "Connection refused: /10.1.1.10:5038",
                    since.plusSeconds(number + 9),
                    null)));
        }
        Files.write(data.resolve("alarms.jsonl"), lines);
    }

    private static String at(AcdSimulator acd, int leg) {
        return "127.0.0.1:" + acd.leg(leg).address().getPort();
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Walks over everything, again and again, until it is ended. */
    private static final class Walker {
        private final List<String> command;
        private final Thread thread = new Thread(this::walk, "walker");
        private volatile boolean ending;
        private int walks;

        Walker(int agent) {
            command = List.of("snmpbulkwalk", "-v2c", "-c", COMMUNITY, "-Cr50", "-On", "127.0.0.1:" + agent, ".1");
            thread.start();
        }

        private void walk() {
            try {
                while (!ending) {
                    final Process process = new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
                    walks += process.waitFor() == 0 ? 1 : 0;
                }
            } catch (IOException e) {
                System.out.println("bench: snmpbulkwalk cannot be run: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        int end() throws InterruptedException {
            ending = true;
            thread.join();
            return walks;
        }
    }

    /** One server, which reads all the time and notes how old each frame is. */
    private static final class TimedServer implements AutoCloseable {
        private final SoupClient client;
        private final long[] tookNs = new long[1 << 20];
        private final Thread thread = new Thread(this::read, "server");
        private int count;
        private volatile boolean closing;

        TimedServer(int port, AcdSimulator acd, LinkGateway gateway)
                throws IOException, LinkGateway.CannotStartException {
            gateway.start();
            client = SoupClient.connect(new InetSocketAddress("127.0.0.1", port), 30_000);
            client.login("east", "sesame", "", 1, 30_000, this::record);
            while (!(acd.leg(1).connected() && acd.leg(2).connected())) {
                client.poll(10);
            }
            acd.resume();
            thread.start();
        }

        private void read() {
            try {
                while (!closing) {
                    client.poll(10);
                }
            } catch (IOException e) {
                System.out.println("bench: the server lost its feed: " + e.getMessage());
            }
        }

        private synchronized void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
            if (frame && count < tookNs.length) {
                long stamp = 0;
                for (int i = offset; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
                    stamp = stamp * 10 + bytes[i] - '0';
                }
                tookNs[count++] = System.nanoTime() - stamp;
            }
        }

        double p99Ms(int seconds) throws InterruptedException {
            synchronized (this) {
                count = 0;
            }
            TimeUnit.SECONDS.sleep(seconds);
            synchronized (this) {
                Arrays.sort(tookNs, 0, count);
                return count == 0 ? Double.NaN : tookNs[(int) (count * 0.99)] / 1e6;
            }
        }

        @Override
        public void close() throws IOException {
            closing = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            client.close();
        }
    }
}
