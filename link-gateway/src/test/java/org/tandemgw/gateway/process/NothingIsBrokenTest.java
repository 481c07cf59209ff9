package org.tandemgw.gateway.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The watcher itself is in trouble, or there is nothing better to switch to: then nothing moves. Rows B4, B11, B19. */
@Timeout(600)
class NothingIsBrokenTest {
    @TempDir
    Path folder;

    @Test
    void shouldNotSwitchForItsOwnSleepNorWhenBothServersAreGone() throws Exception {
        try (SwitchedSite site = new SwitchedSite(folder);
                Site.Running running = site.site().run()) {
            site.acd().resume();
            site.awaitProtected("east");
            site.allowAuto();

            // Tandem does not run for longer than every time-out together.
            signal(running, "-STOP");
            await().pollDelay(4, SECONDS).until(() -> true);
            signal(running, "-CONT");
            site.awaitStatus(now -> site.alarms(now).contains("stalled control"));
            site.awaitProtected("east");
            assertUntouched(site);

            // Both servers are gone: there is nothing to switch to.
            site.west().stop();
            site.awaitState("unprotected");
            site.east().stop();
            site.awaitState("holding");
            assertUntouched(site);
            site.east().start();
            site.west().start();
            site.awaitProtected("east");
            assertUntouched(site);
            assertEquals(0, running.terminate());
        }
    }

    @Test
    void shouldNotSwitchWhenItsOwnNetworkIsCut() throws Exception {
        Assumptions.assumeTrue(FarServices.possible(), "needs root, to make a network of its own");
        try (FarServices far = new FarServices();
                SwitchedSite site = new SwitchedSite(
                        folder,
                        TcpService.elsewhere(far.host(), far.port(0)),
                        TcpService.elsewhere(far.host(), far.port(1)),
                        List.of("network:", "  gateways: [\"" + far.host() + "\"]"),
                        "unreachable: { pings: 1, every: 200ms }");
                Site.Running running = site.site().run()) {
            site.acd().resume();
            site.awaitProtected("east");
            site.allowAuto();
            far.pull();
            site.awaitState("isolated");
            assertTrue(
                    site.site().alarms().contains("isolated test"), site.site().alarms()::toString);
            far.plug();
            site.awaitProtected("east");
            site.awaitStatus(now -> !site.alarms(now).contains("isolated test"));
            assertUntouched(site);
            assertEquals(0, running.terminate());
        }
    }

    private static void assertUntouched(SwitchedSite site) throws IOException {
        final Map<String, Object> now = site.site().status();
        assertEquals("east", now.get("active"));
        assertEquals(0, now.get("epoch"));
        assertEquals("AAAA", site.truth());
        assertEquals(List.of(), site.acts());
    }

    private static void signal(Site.Running running, String signal) throws Exception {
        run("kill", signal, Long.toString(running.process().pid()));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), String.join(" ", command) + ": " + said);
    }
}
