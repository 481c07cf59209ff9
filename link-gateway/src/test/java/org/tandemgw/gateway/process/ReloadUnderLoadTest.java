package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.control.ReloadReport;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.CallTraffic;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.time.SystemClock;

/**
 * The configuration of a real {@code tandem run} is edited at random while frames pass, well and badly, and taken by the verb and by SIGHUP in turn. After each edit
 * the status must say what the file and the plan say, and nothing may be missing in the stream: row B14.
 */
class ReloadUnderLoadTest {
    private static final int FEW = 8;
    private static final int MANY = 200;
    /** Who starts the tests under nohup has them ignore the signal, and what they start. */
    private static final List<String> HEARS_SIGHUP = List.of("env", "--default-signal=HUP");

    private static final Duration LONG = Duration.ofSeconds(180);

    @TempDir
    private Path folder;

    private AcdSimulator acd;
    private Site site;
    private EditedFile file;
    private String template;
    private String deadLeg;
    private String digest;
    private long reloads;

    @Test
    @Timeout(600)
    void shouldLoseNothingThroughAFewEdits() throws Exception {
        editAtRandom(FEW, Chance.seed());
    }

    @Test
    @Tag("slow")
    @Timeout(1800)
    void shouldLoseNothingThroughTwoHundredEdits() throws Exception {
        editAtRandom(MANY, Chance.seed());
    }

    private void editAtRandom(int edits, long seed) throws Exception {
        final Random random = new Random(seed);
        final AcdSettings settings = AcdSettings.listening(AcdDialect.OPAQUE_LINE, seed)
                .traffic(Chance.isLongRun() ? 2_000 : 500, 0)
                .oracle(4_000_000, false);
        try (AcdSimulator simulated = new AcdSimulator(settings, new CallTraffic(seed)::next, new SystemClock())) {
            acd = simulated;
            prepare();
            try (Site.Running running = site.runUnder(HEARS_SIGHUP);
                    TwoServers servers = new TwoServers(site, acd)) {
                servers.awaitConnected();
                await().until(() -> acd.leg(1).connected() && acd.leg(2).connected());
                acd.resume();
                awaitBothUp();
                digest = sha256();
                int good = 0;
                for (int i = 0; i < edits; i++) {
                    file.edit(random);
                    final EditedFile.Spoilt spoilt = random.nextInt(3) == 0
                            ? EditedFile.Spoilt.values()[random.nextInt(EditedFile.Spoilt.values().length)]
                            : null;
                    final String which = "edit " + i + (spoilt == null ? "" : " " + spoilt) + ", seed " + seed;
                    file.write(template, spoilt, deadLeg);
                    reload(running, i % 2 == 0, spoilt, which);
                    good += spoilt == null ? 1 : 0;
                    proveStatus(spoilt, which);
                }
                assertTrue(good > edits / 3, "good edits: " + good);
                proveStream(servers, seed);
                assertEquals(0, running.terminate());
                proveNoSecret();
            }
        }
    }

