package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.CallTraffic;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/**
 * A site that switches: two servers with a service each, a box of four cards, scripts that promote and demote and write down that they
 * did, an ACD that sends. Everything breaks on command; the truth is asked beside Tandem.
 */
final class SwitchedSite implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int[] CARDS = {1, 2, 3, 4};

    private final Path folder;
    private final AcdSimulator acd;
    private final Site site;
    private final TwoServers servers;
    private final TcpService east;
    private final TcpService west;
    private final SwitchEmulator box;

    /** Everything on loopback, and the ACD is an Asterisk with calls in flight. */
    static SwitchedSite ofAsterisk(Path folder) throws IOException {
        return ofAsteriskWith(folder);
    }

    /**
     * The same.
     *
     * @param more further lines of the section {@code switchover}, without its indentation
     */
    static SwitchedSite ofAsteriskWith(Path folder, String... more) throws IOException {
        return new SwitchedSite(
                folder,
                AcdDialect.ASTERISK_AMI,
                asterisk(Long.getLong("tandem.seed", 1)),
                List.of(),
                new TcpService(LOOPBACK),
                new TcpService(LOOPBACK),
                List.of(),
                more);
    }

    /** An Asterisk with traffic. */
    static AcdSimulator asterisk(long seed) throws IOException {
        final AcdSettings settings = AcdSettings.listening(AcdDialect.ASTERISK_AMI, seed)
                .traffic(300, 0)
                .asterisk(new AmiSettings("tandem", Site.PASSWORD, true, false));
        return new AcdSimulator(settings, AcdDialect.ASTERISK_AMI.traffic(settings), new SystemClock());
    }

    /** Everything on loopback. */
    SwitchedSite(Path folder, String... more) throws IOException {
        this(folder, new TcpService(LOOPBACK), new TcpService(LOOPBACK), List.of(), more);
    }

    /**
     * The same.
     *
     * @param top further lines of the file
     * @param more further lines of the section {@code switchover}, without its indentation
     */
    SwitchedSite(Path folder, TcpService east, TcpService west, List<String> top, String... more) throws IOException {
        this(folder, AcdDialect.OPAQUE_LINE, lines(Long.getLong("tandem.seed", 1)), List.of(), east, west, top, more);
    }

    /**
     * Everything on loopback, with an ACD of another dialect.
     *
     * @param ofSwitch further lines of the trunk switch, without its indentation
     */
    SwitchedSite(Path folder, AcdSimulator acd, AcdDialect dialect, List<String> ofSwitch) throws IOException {
        this(folder, dialect, acd, ofSwitch, new TcpService(LOOPBACK), new TcpService(LOOPBACK), List.of());
    }

    private static AcdSimulator lines(long seed) throws IOException {
        return new AcdSimulator(
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, seed).traffic(50, 0),
                new CallTraffic(seed)::next,
                new SystemClock());
    }

    private SwitchedSite(
            Path folder,
            AcdDialect dialect,
            AcdSimulator acd,
            List<String> ofSwitch,
            TcpService east,
            TcpService west,
            List<String> top,
            String... more)
            throws IOException {
        this.east = east;
        this.west = west;
        this.acd = acd;
        this.folder = folder.toRealPath();
        box = new SwitchEmulator(0, null, 1, CARDS);
        Files.writeString(folder.resolve("kab.secret"), "PASS\n");
        Files.setPosixFilePermissions(folder.resolve("kab.secret"), PosixFilePermissions.fromString("rw-------"));
        quickProfile();
        final List<String> lines = new ArrayList<>(List.of(
                "journal: { min-free: 16MiB }",
                "profiles: own",
                "switches:",
                "  - name: trunks",
                "    profile: quick-k16",
                "    tcp: \"127.0.0.1:" + box.port() + "\"",
                "    secret-file: kab.secret",
                "    confirmed: \"2026-11-21 jd\"",
                "    cards: [1, 2, 3, 4]",
                "    positions: { A: east, B: west }",
                "    dwell: 0s"));
        ofSwitch.forEach(line -> lines.add("    " + line));
        lines.addAll(List.of(
                "switchover:",
                "  mode: auto",
                "  initial: east",
                "  fence: trunk-switch",
                "  reconnect: 200ms",
                "  hold-down: 0s"));
        for (final String line : more) {
            lines.add("  " + line);
        }
        lines.addAll(top);
        site = new Site(
                folder,
                dialect.profile(),
                acd.leg(1).address().getPort(),
                acd.leg(2).address().getPort(),
                server("east", east),
                server("west", west),
                lines.toArray(String[]::new));
        servers = new TwoServers(site, acd);
    }

    private List<String> server(String name, TcpService service) throws IOException {
        return List.of(
                "probes:",
                "  - { name: app, tcp: \"" + service.host() + ":" + service.port()
                        + "\", every: 600ms, timeout: 500ms, failures: 3, retry: 50ms }",
                "promote: { run: " + script("promote", name) + ", timeout: 8s }",
                "demote: { run: " + script("demote", name) + ", timeout: 8s }");
    }

    /** Writes down what it is called for, then waits while it is held. */
    private Path script(String what, String server) throws IOException {
        final Path script = folder.resolve(what + "-" + server);
        Files.writeString(
                script,
                String.join(
                        "\n",
                        "#!/bin/sh",
                        "echo \"" + what + " " + server + " $TANDEM_EPOCH\" >> " + folder.resolve("acts"),
                        "while [ -e " + folder.resolve("hold-" + what) + " ]; do sleep 0.05; done",
                        "if [ -e " + folder.resolve("fail-" + what) + " ]; then echo cannot; exit 1; fi",
                        ""));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    Site site() {
        return site;
    }

    SwitchEmulator box() {
        return box;
    }

    TcpService east() {
        return east;
    }

    TcpService west() {
        return west;
    }

    AcdSimulator acd() {
        return acd;
    }

    TwoServers servers() {
        return servers;
    }

    /** What the scripts have written down: {@code promote west 1}. */
    List<String> acts() throws IOException {
        final Path acts = folder.resolve("acts");
        return Files.exists(acts) ? Files.readAllLines(acts) : List.of();
    }

    /** The scripts of this name do not end until they are let go. */
    void hold(String what) throws IOException {
        Files.writeString(folder.resolve("hold-" + what), "");
    }

    void letGo(String what) throws IOException {
        Files.deleteIfExists(folder.resolve("hold-" + what));
    }

    /** The scripts of this name fail from now on. */
    void fail(String what) throws IOException {
        Files.writeString(folder.resolve("fail-" + what), "");
    }

    /** Where the relays really are. */
    String truth() throws IOException {
        return String.valueOf(JSON.std.mapFrom(box.command("state")).get("positions"))
                .substring(0, CARDS.length);
    }

    Object status(String key) throws IOException {
        return site.status().get(key);
    }

    /** Both servers fed, both healthy, the trunks at the active one. */
    void awaitProtected(String active) {
        awaitStatus(now -> "protected".equals(now.get("state")) && active.equals(now.get("active")));
    }

    void awaitState(String state) {
        awaitStatus(now -> state.equals(now.get("state")));
    }

    /** Says how it stood, and what Tandem has logged, if it does not come to that. */
    void awaitStatus(Predicate<Map<String, Object>> wanted) {
        final AtomicReference<Map<String, Object>> last = new AtomicReference<>();
        try {
            await().until(() -> {
                last.set(site.status());
                return wanted.test(last.get());
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("it stood like this: " + last + "\n" + log(), e);
        }
    }

    /** The names of the alarms of a picture, each with its object. */
    @SuppressWarnings("unchecked")
    List<String> alarms(Map<String, Object> now) {
        return ((List<Map<String, Object>>) now.get("alarms"))
                .stream()
                        .map(alarm -> alarm.get("name") + " " + alarm.get("object"))
                        .toList();
    }

    private String log() {
        try {
            return site.logs();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> server(String name) throws IOException {
        return ((List<Map<String, Object>>) status("servers"))
                .stream()
                        .filter(each -> each.get("name").equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    /** Says that a live check has passed: then Tandem may act by itself. */
    void allowAuto() throws IOException {
        final String hash = String.valueOf(
                JSON.std.mapFrom(client().get("/v1/config-hash").json()).get("hash"));
        final Answer answer = ask("/v1/live-checked/" + hash);
        if (!answer.ok()) {
            throw new IOException("not allowed: " + answer);
        }
    }

    /** Asks through the control socket, as programs do. */
    Answer ask(String path) throws IOException {
        return client().post(path, "jd", "because of a test");
    }

    /** What was decided last in this run; null: nothing. */
    Map<String, Object> decision() throws IOException {
        final ControlClient.Reply reply = client().get("/v1/decisions/0");
        return reply.status() == 200 ? JSON.std.mapFrom(reply.json()) : null;
    }

    ControlClient client() {
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
                        .replace("late: 10s", "late: 12s")
                        .replace("poll: 30s", "poll: 1s")
                        .replace("poll-max: 10m", "poll-max: 2s")
                        .replace("backoff: 500ms", "backoff: 100ms")
                        .replace("backoff-max: 2s", "backoff-max: 200ms"));
    }

    @Override
    public void close() throws IOException {
        for (final String what : List.of("promote", "demote")) {
            letGo(what);
        }
        servers.close();
        box.close();
        east.close();
        west.close();
        acd.close();
    }
}
