package org.tandemgw.gateway.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.recovery.SwitchMark;

/**
 * Two Asterisks, one switchover: marks, recovery session and account of each, and the sum of both, with a real {@code tandem run}. Then one of them hangs within Tandem while all is
 * switched back, and Tandem is killed: what could not be marked in time is marked by the next run, which says so. Rows C1, C3, C8, C10.
 */
@Timeout(600)
@Tag("slow")
class TwoAcdsSwitchOverTest {
    private static final List<String> ACDS = List.of("acd1", "acd2");
    private static final List<String> CIRCUITS =
            List.of("circuits: { 1: [\"PJSIP/trunk1-*\"], 2: [\"PJSIP/trunk2-*\"], 3: [\"x\"], 4: [\"y\"] }");

    private final long seed = Long.getLong("tandem.seed", 1);

    @TempDir
    Path folder;

    @Test
    void shouldMarkTellAndAccountForTheCallsOfBoth() throws Exception {
        assumeTrue(ChildJvm.canRun("strace", "-V"), "strace is not installed");
        try (AcdSimulator second = SwitchedSite.asterisk(seed + 1);
                SwitchedSite site =
                        new SwitchedSite(folder, SwitchedSite.asterisk(seed), AcdDialect.ASTERISK_AMI, CIRCUITS)) {
            add(site, second);
            try (RememberingServer east = ofTheSecond("east", site.site().eastPort());
                    RememberingServer west = ofTheSecond("west", site.site().westPort())) {
                final int back;
                try (Site.Running running = site.site().run()) {
                    site.awaitStatus(now -> Boolean.TRUE.equals(calls(now).get("sure")));
                    site.acd().resume();
                    second.resume();
                    await().until(() -> east.connected() && west.connected());
                    site.awaitProtected("east");
                    site.awaitStatus(now -> calls(now).get("inFlight") instanceof Integer many && many > 20);
                    final int first = switchTo(site, "west");
                    assertTold(site, "west", first);
                    assertAccountedFor(site, first);
                    assertFalse(fetch(site, "west", "R" + first + ".1").login().accepted());
                    assertFalse(fetch(site, "west", "R" + first + ".3").login().accepted());
                    assertFalse(fetch(site, "east", "R" + first + ".2").login().accepted());
                    final Process hanging = hang(running, "intake-acd2");
                    try {
                        awaitStill(site, "acd2");
                        back = switchTo(site, "east");
                        assertEquals(List.of(), marks(site, "acd2", back));
                    } finally {
                        running.process().destroyForcibly(); // before who holds the thread lets it go
                        hanging.destroyForcibly().waitFor();
                        running.kill();
                    }
                }
                try (Site.Running running = site.site().run()) {
                    assertTold(site, "east", back);
                    assertNull(marks(site, "acd1", back).get(0).began());
                    assertNotNull(marks(site, "acd2", back).get(0).began());
                    final String page = assertAccountedFor(site, back);
                    assertTrue(page.contains("acd2: that it began, "), page);
                    assertFalse(page.contains("acd1: that it began, "), page);
                    assertEquals(0, running.terminate());
                }
            }
        }
    }

    /** It dials two ACDs. */
    private static void add(SwitchedSite site, AcdSimulator second) throws IOException {
        final List<String> lines =
                new ArrayList<>(Files.readAllLines(site.site().file()));
        final List<String> more = new ArrayList<>();
        for (final String line : lines.subList(lines.indexOf("  - name: acd1"), lines.indexOf("servers:"))) {
            more.add(line.replace("acd1", "acd2")
                    .replace(
                            ":" + site.acd().leg(1).address().getPort() + "\"",
                            ":" + second.leg(1).address().getPort() + "\"")
                    .replace(
                            ":" + site.acd().leg(2).address().getPort() + "\"",
                            ":" + second.leg(2).address().getPort() + "\""));
        }
        lines.addAll(lines.indexOf("servers:"), more);
        Files.write(site.site().file(), lines);
    }

    private static RememberingServer ofTheSecond(String name, int port) {
        return new RememberingServer(name, port, null)
                .knowing("acd2", new ToldRecords())
                .start();
    }

    /** On a machine with much to do it may take several attempts; the epoch of the one that succeeded. */
    private static int switchTo(SwitchedSite site, String server) throws Exception {
        await().atMost(120, SECONDS).until(() -> {
            final Map<String, Object> last = site.decision();
            final boolean done =
                    last != null && "switched".equals(last.get("outcome")) && server.equals(last.get("to"));
            if (!done && (last == null || last.get("outcome") != null)) {
                site.ask("/v1/switch/" + server + "?forced");
            }
            return done;
        });
        return (int) site.decision().get("epoch");
    }

    private static void assertTold(SwitchedSite site, String server, int epoch) throws Exception {
        for (final String acd : ACDS) {
            await().untilAsserted(() -> assertEquals(
                    List.of("COMMENCE " + server, "SWITCHED " + server),
                    marks(site, acd, epoch).stream()
                            .map(mark -> mark.what() + " " + mark.to())
                            .toList()));
            RecoveredCalls.assertTold(
                    site.site(), acd, port(site, server), server, "R" + epoch + (acd.equals("acd1") ? "" : ".2"));
        }
    }

