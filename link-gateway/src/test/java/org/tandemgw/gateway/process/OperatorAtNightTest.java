package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody types at three in the morning, at a real command line beside a real {@code tandem run}: rows A17, B7, B9, B10, B11, D4. */
@Timeout(900)
class OperatorAtNightTest {
    private static final List<String> KEYS = List.of(
            "decision",
            "epoch",
            "from",
            "to",
            "trigger",
            "reason",
            "outcome",
            "refusedBecause",
            "diagnosis",
            "evidence",
            "steps",
            "calls");

    @TempDir
    Path folder;

    private SwitchedSite site;

    @Test
    void shouldRehearseSwitchExplainReplayAndVerify() throws Exception {
        final List<String> network =
                List.of("network: { gateways: [\"127.0.0.1\"], net-test: { west: \"127.0.0.2\" } }");
        try (SwitchedSite opened =
                new SwitchedSite(folder, new TcpService("127.0.0.1"), new TcpService("127.0.0.1"), network)) {
            site = opened;
            try (Site.Running running = site.site().run()) {
                site.acd().resume();
                site.awaitProtected("east");
                shouldRefuseWhatIsNotAskedWell();
                shouldSwitchByOrder();
                shouldHold();
                shouldTellOfAnAutomaticSwitch();
                assertEquals(0, running.terminate());
            }
            shouldExplainAStoppedSite();
        }
    }

    private void shouldRefuseWhatIsNotAskedWell() throws Exception {
        assertTrue(type(1, "why").contains("nothing was decided yet"));
        assertTrue(type(1, "why-not").contains("tandem check --live"), "auto waits for a live check");
        assertTrue(type(1, "switch", "nobody", "--reason", "x", "--yes").contains("nobody"));

        final String checked = type(0, "check", "--live");
        assertTrue(checked.contains("passed, and remembered"), checked);
        assertTrue(checked.contains("ok  gateway 127.0.0.1: answers"), checked);
        assertTrue(checked.contains("ok  net-test of west 127.0.0.2: answers"), checked);
        // On a machine with much else to do the box may just have answered too late, once.
        await().untilAsserted(() ->
                assertTrue(type(0, "why-not").contains("READY: should east fail, west takes over by itself")));
    }

    private void shouldSwitchByOrder() throws Exception {
        final Map<String, Object> would = json(0, "switch", "west", "--dry-run", "--json");
        assertEquals("would-switch", would.get("outcome"));
        assertEquals("AAAA", site.truth());
        assertEquals(List.of(), site.acts());

        final Map<String, Object> switched =
                json(0, "switch", "west", "--reason", "east gets a disk", "--yes", "--json");
        assertEquals("switched", switched.get("outcome"), switched::toString);
        assertEquals(KEYS, new ArrayList<>(switched.keySet()).subList(0, KEYS.size()));
        assertEquals("manual", switched.get("trigger"));
        assertEquals("BBBB", site.truth());
        site.awaitProtected("west");

        final String why = type(0, "why");
        assertTrue(why.contains("east → west   SWITCHED   epoch 1"), why);
        assertTrue(why.contains("east gets a disk"), why);
        assertTrue(why.contains("select trunks card 4"), why);
        assertTrue(why.contains("every card was read back at west"), why);
        final Map<String, Object> same = json(0, "why", "1", "--json");
        assertEquals(switched.get("steps"), same.get("steps"));
        assertTrue(type(0, "replay", "1").contains("same verdict: switched"));
    }

    private void shouldHold() throws Exception {
        type(0, "mode", "held", "--reason", "both are being patched", "--yes");
        assertEquals("held", site.status("mode"));
        assertEquals("auto", site.status("modeFile"));
        assertEquals("held", site.status("modeOperator"));
        assertTrue(type(1, "switch", "east", "--reason", "x", "--yes").contains("refused"));
        assertTrue(type(0, "status").contains("mode held (file auto, operator held)"));
        type(0, "mode", "auto", "--reason", "patched", "--yes");
        assertEquals("auto", site.status("mode"));
    }

    private void shouldTellOfAnAutomaticSwitch() throws Exception {
        site.west().stop();
        site.awaitStatus(now -> "east".equals(now.get("active")) && !"switching".equals(now.get("state")));
        final String why = type(0, "why");
        assertTrue(why.contains("automatic, by itself"), why);
        assertTrue(why.contains("probe west/app"), why);
        assertTrue(why.contains("refused"), why);
        assertTrue(why.lines().count() <= 40, why);
        why.lines().forEach(line -> assertTrue(line.length() <= 100, line));
        final String list = type(0, "why", "--list");
        // On a busy machine it may have held for a moment first.
        assertEquals(
                List.of("switched", "refused", "switched"),
                list.lines()
                        .flatMap(line -> Stream.of("switched", "refused").filter(line::contains))
                        .toList(),
                list);
    }

    private void shouldExplainAStoppedSite() throws Exception {
        final String why = type(0, "why");
        assertTrue(why.contains("Tandem is not running"), why);
        assertTrue(type(1, "check", "--live").contains("not running"));

        // Also on another machine, which has nothing but the file.
        final Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (var records = Files.list(folder.resolve("data").resolve("decisions"))) {
            for (final Path record : records.sorted().toList()) {
                final Path copy = Files.copy(record, elsewhere.resolve(record.getFileName()));
                final Site.Ended replayed = site.site().tandem("replay", copy.toString());
                assertEquals(0, replayed.status(), replayed.out() + replayed.err());
            }
        }

        assertTrue(type(0, "audit", "verify").contains("as it was written"));
        final String audit = type(0, "audit");
        assertTrue(audit.contains("switch west"), audit);
        final Path file = folder.resolve("data").resolve("audit.jsonl");
        final String lines = Files.readString(file);
        Files.writeString(file, lines.replaceFirst("east gets a disk", "west gets a disk"));
        final String found = type(1, "audit", "verify");
        assertTrue(found.contains("changed after it was written"), found);
    }

    /** Output and errors of a verb that has to end so. */
    private String type(int status, String... words) throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("-c", site.site().file().toString()));
        final Site.Ended ended = site.site().tandem(line.toArray(String[]::new));
        assertEquals(status, ended.status(), () -> line + ":\n" + ended.out() + ended.err());
        assertFalse(ended.err().contains("\tat "), ended::err);
        return ended.out() + ended.err();
    }

    private Map<String, Object> json(int status, String... words) throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("-c", site.site().file().toString()));
        final Site.Ended ended = site.site().tandem(line.toArray(String[]::new));
        assertEquals(status, ended.status(), () -> line + ":\n" + ended.out() + ended.err());
        return JSON.std.mapFrom(ended.out());
    }
}
