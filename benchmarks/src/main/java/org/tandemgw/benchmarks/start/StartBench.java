package org.tandemgw.benchmarks.start;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.tandemgw.benchmarks.rig.Child;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;
import org.tandemgw.benchmarks.rig.Scratch;
import org.tandemgw.gateway.feed.SoupClient;

/**
 * {@code ./tandem bench start-up}: an installed Tandem, started by its launcher, with the archive of its classes and without, in turn: how long from the start of the process until it prints
 * {@code ready}, and until a frame that its ACD had waiting has come out at a server. Each start finds the data of the one before.
 */
public final class StartBench {
    private static final int ROUNDS = 11;
    private static final int WARM_ROUNDS = 1;
    private static final double GOAL_MS = 500;
    private static final int TIMEOUT_MS = 20_000;
    private static final long NAP_NS = 500_000;

    private StartBench() {}

    /** Status 0 if every start came to its frame. */
    public static int run(boolean smoke) throws IOException {
        final Figures figures = new Figures("start-up", smoke);
        final List<Double> ready = new ArrayList<>();
        final List<Double> frame = new ArrayList<>();
        final List<Double> plainReady = new ArrayList<>();
        final List<Double> plainFrame = new ArrayList<>();
        try (Scratch scratch = new Scratch();
                Scratch program = new Scratch();
                WaitingAcd acd = new WaitingAcd()) {
            final int[] servers = {Scratch.freePort(), Scratch.freePort()};
            final InstalledSite installed = new InstalledSite(program.folder());
            final var site = InstalledSite.site(scratch, "opaque-line", acd.ports(), servers);
            installed.archive(site);
            for (int round = 0; round < (smoke ? 1 : WARM_ROUNDS + ROUNDS); round++) {
                final boolean counts = smoke || round >= WARM_ROUNDS;
                start(installed, site, true, acd, servers[0], counts, ready, frame);
                start(installed, site, false, acd, servers[0], counts, plainReady, plainFrame);
            }
        }
        final String without = "without the archive";
        figures.add(
                "with the archive of the classes: ready",
                Figures.median(ready),
                "ms",
                without,
                Figures.median(plainReady),
                Goal.atMost(GOAL_MS));
        figures.add(
                "with the archive of the classes: first frame at a server",
                Figures.median(frame),
                "ms",
                without,
                Figures.median(plainFrame),
                Goal.NONE);
        figures.add("without: ready", Figures.median(plainReady), "ms");
        figures.add("without: first frame at a server", Figures.median(plainFrame), "ms");
        figures.end();
        return 0;
    }

    private static void start(
            InstalledSite installed,
            java.nio.file.Path site,
            boolean shared,
            WaitingAcd acd,
            int port,
            boolean counts,
            List<Double> readyMs,
            List<Double> frameMs)
            throws IOException {
        final String expected = acd.next();
        final long beganNs = System.nanoTime();
        try (Child run = installed.run(site, shared)) {
            run.line("ready");
            final double ready = (System.nanoTime() - beganNs) / 1e6;
            await(port, expected);
            final double frame = (System.nanoTime() - beganNs) / 1e6;
            if (counts) {
                readyMs.add(ready);
                frameMs.add(frame);
            }
            run.end();
        }
    }

    /** A server that asks for everything until this frame is there. */
    private static void await(int port, String expected) throws IOException {
        final boolean[] there = {false};
        try (SoupClient client =
                SoupClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS)) {
            final boolean accepted = client.login(
                            "east",
                            "bench",
                            "acd1",
                            1,
                            TIMEOUT_MS,
                            (sequence, frame, bytes, offset, length) -> there[0] |=
                                    new String(bytes, offset, length, StandardCharsets.US_ASCII).startsWith(expected))
                    .accepted();
            while (accepted && !there[0] && client.poll(TIMEOUT_MS)) {
                LockSupport.parkNanos(0);
            }
        }
        if (!there[0]) {
            throw new IOException("no frame came within " + TIMEOUT_MS + " ms");
        }
    }

    /** An ACD that has one frame to say to whoever dials, on each leg. */
    private static final class WaitingAcd implements AutoCloseable {
        private final List<ServerSocket> doors = new ArrayList<>();
        private volatile String frame = "";
        private int number;

        WaitingAcd() throws IOException {
            for (int leg = 0; leg < 2; leg++) {
                final ServerSocket door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                doors.add(door);
                final Thread thread = new Thread(() -> serve(door));
                thread.setDaemon(true);
                thread.start();
            }
        }

        int[] ports() {
            return doors.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        }

        /** What is said from now on. */
        String next() {
            frame = String.format("start %d ", ++number);
            return frame;
        }

        private void serve(ServerSocket door) {
            while (!door.isClosed()) {
                try (Socket leg = door.accept()) {
                    final OutputStream out = leg.getOutputStream();
                    for (int i = 0; i < 100; i++) { // enough for both legs to find their places
                        out.write((frame + i + "\n").getBytes(StandardCharsets.US_ASCII));
                    }
                    out.flush();
                    while (leg.getInputStream().read() >= 0) {
                        LockSupport.parkNanos(NAP_NS);
                    }
                } catch (IOException e) {
                    if (!door.isClosed()) {
                        LockSupport.parkNanos(NAP_NS);
                    }
                }
            }
        }

        @Override
        public void close() {
            for (final ServerSocket door : doors) {
                try {
                    door.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
