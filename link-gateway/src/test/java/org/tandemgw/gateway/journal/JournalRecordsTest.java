package org.tandemgw.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of record, appended, read, and read again after a restart. */
class JournalRecordsTest {
    private static final long AT = 1_795_251_600_000_000_000L; // 2026-11-21T09:00:00Z

    @TempDir
    Path data;

    @Test
    void shouldGiveBackEveryKindAsItWasAppended() {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            appendOneOfEach(journal);
            await().until(() -> journal.readable() == 6);
            assertOneOfEach(journal);
        }
    }

    @Test
    void shouldGiveBackEveryKindAfterARestart() {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(0, journal.last());
            assertEquals(1, journal.oldest());
            appendOneOfEach(journal);
        }
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(6, journal.last());
            assertEquals(6, journal.synced());
            assertEquals(1, journal.gaps());
            assertEquals(1, journal.discontinuities());
            assertOneOfEach(journal);
            assertEquals(7, journal.appendFrame(1, 0, AT, -1, "next".getBytes(UTF_8), 0, 4));
            journal.endOfBatch();
            await().until(() -> journal.readable() == 7);
            try (JournalReader reader = journal.newReader()) {
                assertTrue(reader.seek(7));
                final JournalRecord record = new JournalRecord();
                assertTrue(reader.next(record));
                assertEquals("next", new String(record.bytes(), 0, record.length(), UTF_8));
                assertEquals(AT + 60, record.atNs(), "time never decreases, over restarts neither");
            }
        }
    }

    private static void appendOneOfEach(LinkJournal journal) {
        final byte[] frame = "..Event: NewChannel\r\n".getBytes(UTF_8);
        assertEquals(1, journal.appendFrame(2, 1, AT, 77, frame, 2, frame.length - 2));
        assertEquals(2, journal.appendGap(AT, AT + 50, 3, "both legs \"down\""));
        assertEquals(3, journal.appendDiscontinuity(AT + 60, 2, "order"));
        assertEquals(4, journal.appendMark(AT + 10, "epoch", "1\n2"));
        assertEquals(5, journal.appendLost(1, AT, 70_000, "ab".repeat(32), "too long"));
        assertEquals(6, journal.appendFrame(1, 0, AT, -1, new byte[65_534], 0, 65_534));
        journal.endOfBatch();
    }

    private static void assertOneOfEach(LinkJournal journal) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            assertTrue(reader.next(record));
            assertEquals(RecordKind.FRAME, record.kind());
            assertEquals(1, record.sequence());
            assertEquals(AT, record.atNs());
            assertEquals(2, record.leg());
            assertEquals(1, record.direction());
            assertEquals(77, record.dialectSequence());
            assertEquals("Event: NewChannel\r\n", text(record));
            assertEquals(
                    "{\"sequence\":1,\"kind\":\"frame\",\"at\":\"2026-11-21T09:00:00Z\",\"leg\":2,\"direction\":1,"
                            + "\"dialectSequence\":77,\"length\":19,\"crc\":\"2d7a72a4\","
                            + "\"bytes\":\"RXZlbnQ6IE5ld0NoYW5uZWwNCg==\"}",
                    RecordJson.of(record));
            assertTrue(reader.next(record));
            assertEquals(
                    "{\"kind\":\"gap\",\"sequence\":2,\"at\":\"2026-11-21T09:00:00.000000050Z\","
                            + "\"from\":\"2026-11-21T09:00:00Z\",\"to\":\"2026-11-21T09:00:00.000000050Z\","
                            + "\"after\":1,\"legs\":[1,2],\"why\":\"both legs \\\"down\\\"\"}",
                    RecordJson.of(record));
            assertEquals(RecordKind.GAP, record.kind());
            assertTrue(reader.next(record));
            assertEquals(
                    "{\"kind\":\"discontinuity\",\"sequence\":3,\"at\":\"2026-11-21T09:00:00.000000060Z\","
                            + "\"after\":2,\"legs\":[2],\"why\":\"order\"}",
                    text(record));
            assertTrue(reader.next(record));
            assertEquals(
                    "{\"kind\":\"mark\",\"sequence\":4,\"at\":\"2026-11-21T09:00:00.000000060Z\","
                            + "\"mark\":\"epoch\",\"text\":\"1\\u000a2\"}",
                    text(record));
            assertTrue(reader.next(record));
            assertEquals(RecordKind.LOST, record.kind());
            assertFalse(record.damaged());
            assertEquals(
                    "{\"kind\":\"lost\",\"sequence\":5,\"at\":\"2026-11-21T09:00:00.000000060Z\",\"leg\":1,"
                            + "\"length\":70000,\"digest\":\"" + "ab".repeat(32) + "\",\"why\":\"too long\"}",
                    text(record));
            assertTrue(reader.next(record));
            assertArrayEquals(new byte[65_534], Arrays.copyOf(record.bytes(), record.length()));
            assertEquals(AT + 60, record.atNs());
            assertTrue(reader.position() == 7 || reader.next(record));
        }
    }

    private static String text(JournalRecord record) {
        return new String(record.bytes(), 0, record.length(), UTF_8);
    }
}