    private void prepare() throws IOException {
        site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
        secret("open.secret", "rw-r--r--");
        secret("watch.secret", "rw-------");
        secret("other.secret", "rw-------");
        final String script = script();
        deadLeg = "127.0.0.1:" + Site.freePort();
        final String metrics1 = "127.0.0.1:" + Site.freePort();
        final String metrics2 = "127.0.0.1:" + Site.freePort();
        final String agent1 = "127.0.0.1:" + Site.freePort();
        final String agent2 = "127.0.0.1:" + Site.freePort();
        file = new EditedFile(site.file())
                .live("bind1", "127.0.0.2", "127.0.0.4", "127.0.0.6")
                .live("bind2", "127.0.0.3", "127.0.0.5", "127.0.0.7")
                .live("retention", "14d", "36h", "2d")
                .live("min-free", "1MiB", "2MiB", "3MiB")
                .atStart("sync", "journal.sync", "group", "none")
                .atStart("site", "site", "test", "tested")
                .atStart("keep", "statistics.keep", "400d", "30d")
                .live("on-lost", "reject", "continue")
                .live("catch-up", "", ", catch-up: 100000/s", ", catch-up: 50000/s")
                .live("probe", "reading", "lesen", "lecture")
                .live("failures", "3", "4", "5")
                .live("second", "", ", { name: more, feed: acd1, every: 300ms, timeout: 200ms }")
                .live(
                        "observers",
                        "[]",
                        "[ { user: watch, secret-file: watch.secret } ]",
                        "[ { user: watch, secret-file: other.secret } ]")
                .live("gateways", "[]", "[\"127.0.0.1\"]", "[\"127.0.0.1\", \"127.0.0.9\"]")
                .live("mode", "manual", "none", "auto")
                .live("reconnect", "5s", "1s", "30s")
                .live("hold-down", "10m", "1m")
                .live("hooks", "[]", "[ { on: refused, run: " + script + " } ]")
                .live("promote", "", "promote: { run: " + script + " }")
                .live(
                        "metrics",
                        "",
                        "metrics: { listen: \"" + metrics1 + "\" }",
                        "metrics: { listen: \"" + metrics2 + "\" }")
                .live("snmp", "", snmp(agent1), snmp(agent2))
                .live(
                        "notify",
                        "[]",
                        "[ { syslog: \"" + deadLeg + "\" } ]",
                        "[ { syslog: \"127.0.0.1:9\" }, { syslog: \"" + deadLeg + "\" } ]")
                .live("level", "info", "warn", "debug");
        template = String.join(
                        "\n",
                        "site: <site>",
                        "data: data",
                        "journal: { sync: <sync>, retention: <retention>, min-free: <min-free> }",
                        "acds:",
                        "  - name: acd1",
                        "    profile: opaque-line",
                        "    legs:",
                        "      - #1 { connect: \"127.0.0.1:"
                                + acd.leg(1).address().getPort() + "\", bind: \"<bind1>\" }",
                        "      - #2 { connect: \"127.0.0.1:"
                                + acd.leg(2).address().getPort() + "\", bind: \"<bind2>\" }",
                        "servers:",
                        "  - name: east",
                        "    feed: { soupbintcp: { listen: \"127.0.0.1:" + site.eastPort()
                                + "\", user: east, secret-file: east.secret, on-lost: <on-lost><catch-up> } }",
                        "    probes: [ { name: <probe>, feed: acd1, every: 200ms, timeout: 100ms, failures: <failures> }<second> ]",
                        "    <promote>",
                        "  - name: west",
                        "    feed: { soupbintcp: { listen: \"127.0.0.1:" + site.westPort()
                                + "\", user: west, secret-file: west.secret } }",
                        "    probes: [ { name: app, feed: acd1, every: 200ms, timeout: 100ms } ]",
                        "observers: <observers>",
                        "network: { gateways: <gateways> }",
                        "switchover:",
                        "  mode: <mode>",
                        "  initial: east",
                        "  reconnect: <reconnect>",
                        "  hold-down: <hold-down>",
                        "  hooks: <hooks>",
                        "statistics: { keep: <keep> }",
                        "<snmp>",
                        "<metrics>",
                        "notify: <notify>",
                        "log: { level: <level> }")
                + "\n";
        file.write(template, null, deadLeg);
    }

    private static String snmp(String agent) {
        return "snmp: { listen: \"" + agent
                + "\", communities: [h1dden], managers: [ { target: \"127.0.0.1:9\", user: h1dden, inform: off } ] }";
    }

