package org.tandemgw.gateway.intake;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.recovery.WrittenMarks;

/**
 * The marks of switchovers in the journal of an ACD: each is written once, however often it is asked for. Intake thread, but for {@link #written}.
 *
 * <p>What is written is told before it is appended: whoever has seen a record in the journal finds its mark here.
 */
public final class MarkBook {
    private static final Logger LOG = LoggerFactory.getLogger(MarkBook.class);

    /** Beyond so many marks that wait for room the newest are left out. */
    private static final int MOST_OWED = 16;

    private record Owed(long atNs, SwitchMark mark) {}

    private final LinkJournal journal;
    private final BooleanSupplier room;
    private final Deque<Owed> owed = new ArrayDeque<>();
    private SwitchMark asked;
    private volatile WrittenMarks written;

    /** The newest beginning that was asked for, with when. */
    private volatile SwitchMark begun;

    /** What the last run was asked for and has not come to; it is written with the first that is asked for now. */
    private SwitchMark late;

    /**
     * Of this journal.
     *
     * @param room whether such a mark can be written now
     */
    public MarkBook(LinkJournal journal, BooleanSupplier room) {
        this.journal = journal;
        this.room = room;
    }

    /**
     * Before the start: what was written by earlier runs.
     *
     * @param known what the control file says; null: nothing
     * @param through how far the journal was appended when it said so; what came then is looked through
     * @param owed the beginning of an attempt that was asked for, with when, and may not be there; null: none
     */
    public void restore(WrittenMarks known, long through, SwitchMark owed) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReaderOfAll()) {
            if (known != null && isThere(known.newest(), known.commence(), reader, record)) {
                final boolean both = known.switched() > 0
                        && isThere(known.newest().as(SwitchMark.What.SWITCHED), known.switched(), reader, record);
                written = new WrittenMarks(known.newest(), known.commence(), both ? known.switched() : 0);
            }
            reader.seek(Math.max(journal.oldest(), Math.min(through, journal.last()) + 1));
            while (reader.next(record)) {
                final SwitchMark found = SwitchMark.of(record);
                if (found != null) {
                    written = with(found, record.sequence());
                }
            }
        }
        asked = written == null
                ? null
                : written.switched() == 0 ? written.newest() : written.newest().as(SwitchMark.What.SWITCHED);
        if (owed != null && journal.last() > 0 && (asked == null || asked.epoch() < owed.epoch())) {
            late = owed;
            begun = owed;
        }
    }

    /** A beginning is about to be asked for: from now on the next start has to know it, until it is durable. Any thread. */
    public void begins(SwitchMark mark, Instant now) {
        if (mark.what() == SwitchMark.What.COMMENCE) {
            begun = mark.began() == null ? mark.late(now) : mark;
        }
    }

    /**
     * The beginning that is asked for and that is not durable yet, with when; null: none. Any thread.
     *
     * @param through what is durable
     */
    public SwitchMark owed(long through) {
        final SwitchMark newest = begun;
        final WrittenMarks there = written;
        return newest == null
                        || there != null
                                && there.newest().epoch() >= newest.epoch()
                                && (there.newest().epoch() > newest.epoch() || there.commence() <= through)
                ? null
                : newest;
    }

    /** What is not kept any more was there. */
    private boolean isThere(SwitchMark mark, long sequence, JournalReader reader, JournalRecord record) {
        return sequence < journal.oldest()
                || reader.seek(sequence) && reader.next(record) && mark.says(SwitchMark.of(record));
    }

    /** Writes it unless it is there, as soon as there is room for it. Of a success the epoch is enough. */
    public void write(SwitchMark mark, long atNs) {
        if (late != null) {
            final SwitchMark before = late;
            late = null;
            write(before, atNs);
        }
        final boolean begins = mark.what() == SwitchMark.What.COMMENCE;
        final boolean news = asked == null
                ? begins
                : begins
                        ? mark.epoch() > asked.epoch()
                        : mark.epoch() == asked.epoch() && asked.what() == SwitchMark.What.COMMENCE;
        if (!news) {
            if (!begins && mark.epoch() > (asked == null ? 0 : asked.epoch()) && journal.last() > 0) {
                LOG.warn(
                        "{}: the switchover with epoch {} has succeeded, but nobody knows that it began: there are no marks, no recovery session and no account of calls of it",
                        journal.acd(),
                        mark.epoch());
            }
            return;
        }
        if (owed.size() == MOST_OWED) {
            LOG.warn("{}: no room for the mark '{}'", journal.acd(), mark.text());
            return;
        }
        asked = begins ? mark : asked.as(SwitchMark.What.SWITCHED);
        owed.add(new Owed(atNs, asked));
        writeOwed();
    }

    /** Writes those that waited, as far as there is room now. */
    public void writeOwed() {
        while (!owed.isEmpty() && room.getAsBoolean()) {
            final Owed next = owed.remove();
            written = with(next.mark, journal.last() + 1);
            journal.appendMark(next.atNs, SwitchMark.WORD, next.mark.text());
        }
    }

    private WrittenMarks with(SwitchMark mark, long sequence) {
        if (mark.what() == SwitchMark.What.COMMENCE) {
            return new WrittenMarks(mark, sequence, 0);
        }
        return written == null || written.newest().epoch() != mark.epoch()
                ? written
                : new WrittenMarks(written.newest(), written.commence(), sequence);
    }

    /** What the next start has to know; null: nothing. Any thread. */
    public WrittenMarks written() {
        return written;
    }
}
