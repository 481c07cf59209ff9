package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.SharedClasses;

/** An operator lets faults happen to his configuration before he trusts it. */
@Timeout(600)
class SimulateAtTheShellTest {
    private static final String SITE = """
            data: data
            acds:
              - name: acd1
                profile: opaque-line
                legs:
                  - { connect: "10.1.1.10:5038" }
                  - { connect: "10.2.1.10:5038" }
            servers:
              - name: cms-east
                feed: { soupbintcp: { listen: "127.0.0.1:7001", user: east, secret-file: east.secret } }
                probes:
                  - { name: app, http: "http://10.1.1.20:80/" }
                  - { name: host, icmp: "10.1.1.20" }
              - name: cms-west
                feed: { soupbintcp: { listen: "127.0.0.1:7002", user: west, secret-file: west.secret } }
                probes:
                  - { name: app, http: "http://10.1.1.30:80/" }
                  - { name: host, icmp: "10.1.1.30" }
            network: { gateways: ["10.1.1.1"], net-test: { cms-east: "10.1.1.21", cms-west: "10.1.1.31" } }
            switchover: { mode: auto, fence: none }
            """;

    @TempDir
    Path folder;

    private OnTheConsole console;

    @BeforeEach
    void secrets() throws IOException {
        for (final String name : List.of("acd", "east", "west", "watch", "kab", "community")) {
            owned(name + ".secret", "s3cr3t-" + name.charAt(0) + "\n", "rw-------");
        }
        for (final String name : List.of("noc.auth", "noc.priv", "panel.crt", "panel.key", "users.yaml")) {
            owned(name, "a long phrase\n", "rw-------");
        }
        Files.createDirectories(folder.resolve("profiles/acd"));
        Files.createDirectories(folder.resolve("scripts"));
        for (final String name : List.of("look", "promote", "demote", "hook")) {
            owned("scripts/" + name, "#!/bin/sh\n", "rwx------");
        }
        console = new OnTheConsole(folder, null);
    }

    @Test
    void shouldFindNothingAtAGoodSiteAndSayTheSameEachTime() throws Exception {
        write(SITE);
        final Process first = process("simulate", "--episodes", "32", "--json");
        final String out = out(first);
        assertEquals(0, first.waitFor(), out);
        final Map<String, Object> report = JSON.std.mapFrom(out);
        assertEquals(32, report.get("episodes"));
        assertEquals(0, report.get("falseSwitches"));
        assertEquals(List.of(), report.get("findings"));
        assertEquals(0, console.type("simulate", "--episodes", "32", "--json"), console::err);
        assertEquals(out, console.out(), "the same seeds, the same result");
        assertTrue(console.err().matches("(?s).*simulated 32 episodes in \\d+ ms: \\d+ a second\\s*"), console::err);
        assertEquals(0, console.type("simulate", "--episodes", "8", "--seed", "7"));
        assertTrue(console.out().contains("GOOD: 8 episodes, seeds 7 to 14"), console::out);
    }

    @Test
    void shouldNameTheKeyThatLetsARestartSwitchAndARemedyThatWasTried() throws Exception {
        write(SITE.replace("fence: none", "fence: none, reconnect: 0s").replace("80/\" }", "80/\", failures: 1 }"));
        assertEquals(1, console.type("simulate", "--fault", "service-restarts", "--episodes", "20", "--json"));
        final Map<String, Object> finding = findings(console.out()).get(0);
        assertEquals("switches although nothing should be moved", finding.get("what"), finding::toString);
        assertEquals("switchover.reconnect", finding.get("key"), finding::toString);
        assertEquals(true, finding.get("tried"), finding::toString);

        // The remedy holds, and the episode that is named can be seen again, line for line.
        final String seed = String.valueOf(finding.get("seed"));
        final String[] again = {
            "simulate", "--fault", "service-restarts", "--seed", seed, "--episodes", "1", "--explain"
        };
        assertEquals(0, console.type(again));
        final String told = console.out();
        assertTrue(told.contains("FAULT    the active service ends and is back in seconds"), told);
        assertTrue(told.contains("DECIDED  to switch from"), told);
        assertEquals(0, console.type(again));
        assertEquals(told, console.out());
        final String remedy = String.valueOf(finding.get("remedy")).replaceFirst(" \\(is .*", "");
        write(SITE.replace("fence: none", "fence: none, " + remedy).replace("80/\" }", "80/\", failures: 1 }"));
        assertEquals(
                0,
                console.type("simulate", "--fault", "service-restarts", "--episodes", "20"),
                () -> remedy + "\n" + console.out());
    }

