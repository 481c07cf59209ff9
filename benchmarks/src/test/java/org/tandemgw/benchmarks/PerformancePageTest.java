package org.tandemgw.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/performance.md shows what was measured, and all of it. */
class PerformancePageTest {
    private static final Path DOCS = Path.of(System.getProperty("tandem.root"), "docs");

    @Test
    void shouldShowExactlyTheResultsThatAreKept() throws IOException {
        final String page = Files.readString(DOCS.resolve("performance.md"));

        assertEquals(Page.filledIn(page, DOCS.resolve("figures")), page, "run ./tandem bench page");
    }

    @Test
    void shouldHaveAPlaceForEveryGroup() throws IOException {
        final String page = Files.readString(DOCS.resolve("performance.md"));

        for (final String group : Bench.names()) {
            assertTrue(page.contains("<!-- figures " + group + " -->\n"), group);
        }
    }

    @Test
    void shouldSayOfAGoalWhetherItIsMet(@TempDir Path kept) throws IOException {
        Files.writeString(kept.resolve("intake.json"), """
                { "group": "intake", "at": "2026-01-01T00:00:00Z", "smoke": false, "seconds": 1,
                  "machine": { "processors": 2, "processor": "P", "memory": "M", "system": "S", "fileSystem": "F", "java": "J", "commit": "C", "loadBefore": "0.1" },
                  "figures": [ { "figure": "one", "value": 3.0, "unit": "ns/frame", "peer": "other", "peerValue": 2.0, "ratio": 1.5, "goal": "at most 1.5 times", "met": true, "breaks": 0 },
                               { "figure": "peer", "value": 3.0, "unit": "ns/frame", "breaks": 12 },
                               { "figure": "two", "value": 1234.0, "unit": "us", "goal": "at most 5", "met": false } ] }
                """);

        final String page =
                Page.filledIn("<!-- goals -->\n<!-- end -->\n<!-- figures intake -->\n<!-- end -->\n", kept);

        assertTrue(page.contains("| one | 3.00 | ns/frame | 1.50 | other (2.00) | at most 1.5 times: met |"), page);
        assertTrue(page.contains("| peer (frames missing, double or out of order in 12 places) | 3.00 |"), page);
        assertTrue(page.contains("| intake | two | 1,234 us |  |  | at most 5: **not met** |"), page);
    }
}
