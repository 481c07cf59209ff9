package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody asks what there is while the first records of a file are being written: nothing of it is missing. */
@Timeout(600)
class FirstRecordsTest {
    private static final long AT = 1_795_251_600_000_000_000L;

    @TempDir
    Path data;

    @Test
    void shouldBeginWithTheFirstRecordThoughTheFileWasEmptyWhenTheLookBegan() throws Exception {
        final SmallJournal journal = new SmallJournal(data).write(1, 300, new Random(1));
        final Path written = journal.rollFiles().get(0);
        final Path growing = data.resolve("growing");
        Files.write(growing, new byte[(int) Files.size(written)]);
        try (FileWindow window = new FileWindow(growing)) {
            assertEquals(0, window.word(0)); // it has read the beginning, which is written behind its back now
            SmallJournal.overwrite(growing, 0, Files.readAllBytes(written));
            final RecordWalk walk = new RecordWalk(window);
            walk.startAt(0, 0);
            for (int sequence = 1; sequence <= 300; sequence++) {
                assertTrue(walk.next(true));
                assertEquals(sequence, walk.sequence());
            }
            assertEquals(0, walk.irregular());
        }
    }

    @Test
    void shouldMissNothingInTheMiddleThatWasNotThereWhenTheLookBegan() throws Exception {
        final SmallJournal journal = new SmallJournal(data).write(1, 3_000, new Random(2));
        final Path written = journal.rollFiles().get(0);
        final byte[] whole = Files.readAllBytes(written);
        final int grownFrom = (int) SmallJournal.places(written).get(99)[2];
        final byte[] first = new byte[whole.length];
        System.arraycopy(whole, 0, first, 0, grownFrom);
        final Path growing = data.resolve("growing");
        Files.write(growing, first);
        try (FileWindow window = new FileWindow(growing)) {
            final RecordWalk walk = new RecordWalk(window);
            walk.startAt(0, 0);
            for (int sequence = 1; sequence <= 100; sequence++) {
                assertTrue(walk.next(true));
            }
            window.forget();
            assertEquals(0, window.word(walk.place()));
            SmallJournal.overwrite(growing, 0, whole);
            assertTrue(walk.next(true));
            assertEquals(101, walk.sequence());
            assertEquals(0, walk.irregular());
        }
    }

    @Test
    void shouldNotCallARecordDamagedThatWasFinishedSinceItWasLookedAt() throws Exception {
        final SmallJournal journal = new SmallJournal(data).write(1, 300, new Random(3));
        final Path written = journal.rollFiles().get(0);
        final byte[] whole = Files.readAllBytes(written);
        final long[] hundredth = SmallJournal.places(written).get(99);
        final byte[] first = new byte[whole.length];
        System.arraycopy(whole, 0, first, 0, (int) hundredth[2]);
        first[(int) hundredth[1] + 3] |= (byte) 0x80; // Chronicle has not finished it yet
        final Path growing = data.resolve("growing");
        Files.write(growing, first);
        try (FileWindow window = new FileWindow(growing)) {
            final RecordWalk walk = new RecordWalk(window);
            walk.startAt(0, 0);
            for (int sequence = 1; sequence <= 100; sequence++) {
                assertTrue(walk.next(true));
            }
            assertFalse(walk.complete());
            SmallJournal.overwrite(growing, 0, whole);
            assertTrue(walk.next(true));
            assertEquals(101, walk.sequence());
            assertEquals(0, walk.irregular());
        }
    }

    @Test
    void shouldKnowTheOldestWhoeverAsksWhenever() throws Exception {
        for (int round = 0; round < 10; round++) {
            try (LinkJournal journal = LinkJournal.open(data.resolve("" + round), "acd1", JournalSync.NONE)) {
                final List<Asking> asking = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    asking.add(new Asking(journal));
                }
                asking.forEach(Thread::start);
                final byte[] frame = new byte[100];
                for (int n = 1; n <= 2_000; n++) {
                    journal.appendFrame(1, 0, AT + n, -1, frame, 0, frame.length);
                }
                for (final Asking each : asking) {
                    each.join();
                    assertNull(each.wrong);
                }
            }
        }
    }

    private static final class Asking extends Thread {
        private final LinkJournal journal;
        volatile String wrong;

        Asking(LinkJournal journal) {
            super("asking");
            this.journal = journal;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (wrong == null && journal.last() < 2_000) {
                    look();
                }
                look();
            } catch (RuntimeException | Error e) {
                wrong = e.toString();
            }
        }

        private void look() {
            final long oldest = journal.oldest();
            if (oldest != 1) {
                wrong = "the oldest of " + journal.last() + " was " + oldest;
            }
        }
    }
}
