package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chained digest, beside an implementation of its own that knows only the definition. */
class DigestTest {
    private static final long AT = 1_795_251_600_000_000_000L;

    @TempDir
    Path data;

    private final Random random = new Random(7);

    @Test
    void shouldEqualWhatAServerComputesFromTheRecords() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, 5_300);
            assertDigests(journal, 5);
            assertNull(journal.digest(6_000));
            assertNull(journal.digest(0));
            assertNull(journal.digest(1_500));
        }
    }

    @Test
    void shouldGoOnInTheMiddleOfABlockAfterARestart() throws Exception {
        for (int start = 0; start < 5; start++) {
            try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
                append(journal, 777);
                assertDigests(journal, (int) (journal.last() / 1_000));
            }
        }
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, 12_000);
        }
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, 115);
            assertDigests(journal, 16);
            assertEquals(3 * 5 + 12_000 / 259, journal.gaps(), 3);
        }
    }

    @Test
    void shouldBeRebuiltFromTheRecordsWhenItsFileIsGoneOrDamaged() throws Exception {
        final long gaps;
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, 25_123);
            gaps = journal.gaps();
        }
        final Path digests = JournalFiles.directory(data, "acd1", 1).resolve(DigestFile.NAME);
        Files.delete(digests);
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertDigests(journal, 25);
            assertEquals(gaps, journal.gaps());
        }
        try (RandomAccessFile file = new RandomAccessFile(digests.toFile(), "rw")) {
            file.seek(48 * 9 + 5);
            file.write(new byte[48 * 20]);
        }
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertDigests(journal, 25);
            assertEquals(gaps, journal.gaps());
        }
    }

    @Test
    void shouldMendOneEntryAndKeepThoseBehindIt() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, 8_050);
        }
        final Path digests = JournalFiles.directory(data, "acd1", 1).resolve(DigestFile.NAME);
        try (RandomAccessFile file = new RandomAccessFile(digests.toFile(), "rw")) {
            file.seek(48 * 2 + 5);
            file.write(new byte[20]);
        }
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertDigests(journal, 8);
        }
    }

    private void append(LinkJournal journal, int count) {
        final byte[] frame = new byte[300];
        for (int i = 0; i < count; i++) {
            if ((journal.last() + 1) % 259 == 0) {
                journal.appendGap(AT, AT, 3, "test");
            } else {
                random.nextBytes(frame);
                journal.appendFrame(1, 0, AT, -1, frame, 0, random.nextInt(300));
            }
        }
        journal.endOfBatch();
    }

    private static void assertDigests(LinkJournal journal, int blocks) throws Exception {
        byte[] digest = new byte[32];
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReaderOfAll()) {
            for (int block = 1; block <= blocks; block++) {
                final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                sha256.update(digest);
                for (int i = 0; i < 1_000; i++) {
                    reader.next(record);
                    final int crc = crc32c(record.bytes(), record.length());
                    for (int shift = 24; shift >= 0; shift -= 8) {
                        sha256.update((byte) (crc >> shift));
                    }
                }
                digest = sha256.digest();
                assertEquals(HexFormat.of().formatHex(digest), journal.digest(block * 1_000L), "block " + block);
            }
        }
    }

    /** Bit by bit, from the polynomial. */
    private static int crc32c(byte[] bytes, int length) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ (crc & 1) * 0x82f63b78;
            }
        }
        return ~crc;
    }
}