    private static List<SwitchMark> marks(SwitchedSite site, String acd, int epoch) {
        return RecoveredCalls.marks(site.site().data(), acd).stream()
                .filter(mark -> mark.epoch() == epoch)
                .toList();
    }

    private static int port(SwitchedSite site, String server) {
        return server.equals("east") ? site.site().eastPort() : site.site().westPort();
    }

    private static RecoveredCalls.Fetched fetch(SwitchedSite site, String server, String session) throws IOException {
        return RecoveredCalls.fetch(port(site, server), server, session, 1, 1);
    }

    /** A file for each, and the sum of both wherever one is told. */
    @SuppressWarnings("unchecked")
    private static String assertAccountedFor(SwitchedSite site, int epoch) throws Exception {
        long inFlight = 0;
        long recovered = 0;
        long cut = 0;
        for (final String acd : ACDS) {
            final Path file = site.site().data().resolve("ledger/" + epoch + "-" + acd + ".jsonl");
            await().atMost(120, SECONDS)
                    .until(() -> Files.exists(file) && total(file).get("stage").equals("compared"));
            final Map<String, Object> counts = (Map<String, Object>) total(file).get("counts");
            assertTrue(number(counts, "calls") > 3, counts::toString);
            inFlight += number(counts, "calls") - number(counts, "discovered");
            recovered += number(counts, "recovered");
            cut += number(counts, "cut");
            assertTrue(
                    Files.readAllLines(file).stream().limit(3).allMatch(line -> line.contains("\"" + acd + "\"")),
                    file::toString);
        }
        final Map<String, Object> told = JSON.std.mapFrom(tandem(site, "why", "--json"));
        final Map<String, Object> calls = (Map<String, Object>) told.get("calls");
        assertEquals(inFlight, number(calls, "inFlight"));
        assertEquals(recovered, number(calls, "recovered"));
        assertEquals(
                inFlight,
                number(calls, "kept") + number(calls, "recovered") + number(calls, "cut") + number(calls, "unknown"));
        final List<Map<String, Object>> sessions = (List<Map<String, Object>>) told.get("recovery");
        assertEquals(ACDS, sessions.stream().map(each -> each.get("acd")).toList());
        assertTrue(sessions.stream().allMatch(each -> each.get("lacking").equals(0)), sessions::toString);
        final long wanted = recovered;
        final long gone = cut;
        site.awaitStatus(now -> number(calls(now), "recovered") == wanted && number(calls(now), "cut") == gone);
        final String page = tandem(site, "why");
        assertTrue(page.contains("WHAT BECAME OF THE " + inFlight + " CALLS IN FLIGHT"), page);
        ACDS.forEach(acd -> assertTrue(page.contains(acd + ": the ACD's own list"), page));
        return page;
    }

    private static long number(Map<String, Object> of, String key) {
        return ((Number) of.get(key)).longValue();
    }

    private static String tandem(SwitchedSite site, String... verb) throws Exception {
        final List<String> all =
                new ArrayList<>(List.of("-c", site.site().file().toString()));
        all.addAll(List.of(verb));
        final Site.Ended ended = site.site().tandem(all.toArray(String[]::new));
        assertEquals(0, ended.status(), ended::err);
        return ended.out();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> total(Path file) throws IOException {
        final List<String> lines = Files.readAllLines(file);
        return (Map<String, Object>)
                JSON.std.mapFrom(lines.get(lines.size() - 1)).get("total");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> calls(Map<String, Object> status) {
        return (Map<String, Object>) status.get("calls");
    }

    /** A thread that comes back from nothing it asks of the kernel, as on a disk or a network that hangs. */
    private static Process hang(Site.Running running, String thread) throws Exception {
        final Path tasks = Path.of("/proc", Long.toString(running.process().pid()), "task");
        final String task;
        try (Stream<Path> all = Files.list(tasks)) {
            task = all.filter(each -> comm(each).equals(thread))
                    .findFirst()
                    .orElseThrow()
                    .getFileName()
                    .toString();
        }
        return new ProcessBuilder(
                        "strace", "-qq", "-o", "/dev/null", "-p", task, "-e", "inject=epoll_wait,read:delay_enter=600s")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String comm(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /** The other one goes on. */
    @SuppressWarnings("unchecked")
    private static void awaitStill(SwitchedSite site, String acd) {
        final long[] before = {-1, -1};
        await().until(() -> {
            final List<Map<String, Object>> acds = (List<Map<String, Object>>) site.status("acds");
            final long other = number(acds.get(0), "sequence");
            final long still = number(acds.get(1), "sequence");
            assertEquals(acd, acds.get(1).get("name"));
            final boolean stands = before[0] == still && before[1] >= 0 && other > before[1] + 50;
            if (before[0] != still) {
                before[0] = still;
                before[1] = other;
            }
            return stands;
        });
    }
}
