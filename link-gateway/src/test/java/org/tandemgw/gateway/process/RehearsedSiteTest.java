package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator tries thresholds: on simulated faults, and on what a real {@code tandem run} with real probes has seen. */
@Timeout(600)
@Tag("slow")
class RehearsedSiteTest {
    @TempDir
    Path folder;

    @Test
    @SuppressWarnings("unchecked")
    void shouldJudgeOtherThresholdsByWhatReallyHappened() throws Exception {
        final List<Instant> staged = new ArrayList<>();
        try (SwitchedSite site = new SwitchedSite(folder);
                Site.Running running = site.site().run()) {
            site.acd().resume();
            site.awaitProtected("east");
            site.allowAuto();

            // A service that is away for less than the three looks that the file wants: nothing is switched.
            site.ask("/v1/mode/held");
            staged.add(Instant.now());
            site.east().stop();
            site.awaitStatus(now -> !"protected".equals(now.get("state")));
            site.east().start();
            site.awaitProtected("east");
            staged.add(Instant.now());
            site.ask("/v1/mode/auto");
            site.awaitStatus(now -> "auto".equals(now.get("mode")));

            // One that is really dead.
            site.east().stop();
            site.awaitStatus(now -> "west".equals(now.get("active")) && !"switching".equals(now.get("state")));
            await().until(() -> history().contains("active west"));

            // While it runs, on its own folder.
            final Map<String, Object> own =
                    hindsight(site, "tandem.yaml", site.site().data());
            final List<Map<String, Object>> really = (List<Map<String, Object>>) own.get("really");
            assertTrue(
                    really.stream().anyMatch(each -> "switched".equals(each.get("outcome"))), () -> "really: " + own);
            assertEquals(0, running.terminate());
        }
        assertTrue(history().lines().anyMatch(each -> each.matches("\\d+ x\\d+ \\d+ looked .*")), this::history);

        // On a copy, with a file that acts on the first failure.
        final Path copy = copy(folder.resolve("data").resolve("history"), folder.resolve("copy"));
        final String hasty = Files.readString(folder.resolve("tandem.yaml"))
                .replace("failures: 3", "failures: 1")
                .replace("reconnect: 200ms", "reconnect: 0s");
        Files.writeString(folder.resolve("hasty.yaml"), hasty);
        final Map<String, Object> judged = JSON.std.mapFrom(ended(
                1,
                "simulate",
                "hasty.yaml",
                "--history",
                "--data",
                copy.getParent().toString(),
                "--json"));
        final List<Map<String, Object>> switches = (List<Map<String, Object>>) judged.get("switches");
        // On a machine that is slow a single late look is one more; and the other outage follows within seconds: then
        // it may be too soon after the first to be acted on before it really was.
        assertTrue(
                switches.stream().anyMatch(each -> "false".equals(each.get("judged")) && within(each, staged)),
                () -> staged + ": " + judged);
        assertTrue(((Number) judged.get("falseSwitches")).longValue() >= 1, judged::toString);
        assertTrue(((Number) judged.get("worstDelayMs")).longValue() < 60_000, judged::toString);
        final String page = ended(
                1,
                "simulate",
                "hasty.yaml",
                "--history",
                "--data",
                copy.getParent().toString());
        assertTrue(page.contains("answered again") && page.contains("NOT GOOD"), page);
    }

    /** Begun between these two moments: of a look that had begun when the outage began, too. */
    private static boolean within(Map<String, Object> would, List<Instant> staged) {
        final Instant at = Instant.parse(String.valueOf(would.get("at")));
        return !at.isBefore(staged.get(0).minusSeconds(1)) && at.isBefore(staged.get(1));
    }

    private Map<String, Object> hindsight(SwitchedSite site, String file, Path data) throws Exception {
        final Site.Ended ended = site.site().tandem("simulate", file, "--history", "--data", data.toString(), "--json");
        return JSON.std.mapFrom(ended.out());
    }

    private String history() {
        try (Stream<Path> files = Files.list(folder.resolve("data").resolve("history"))) {
            final StringBuilder all = new StringBuilder();
            for (final Path each : files.sorted().toList()) {
                all.append(Files.readString(each));
            }
            return all.toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        final Path history = Files.createDirectories(to.resolve("history"));
        try (Stream<Path> files = Files.list(from)) {
            for (final Path each : files.toList()) {
                Files.copy(each, history.resolve(each.getFileName()));
            }
        }
        return history;
    }

    private String ended(int status, String... words) throws Exception {
        final java.util.ArrayList<String> command =
                new ArrayList<>(Site.java(Path.of(System.getProperty("java.home"))));
        command.addAll(List.of(words));
        final Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("verb.err").toFile())
                .start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(status, process.waitFor(), () -> out);
        return out;
    }
}
