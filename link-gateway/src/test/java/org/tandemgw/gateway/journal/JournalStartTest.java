package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting on what a former process left, and what a start says and does not say. */
class JournalStartTest {
    private static final long AT = 1_795_251_600_000_000_000L;

    @TempDir
    Path data;

    @Test
    @Timeout(30)
    void shouldStartAtOnceAlthoughAProcessOfTheSameIdDiedWhileWriting() {
        appendOne(1);
        holdWriteLock(ProcessHandle.current().pid());
        appendOne(2);
        holdWriteLock(1);
        appendOne(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 131_072})
    @Timeout(30)
    void shouldStartAtOnceWhenTheMetadataHadOnlyJustBegun(int size) throws Exception {
        final Path metadata = JournalFiles.directory(data, "acd1", 1).resolve(Queues.METADATA);
        Files.createDirectories(metadata.getParent());
        Files.write(metadata, new byte[size]);
        appendOne(1);
        Files.write(metadata, new byte[size]);
        appendOne(2);
        Files.delete(metadata);
        appendOne(3);
    }

    @Test
    void shouldOpenTheNewestGeneration() throws Exception {
        appendOne(1);
        Files.createDirectories(JournalFiles.directory(data, "acd1", 10));
        Files.createDirectories(JournalFiles.directory(data, "acd1", 9));
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(10, journal.generation());
            assertEquals("acd1.10", journal.session());
            assertEquals(0, journal.last());
        }
        assertEquals(List.of(1, 9, 10), JournalFiles.generations(data, "acd1"));
        assertEquals(List.of("acd1"), JournalFiles.acds(data));
    }

    @Test
    void shouldTakeOverFromTheLastGenerationInWhichTheAcdSaidAnything() throws Exception {
        appendOne(1);
        for (int generation = 2; generation <= 4; generation++) {
            open(new JournalStart(generation, 0, false, 0, "generation " + generation + " begins", AT))
                    .close();
        }
        Files.createDirectories(JournalFiles.directory(data, "acd1", 5));
        try (LinkJournal journal = open(new JournalStart(6, 0, false, 0, "generation 6 begins", AT))) {
            assertEquals(JournalFiles.directory(data, "acd1", 1), journal.former());
        }
        try (LinkJournal noMark = open(new JournalStart(7, 0, false, 0, null, 0))) {
            assertEquals(JournalFiles.directory(data, "acd1", 1), noMark.former(), "as on a full disk");
        }
    }

    @Test
    void shouldSealAFileThatWasCutOnlyWhenNothingIsWrittenToItAnyMore() throws Exception {
        final Path torn = data.resolve("torn");
        final SmallJournal small = new SmallJournal(data.resolve("whole"));
        final SmallJournal copy;
        try (LinkJournal journal = small.open()) {
            for (int n = 0; n < 50; n++) {
                small.append(journal, new java.util.Random(n));
            }
            copy = small.copy(torn);
        }
        final Path before = copy.rollFiles().get(0);
        final Path file = before.resolveSibling("closed").resolve(before.getFileName());
        try (LinkJournal journal =
                JournalOpening.open(torn, "acd1", JournalSync.GROUP, new JournalStart(1, 50, true, 50, null, AT))) {
            appendFrame(journal, AT);
            await().until(() -> Files.exists(Seal.beside(file)));
        }
        assertEquals(List.of(), Seal.read(file).differences(file, 10));
    }

    private LinkJournal open(JournalStart start) {
        return JournalOpening.open(data, "acd1", JournalSync.GROUP, start);
    }

    @Test
    void shouldStopForGoodWhenASyncFails() throws Exception {
        try (LinkJournal journal =
                JournalOpening.asFound(data, "acd1", JournalSync.GROUP, TestRollCycles.TEST_SECONDLY)) {
            appendFrame(journal, AT);
            journal.endOfBatch();
            await().until(() -> journal.synced() == 1);
            assertNull(journal.fault());
            appendFrame(journal, AT + 5_000_000_000L);
            final RollFiles files =
                    new RollFiles(JournalFiles.directory(data, "acd1", 1), TestRollCycles.TEST_SECONDLY);
            Files.delete(files.path(files.cycles()[1])); // the sync of the new file finds none
            journal.endOfBatch();
            await().until(() -> journal.fault() != null);
            assertTrue(journal.fault().startsWith("sync failed: "), journal.fault());
            assertEquals(1, journal.readable());
            assertThrows(JournalFaultException.class, () -> appendFrame(journal, AT));
            assertEquals(1, journal.readable());
        }
    }

    @Test
    @Timeout(600)
    void shouldSayNothingAndLoadNothingThatPhonesHome() throws Exception {
        for (int start = 0; start < 2; start++) {
            final Process child = ChildJvm.of(List.of(), Opener.class, data.toString())
                    .redirectErrorStream(true)
                    .start();
            final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("", said);
            assertEquals(0, child.waitFor());
        }
        assertThrows(
                ClassNotFoundException.class,
                () -> Class.forName(
                        "net.openhft.chronicle.analytics.Analytics",
                        false,
                        getClass().getClassLoader()));
        assertFalse(System.getProperty("java.class.path").contains("chronicle-analytics"));
    }

    @Test
    @Timeout(600)
    void shouldReallySyncTheRollFileAndItsFolder() throws Exception {
        Assumptions.assumeTrue(ChildJvm.canRun("strace", "true"), "strace is missing");
        final Path trace = data.resolve("trace");
        final Process child = ChildJvm.of(
                        List.of("strace", "-f", "-y", "-e", "trace=fdatasync,fsync", "-o", trace.toString()),
                        Opener.class,
                        data.toString())
                .inheritIO()
                .start();
        assertEquals(0, child.waitFor());
        final List<String> calls = Files.readAllLines(trace);
        final String folder =
                JournalFiles.directory(data.toRealPath(), "acd1", 1).toString();
        assertTrue(has(calls, "fdatasync(", folder + "/", ".cq4>"), calls::toString);
        assertTrue(has(calls, "fsync(", folder + "/", ".cq4>"), calls::toString);
        assertTrue(has(calls, "fsync(", folder + ">", ""), calls::toString);
    }

    @Test
    @Timeout(600)
    void shouldSyncEverythingFromTheFileOfTheWatermarkOn() throws Exception {
        Assumptions.assumeTrue(ChildJvm.canRun("strace", "true"), "strace is missing");
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            for (int n = 0; n < 40; n++) {
                appendFrame(journal, AT + n / 10 * 600_000_000_000L); // ten to a roll file
            }
        }
        final RollFiles files = new RollFiles(JournalFiles.directory(data.toRealPath(), "acd1", 1), Queues.ROLL_CYCLE);
        assertEquals(4, files.cycles().length);
        for (final long watermark : new long[] {15, 40, -1}) {
            final Path trace = data.resolve("trace");
            final Process child = ChildJvm.of(
                            List.of("strace", "-f", "-y", "-e", "trace=fdatasync,fsync", "-o", trace.toString()),
                            Resumer.class,
                            data.toString(),
                            Long.toString(watermark))
                    .inheritIO()
                    .start();
            assertEquals(0, child.waitFor());
            final List<String> calls = Files.readAllLines(trace);
            final int first = watermark == 15 ? 1 : watermark == 40 ? 3 : 0;
            for (int i = 0; i < 4; i++) {
                assertEquals(
                        i >= first,
                        has(calls, "sync(", files.path(files.cycles()[i]).toString(), ""),
                        () -> "watermark " + watermark + ": " + calls);
            }
        }
    }

    /** Opens as after a kill. */
    static final class Resumer {
        private Resumer() {}

        public static void main(String[] args) {
            final JournalStart start = new JournalStart(1, 40, false, Long.parseLong(args[1]), null, 0);
            JournalOpening.open(Path.of(args[0]), "acd1", JournalSync.GROUP, start)
                    .close();
        }
    }

    private static boolean has(List<String> calls, String call, String what, String end) {
        return calls.stream().anyMatch(c -> c.contains(call) && c.contains(what) && c.contains(end));
    }

    private void appendOne(long expected) {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(expected, appendFrame(journal, AT));
        }
    }

    private static long appendFrame(LinkJournal journal, long atNs) {
        return journal.appendFrame(1, 0, atNs, -1, new byte[10], 0, 10);
    }

    private void holdWriteLock(long pid) {
        final Path metadata = JournalFiles.directory(data, "acd1", 1).resolve(Queues.METADATA);
        try (TableStore<Metadata.NoMeta> table =
                SingleTableBuilder.binary(metadata, Metadata.NoMeta.INSTANCE).build()) {
            assertNotNull(table.doWithExclusiveLock(t -> {
                t.acquireValueFor("chronicle.write.lock").setVolatileValue(pid);
                return t;
            }));
        }
    }

    /** One start, two frames, one stop. */
    static final class Opener {
        private Opener() {}

        public static void main(String[] args) {
            try (LinkJournal journal = LinkJournal.open(Path.of(args[0]), "acd1")) {
                final long atNs = System.currentTimeMillis() * 1_000_000;
                appendFrame(journal, atNs);
                appendFrame(journal, atNs);
                journal.endOfBatch();
                try (JournalReader reader = journal.newReaderOfAll()) {
                    reader.next(new JournalRecord());
                }
            }
        }
    }
}
