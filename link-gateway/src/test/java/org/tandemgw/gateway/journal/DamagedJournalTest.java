package org.tandemgw.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a disk does to a journal, and what readers and the next start make of it. */
class DamagedJournalTest {
    private static final long AT = 1_795_251_600_000_000_000L;
    private static final int COUNT = 2_000;

    @TempDir
    Path data;

    @Test
    void shouldServeARecordWithADamagedByteAsLostAndGoOnBehindIt() throws Exception {
        write(COUNT);
        flip(positionOf(700) + 3);
        assertLost("bytes do not match their checksum", 700);
    }

    @Test
    void shouldServeARecordWithADamagedHeaderAsLostAndGoOnBehindIt() throws Exception {
        write(COUNT);
        flip(positionOf(700) - RecordCodec.HEADER_LENGTH + 15);
        assertLost("header does not match its checksum", 700);
    }

    @Test
    void shouldGoOnBehindADamagedFirstRecordOfAFile() throws Exception {
        write(COUNT);
        flip(positionOf(1));
        assertLost("bytes do not match their checksum", 1);
    }

    @Test
    void shouldLoseNothingToADamagedLengthOfTheQueueItself() throws Exception {
        write(COUNT);
        // The four bytes before a record are Chronicle's: how far it is to the next.
        flip(positionOf(700) - RecordCodec.HEADER_LENGTH - 4);
        assertEquals(List.of(), readAll());
    }

