package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a journal from outside: of a stopped site, of a running one, and without the right to write. */
class StoredJournalTest {
    private static final long AT = 1_795_251_600_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    Path data;

    private long atNs = AT;

    @Test
    void shouldShowAStoppedJournalAndChangeNothing() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, 500);
        }
        final Map<String, String> before = content();
        try (StoredJournal stored = StoredJournal.open(directory())) {
            final JournalSummary summary = stored.summary();
            assertEquals(1, summary.oldest());
            assertEquals(500, summary.last());
            assertEquals(AT + 1, summary.firstAtNs());
            assertEquals(AT + 500, summary.lastAtNs());
            assertTrue(summary.diskBytes() > 2_000_000 && summary.diskBytes() < 4_000_000, summary::toString);
            assertEquals(500, count(stored.newReader()));
        }
        assertEquals(before, content());
    }

    @Test
    void shouldFollowARunningJournalOverRolls() throws Exception {
        try (LinkJournal journal =
                        JournalOpening.asFound(data, "acd1", JournalSync.NONE, TestRollCycles.TEST_SECONDLY);
                StoredJournal stored = StoredJournal.open(directory(), TestRollCycles.TEST_SECONDLY);
                JournalReader reader = stored.newReader()) {
            assertEquals(0, stored.summary().last());
            assertEquals(-1, stored.summary().firstAtNs());
            final JournalRecord record = new JournalRecord();
            assertFalse(reader.next(record));
            long expected = 0;
            for (int round = 0; round < 40; round++) {
                atNs += round % 3 == 0 ? SECOND_NS : 0;
                append(journal, 1 + round * 7);
                while (reader.next(record)) {
                    assertEquals(++expected, record.sequence());
                    assertFalse(record.damaged());
                }
                assertEquals(journal.last(), expected);
            }
        }
    }

    @Test
    void shouldSayWhenThereIsNothing() {
        final JournalFaultException none =
                assertThrows(JournalFaultException.class, () -> StoredJournal.open(directory()));
        assertTrue(none.getMessage().startsWith("there is no journal in "), none.getMessage());
        assertEquals(List.of(), JournalFiles.acds(data));
        assertEquals(List.of(), JournalFiles.generations(data, "acd1"));
        assertFalse(Files.exists(data.resolve("journal")));
    }

    @Test
    @Timeout(600)
    void shouldNeedNoRightToWrite() throws Exception {
        final List<String> powerless = powerless();
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, 300);
            try (Stream<Path> all = Files.walk(data)) {
                for (final Path path : all.toList()) {
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--"));
                }
            }
            final Map<String, String> before = content();
            final Process child = ChildJvm.of(
                            powerless, Counter.class, directory().toString())
                    .redirectErrorStream(true)
                    .start();
            final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("300 false\n", said);
            assertEquals(0, child.waitFor());
            assertEquals(before, content());
        }
    }

    /** Root is above file rights; this takes that away from him. Others need nothing. */
    private static List<String> powerless() throws InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        final List<String> setpriv =
                List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner", "--");
        Assumptions.assumeTrue(
                ChildJvm.canRun(
                        Stream.concat(setpriv.stream(), Stream.of("true")).toArray(String[]::new)),
                "setpriv is missing");
        return setpriv;
    }

    private Path directory() {
        return JournalFiles.directory(data, "acd1", 1);
    }

    private void append(LinkJournal journal, int count) {
        for (int i = 0; i < count; i++) {
            journal.appendFrame(1, 0, ++atNs, -1, new byte[20], 0, 20);
        }
        journal.endOfBatch();
    }

    private static int count(JournalReader from) {
        int count = 0;
        try (JournalReader reader = from) {
            final JournalRecord record = new JournalRecord();
            while (reader.next(record)) {
                count++;
            }
        }
        return count;
    }

    /** Every file with its size and when it was changed. */
    private Map<String, String> content() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(Path::toString, StoredJournalTest::stamp, (a, b) -> a, TreeMap::new));
        }
    }

    private static String stamp(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Reads everything and says how much it was. */
    static final class Counter {
        private Counter() {}

        public static void main(String[] args) {
            try (StoredJournal stored = StoredJournal.open(Path.of(args[0]))) {
                System.out.println(count(stored.newReader()) + " " + Files.isWritable(Path.of(args[0])));
            }
        }
    }
}
