package org.tandemgw.gateway.probe;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.ChildJvm;

/** Two machines, each a network namespace, with a cable between them that is cut. */
@Timeout(300)
class CutCableTest {
    private static final long PID = ProcessHandle.current().pid();
    private static final String HERE = "tdm-a-" + PID;
    private static final String THERE = "tdm-b-" + PID;

    @TempDir
    private Path folder;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private Process looking;
    private Process service;

    @BeforeEach
    void makeMachines() throws Exception {
        assumeTrue(ChildJvm.canRun("ip", "netns", "add", HERE));
        run("ip", "netns", "add", THERE);
        run("ip", "-n", HERE, "link", "add", "wire", "type", "veth", "peer", "name", "wire", "netns", THERE);
        for (final String each : List.of(HERE, THERE)) {
            run("ip", "-n", each, "link", "set", "lo", "up");
            run(
                    "ip",
                    "-n",
                    each,
                    "address",
                    "add",
                    (each.equals(HERE) ? "10.77.0.1" : "10.77.0.2") + "/24",
                    "dev",
                    "wire");
            run("ip", "-n", each, "link", "set", "wire", "up");
        }
    }

    @AfterEach
    void end() throws Exception {
        for (final Process each : new Process[] {looking, service}) {
            if (each != null) {
                each.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
            }
        }
        run("ip", "netns", "delete", HERE);
        run("ip", "netns", "delete", THERE);
    }

    @Test
    void shouldTellACutFromARefusalAndFromARouteOfOursThatIsGone() throws Exception {
        service = new ProcessBuilder(
                        "ip", "netns", "exec", THERE, "socat", "TCP-LISTEN:7500,fork,reuseaddr", "EXEC:/bin/cat")
                .start();
        assumeTrue(ChildJvm.canRun("socat", "-V"));
        final Path file = ProbedSite.file(
                folder,
                List.of("network:", "  gateways: [\"10.77.0.2\"]", "  net-test: { west: \"10.99.0.1\" }"),
                "{ name: app, tcp: \"10.77.0.2:7500\", every: 100ms, timeout: 90ms, retry: 20ms }",
                "{ name: host, icmp: \"10.77.0.2\", every: 400ms, timeout: 350ms, retry: 20ms }",
                "{ name: hole, tcp: \"10.98.0.1:7500\", every: 100ms, timeout: 90ms, retry: 20ms }",
                "{ name: none, tcp: \"10.77.0.2:7501\", every: 100ms, timeout: 90ms, retry: 20ms }");
        run("ip", "-n", HERE, "route", "add", "blackhole", "10.98.0.0/24");
        looking = ChildJvm.of(List.of("ip", "netns", "exec", HERE), ProbingProgram.class, file.toString(), "1000000000")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        read(looking);
        awaitSeen("east/app answered");
        awaitSeen("east/host answered echo");
        awaitSeen("10.77.0.2 answered ICMP: echo");
        awaitSeen("east/none refused connection refused");
        awaitSeen("10.99.0.1 unreachable");
        awaitSeen("east/hole not-asked we could not ask: ");

        run("ip", "-n", THERE, "link", "set", "wire", "down");
        awaitSeen("east/app silent");
        awaitSeen("east/none silent");
        awaitSeen("east/host silent no echo within 350 ms");
        awaitSeen("10.77.0.2 silent ICMP: ");

        run("ip", "-n", HERE, "route", "flush", "dev", "wire");
        final String noRoute = "this machine has no route to 10.77.0.2 (";
        awaitSeen("east/app not-asked " + noRoute);
        awaitSeen("east/host not-asked " + noRoute);
        awaitSeen("10.77.0.2 unreachable ICMP: " + noRoute);

        run("ip", "-n", HERE, "route", "add", "10.77.0.0/24", "dev", "wire");
        run("ip", "-n", THERE, "link", "set", "wire", "up");
        awaitSeen("east/app answered");
        awaitSeen("east/host answered echo");
        assertTrue(looking.isAlive());
    }

    private void awaitSeen(String beginning) {
        seen.clear();
        await().untilAsserted(() -> assertTrue(
                seen.stream().anyMatch(line -> line.startsWith(beginning)),
                () -> beginning + " is not in " + seen.subList(Math.max(0, seen.size() - 30), seen.size())));
    }

    private void read(Process process) {
        final Thread thread = new Thread(() -> {
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines().forEach(seen::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                // it has ended
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(String... command) throws Exception {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor() == 0, () -> String.join(" ", command) + ": " + said);
    }
}