    @Test
    void shouldFindItsFeetAgainAfterAZeroedPage() throws Exception {
        write(COUNT);
        overwrite(positionOf(900) - 40, new byte[4096]);
        final List<Long> lost = readAll();
        assertTrue(lost.get(0) == 900, lost::toString);
        assertTrue(lost.size() <= 4096 / 163 + 2, () -> lost.size() + " lost");
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(COUNT, journal.last(), "what is sound behind the hole keeps its sequence");
        }
    }

    @Test
    void shouldUseTheSequencesOfATornTailAgain() throws Exception {
        write(COUNT);
        flip(positionOf(COUNT) + 2);
        flip(positionOf(COUNT - 1) + 2);
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(COUNT - 2, journal.last());
            append(journal, COUNT - 1);
            append(journal, COUNT);
            append(journal, COUNT + 1);
            journal.endOfBatch();
            await().until(() -> journal.readable() == COUNT + 1);
        }
        assertEquals(List.of(), readAll());
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(COUNT + 1, journal.last());
        }
        assertEquals(List.of(), readAll());
    }

    @Test
    void shouldKeepCountsAndDigestWhenARecordOfAnOlderBlockIsDamaged() throws Exception {
        write(COUNT);
        final String before;
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            before = journal.digest(2000);
            assertNotNull(before);
        }
        flip(positionOf(1_500));
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(before, journal.digest(2000));
        }
    }

    @Test
    void shouldRefuseToOpenWhenNothingCanBeRead() throws Exception {
        write(20);
        for (int n = 1; n <= 20; n++) {
            flip(positionOf(n));
        }
        final JournalFaultException refused =
                assertThrows(JournalFaultException.class, () -> LinkJournal.open(data, "acd1"));
        assertTrue(refused.getMessage().contains("cannot open the journal in"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 1_310_720})
    @Timeout(600)
    void shouldPassByARollFileThatHadOnlyJustBegun(int size) throws Exception {
        write(COUNT);
        final RollFiles files = new RollFiles(JournalFiles.directory(data, "acd1", 1), Queues.ROLL_CYCLE);
        Files.write(files.path(files.cycles()[0] + 1), new byte[size]);
        assertEquals(List.of(), readAll());
        for (int start = 1; start <= 2; start++) {
            try (LinkJournal journal = LinkJournal.open(data, "acd1");
                    JournalReader reader = journal.newReader()) {
                assertEquals(COUNT + start - 1, journal.last());
                append(journal, COUNT + start);
                journal.endOfBatch();
                await().until(() -> journal.readable() == journal.last());
                final JournalRecord record = new JournalRecord();
                assertTrue(reader.seek(COUNT - 1));
                while (reader.next(record)) {
                    assertFalse(record.damaged());
                }
                assertEquals(journal.last() + 1, reader.position());
            }
            assertEquals(List.of(), readAll());
        }
    }

    @Test
    @Timeout(600)
    void shouldKeepWhatIsLeftOfAFileThatHasLostItsEnd() throws Exception {
        write(COUNT);
        try (RandomAccessFile file = new RandomAccessFile(rollFile().toFile(), "rw")) {
            file.setLength(positionOf(1_500) + 3);
        }
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(1_499, journal.last());
            append(journal, 1_500);
            append(journal, 1_501);
        }
        assertEquals(List.of(), readAll());
    }

    @Test
    @Timeout(600)
    void shouldSetAsideAFileThatHasLostItsHeadAndStillReadIt() throws Exception {
        write(COUNT);
        final Path file = rollFile();
        overwrite(0, new byte[8]);
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(COUNT, journal.last());
            append(journal, COUNT + 1);
            final JournalDamage damage = journal.damage();
            final Path aside = file.resolveSibling("quarantine").resolve(file.getFileName());
            assertEquals(List.of(aside), damage.quarantined());
            assertEquals(0, damage.records());
            assertTrue(damage.text().contains(file.getFileName().toString()), damage.text());
        }
        assertFalse(Files.exists(file));
        assertEquals(List.of(), readAll());
    }

    private void assertLost(String why, long sequence) {
        assertEquals(List.of(sequence), readAll());
        try (LinkJournal journal = LinkJournal.open(data, "acd1");
                JournalReader reader = journal.newReader()) {
            final JournalRecord record = new JournalRecord();
            assertTrue(reader.seek(sequence));
            assertTrue(reader.next(record));
            assertEquals(RecordKind.LOST, record.kind());
            assertTrue(record.damaged());
            assertEquals(
                    "{\"kind\":\"lost\",\"sequence\":" + sequence + ",\"why\":\"" + why + "\"}",
                    new String(record.bytes(), 0, record.length(), UTF_8));
            assertEquals(COUNT, journal.last());
            assertEquals(COUNT + 1, journal.appendFrame(1, 0, AT, -1, new byte[1], 0, 1));
        }
    }

    private void write(int count) {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            for (int n = 1; n <= count; n++) {
                append(journal, n);
            }
            journal.endOfBatch();
        }
    }

    private static void append(LinkJournal journal, long n) {
        final byte[] frame = marker(n);
        assertEquals(n, journal.appendFrame(1, 0, AT, -1, frame, 0, frame.length));
    }

    private static byte[] marker(long n) {
        return String.format("<frame-%08d>%0100d", n, n).getBytes(UTF_8);
    }

    /** The sequences that came as damaged; checks that all others came as they were written. */
    private List<Long> readAll() {
        final List<Long> lost = new ArrayList<>();
        final JournalRecord record = new JournalRecord();
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                JournalReader reader = journal.newReader()) {
            long expected = 1;
            while (reader.next(record)) {
                assertEquals(expected++, record.sequence());
                if (record.damaged()) {
                    lost.add(record.sequence());
                } else if (record.length() > 1) {
                    assertEquals(
                            new String(marker(record.sequence()), UTF_8),
                            new String(record.bytes(), 0, record.length(), UTF_8));
                }
            }
            assertEquals(journal.last() + 1, expected);
        }
        return lost;
    }

    private Path rollFile() {
        final RollFiles files = new RollFiles(JournalFiles.directory(data, "acd1", 1), Queues.ROLL_CYCLE);
        return files.path(files.cycles()[0]);
    }

    private long positionOf(long n) throws Exception {
        final String content = new String(Files.readAllBytes(rollFile()), java.nio.charset.StandardCharsets.ISO_8859_1);
        final int at = content.indexOf(String.format("<frame-%08d>", n));
        assertTrue(at > 0);
        return at;
    }

    private void flip(long position) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(rollFile().toFile(), "rw")) {
            file.seek(position);
            final int was = file.read();
            file.seek(position);
            file.write(was ^ 0x20);
        }
    }

    private void overwrite(long position, byte[] with) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(rollFile().toFile(), "rw")) {
            file.seek(position);
            file.write(with);
        }
    }
}
