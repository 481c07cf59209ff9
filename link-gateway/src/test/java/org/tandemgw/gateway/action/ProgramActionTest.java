package org.tandemgw.gateway.action;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.config.ActionConfig;
import org.tandemgw.gateway.time.SystemClock;

/** A program is run on the site's behalf. */
@Timeout(600)
class ProgramActionTest {
    private static final Occasion OCCASION = new Occasion(
            "hq-east",
            "promote",
            "west",
            7,
            "east",
            "west",
            12,
            "probe east/app: refused\n$(touch /tmp/injected); `id`");

    @TempDir
    private Path folder;

    private final Actions actions = new Actions("test", 2, 2, Map.of(), new SystemClock());

    @AfterEach
    void stop() {
        actions.close();
    }

    @Test
    void shouldTellTheProgramWhyItIsCalledAndNothingElse() throws Exception {
        final ActionOver over =
                run("env | sort > " + folder.resolve("env") + "\necho \"$# arguments\"\necho done", 20_000);
        assertTrue(over.ok(), over.said());
        assertEquals("exit status 0: done", over.said());
        final List<String> environment = Files.readAllLines(folder.resolve("env"));
        for (final String line : List.of(
                "TANDEM_SITE=hq-east",
                "TANDEM_EVENT=promote",
                "TANDEM_SERVER=west",
                "TANDEM_EPOCH=7",
                "TANDEM_FROM=east",
                "TANDEM_TO=west",
                "TANDEM_DECISION=12",
                "TANDEM_REASON=probe east/app: refused $(touch /tmp/injected); `id`")) {
            assertTrue(environment.contains(line), environment::toString);
        }
        assertTrue(
                environment.stream()
                        .allMatch(line ->
                                line.matches("(TANDEM_[A-Z]+|PATH|HOME|LANG|LC_ALL|TZ|USER|PWD|OLDPWD|SHLVL|_)=.*")),
                environment::toString);
        assertFalse(Files.exists(Path.of("/tmp/injected")));
    }

    @Test
    void shouldGiveTheProgramNoneOfOurDescriptors() throws Exception {
        try (ServerSocket ours = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertTrue(ours.isBound());
            run("ls -l /proc/self/fd | sed -n 's/.* -> //p' > " + folder.resolve("fds"), 20_000);
        }
        final List<String> descriptors = Files.readAllLines(folder.resolve("fds"));
        assertTrue(descriptors.stream().noneMatch(each -> each.startsWith("socket:")), descriptors::toString);
        assertTrue(descriptors.contains("/dev/null"), descriptors::toString);
        assertTrue(descriptors.size() <= 4, descriptors::toString);
    }

    @Test
    void shouldReportWhatAFailingProgramSaidLast() throws Exception {
        final ActionOver over = run("echo one\nprintf 'no \\033[31mlicence' >&2\nexit 3", 20_000);
        assertFalse(over.ok());
        assertEquals("exit status 3: no  [31mlicence", over.said());
        assertEquals(
                "there is no program /nowhere/promote that may be run here: create it and make it executable",
                over(new ActionConfig(List.of(), ActionConfig.Kind.RUN, "/nowhere/promote", Duration.ofSeconds(1)))
                        .said());
    }

    @Test
    void shouldLeaveAloneWhatAProgramHasStartedAndNotWaitForIt() throws Exception {
        final ActionOver over = run("sleep 600 & echo $! > " + folder.resolve("pid") + "\necho started", 100_000);
        assertTrue(over.ok(), over.said());
        assertTrue(over.tookMs() < 60_000, "the one left behind holds the output open");
        final ProcessHandle left = ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
                .orElseThrow();
        assertTrue(left.isAlive());
        left.destroyForcibly();
    }

    @Test
    void shouldBeKilledWithAllItsChildrenWhenItsTimeIsOver() throws Exception {
        final Path pids = folder.resolve("pids");
        final ActionOver over = run(
                "trap '' TERM INT HUP\n(trap '' TERM; (sleep 600 & echo $! >> " + pids
                        + ") & ) \nsleep 601 & echo $! >> " + pids + "\necho half way\nwait",
                3_000);
        assertFalse(over.ok());
        assertEquals("not over after 3000 ms, killed; last it said: half way", over.said());
        assertEquals(2, Files.readAllLines(pids).size());
        for (final String pid : Files.readAllLines(pids)) {
            await().until(() -> ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
    }

    @Test
    void shouldKeepLittleOfAFloodOfOutput() throws Exception {
        final ActionOver over = run(
                "yes 'a line that comes again and again' | head -c 5000000\necho\nhead -c 100000 /dev/zero | tr '\\0' x",
                100_000);
        assertTrue(over.ok(), over.said());
        assertEquals("exit status 0: " + "x".repeat(ProgramOutput.LINE_BYTES), over.said());
    }

    @Test
    void shouldAnswerEveryOrderAlsoWhenThereAreTooMany() throws Exception {
        final ActionConfig slow = new ActionConfig(
                List.of(),
                ActionConfig.Kind.RUN,
                script("echo >> " + folder.resolve("running") + "\nexec sleep 600")
                        .toString(),
                Duration.ofMinutes(10));
        final List<ActionOver> told = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 6; i++) {
            actions.start(slow, OCCASION, told::add);
        }
        assertEquals(2, told.size(), "two run, two wait");
        assertEquals(
                "not begun: 2 other actions of this kind are waiting already",
                told.get(0).said());
        assertEquals(2, actions.refused());
        final Path running = folder.resolve("running");
        await().until(() -> Files.exists(running) && Files.readAllLines(running).size() == 2);
        final long beforeNs = System.nanoTime();
        actions.close();
        await().until(() -> told.size() == 6);
        assertTrue(System.nanoTime() - beforeNs < TimeUnit.SECONDS.toNanos(60));
        assertTrue(told.stream().noneMatch(ActionOver::ok), told::toString);
        assertEquals(
                2,
                told.stream()
                        .filter(each -> each.said().equals("killed: Tandem stops"))
                        .count(),
                told::toString);
        assertEquals(6, actions.failed());
        actions.start(slow, OCCASION, told::add);
        assertEquals("not begun: Tandem stops", told.get(6).said());
    }

    @Test
    void shouldLeaveNoDescriptorAndNoProcessBehind() throws Exception {
        final Path quick = script("exit 0");
        for (int i = 0; i < 20; i++) {
            ProgramRun.run(quick.toString(), Map.of(), 20_000, new SystemClock());
        }
        final long before = descriptors();
        for (int i = 0; i < 100; i++) {
            assertTrue(ProgramRun.run(quick.toString(), Map.of(), 20_000, new SystemClock())
                    .ok());
        }
        await().until(() -> descriptors() <= before + 5);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    private ActionOver run(String script, long timeoutMs) throws Exception {
        return over(new ActionConfig(
                List.of(), ActionConfig.Kind.RUN, script(script).toString(), Duration.ofMillis(timeoutMs)));
    }

    private ActionOver over(ActionConfig action) throws Exception {
        final CompletableFuture<ActionOver> told = new CompletableFuture<>();
        actions.start(action, OCCASION, told::complete);
        return told.get(100, TimeUnit.SECONDS);
    }

    private Path script(String text) throws IOException {
        final Path file = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
