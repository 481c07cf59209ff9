package org.tandemgw.benchmarks.trunks;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.tandemgw.abswitch.BoxTiming;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;
import org.tandemgw.benchmarks.rig.Scratch;
import org.tandemgw.gateway.LinkGateway;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchRules;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/**
 * {@code ./tandem bench switchover}: a whole gateway switches to and fro between two servers; an emulated box of four cards over
 * loopback TCP. Told is the time from the verdict to the last position read back, and what of it is neither the box, nor its line, nor
 * a pause of the profile: deciding, writing it down durably, the driver. Beside it how late this machine is by itself for as many waits
 * and as many durable writes. Goal: below 100 ms at the median. Then frames at a fixed rate go through switchovers: {@link SwitchoverFrames}.
 */
public final class SwitchoverBench {
    private static final int SWITCHOVERS = 30;
    private static final int WARM = 6;
    private static final int SMOKE = 4;
    private static final double GOAL_MS = 100;
    static final long LIMIT_MS = 60_000;
    static final int CARDS = 4;

    /** Of each card: the ends of three answers, a gap, and the settling. */
    private static final int WAITS = 5 * CARDS;

    /** The attempt, the select, each command, each card's end. */
    private static final int WRITES = 2 + 2 * CARDS;

    private static final int WRITTEN_BYTES = 4_096;

    private SwitchoverBench() {}

