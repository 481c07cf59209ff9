package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.time.SystemClock;

/** A server returns to a real {@code tandem run} that may fill it no faster than {@code catch-up} says; measured by the server. */
class LimitedCatchUpTest {
    private static final int LIMIT_PER_SECOND = 2_000;
    private static final int LIVE_PER_SECOND = 200;
    private static final int BEHIND = 12_000;
    /** A tenth of a second's permits may lie ready. */
    private static final int BURST = LIMIT_PER_SECOND / 10;
    /** Younger records are live and take no permit. */
    private static final double LIVE_SECONDS = 2;

    @TempDir
    private Path folder;

    @Test
    @Tag("slow")
    @Timeout(600)
    void shouldFillAServerThatReturnsNoFasterThanTheLimit() throws Exception {
        final AcdSettings settings = AcdSettings.listening(AcdDialect.OPAQUE_LINE, 1)
                .traffic(4_000, 0)
                .oracle(1_000_000, false);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(250), new SystemClock())) {
            final Site site = limited(new Site(folder, AcdDialect.OPAQUE_LINE, acd));
            try (RememberingServer east = new RememberingServer("east", site.eastPort(), null);
                    RememberingServer west = new RememberingServer("west", site.westPort(), null).start();
                    Site.Running running = site.run()) {
                await().until(() -> acd.leg(1).connected() && acd.leg(2).connected() && west.connected());
                acd.resume();
                await().until(() -> west.last() > BEHIND);
                acd.rate(LIVE_PER_SECOND);
                // What was sent faster is no longer live.
                final long fast = acd.oracle().produced();
                await().during(Duration.ofSeconds(3)).until(() -> acd.oracle().produced() > fast);

                final long producedBefore = acd.oracle().produced();
                final long beginNs = System.nanoTime();
                east.start();
                await().pollInterval(Duration.ofMillis(20)).until(() -> {
                    final long told = east.told();
                    final double seconds = (System.nanoTime() - beginNs) / 1e9;
                    final double live = acd.oracle().produced() - producedBefore + LIVE_SECONDS * LIVE_PER_SECOND;
                    assertTrue(
                            told <= LIMIT_PER_SECOND * seconds + BURST + live,
                            () -> told + " records after " + seconds + " s");
                    return east.last() >= fast;
                });
                final double seconds = (System.nanoTime() - beginNs) / 1e9;
                System.out.printf(
                        "%,d records in %.2f s: %.0f a second, limit %d%n",
                        fast, seconds, fast / seconds, LIMIT_PER_SECOND);

                await().untilAsserted(() -> assertTrue(sequence(site) - east.last() < LIVE_PER_SECOND));
                acd.stop();
                await().during(Duration.ofMillis(300))
                        .until(() -> east.last() == sequence(site) && west.last() == sequence(site));
                assertEquals(List.of(), east.rejections());
                assertEquals(0, running.terminate());
                StoredStream.read(site.data(), 1, east, west);
            }
        }
    }

    private static Site limited(Site site) throws IOException {
        final String text = Files.readString(site.file());
        final String east = "secret-file: east.secret";
        assertTrue(text.contains(east), text);
        Files.writeString(site.file(), text.replace(east, east + ", catch-up: " + LIMIT_PER_SECOND + "/s"));
        return site;
    }

    private static long sequence(Site site) throws IOException {
        return ((Number) site.acd().get("sequence")).longValue();
    }
}
