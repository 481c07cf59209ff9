package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.books.Csv;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.outage.SmallDisk;

/** What a real {@code tandem run} writes down about calls: on a disk that fills up, and behind trunks that moved while nobody could be told to start. Rows A12, C7. */
@Timeout(600)
class BooksFollowTheTrunksTest {
    @TempDir
    Path folder;

    @Test
    void shouldCountForTheServerThatHasTheTrunksThoughItsPromoteFailed() throws Exception {
        try (SwitchedSite site = SwitchedSite.ofAsterisk(folder)) {
            write(site, "call-records: { for: active, folder: records }");
            try (Site.Running running = site.site().run()) {
                start(site);
                await().until(() -> records("east") > 5);
                site.fail("promote");
                assertTrue(site.ask("/v1/switch/west?forced").ok());
                site.awaitStatus(now -> "holding".equals(now.get("state")) && "west".equals(now.get("active")));
                assertEquals("failed", site.decision().get("outcome"));
                assertEquals("BBBB", site.truth());
                await().until(() -> RecoveredCalls.marks(site.site().data()).size() == 2);
                final long before = records("east");
                await().until(() -> records("west") > 5);
                assertEquals(before, records("east"), "nothing is written down for who has no trunks");
                final Site.Ended intervals =
                        site.site().tandem("-c", site.site().file().toString(), "intervals", "--json");
                assertEquals(0, intervals.status(), intervals::err);
                final List<?> both = JSON.std.listFrom(intervals.out()).stream()
                        .flatMap(each -> ((List<?>) ((Map<?, ?>) each).get("servers")).stream())
                        .distinct()
                        .toList(); // an interval may have ended between the two
                assertEquals(List.of("east", "west"), both);
                assertEquals(0, running.terminate());
            }
            final List<IntervalFile.Row> parts = new ArrayList<>();
            IntervalFile.read(site.site().data(), "acd1", Long.MIN_VALUE, Long.MAX_VALUE, parts::add);
            final List<String> servers =
                    parts.stream().map(IntervalFile.Row::server).distinct().toList();
            assertEquals("east", servers.get(0), "what was cut at the mark");
            assertTrue(servers.size() == 1 || servers.equals(List.of("east", "west")), servers::toString);
        }
    }

    @Test
    void shouldSayThatItsBooksWaitForRoomAndMissNothingOnceThereIs() throws Exception {
        assumeTrue(ChildJvm.canRun("unshare", "-m", "true"), "needs root to mount");
        try (SmallDisk disk = SmallDisk.mount(SmallDisk.Kind.TMPFS, 64, folder.resolve("records"));
                SwitchedSite site = SwitchedSite.ofAsterisk(folder)) {
            write(site, "call-records: { for: both, folder: records }");
            try (Site.Running running = site.site().run()) {
                start(site);
                await().until(() -> records("east") > 5);
                disk.fillBut(0);
                site.awaitStatus(now -> site.alarms(now).contains("booksNotKept acd1"));
                final String said = String.valueOf(site.status("alarms"));
                assertTrue(said.contains("call records: "), said);
                assertFalse(said.contains("diskCritical"), "it is another disk: " + said);
                site.acd().stop();
                disk.release();
                site.awaitStatus(now -> !site.alarms(now).contains("booksNotKept acd1"));
                assertEquals(0, running.terminate());
            }
            final List<List<String>> all = all("east");
            assertEquals(all, all("west"));
            assertFalse(all.isEmpty());
            final Map<String, Integer> segments = new HashMap<>();
            for (final List<String> record : all) {
                final int segment = Integer.parseInt(record.get(2));
                final Integer last = segments.put(record.get(1), segment);
                assertTrue(last == null || segment > last, record::toString);
            }
        }
    }

    private void write(SwitchedSite site, String more) throws IOException {
        final List<String> lines =
                new ArrayList<>(Files.readAllLines(site.site().file()));
        lines.add(more);
        Files.write(site.site().file(), lines);
    }

    private static void start(SwitchedSite site) {
        site.awaitStatus(now -> now.get("calls") instanceof Map<?, ?> calls && Boolean.TRUE.equals(calls.get("sure")));
        site.acd().resume();
        site.awaitProtected("east");
    }

    private long records(String server) throws IOException {
        return all(server).size();
    }

    private List<List<String>> all(String server) throws IOException {
        final Path there = folder.resolve("records").resolve(server);
        if (!Files.isDirectory(there)) {
            return List.of();
        }
        final List<List<String>> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(there)) {
            for (final Path file : files.sorted().toList()) {
                Files.readAllLines(file).stream().skip(1).map(Csv::fields).forEach(all::add);
            }
        }
        return all;
    }
}
