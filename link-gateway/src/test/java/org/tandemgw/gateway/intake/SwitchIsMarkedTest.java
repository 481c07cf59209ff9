package org.tandemgw.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.recovery.WrittenMarks;

/** Switchovers come and go, and so do runs of Tandem: each mark stands in the journal once. */
@Timeout(600)
class SwitchIsMarkedTest {
    private static final SwitchMark FOUR = commence(4);
    private static final SwitchMark FIVE = commence(5);

    @TempDir
    Path data;

    private long atNs = 1_795_251_600_000_000_000L;

    private static SwitchMark commence(long epoch) {
        return new SwitchMark(SwitchMark.What.COMMENCE, epoch, epoch + 3, epoch == 5 ? null : "cms-east", "cms-west");
    }

    private static SwitchMark switched(long epoch) {
        return new SwitchMark(SwitchMark.What.SWITCHED, epoch, 0, null, "");
    }

    @Test
    void shouldWriteEachOnceHoweverOftenItIsAskedFor() {
        try (LinkJournal journal = open()) {
            final MarkBook book = book(journal);
            book.write(switched(3), ++atNs);
            assertNull(book.written(), "of an attempt that this journal knows nothing of");
            for (int i = 0; i < 3; i++) {
                book.write(FOUR, ++atNs);
            }
            for (int i = 0; i < 3; i++) {
                book.write(switched(4), ++atNs);
                book.write(FOUR, ++atNs);
            }
            book.write(FIVE, ++atNs);
            book.write(switched(4), ++atNs);
            book.write(FOUR, ++atNs);
            assertEquals(
                    List.of(
                            "1 commence: epoch 4, decision 7, cms-east to cms-west",
                            "2 switched: epoch 4, decision 7, cms-east to cms-west",
                            "3 commence: epoch 5, decision 8, - to cms-west"),
                    marks(journal));
            assertEquals(new WrittenMarks(FIVE, 3, 0), book.written());
        }
    }

    @Test
    void shouldKnowAfterAKillWhatWasWrittenSinceTheControlFileWas() {
        try (LinkJournal journal = open()) {
            final MarkBook book = book(journal);
            frame(journal);
            book.write(FOUR, ++atNs);
            frame(journal);
            book.write(switched(4), ++atNs);
            frame(journal);
        }
        for (int through = 0; through <= 5; through++) {
            // Whenever the control file was written, it knows the marks up to there, and perhaps one that was about to
            // be written.
            for (final WrittenMarks known : new WrittenMarks[] {
                through < 2 ? null : new WrittenMarks(FOUR, 2, through < 4 ? 0 : 4),
                new WrittenMarks(FOUR, 2, through < 3 ? 0 : 4)
            }) {
                try (LinkJournal journal = open()) {
                    final MarkBook book = book(journal);
                    book.restore(known, through, null);
                    assertEquals(new WrittenMarks(FOUR, 2, 4), book.written(), "through " + through);
                    book.write(FOUR, ++atNs);
                    book.write(switched(4), ++atNs);
                    assertEquals(5, journal.last());
                }
            }
        }
    }

    @Test
    void shouldWriteWhatAKillOrAPowerLossPrevented() {
        try (LinkJournal journal = open()) {
            frame(journal);
            frame(journal);
        }
        try (LinkJournal journal = open()) {
            final MarkBook book = book(journal);
            book.restore(new WrittenMarks(FOUR, 2, 0), 1, null);
            assertNull(book.written(), "there is another record in its place");
            book.restore(new WrittenMarks(FOUR, 3, 0), 2, null);
            assertNull(book.written(), "it was about to be written");
            book.write(FOUR, ++atNs);
            assertEquals(new WrittenMarks(FOUR, 3, 0), book.written());
        }
    }

    /** As where intake hung, or had no room, until the switchover was over and Tandem was killed. */
    @Test
    void shouldWriteLateWhatWasAskedForBeforeAKillAndSayWhenItBegan() {
        final Instant then = Instant.parse("2026-11-22T03:00:00.250Z");
        try (LinkJournal journal = open()) {
            frame(journal);
            final MarkBook book = book(journal);
            book.begins(FOUR, then);
            assertEquals(FOUR.late(then), book.owed(1), "the control file has it from now on");
        }
        try (LinkJournal journal = open()) {
            final MarkBook book = book(journal);
            book.restore(null, 1, FOUR.late(then));
            assertEquals(FOUR.late(then), book.owed(1), "another kill changes nothing");
            book.write(switched(4), ++atNs);
            assertEquals(
                    List.of(
                            "2 commence: epoch 4, decision 7, cms-east to cms-west, late: it began 2026-11-22T03:00:00.250Z",
                            "3 switched: epoch 4, decision 7, cms-east to cms-west"),
                    marks(journal).subList(1, 3));
            assertEquals(FOUR.late(then), book.owed(1), "it is not durable");
            assertNull(book.owed(2));
        }
        try (LinkJournal journal = open()) {
            final MarkBook book = book(journal);
            book.restore(new WrittenMarks(FOUR, 2, 0), 2, FOUR.late(then));
            assertEquals(2, book.written().commence());
            book.write(switched(4), ++atNs);
            assertEquals(3, journal.last(), "each once");
        }
    }

    @Test
    void shouldBeReadAgainAsItWasSaid() {
        try (LinkJournal journal = open()) {
            journal.appendMark(++atNs, SwitchMark.WORD, FIVE.text());
            journal.appendMark(++atNs, SwitchMark.WORD, "something else");
            journal.appendMark(++atNs, "pause", FIVE.text());
            journal.endOfBatch();
            final List<SwitchMark> read = new ArrayList<>();
            final JournalRecord record = new JournalRecord();
            try (JournalReader reader = journal.newReader()) {
                while (reader.next(record)) {
                    read.add(SwitchMark.of(record));
                }
            }
            assertEquals(FIVE, read.get(0));
            assertNull(read.get(1));
            assertNull(read.get(2));
        }
    }

    private LinkJournal open() {
        return LinkJournal.open(data, "acd1", JournalSync.NONE);
    }

    private static MarkBook book(LinkJournal journal) {
        return new MarkBook(
                journal,
                new IntakeRoom(journal, new LineArbiter(ArbiterSettings.defaults(), new JournalSink(journal)))
                        ::hasRoomForSwitch);
    }

    private void frame(LinkJournal journal) {
        journal.appendFrame(1, 0, ++atNs, -1, new byte[] {'a', '\n'}, 0, 2);
        journal.endOfBatch();
    }

    private static List<String> marks(LinkJournal journal) {
        journal.endOfBatch();
        final List<String> marks = new ArrayList<>();
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            while (reader.next(record)) {
                marks.add(record.sequence() + " " + record.textOfMark(SwitchMark.WORD));
            }
        }
        return marks;
    }
}
