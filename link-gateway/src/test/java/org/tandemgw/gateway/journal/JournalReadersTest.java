package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers that follow while intake appends. */
class JournalReadersTest {
    private static final long AT = 1_795_251_600_000_000_000L;

    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource(JournalSync.class)
    @Timeout(600)
    void shouldGiveEachReaderEveryRecordInOrder(JournalSync sync) throws Exception {
        final long count = 1_000_000;
        final ExecutorService threads = Executors.newFixedThreadPool(3);
        try (LinkJournal journal = LinkJournal.open(data, "acd1", sync)) {
            final List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(follower(journal, count)));
            }
            final byte[] frame = new byte[100];
            for (long n = 1; n <= count; n++) {
                ByteBuffer.wrap(frame).putLong(n);
                journal.appendFrame(1, 0, AT + n, -1, frame, 0, frame.length);
                if (n % 50 == 0) {
                    journal.endOfBatch();
                }
            }
            for (final Future<Long> reader : readers) {
                assertEquals(count, reader.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Woken by the journal alone: it never looks on its own. */
    private static Callable<Long> follower(LinkJournal journal, long count) {
        return () -> {
            final Semaphore wakes = new Semaphore(0);
            final Runnable wake = wakes::release;
            journal.onReadable(wake);
            final JournalRecord record = new JournalRecord();
            long expected = 0;
            try (JournalReader reader = journal.newReader()) {
                while (expected < count) {
                    while (reader.next(record)) {
                        expected++;
                        if (record.sequence() != expected
                                || ByteBuffer.wrap(record.bytes()).getLong() != expected) {
                            throw new AssertionError("wanted " + expected + ", got " + RecordJson.of(record));
                        }
                    }
                    if (expected < count) {
                        wakes.acquire();
                        wakes.drainPermits();
                    }
                }
            } finally {
                journal.offReadable(wake);
            }
            return expected;
        };
    }

    @Test
    void shouldWakeOnceABatchWithoutSync() {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            final AtomicInteger wakes = new AtomicInteger();
            journal.onReadable(wakes::incrementAndGet);
            for (int batch = 1; batch <= 10; batch++) {
                for (int i = 0; i < 7; i++) {
                    journal.appendFrame(1, 0, AT, -1, new byte[10], 0, 10);
                }
                journal.endOfBatch();
                journal.endOfBatch();
                assertEquals(batch, wakes.get());
            }
        }
    }

    @Test
    void shouldShowNothingBeforeItIsSynced() {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.GROUP);
                JournalReader reader = journal.newReader();
                JournalReader opener = journal.newReaderOfAll()) {
            final JournalRecord record = new JournalRecord();
            journal.appendFrame(1, 0, AT, -1, new byte[10], 0, 10);
            assertTrue(opener.next(record), "whoever opened it sees the unsynced tail");
            journal.endOfBatch();
            await().until(() -> journal.synced() == 1);
            assertTrue(reader.next(record));
        }
    }

    @Test
    void shouldLetAReaderFinishAfterTheJournalIsClosed() {
        final LinkJournal journal = LinkJournal.open(data, "acd1");
        final JournalReader reader = journal.newReader();
        for (int n = 0; n < 100; n++) {
            journal.appendFrame(1, 0, AT, -1, new byte[10], 0, 10);
        }
        journal.close();
        final JournalRecord record = new JournalRecord();
        for (int n = 1; n <= 100; n++) {
            assertTrue(reader.next(record));
            assertEquals(n, record.sequence());
            assertFalse(record.damaged());
        }
        assertFalse(reader.next(record));
        reader.close();
        reader.close();
        journal.close();
    }

    @ParameterizedTest
    @EnumSource(JournalSync.class)
    void shouldAllocateNothingPerRecord(JournalSync sync) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long me = Thread.currentThread().getId();
        final int count = 200_000;
        final byte[] frame = new byte[256];
        try (LinkJournal journal = LinkJournal.open(data, "acd1", sync);
                JournalReader reader = journal.newReaderOfAll()) {
            final JournalRecord record = new JournalRecord();
            append(journal, frame, count);
            read(reader, record, count);
            final long atFirst = threads.getThreadAllocatedBytes(me);
            append(journal, frame, count);
            final long appended = threads.getThreadAllocatedBytes(me);
            read(reader, record, count);
            final long read = threads.getThreadAllocatedBytes(me);
            // What is left is Chronicle's: some objects for each MiB that it maps.
            assertTrue(appended - atFirst < count, () -> (appended - atFirst) + " bytes for " + count + " appends");
            assertTrue(read - appended < count, () -> (read - appended) + " bytes for " + count + " reads");
        }
    }

    private static void append(LinkJournal journal, byte[] frame, int count) {
        for (int i = 0; i < count; i++) {
            journal.appendFrame(1, 0, AT, -1, frame, 0, frame.length);
            if (i % 16 == 0) {
                journal.endOfBatch();
            }
        }
    }

    private static void read(JournalReader reader, JournalRecord record, int count) {
        for (int i = 0; i < count; i++) {
            if (!reader.next(record)) {
                throw new AssertionError("nothing at " + reader.position());
            }
        }
    }
}