    @Test
    void shouldSayThatAConnectSeesNoHangAndThatNobodyWatchesAServerWithoutProbes() throws Exception {
        write(SITE.replaceAll("http: \"http://(.*)/\"", "tcp: \"$1\""));
        assertEquals(1, console.type("simulate", "--fault", "service-hangs", "--episodes", "8", "--json"));
        assertEquals("servers[].probes", findings(console.out()).get(0).get("key"), console::out);

        // The reference of the manual watches one of its two servers only.
        write(Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "reference.yaml"))
                .replaceFirst("(?m)^data: \\S+", "data: data"));
        final Process process = process("simulate", "--fault", "service-dies", "--episodes", "8", "--json");
        final String out = out(process);
        assertEquals(1, process.waitFor(), out);
        final Map<String, Object> finding = findings(out).get(0);
        assertEquals("servers[].probes", finding.get("key"), finding::toString);
        assertEquals(true, finding.get("tried"), finding::toString);
    }

    @Test
    void shouldTellWhatWasDoneSoFarWhenItIsInterrupted() throws Exception {
        write(SITE);
        final Process process = process("simulate", "--episodes", "1000000");
        final BufferedReader err = new BufferedReader(new InputStreamReader(process.getErrorStream()));
        assertTrue(err.readLine().startsWith("simulating 1000000 faults"));
        assertEquals(
                0,
                new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                        .start()
                        .waitFor());
        final String out = out(process);
        process.waitFor();
        assertTrue(out.contains(" of 1000000 episodes, seeds 1 to "), out);
    }

    @Test
    void shouldRefuseWhatItCannotSimulateAndSayWhatHelps() throws Exception {
        write(SITE.replace("switchover: { mode: auto, fence: none }", ""));
        assertEquals(1, console.type("simulate"));
        assertTrue(console.err().contains("nothing is ever switched at this site"), console::err);
        write(SITE);
        assertEquals(2, console.type("simulate", "--fault", "earthquake"));
        assertTrue(console.err().contains("service-dies"), console::err);
        for (final String words : List.of(
                "--from 2026-01-01",
                "--window 5s",
                "--history --episodes 5",
                "--history --explain",
                "--explain --json",
                "--history --from 2026-11-22T05:00Z --to 2026-11-22T04:00Z")) {
            final List<String> line = new ArrayList<>(List.of("simulate"));
            line.addAll(List.of(words.split(" ")));
            assertEquals(2, console.type(line.toArray(String[]::new)), () -> words + console.out() + console.err());
        }
        assertTrue(console.err().contains("is after --to"), console::err);
        assertEquals(1, historyOf(Files.createDirectories(folder.resolve("data"))));
        assertTrue(console.err().contains("has no history"), console::err);
        final Path history = Files.createDirectories(folder.resolve("data").resolve("history"));
        Files.writeString(history.resolve("2026-11-20.log"), "");
        assertEquals(1, historyOf(folder.resolve("data")));
        assertTrue(console.out().contains("Nothing was recorded in that time"), console::out);
        assertFalse(console.out().contains("switched nothing"), console::out);
        assertEquals(2, historyOf(folder.resolve("nowhere")));
        write(SITE.replace("mode: auto", "mode: perhaps"));
        assertEquals(2, console.type("simulate"));
        assertTrue(console.err().contains("switchover.mode"), console::err);
    }

    /** Both of its servers are probed at one address: that is one machine, not a defect of Tandem. */
    @Test
    void shouldTakeTheServersOfTheManualsRehearsalForOneMachine() throws Exception {
        for (final String secret : List.of("ami", "east", "west", "kab")) {
            owned(secret + ".secret", secret + "\n", "rw-------");
        }
        final Matcher file = Pattern.compile("(?ms)^cat > tandem.yaml <<'END'\n(.*?)^END$")
                .matcher(Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "manual.md")));
        assertTrue(file.find());
        write(file.group(1));
        assertEquals(1, console.type("simulate", "--episodes", "60", "--json"), console::err);
        final List<Map<String, Object>> findings = findings(console.out());
        assertTrue(
                findings.stream()
                        .noneMatch(each -> String.valueOf(each.get("what")).contains("promise")),
                findings::toString);
        final Map<String, Object> gone = findings.stream()
                .filter(each -> String.valueOf(each.get("what")).contains("one machine"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of("power-fails", "server-cut", "network-cut"), gone.get("faults"), gone::toString);
        assertEquals(gone.get("of"), gone.get("episodes"), gone::toString);
        assertTrue(console.out().contains("both servers are on one machine, for both are probed at 127.0.0.1"));
    }

    private int historyOf(Path data) {
        return console.type("simulate", "--history", "--data", data.toString());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> findings(String json) throws IOException {
        final List<Map<String, Object>> all =
                (List<Map<String, Object>>) JSON.std.mapFrom(json).get("findings");
        assertFalse(all.isEmpty(), json);
        return all;
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), text);
    }

    private void owned(String name, String text, String rights) throws IOException {
        Files.setPosixFilePermissions(
                Files.writeString(folder.resolve(name), text), PosixFilePermissions.fromString(rights));
    }

    private Process process(String... words) throws IOException {
        // Whoever runs the tests in the background of a shell has them ignore Ctrl-C, and what they start.
        final List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                SharedClasses.classPath(),
                "org.tandemgw.gateway.cli.Tandem"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).directory(folder.toFile()).start();
    }

    private static String out(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
