package org.tandemgw.gateway.probe;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;

/** A program is asked about a server. */
@Timeout(600)
class ProgramProbeTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTakeStatusZeroForWellAndReadWhatItTells() throws IOException {
        final Look look = lookBy("echo identity: $TANDEM_SERVER/$TANDEM_PROBE\necho Release: 21.1\necho all is well");
        assertEquals(Sight.ANSWERED, look.sight(), look.said());
        assertEquals("all is well", look.said());
        assertEquals("east/script", look.identity());
        assertEquals("21.1", look.release());
    }

    @Test
    void shouldNotTakeAnyOtherStatusForTheServersOwnWord() throws IOException {
        final Look look = lookBy("echo first\necho CRITICAL - no answer within 2 s >&2\nexit 2");
        assertEquals(Sight.FAILED, look.sight(), look.said());
        assertEquals("exit status 2: CRITICAL - no answer within 2 s", look.said());
        assertFalse(look.sight().hard());
        assertFalse(look.sight().reached());
        assertTrue(look.sight().silence());
    }

    @Test
    void shouldTakeItForHardWhereTheProgramSaysThatTheServerItselfSaidSo() throws IOException {
        final Look look = lookBy("echo Evidence: hard\necho the database is gone >&2\nexit 2");
        assertEquals(Sight.WRONG, look.sight(), look.said());
        assertEquals("exit status 2: the database is gone", look.said());
        assertEquals(Sight.FAILED, lookBy("echo no evidence: hard\nexit 1").sight(), "not on a line of its own");
        assertEquals(Sight.FAILED, lookBy("echo evidence: harder\nexit 1").sight());
        assertEquals(Sight.ANSWERED, lookBy("echo evidence: hard\nexit 0").sight());
    }

    @Test
    void shouldNotBlameTheServerForAProgramThatIsNotHere() throws IOException {
        assertEquals(Sight.NOT_ASKED, lookBy("exec no-such-program-here").sight());
        final Look killed = lookBy("kill -9 $$");
        assertEquals(Sight.NOT_ASKED, killed.sight());
        assertEquals("not asked: ended by signal 9", killed.said());
        final Path script = script("exit 0");
        try (ProbedSite site = site(script)) {
            site.first("script", look -> look.sight().answered());
            Files.delete(script);
            site.probes().lookNow(List.of("east/script"));
            final Look look = site.first("script", each -> each.sight() == Sight.NOT_ASKED);
            assertTrue(look.said().contains("create it and make it executable"), look.said());
        }
    }

    @Test
    void shouldKillAHangingProgramWithEverythingThatItHasStarted() throws IOException {
        final Path pids = folder.resolve("pids");
        final Path script = script("echo working on it\n"
                + "sleep 1000 & echo $! >> " + pids + "\n"
                + "(sleep 1001 & echo $! >> " + pids + ")\n"
                + "trap '' TERM\necho $$ >> " + pids + "\nsleep 1002");
        try (ProbedSite site =
                new ProbedSite(folder, "{ name: script, exec: " + script + ", every: 6s, timeout: 5s, retry: 5m }")) {
            final Look look = site.first("script");
            assertEquals(Sight.SILENT, look.sight());
            assertEquals("not over after 5000 ms, killed; last it said: working on it", look.said());
        }
        assertTrue(Files.readAllLines(pids).size() >= 3);
        for (final String pid : Files.readAllLines(pids)) {
            await().until(() -> ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
    }

    private Look lookBy(String script) throws IOException {
        try (ProbedSite site = site(script(script))) {
            return site.first("script", any -> true);
        }
    }

    private ProbedSite site(Path script) throws IOException {
        return new ProbedSite(folder, "{ name: script, exec: " + script + ", every: 21s, timeout: 20s, retry: 5m }");
    }

    private Path script(String text) throws IOException {
        final Path file = Files.writeString(folder.resolve("look"), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