    private void reload(Site.Running running, boolean byVerb, EditedFile.Spoilt spoilt, String which) throws Exception {
        if (byVerb) {
            final ControlClient client = new ControlClient(site.data().resolve("tandem.sock"), 30_000);
            ReloadReport report = client.post(ReloadReport.class, "/v1/reload", "jd", which);
            while (!report.done()) {
                report = JsonRecords.read(
                        client.get("/v1/reload/" + report.request()).json(), ReloadReport.class);
            }
            final ReloadReport told = report;
            assertEquals(spoilt == null, report.ok(), () -> which + ": " + told);
        } else {
            assertEquals(
                    0,
                    new ProcessBuilder(
                                    "kill",
                                    "-HUP",
                                    Long.toString(running.process().pid()))
                            .start()
                            .waitFor());
        }
        reloads++;
        try {
            await(which).atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> lastReload() != null);
        } catch (ConditionTimeoutException e) {
            final Map<String, Object> status = site.status();
            throw new AssertionError(which + ": " + status.get("configuration") + " " + status.get("acds"), e);
        }
        assertEquals(spoilt == null, lastReload().get("ok"), () -> which + ": " + quiet());
    }

    private Object quiet() {
        try {
            return lastReload();
        } catch (IOException e) {
            return e;
        }
    }

    /** The audit line of the reload asked for last; null while there is none. */
    private Map<String, Object> lastReload() throws IOException {
        final List<String> lines = Files.readAllLines(site.data().resolve("audit.jsonl")).stream()
                .filter(line -> line.contains("\"action\":\"reload\""))
                .toList();
        return lines.size() < reloads ? null : JSON.std.mapFrom(lines.get(lines.size() - 1));
    }

    @SuppressWarnings("unchecked")
    private void proveStatus(EditedFile.Spoilt spoilt, String which) throws Exception {
        if (spoilt == null) {
            file.taken();
            digest = sha256();
        } else {
            file.undo();
        }
        final Map<String, Object> status = site.status();
        final Map<String, Object> configuration = (Map<String, Object>) status.get("configuration");
        assertEquals(digest, configuration.get("digest"), which);
        assertEquals(file.waiting(), new TreeSet<>((List<String>) configuration.get("waiting")), which);
        assertEquals(spoilt == null, configuration.get("refused") == null, which + configuration);
        final boolean differs = !file.waiting().isEmpty() || configuration.get("refused") != null;
        assertTrue(
                !differs || site.alarms().contains("configMismatch configuration"),
                which); // one that flaps stands longer
        assertEquals(file.text("mode"), status.get("modeFile"), which);
        final Map<String, Object> east = ((List<Map<String, Object>>) status.get("servers")).get(0);
        assertEquals(
                file.text("probe") + (file.text("second").isEmpty() ? "" : ", more"),
                ((List<Map<String, Object>>) east.get("probes"))
                        .stream().map(each -> (String) each.get("name")).collect(Collectors.joining(", ")),
                which);
        final long told = Stream.of("notify", "snmp")
                .mapToLong(each -> file.text(each).split("127.0.0.1:", -1).length
                        - 1
                        - (each.equals("snmp") && !file.text(each).isEmpty() ? 1 : 0))
                .sum();
        assertEquals(told, ((List<?>) status.get("notified")).size(), which);
        assertEquals("east", status.get("active"), which);
        assertEquals(0, site.acd().get("gaps"), which);
        assertEquals(0, site.acd().get("discontinuities"), which);
        awaitBothUp();
    }

    private void proveStream(TwoServers servers, long seed) throws Exception {
        acd.stop();
        await().atMost(LONG).until(() -> acd.leg(1).drained() && acd.leg(2).drained());
        final long produced = acd.oracle().produced();
        servers.awaitSequence(produced);
        final StreamComparison.Verdict verdict = servers.verdict();
        assertTrue(verdict.proved(), verdict + " seed " + seed);
        assertEquals(produced, verdict.received(), "seed " + seed);
        assertEquals(List.of(), verdict.breaks(), "seed " + seed);
        System.out.println(reloads + " reloads, " + produced + " frames");
    }

    private void proveNoSecret() throws IOException {
        for (final String secret : List.of(Site.PASSWORD, "h1dden")) {
            assertFalse(Files.readString(site.data().resolve("audit.jsonl")).contains(secret), secret);
            assertFalse(site.logs().contains(secret), secret);
        }
    }

    private void awaitBothUp() {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertEquals(List.of("up", "up"), site.legStates()));
    }

    private String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(site.file())));
    }

    private String script() throws IOException {
        final Path script = Files.writeString(folder.resolve("act"), "#!/bin/sh\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"))
                .toString();
    }

    private void secret(String name, String rights) throws IOException {
        Files.writeString(folder.resolve(name), Site.PASSWORD + name.charAt(0) + "\n");
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(rights));
    }
}
