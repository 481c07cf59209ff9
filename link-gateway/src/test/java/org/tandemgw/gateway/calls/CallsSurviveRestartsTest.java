package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.recovery.Count;

/** An Asterisk, the journal, the lists that it tells after an outage, and ends of the reader at any point: the table is right, and always the same. */
@Timeout(1_800)
class CallsSurviveRestartsTest {
    private long seed = Long.getLong("tandem.seed", 20_261_121L);

    @TempDir
    Path data;

    @Test
    void shouldAgreeWithTheAsteriskThroughGapsListsAndRestarts() throws Exception {
        run(20_000, 400);
    }

    @Test
    void shouldAgreeWithTheAsteriskAtEachFrame() throws Exception {
        run(300_000, 10_000);
    }

    @Test
    @Tag("slow")
    void shouldAgreeWithTheAsteriskThroughManyRestarts() throws Exception {
        seed = Long.getLong("tandem.seed", System.nanoTime());
        run(200_000, 400); // more lists than that are not kept for ever
    }

    @Test
    @Tag("slow")
    void shouldAgreeWithTheAsteriskAtEachOfTwoMillionFrames() throws Exception {
        seed = Long.getLong("tandem.seed", System.nanoTime());
        run(2_000_000, 20_000);
    }

    private void run(int frames, int most) throws Exception {
        try (ListeningSite site = new ListeningSite(data, seed)) {
            final Random random = new Random(seed + 1);
            while (site.frames() < frames) {
                site.life(1 + random.nextInt(most));
                switch (random.nextInt(8)) {
                    case 0 -> site.outage(random.nextInt(60));
                    case 1 -> site.restart(random.nextBoolean());
                    case 2 -> {
                        site.outage(random.nextInt(30));
                        site.restart(false);
                    }
                    case 3 -> site.discontinuity();
                    case 4 -> site.snapshot();
                    default -> site.compare();
                }
            }
            assertTrue(site.held() > 0.9 * frames, site.held() + " records were looked at, seed " + seed);
            assertTrue(site.comparisons() > frames / 5 / most, site.comparisons() + " comparisons, seed " + seed);
            for (final Count count : List.of(Count.KEPT, Count.DISCOVERED, Count.ENDED_MEANWHILE)) {
                assertTrue(site.table().count(count) > 0, count + ", seed " + seed);
            }
            assertArrayEquals(site.fromTheBeginning(), site.restarted(), "seed " + seed);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("replay with -Dtandem.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void shouldDoWithoutSnapshotsThatAreDamaged() throws Exception {
        try (ListeningSite site = new ListeningSite(data, seed)) {
            site.life(3_000);
            site.snapshot();
            site.life(3_000);
            site.snapshot();
            final byte[] expected = site.fromTheBeginning();
            final List<Path> all = files("table-");
            assertEquals(2, all.size());
            final byte[] newest = Files.readAllBytes(all.get(1));
            newest[newest.length / 2] ^= 1;
            Files.write(all.get(1), newest);
            assertArrayEquals(expected, site.restarted(), "seed " + seed);
            assertEquals(1, files("unusable-").size());
            for (final Path each : files("table-")) {
                Files.write(each, new byte[] {1, 2, 3});
            }
            final byte[] again = site.restarted();
            assertArrayEquals(site.fromTheBeginningAsLast(), again, "seed " + seed);
            assertEquals(1, files("unusable-").size(), "the last one is enough");
        }
    }

    @Test
    void shouldConcludeNothingFromAListOfWhichAPartIsMissing() throws Exception {
        try (ListeningSite site = new ListeningSite(data, seed)) {
            site.life(3_000);
            site.outage(40);
            assertTrue(site.table().complete(), "seed " + seed);
            site.end();
            final Path last = files("lists-").get(files("lists-").size() - 1);
            final byte[] bytes = Files.readAllBytes(last);
            Files.write(last, java.util.Arrays.copyOf(bytes, bytes.length - 30));
            for (final Path each : files("table-")) {
                Files.delete(each);
            }
            site.restarted();
            assertFalse(site.table().complete());
            site.outage(0);
            assertTrue(site.table().complete());
            site.compare();
        }
    }

    @Test
    void shouldGoOnWhenItsFolderWasDeletedByHand() throws Exception {
        try (ListeningSite site = new ListeningSite(data, seed)) {
            site.life(3_000);
            for (final Path each : files("")) {
                Files.delete(each);
            }
            Files.delete(data.resolve("calls/acd1/1"));
            site.snapshot();
            assertTrue(site.diskErrors() > 0);
            site.outage(40);
            site.life(1_000);
            site.compare();
            site.snapshot();
            assertTrue(site.table().complete(), "seed " + seed);
        }
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(data.resolve("calls/acd1/1"))) {
            return all.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }
}
