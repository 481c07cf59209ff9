package org.tandemgw.gateway.action;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.config.ActionConfig;
import org.tandemgw.gateway.time.SystemClock;

/** Tandem was killed while a server was being told to stop, and the program lives on: nothing overtakes it. Real processes. */
@Timeout(600)
class LeftBehindTest {
    private static final String MARK = "TANDEM_STEP_OF";

    @TempDir
    Path folder;

    private Process earlier;

    @AfterEach
    void end() {
        if (earlier != null) {
            earlier.descendants().forEach(ProcessHandle::destroyForcibly);
            earlier.destroyForcibly();
        }
    }

    private ActionConfig action(String name, String body, long timeoutMs) throws IOException {
        final Path script = folder.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        assertTrue(script.toFile().setExecutable(true));
        return new ActionConfig(List.of(), ActionConfig.Kind.RUN, script.toString(), Duration.ofMillis(timeoutMs));
    }

    private void begunByAnEarlierRun(ActionConfig action) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder("setsid", action.target());
        builder.environment().put(MARK, folder + ":east");
        earlier = builder.start();
        await().until(() -> acts().contains("demote begins"));
    }

    /** As Tandem begins it. */
    private void begunByTandem(ActionConfig action) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(ProgramRun.command(Path.of(action.target()), true));
        builder.environment().put(MARK, folder + ":east");
        earlier = builder.start();
        await().until(() -> acts().contains("demote begins"));
    }

    private List<Long> found(ActionConfig action) {
        return LeftBehind.find(MARK + "=" + folder + ":east", Set.of(action.target())).stream()
                .map(ProcessHandle::pid)
                .toList();
    }

    private List<String> acts() throws IOException {
        final Path acts = folder.resolve("acts");
        return Files.exists(acts) ? Files.readAllLines(acts) : List.of();
    }

    private String say(String what) {
        return "echo " + what + " >> " + folder.resolve("acts");
    }

    private CompletableFuture<ActionOver> afterARestart(Actions actions, ActionConfig demote, ActionConfig promote) {
        actions.outlive(List.of(demote, promote));
        final CompletableFuture<ActionOver> over = new CompletableFuture<>();
        actions.start(promote, new Occasion("hq", "promote", "east", 4, "east", "west", 7, "dead"), over::complete);
        return over;
    }

    private Actions actions() {
        return new Actions("step-east", 1, 8, Map.of(MARK, folder + ":east"), new SystemClock());
    }

    @Test
    void shouldTellToStartOnlyOnceTheStopOfTheKilledRunIsOver() throws Exception {
        final Path hold = Files.createFile(folder.resolve("hold"));
        final ActionConfig demote = action(
                "demote",
                say("demote begins") + "; while [ -e " + hold + " ]; do sleep 0.05; done; " + say("demote done"),
                60_000);
        final ActionConfig promote = action("promote", say("promote"), 60_000);
        begunByAnEarlierRun(demote);
        try (Actions actions = actions()) {
            final CompletableFuture<ActionOver> over = afterARestart(actions, demote, promote);
            assertFalse(over.isDone());
            Files.delete(hold);
            assertTrue(over.get(60, SECONDS).ok());
        }
        assertEquals(List.of("demote begins", "demote done", "promote"), acts());
    }

    @Test
    void shouldKillAtItsLimitWhatDoesNotEnd() throws Exception {
        final ActionConfig demote = action("demote", say("demote begins") + "; sleep 1000; " + say("demote done"), 300);
        final ActionConfig promote = action("promote", say("promote"), 300);
        begunByAnEarlierRun(demote);
        try (Actions actions = actions()) {
            assertTrue(afterARestart(actions, demote, promote).get(60, SECONDS).ok());
        }
        assertFalse(earlier.isAlive());
        assertEquals(List.of("demote begins", "promote"), acts());
    }

    /** Each start counts from when the program was begun, not from its own: else a Tandem that is killed again and again kills nobody. */
    @Test
    void shouldKillItAtTheLimitThatItWasBegunWith() throws Exception {
        final ActionConfig demote =
                action("demote", say("demote begins") + "; sleep 1000; " + say("demote done"), 600_000);
        final ActionConfig promote = action("promote", say("promote"), 600_000);
        final ProcessBuilder builder = new ProcessBuilder(ProgramRun.command(Path.of(demote.target()), true));
        builder.environment().put(MARK, folder + ":east");
        builder.environment().put(LeftBehind.LIMIT, "1200");
        final long begunNs = System.nanoTime();
        earlier = builder.start();
        await().until(() -> ProcessSession.ageMs(earlier.pid()) > 1_000);
        final long foundNs = System.nanoTime();
        try (Actions actions = actions()) {
            assertTrue(afterARestart(actions, demote, promote).get(60, SECONDS).ok());
        }
        final long endNs = System.nanoTime();

        assertFalse(earlier.isAlive());
        assertTrue(endNs - begunNs > MILLISECONDS.toNanos(1_150), "killed before its limit");
        assertTrue(foundNs - begunNs > MILLISECONDS.toNanos(900), "its age is not what it is");
        assertEquals("promote", acts().get(acts().size() - 1));
    }

    @Test
    void shouldSayThatAnOrderBeginsOnlyOnceWhatWasLeftIsOver() throws Exception {
        final Path hold = Files.createFile(folder.resolve("hold"));
        final ActionConfig demote =
                action("demote", say("demote begins") + "; while [ -e " + hold + " ]; do sleep 0.05; done", 60_000);
        final ActionConfig promote = action("promote", say("promote"), 60_000);
        begunByAnEarlierRun(demote);
        final CompletableFuture<Boolean> begun = new CompletableFuture<>();
        final CompletableFuture<ActionOver> over = new CompletableFuture<>();
        try (Actions actions = actions()) {
            actions.outlive(List.of(demote, promote));
            actions.start(
                    promote,
                    new Occasion("hq", "promote", "east", 4, "east", "west", 7, "dead"),
                    () -> begun.complete(earlier.isAlive()),
                    over::complete);
            assertFalse(begun.isDone());
            Files.delete(hold);
            assertFalse(begun.get(60, SECONDS), "it began beside what was left");
            assertTrue(over.get(60, SECONDS).ok());
        }
    }

    /** Its last line is {@code exec}: nothing but the number tells that it is the one. */
    @Test
    void shouldFindAProgramThatHasBecomeAnotherOne() throws Exception {
        final ActionConfig demote = action("demote", say("demote begins") + "; exec sleep 1000", 300);
        begunByTandem(demote);
        await().until(() -> earlier.info().command().orElse("").contains("sleep")
                || earlier.info().commandLine().orElse("").contains("sleep"));

        assertEquals(List.of(earlier.pid()), found(demote));
        try (Actions actions = actions()) {
            final ActionConfig promote = action("promote", say("promote"), 300);
            assertTrue(afterARestart(actions, demote, promote).get(60, SECONDS).ok());
        }
        assertFalse(earlier.isAlive());
    }

    /** It calls itself again as a service that is to stay. */
    @Test
    void shouldLeaveAloneAServiceOfTheSameName() throws Exception {
        final ActionConfig promote = action(
                "promote",
                "if [ -n \"$1\" ]; then " + say("demote begins")
                        + "; exec sleep 1000; fi; setsid \"$0\" serve & echo $! > " + folder.resolve("pid"),
                60_000);
        begunByTandem(promote);
        assertTrue(earlier.waitFor(60, SECONDS));
        final ProcessHandle service = ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("pid")).trim()))
                .orElseThrow();
        try {
            assertEquals(List.of(), found(promote));
            assertTrue(service.isAlive());
        } finally {
            service.destroyForcibly();
        }
    }

    @Test
    void shouldLeaveAloneWhatIsAnotherServersOrWasLeftRunningOnPurpose() throws Exception {
        final ActionConfig service = action("service", say("demote begins") + "; sleep 1000", 300);
        begunByAnEarlierRun(service);

        assertEquals(
                1,
                LeftBehind.find(MARK + "=" + folder + ":east", Set.of(service.target()))
                        .size());
        assertEquals(List.of(), LeftBehind.find(MARK + "=" + folder + ":west", Set.of(service.target())));
        assertEquals(List.of(), LeftBehind.find(MARK + "=" + folder + ":east", Set.of("/bin/promote")));
    }
}
