package org.tandemgw.gateway.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.StartDecision;
import org.tandemgw.gateway.house.Chance;

/**
 * A machine loses its power: each page that was not synced is on the disk in its old or in its new form, as chance has it. What was
 * synced is there afterwards, byte for byte; what was not is cut, and its sequences are used again.
 */
class PowerCutJournalTest {
    private static final long AT = 1_795_251_600_000_000_000L;
    private static final int PAGE = 4096;

    private final long seed = Chance.seed();

    @TempDir
    Path folder;

    @Test
    @Timeout(600)
    void shouldKeepWhatWasSyncedAndUseTheOtherSequencesAgain() throws Exception {
        cut(10);
    }

    /** The two newest files are left without a record; the start puts them aside and writes another under the name of one. */
    @Test
    void shouldReadWhatWasWrittenInPlaceOfAFileThatWasFoundEmptyBefore() throws Exception {
        final long empty = 42_329_524_480_413L;
        new Image(folder, new Random(empty)).check("with " + empty);
    }

    @Test
    @Tag("slow")
    @Timeout(1200)
    void shouldDoSoHoweverThePagesFall() throws Exception {
        cut(100);
    }

    /** It was there before the cut was made, has read up to a place before it, and goes on behind it. */
    @Test
    @Timeout(600)
    void shouldShowNothingOfTheOldTailToAReaderInAnotherProcess() throws Exception {
        final Path data = folder.resolve("data");
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            append(journal, "old", 200);
        }
        final Path file = rollFile(data);
        final byte[] bytes = Files.readAllBytes(file);
        final int torn = new String(bytes, ISO_8859_1).indexOf("old-150-");
        bytes[torn] ^= 1;
        Files.write(file, bytes);
        final Process child = ChildJvm.of(List.of(), Follower.class, data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(child.getInputStream()));
                PrintStream orders = new PrintStream(child.getOutputStream(), true)) {
            orders.println(120);
            for (int n = 1; n <= 120; n++) {
                assertTrue(said.readLine().startsWith(n + " old-" + n + "-"));
            }
            final ControlState.Acd known = known(100);
            final StartDecision decision = StartDecision.of(
                    ControlFile.Condition.SOUND,
                    known,
                    "boot-2",
                    JournalSurvey.of(data, "acd1", 1, StartDecision.lookFrom(known)));
            assertEquals(149, decision.last());
            try (LinkJournal journal = JournalOpening.open(data, "acd1", JournalSync.NONE, decision.order(AT))) {
                append(journal, "new", 260);
                orders.println(260);
                for (int n = 121; n <= 260; n++) {
                    final String expected =
                            n < 150 ? "old-" + n + "-" : n == 150 ? "{\"kind\":\"mark\"" : "new-" + n + "-";
                    final String line = said.readLine();
                    assertTrue(line.startsWith(n + " " + expected), line);
                }
            }
            assertTrue(
                    new String(Files.readAllBytes(rollFile(data)), ISO_8859_1).contains("old-200-"),
                    "what the file has is left as it is");
        } finally {
            child.destroyForcibly();
        }
    }

    private static void append(LinkJournal journal, String what, long last) {
        while (journal.last() < last) {
            final byte[] frame = (what + "-" + (journal.last() + 1) + "-").getBytes(UTF_8);
            journal.appendFrame(1, 0, AT, -1, frame, 0, frame.length);
        }
    }

    private static Path rollFile(Path data) {
        final RollFiles files = new RollFiles(JournalFiles.directory(data, "acd1", 1), Queues.ROLL_CYCLE);
        return files.path(files.cycles()[0]);
    }

    /** Reads on to each sequence that it is told, and says what it reads. */
    static final class Follower {
        private Follower() {}

        public static void main(String[] args) throws IOException {
            final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
            final JournalRecord record = new JournalRecord();
            try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(Path.of(args[0]), "acd1", 1));
                    JournalReader reader = journal.newReader()) {
                for (String to = orders.readLine(); to != null; to = orders.readLine()) {
                    while (reader.position() <= Long.parseLong(to) && reader.next(record)) {
                        System.out.println(
                                record.sequence() + " " + new String(record.bytes(), 0, record.length(), UTF_8));
                    }
                    System.out.flush();
                }
            }
        }
    }

    private static ControlState.Acd known(long watermark) {
        return new ControlState.Acd(
                "acd1",
                1,
                watermark,
                watermark,
                new ControlState.Run("boot-1", "group", false),
                List.of(new ControlState.Hold("east", watermark, "confirmed")),
                null,
                List.of());
    }

    private void cut(int images) throws Exception {
        int torn = 0;
        for (int image = 0; image < images; image++) {
            final Path here = Files.createDirectories(folder.resolve("image-" + image));
            torn += new Image(here, new Random(seed + image)).check("replay with -Dtandem.seed=" + (seed + image));
            delete(here);
        }
        assertTrue(torn > 0, "some of " + images + " must have been torn, seed " + seed);
    }

    /** One machine that loses its power. */
    private static final class Image {
        private final Path data;
        private final Path synced;
        private final Path now;
        private final Random random;
        private final List<byte[]> written = new ArrayList<>();
        private long atNs = AT;

        Image(Path folder, Random random) {
            this.data = folder.resolve("data");
            this.synced = folder.resolve("synced");
            this.now = folder.resolve("now");
            this.random = random;
        }

        /** Returns 1 if something was cut. */
        int check(String told) throws Exception {
            final long watermark = writeAndCut();
            try (StoredJournal elsewhere = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                    JournalReader other = elsewhere.newReader()) {
                final StartDecision decision = decide(watermark, "boot-2");
                assertTrue(decision.kind() != StartDecision.Kind.NEW_GENERATION, () -> decision + " " + told);
                assertTrue(decision.last() >= watermark, () -> decision + " < " + watermark + " " + told);
                readTo(other, Math.min(decision.last(), watermark - random.nextInt(5)), told);
                restart(decision, told);
                readTo(other, written.size(), told);
                readTo(elsewhere.newReader(), written.size(), told);
                // Started and stopped again, on the same boot, and once more after a power cut that cost nothing.
                restart(decide(written.size(), "boot-1"), told);
                restart(decide(written.size(), "boot-3"), told);
                readTo(other, written.size(), told);
                return decision.kind() == StartDecision.Kind.CUT_TAIL ? 1 : 0;
            }
        }

        private long writeAndCut() throws IOException {
            final Path source = data.resolveSibling("source");
            final long watermark;
            try (LinkJournal journal = LinkJournal.open(source, "acd1", JournalSync.NONE)) {
                append(journal, 1 + random.nextInt(1_500));
                watermark = written.size();
                copy(source, synced);
                append(journal, random.nextInt(1_500));
                copy(source, now);
            }
            tear();
            return watermark;
        }

        private void append(LinkJournal journal, int count) {
            for (int i = 0; i < count; i++) {
                atNs += 1_000; // all that one sync leaves undone came within a moment, in whatever many files
                if (random.nextInt(500) == 0) {
                    journal.endFile();
                }
                final byte[] frame = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 9_000 : 300)];
                random.nextBytes(frame);
                assertEquals(written.size() + 1, journal.appendFrame(1, 0, atNs, -1, frame, 0, frame.length));
                written.add(frame);
            }
        }

        private void tear() throws IOException {
            final double survives = random.nextDouble();
            for (final Path file : files(now)) {
                final Path relative = now.relativize(file);
                final Path before = synced.resolve(relative);
                if (!Files.exists(before) && random.nextInt(4) == 0) {
                    continue; // nor was its name synced
                }
                final byte[] is = Files.readAllBytes(file);
                final byte[] was =
                        Arrays.copyOf(Files.exists(before) ? Files.readAllBytes(before) : new byte[0], is.length);
                for (int page = 0; page < is.length; page += PAGE) {
                    if (random.nextDouble() > survives) {
                        System.arraycopy(was, page, is, page, Math.min(PAGE, is.length - page));
                    }
                }
                Files.createDirectories(data.resolve(relative).getParent());
                Files.write(data.resolve(relative), is);
            }
        }

        private StartDecision decide(long watermark, String boot) {
            final ControlState.Acd known = known(watermark);
            final JournalSurvey found = JournalSurvey.of(data, "acd1", 1, StartDecision.lookFrom(known));
            return StartDecision.of(ControlFile.Condition.SOUND, known, boot, found);
        }

        /** Opens as decided, appends some, and compares everything. */
        private void restart(StartDecision decision, String told) {
            while (written.size() > decision.last()) {
                written.remove(written.size() - 1);
            }
            try (LinkJournal journal = JournalOpening.open(data, "acd1", JournalSync.GROUP, decision.order(atNs))) {
                if (decision.mark() != null) {
                    written.add(RecordJson.mark(
                            decision.last() + 1, markAt(journal, decision), JournalStart.RESTART, decision.mark()));
                }
                assertEquals(written.size(), journal.last(), told);
                append(journal, 1 + random.nextInt(700));
                journal.endOfBatch();
                await().until(() -> journal.readable() == journal.last());
                assertEquals(null, journal.fault(), told);
                try (JournalReader reader = journal.newReader()) {
                    readTo(reader, written.size(), told);
                    for (int i = 0; i < 20; i++) {
                        assertTrue(reader.seek(1 + random.nextInt(written.size())), told);
                        readTo(reader, Math.min(written.size(), reader.position() + 3), told);
                    }
                }
                assertEquals(written.size() < 1_000, journal.digest(1_000) == null, told);
            }
        }

        private long markAt(LinkJournal journal, StartDecision decision) {
            final JournalRecord mark = new JournalRecord();
            try (JournalReader reader = journal.newReaderOfAll()) {
                assertTrue(reader.seek(decision.last() + 1));
                assertTrue(reader.next(mark));
                return mark.atNs();
            }
        }

        private void readTo(JournalReader reader, long last, String told) {
            final JournalRecord record = new JournalRecord();
            while (reader.position() <= last) {
                assertTrue(reader.next(record), () -> "no " + reader.position() + " " + told);
                assertFalse(record.damaged(), () -> RecordJson.of(record) + " " + told);
                final byte[] expected = written.get((int) record.sequence() - 1);
                assertTrue(
                        Arrays.equals(expected, 0, expected.length, record.bytes(), 0, record.length()),
                        () -> record.sequence() + " differs: " + new String(record.bytes(), 0, record.length(), UTF_8)
                                + " " + told);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (final Path file : files(from)) {
            final Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        final List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new java.nio.file.SimpleFileVisitor<>() {
            @Override
            public java.nio.file.FileVisitResult visitFile(
                    Path file, java.nio.file.attribute.BasicFileAttributes attributes) {
                if (!file.toString().contains(".seal")) { // made beside it all by a thread of its own
                    files.add(file);
                }
                return java.nio.file.FileVisitResult.CONTINUE;
            }

            @Override
            public java.nio.file.FileVisitResult visitFileFailed(Path file, IOException why) {
                return java.nio.file.FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (final Path path :
                    all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
