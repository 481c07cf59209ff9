package org.tandemgw.gateway.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.time.SystemClock;

/** A server is judged by how it reads its feed. */
@Timeout(600)
class ReadingServerTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBeContentAsLongAsItGetsOn() throws Exception {
        final AtomicReference<FeedFacts.Reading> reading = new AtomicReference<>();
        try (ProbedSite site = new ProbedSite(
                ProbedSite.configuration(
                        folder, List.of(), "{ name: reading, feed: acd1, every: 20ms, timeout: 10ms, retry: 10ms }"),
                (server, acd) -> server.equals("east") && acd.equals("acd1") ? reading.get() : null,
                new SystemClock())) {
            assertEquals(Sight.NOT_ASKED, site.first("reading", any -> true).sight());
            reading.set(new FeedFacts.Reading(false, 5, 0, 0, false));
            assertEquals(Sight.SILENT, site.first("reading").sight());
            site.forget();
            reading.set(new FeedFacts.Reading(true, 5, 0, 0, false));
            assertEquals(
                    "has everything up to 5",
                    site.first("reading", look -> look.sight().answered()).said());
            // The first record after a quiet time is no reason to worry; that it stands there is.
            site.forget();
            reading.set(new FeedFacts.Reading(true, 5, 1, 0, false));
            assertEquals(
                    "reads: at 5, 1 behind",
                    site.first("reading", look -> !look.said().contains("everything"))
                            .said());
            assertEquals(
                    "at 5, 1 behind, as at the last look; what it has was not counted anew since then",
                    site.first(
                                    "reading",
                                    look -> look.sight() == Sight.NOT_ASKED
                                            && look.said().startsWith("at 5"))
                            .said());
            reading.set(new FeedFacts.Reading(true, 5, 1, 2_999, false));
            assertEquals(
                    "at 5, 1 behind, as at the last look; not yet for 3 s",
                    site.first("reading", look -> look.said().contains("not yet"))
                            .said());
            reading.set(new FeedFacts.Reading(true, 5, 1, 3_100, true));
            assertEquals(
                    "at 5, 1 behind, as at the last look; the other server stands too, so it may be Tandem",
                    site.first("reading", look -> look.said().contains("other")).said());
            site.forget();
            reading.set(new FeedFacts.Reading(true, 5, 1, 3_200, false));
            assertEquals(
                    "reads nothing: has stood for 3200 ms at 5, 1 behind",
                    site.first("reading", look -> look.sight() == Sight.SILENT).said());
            site.forget();
            reading.set(new FeedFacts.Reading(true, 6, 900, 0, false));
            assertEquals(
                    "reads: at 6, 900 behind",
                    site.first("reading", look -> look.sight().answered()).said());
        }
    }
}
