package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.decision.Replay;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.CallTraffic;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/**
 * A real {@code tandem run} with everything around it real as far as one machine has it: two server processes on machines of their own, each with a service
 * that is asked and a feed that is read, a third machine as gateway and neighbour, a box of four cards, and an ACD that sends. Servers are lost on command; the truth is
 * asked beside Tandem.
 */
final class SwitchoverRig implements AutoCloseable {
    private static final int[] CARDS = {1, 2, 3, 4};
    private static final Duration LONG = Duration.ofSeconds(180);

    /**
     * One switchover that was seen through.
     *
     * @param lossMs from the loss to the end: the trunks read back, the other server promoted
     * @param positionMs from the verdict to the last card read back
     * @param ownMs what of that was neither the box nor a pause of its profile
     */
    record Switched(ServerFault fault, double lossMs, double positionMs, double ownMs) {}

    private final Path folder;
    private final AcdSimulator acd;
    private final SwitchEmulator box;
    private final Site site;
    private final Machine neighbour;
    private final ServerProcess east;
    private final ServerProcess west;
    private Site.Running running;
    private long epoch;

    /** @param number of this site, of up to five that run side by side */
    SwitchoverRig(Path folder, int number, long seed) throws IOException {
        this.folder = folder.toRealPath();
        acd = new AcdSimulator(
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, seed).traffic(50, 0),
                new CallTraffic(seed)::next,
                new SystemClock());
        box = new SwitchEmulator(0, null, 1, CARDS);
        neighbour = new Machine(3 * number);
        final Machine eastMachine = new Machine(3 * number + 1);
        final Machine westMachine = new Machine(3 * number + 2);
        Files.writeString(folder.resolve("kab.secret"), "PASS\n");
        Files.setPosixFilePermissions(folder.resolve("kab.secret"), PosixFilePermissions.fromString("rw-------"));
        quickProfile();
        site = new Site(
                folder,
                AcdDialect.OPAQUE_LINE.profile(),
                acd.leg(1).address().getPort(),
                acd.leg(2).address().getPort(),
                server("east", eastMachine),
                server("west", westMachine),
                "profiles: own",
                "network:",
                "  gateways: [\"" + neighbour.there() + "\"]",
                "  net-test: { east: \"" + neighbour.there() + "\", west: \"" + neighbour.there() + "\" }",
                "switches:",
                "  - name: trunks",
                "    profile: quick-k16",
                "    tcp: \"127.0.0.1:" + box.port() + "\"",
                "    secret-file: kab.secret",
                "    confirmed: \"2026-11-21 jd\"",
                "    cards: [1, 2, 3, 4]",
                "    positions: { A: east, B: west }",
                "    dwell: 0s",
                "    moves-per-hour: 1000",
                "switchover:",
                "  mode: auto",
                "  initial: east",
                "  fence: trunk-switch",
                "  reconnect: 200ms",
                "  unreachable: { pings: 2, every: 200ms }",
                "  restarts: { sequential: 100, in-period: 100, period: 1s }",
                "  hold-down: 0s");
        listenAt(site.eastPort(), eastMachine);
        listenAt(site.westPort(), westMachine);
        east = new ServerProcess("east", eastMachine, site.eastPort(), this.folder);
        west = new ServerProcess("west", westMachine, site.westPort(), this.folder);
    }

    private List<String> server(String name, Machine machine) throws IOException {
        return List.of(
                "probes:",
                "  - { name: app, http: \"http://" + machine.there() + ":" + ServerProcess.PORT
                        + "/up\", every: 600ms, timeout: 500ms, failures: 3, retry: 50ms }",
                "  - { name: host, icmp: \"" + machine.there()
                        + "\", every: 1s, timeout: 500ms, failures: 3, retry: 50ms }",
                "promote: { run: " + script("promote", name) + ", timeout: 20s }",
                "demote: { run: " + script("demote", name) + ", timeout: 20s }");
    }

    /** The server dials our end of its own cable. */
    private void listenAt(int port, Machine machine) throws IOException {
        final String text = Files.readString(site.file());
        Files.writeString(
                site.file(), text.replace("listen: \"127.0.0.1:" + port, "listen: \"" + machine.here() + ":" + port));
    }

    private Path script(String what, String server) throws IOException {
        final Path script = folder.resolve(what + "-" + server);
        Files.writeString(
                script,
                "#!/bin/sh\necho \"" + what + " " + server + " $TANDEM_EPOCH\" >> " + folder.resolve("acts") + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** Starts everything and says that a live check has passed; then the site is protected. */
    SwitchoverRig start() throws IOException {
        east.start();
        west.start();
        running = site.run();
        acd.resume();
        awaitProtected("east");
        final Object hash =
                JSON.std.mapFrom(client().get("/v1/config-hash").json()).get("hash");
        assertTrue(client().post("/v1/live-checked/" + hash, "jd", "a test").ok());
        epoch = ((Number) site.status().get("epoch")).longValue();
        return this;
    }

    /** Loses the active server, sees Tandem switch, lets the lost one come back. */
    Switched lose(ServerFault fault) throws Exception {
        final String from = String.valueOf(site.status().get("active"));
        final String to = from.equals("east") ? "west" : "east";
        final ServerProcess lost = from.equals("east") ? east : west;
        final Instant at = Instant.now();
        lost.suffer(fault);
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> end(epoch + 1) != null);
        final Map<String, Object> end = end(++epoch);
        assertEquals("switched", end.get("outcome"), () -> fault + ": " + end);
        assertEquals("automatic", end.get("trigger"), end::toString);
        assertEquals(to.equals("east") ? "AAAA" : "BBBB", truth(), "every card is there, of " + end);
        final List<String> acts = Files.readAllLines(folder.resolve("acts"));
        assertEquals("promote " + to + " " + epoch, acts.get(acts.size() - 1));
        assertEquals(to, site.status().get("active"));
        replay(((Number) end.get("decision")).longValue());
        lost.recover(fault);
        awaitProtected(to);
        return new Switched(
                fault,
                Duration.between(at, Instant.parse(end.get("at").toString())).toNanos() / 1e6,
                ((Number) end.get("positionMs")).doubleValue(),
                ((Number) end.get("ownMs")).doubleValue());
    }

    /** From the record alone the same must be decided. */
    private void replay(long decision) throws IOException {
        final DecisionLog log = new DecisionLog(site.data());
        await().until(() -> DecisionLog.read(log.file(decision)).isOver());
        final Replay.Result again = Replay.of(DecisionLog.read(log.file(decision)));
        assertTrue(again.same(), () -> "decision " + decision + ": " + again);
        assertEquals(0, again.notKept(), again::toString);
    }

    /** The line of the audit file that ends the attempt of this epoch; null while there is none. */
    private Map<String, Object> end(long of) throws IOException {
        final Path audit = site.data().resolve("audit.jsonl");
        final List<String> lines = Files.exists(audit) ? Files.readAllLines(audit) : List.of();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).contains("\"action\":\"switchover\"")
                    && lines.get(i).contains("\"epoch\":" + of + ",")) {
                return JSON.std.mapFrom(lines.get(i));
            }
        }
        return null;
    }

    private String truth() throws IOException {
        return String.valueOf(JSON.std.mapFrom(box.command("state")).get("positions"))
                .substring(0, CARDS.length);
    }

    private void awaitProtected(String active) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            final Map<String, Object> now = site.status();
            assertEquals("protected " + active, now.get("state") + " " + now.get("active"), now::toString);
        });
    }

    long epoch() {
        return epoch;
    }

    Site.Running running() {
        return running;
    }

    private ControlClient client() {
        return new ControlClient(site.data().resolve("tandem.sock"), 30_000);
    }

    private void quickProfile() throws IOException {
        final String k16 = HwProfiles.load(Optional.empty(), new Problems())
                .trunkSwitch("dataprobe-k16")
                .orElseThrow()
                .about()
                .text();
        final Path profiles = Files.createDirectories(folder.resolve("own").resolve("switch"));
        Files.writeString(
                profiles.resolve("quick-k16.yaml"),
                k16.replace("name: dataprobe-k16", "name: quick-k16")
                        .replace("gap: 250ms", "gap: 10ms")
                        .replace("settle: 400ms", "settle: 50ms")
                        .replace("quiet: 150ms", "quiet: 60ms")
                        .replace("first-byte: 1500ms", "first-byte: 6s")
                        .replace("whole-reply: 3s", "whole-reply: 8s")
                        .replace("read-back: 3s", "read-back: 10s")
                        .replace("late: 10s", "late: 12s")
                        .replace("poll: 30s", "poll: 1s")
                        .replace("poll-max: 10m", "poll-max: 2s")
                        .replace("backoff: 500ms", "backoff: 100ms")
                        .replace("backoff-max: 2s", "backoff-max: 200ms"));
    }

    @Override
    public void close() throws IOException {
        if (running != null) {
            running.close();
        }
        east.close();
        west.close();
        box.close();
        acd.close();
        east.machine().close();
        west.machine().close();
        neighbour.close();
    }
}