    /** The exit status: 0 if no switchover failed, else 1. */
    public static int run(boolean smoke) throws IOException, InterruptedException {
        final Figures figures = new Figures("switchover", smoke);
        try (SwitchEmulator box = new SwitchEmulator(0, null, 1, 1, 2, 3, CARDS);
                Scratch scratch = new Scratch()) {
            final BoxTiming timing = quickProfile(scratch.folder());
            final int[] nobody = {Scratch.freePort(), Scratch.freePort()};
            final int[] servers = {Scratch.freePort(), Scratch.freePort()};
            final SiteConfiguration site = site(scratch, box.port(), nobody, servers);
            final int status =
                    run(figures, site, timing, scratch.folder(), smoke ? SMOKE : SWITCHOVERS, smoke ? 0 : WARM);
            if (status == 0) {
                SwitchoverFrames.measure(figures, smoke);
                figures.end();
            }
            return status;
        } catch (LinkGateway.CannotStartException e) {
            System.out.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private static int run(Figures figures, SiteConfiguration site, BoxTiming timing, Path folder, int count, int warm)
            throws IOException, InterruptedException, LinkGateway.CannotStartException {
        final List<Double> whole = new ArrayList<>();
        final List<Double> own = new ArrayList<>();
        final List<Double> driver = new ArrayList<>();
        final List<Double> machine = new ArrayList<>();
        int failed = 0;
        try (LinkGateway gateway = new LinkGateway(site, new SystemClock(), new Random(1))) {
            gateway.start();
            final ControlClient client = new ControlClient(site.controlSocket(), LIMIT_MS);
            awaitActive(gateway, "east");
            for (int i = 0; i < count + warm; i++) {
                final String to = i % 2 == 0 ? "west" : "east";
                final Answer answer = client.post("/v1/switch/" + to + "?forced", "bench", "bench");
                if (!answer.ok()) {
                    System.out.println("bench: not switched: " + answer.message());
                    return 1;
                }
                awaitActive(gateway, to);
                final Map<String, Object> line = lastSwitchover(site.data());
                failed += "switched".equals(line.get("outcome")) ? 0 : 1;
                if (i >= warm && line.get("ownMs") instanceof Number mine) {
                    whole.add(((Number) line.get("positionMs")).doubleValue());
                    own.add(mine.doubleValue());
                    driver.add(((Number) line.get("driverMs")).doubleValue());
                    machine.add(lateness(timing, folder));
                }
            }
        }
        final String peer = "a bare thread, as many waits and writes";
        final double bare = Figures.median(machine);
        figures.add("verdict to the last position read back, all of it", Figures.median(whole), "ms");
        figures.add("of that Tandem's own", Figures.median(own), "ms", peer, bare, Goal.atMost(GOAL_MS));
        figures.add("of that Tandem's own, the worst", Collections.max(own), "ms");
        figures.add("of that the driver's", Figures.median(driver), "ms", peer, bare, Goal.NONE);
        return failed == 0 && !own.isEmpty() ? 0 : 1;
    }

    static void awaitActive(LinkGateway gateway, String server) throws IOException, InterruptedException {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
        while (!server.equals(gateway.status().active())
                || gateway.status().state().toString().equals("switching")) {
            if (System.nanoTime() - endNs > 0) {
                throw new IOException(
                        server + " is not active: " + gateway.status().because());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static Map<String, Object> lastSwitchover(Path data) throws IOException {
        final List<String> lines = Files.readAllLines(data.resolve("audit.jsonl")).stream()
                .filter(line -> line.contains("\"action\":\"switchover\""))
                .toList();
        return lines.isEmpty() ? Map.of() : JSON.std.mapFrom(lines.get(lines.size() - 1));
    }

    static SiteConfiguration site(Scratch scratch, int port, int[] legs, int[] servers) throws IOException {
        final Path folder = scratch.folder();
        scratch.secret("pass", "PASS");
        scratch.secret("feed.secret", "bench");
        Files.write(
                folder.resolve("tandem.yaml"),
                List.of(
                        "site: bench",
                        "data: data",
                        "profiles: own",
                        "acds:",
                        "  - name: acd1",
                        "    profile: opaque-line",
                        "    legs:",
                        "      - { connect: \"127.0.0.1:" + legs[0] + "\", bind: \"127.0.0.2\" }",
                        "      - { connect: \"127.0.0.1:" + legs[1] + "\", bind: \"127.0.0.3\" }",
                        "journal: { min-free: 16MiB }",
                        "servers:",
                        server("east", servers[0]),
                        server("west", servers[1]),
                        "switches:",
                        "  - { name: trunks, profile: quick-k16, tcp: \"127.0.0.1:" + port
                                + "\", secret-file: pass, confirmed: \"2026-11-21 bench\", cards: [1, 2, 3, 4],"
                                + " positions: { A: east, B: west }, dwell: 0s }",
                        "switchover: { mode: manual, initial: east }"));
        final ConfigurationFile.Result read = ConfigurationFile.read(folder.resolve("tandem.yaml"));
        return read.configuration()
                .orElseThrow(() -> new IOException(read.problems().errors().toString()));
    }

    private static String server(String name, int port) {
        return "  - { name: " + name + ", profile: generic, feed: { soupbintcp: { listen: \"127.0.0.1:" + port
                + "\", user: " + name + ", secret-file: feed.secret } } }";
    }

    /** The shipped profile with short pauses: they are not what is measured. */
    static BoxTiming quickProfile(Path folder) throws IOException {
        final String k16 = HwProfiles.load(Optional.empty(), new Problems())
                .trunkSwitch("dataprobe-k16")
                .orElseThrow()
                .about()
                .text();
        final Path own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(
                Files.createDirectories(own.resolve("switch")).resolve("quick-k16.yaml"),
                k16.replace("name: dataprobe-k16", "name: quick-k16")
                        .replace("gap: 250ms", "gap: 25ms")
                        .replace("settle: 400ms", "settle: 25ms")
                        .replace("quiet: 150ms", "quiet: 25ms"));
        return SwitchRules.rules(HwProfiles.load(Optional.of(own), new Problems())
                        .trunkSwitch("quick-k16")
                        .orElseThrow())
                .timing();
    }

    /** How late this machine is with as many waits, and how long as many durable writes of a page take: nobody can do better. */
    private static double lateness(BoxTiming timing, Path folder) throws InterruptedException {
        final long wait = Duration.ofMillis(timing.quiet().toMillis()).toNanos();
        long lateNs = 0;
        for (int i = 0; i < WAITS; i++) {
            final long fromNs = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(wait);
            lateNs += System.nanoTime() - fromNs - wait;
        }
        final long fromNs = System.nanoTime();
        try (FileChannel file =
                FileChannel.open(folder.resolve("peer"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < WRITES; i++) {
                file.write(ByteBuffer.allocate(WRITTEN_BYTES), 0);
                file.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (lateNs + System.nanoTime() - fromNs) / 1e6;
    }
}
