package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.CallTraffic;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.time.SystemClock;

/** The real process, traced by the kernel while it works, reaches for nothing outside this machine. */
@Timeout(600)
class NoPhoneHomeTest {
    private static final Pattern INTERNET = Pattern.compile("sa_family=AF_INET6?, .*?\"([0-9a-fA-F.:]+)\"");

    @TempDir
    private Path folder;

    @Test
    void shouldConnectToNothingOutsideLoopback() throws Exception {
        assumeTrue(ChildJvm.canRun("strace", "-V"), "strace is not installed");
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 1).traffic(500, 2_000);
        final Path trace = folder.resolve("trace");
        try (AcdSimulator acd = new AcdSimulator(settings, new CallTraffic(1)::next, new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.runUnder(List.of(
                            "strace",
                            "-f",
                            "-qq",
                            "-s",
                            "64",
                            "-e",
                            "trace=connect,sendto,sendmsg,sendmmsg",
                            "-o",
                            trace.toString()));
                    TwoServers servers = new TwoServers(site, acd)) {
                servers.awaitConnected();
                await().until(() -> acd.leg(1).connected() && acd.leg(2).connected());
                acd.resume();
                servers.awaitSequence(2_000);
                assertTrue(servers.verdict().proved());
                // strace hands SIGTERM on to nobody: the traced process is its child
                running.process().children().forEach(ProcessHandle::destroy);
                await().until(() -> !running.process().isAlive());
                assertEquals(0, running.process().exitValue());
            }
        }
        int internet = 0;
        for (final String line : Files.readAllLines(trace)) {
            final Matcher matcher = INTERNET.matcher(line);
            if (matcher.find()) {
                internet++;
                final String address = matcher.group(1).replace("::ffff:", "");
                assertTrue(address.startsWith("127.") || address.equals("::1"), line);
            }
            assertFalse(line.contains("resolve"), line);
        }
        assertTrue(internet >= 2, "the trace saw the legs being dialled");
    }
}
