package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.time.SystemClock;

/**
 * SIGKILL of a real {@code tandem run} under load, again and again: at a random moment, then at a named point, and so on:
 * rows A20, A21. What a server was told once is what the journal says ever after; nothing is missing but inside a gap, and
 * each start writes one.
 */
class KilledSiteTest {
    private static final int FRAME_BYTES = 900;
    private static final int MANY = Integer.getInteger("tandem.rounds", 300);

    private final long seed = Chance.seed();

    @TempDir
    private Path folder;

    @Test
    @Timeout(600)
    void shouldTellTheSameStreamThroughEightKills() throws Exception {
        killAgainAndAgain(InstalledJava.thisOne(), 8);
    }

    @Test
    @Timeout(600)
    void shouldTellTheSameStreamThroughKillsOnTheNewestJavaToo() throws Exception {
        assumeTrue(InstalledJava.newest().isPresent(), "no Java newer than this one is installed");
        killAgainAndAgain(InstalledJava.newest().get(), 3);
    }

    @Test
    @Tag("slow")
    @Timeout(2_400)
    void shouldTellTheSameStreamThroughThreeHundredKills() throws Exception {
        killAgainAndAgain(InstalledJava.thisOne(), MANY);
    }

    @Test
    @Tag("slow")
    @Timeout(2_400)
    void shouldTellTheSameStreamThroughThreeHundredKillsOnTheNewestJavaToo() throws Exception {
        assumeTrue(InstalledJava.newest().isPresent(), "no Java newer than this one is installed");
        killAgainAndAgain(InstalledJava.newest().get(), MANY);
    }

    private void killAgainAndAgain(Path java, int rounds) throws Exception {
        // No frame equals another one, so that even a few of them between two kills have one place only.
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, seed).traffic(Chance.isLongRun() ? 3_000 : 1_500, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(FRAME_BYTES), new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            final StreamComparison eastAccount = acd.comparison();
            final StreamComparison westAccount = acd.comparison();
            try (RememberingServer east = new RememberingServer("east", site.eastPort(), eastAccount).start();
                    RememberingServer west = new RememberingServer("west", site.westPort(), westAccount).start()) {
                final KillRounds kills = new KillRounds(site, java, acd, east, west, seed);
                for (int round = 0; round < rounds; round++) {
                    kills.round();
                }
                System.out.println(kills.told());
                final long last = endWell(site, java, acd, east, west, rounds);

                kills.assertPointsReached();
                assertEquals(List.of(), east.rejections(), kills.told());
                assertEquals(List.of(), west.rejections(), kills.told());
                final StoredStream.Found all = StoredStream.read(site.data(), 1, east, west);
                System.out.println(all);
                assertEquals(last, all.last(), kills.told());
                assertSaidByCat(site, east, last);
                final StreamComparison.Verdict verdict = eastAccount.finish();
                assertEquals(verdict, westAccount.finish(), kills.told());
                assertUnreadOnly(verdict, kills);
                assertEquals(0, verdict.repeated() + verdict.unknown() + verdict.outOfOrder(), verdict + kills.told());
                assertFalse(verdict.unproved(), verdict + kills.told());
                assertEquals(
                        all.gaps() + all.discontinuities(), verdict.breaks().size(), verdict + kills.told());
            }
        }
    }

    /**
     * What a leg had carried a second before a kill may be missing in the gap that the next start writes, if the process had
     * no turn to read it: then it lay in the legs' sockets.
     */
    private static void assertUnreadOnly(StreamComparison.Verdict verdict, KillRounds kills) {
        final List<KillRounds.Excuse> excuses = kills.excuses();
        assertEquals(excuses.size(), verdict.breaks().size(), () -> verdict + kills.told());
        long inGaps = 0;
        for (int i = 0; i < excuses.size(); i++) {
            final StreamComparison.BreakSeen gap = verdict.breaks().get(i);
            final KillRounds.Excuse excuse = excuses.get(i);
            inGaps += gap.carried();
            if (gap.carried() > 0) {
                System.out.println("carried and missing: " + gap + ", " + excuse);
            }
            assertTrue(
                    excuse.slowed() || gap.carried() * FRAME_BYTES <= excuse.unreadBytes(),
                    () -> gap + " is not excused by " + excuse + kills.told());
        }
        assertEquals(inGaps, verdict.lost(), () -> verdict + kills.told());
    }

    /** One run that ends in an orderly way, with all that was produced stored and told. */
    private long endWell(
            Site site, Path java, AcdSimulator acd, RememberingServer east, RememberingServer west, int rounds)
            throws Exception {
        try (Site.Running running = site.run(java)) {
            await().untilAsserted(() -> assertEquals(List.of("up", "up"), site.legStates()));
            acd.stop();
            await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
            // What was written to the legs last may still be on its way in.
            await().during(Duration.ofMillis(500))
                    .until(() -> east.last() == sequence(site) && west.last() == sequence(site));
            assertEquals(1, site.acd().get("generation"));
            final long last = sequence(site);
            assertEquals(0, running.terminate());
            east.close();
            west.close();
            return last;
        }
    }

    private void assertSaidByCat(Site site, RememberingServer server, long last) throws Exception {
        final ToldRecords.Comparison told = server.records().from(1);
        final long[] sequence = {0};
        final Site.Ended cat = site.tandem(
                line -> {
                    final Map<String, Object> said = JSON.std.mapFrom(line);
                    final boolean frame = said.get("kind").equals("frame");
                    final byte[] bytes = frame
                            ? Base64.getDecoder().decode((String) said.get("bytes"))
                            : line.getBytes(StandardCharsets.UTF_8);
                    assertEquals(++sequence[0], ((Number) said.get("sequence")).longValue());
                    assertTrue(
                            told.fits(ToldRecords.digest(frame, bytes, 0, bytes.length)),
                            () -> told.where() + ": " + line);
                },
                "-c",
                site.file().toString(),
                "journal",
                "cat",
                "acd1",
                "--from",
                "1",
                "--json");
        assertEquals(0, cat.status(), cat.err());
        assertEquals(last, sequence[0]);
    }

    private static long sequence(Site site) throws java.io.IOException {
        return ((Number) site.acd().get("sequence")).longValue();
    }
}
