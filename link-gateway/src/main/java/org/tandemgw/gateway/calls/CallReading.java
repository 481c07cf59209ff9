package org.tandemgw.gateway.calls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.books.CallBooks;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.recovery.ListedTable;
import org.tandemgw.gateway.recovery.MarkListener;
import org.tandemgw.gateway.recovery.MarkedTable;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallText;

/**
 * The duty cycle of the calls of one ACD: reads the journal, as far as feeds may send it, and what the ACD listed beside it, and folds both into the table,
 * in an order that is the same at every start. One thread, whichever it is; it waits for the disk at most.
 */
final class CallReading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallReading.class);
    /** So many steps at a time: then it is somebody else's turn. */
    private static final int STEPS_PER_TURN = 256;

    /** A snapshot is due after so many records, and when reading them again would take some fifty times as long as writing it. */
    private static final long RECORDS_PER_SNAPSHOT = 100_000;

    private static final int SNAPSHOT_BYTES_PER_RECORD = 50;

    private final LinkJournal journal;
    private final JournalReader reader;
    private final JournalRecord record = new JournalRecord();
    private final CallEvent whole = new CallEvent();
    private final ListDesk desk;
    private final ListBook book;
    private final SnapshotShelf shelf;
    private final CallBooks books;
    private final CallDecoder decoder;
    private final boolean endsOnly;
    private final CallTable table;
    private final EventsAhead ahead;
    private final List<MarkListener> marks = new ArrayList<>();
    private long position;
    private long shotAt;
    private long shotEntries;

    /** When what is being folded in came, by our clock. */
    private long cameNs;

    /** The table was told already that nobody listened here: the gap record that says so once frames come tells nothing new. */
    private boolean outageTold;

    /** By the last frame that told the ACD's time: what comes without one is told in it all the same. */
    private long acdAheadNs;

    /** Behind which record the list that is under way began; -1: none is that was seen to begin. */
    private long listAfter = -1;

    /** An entry could not be kept, so the rest of its list is worth nothing. */
    private boolean listBroken;

    /** Frames and items that the decoder failed on, though there is nothing that it should fail on. */
    private long undecoded;

    /** What the decoder handed on is being folded in: what fails now is not the decoder. */
    private boolean folding;

    /**
     * Goes on where the last run left off.
     *
     * @param dialect makes a decoder that hands on to what it is given
     */
    CallReading(CallKeeper.Settings settings, Function<Consumer<CallEvent>, CallDecoder> dialect, ListDesk desk)
            throws IOException {
        this.journal = settings.journal();
        this.desk = desk;
        this.decoder = dialect.apply(this::apply);
        this.endsOnly = decoder.tellsOnlyOfEnds();
        final var folder = Folders.make(settings.data(), journal.acd(), journal.generation());
        books = settings.books().isEmpty()
                ? null
                : new CallBooks(
                        settings.books().get(),
                        journal.acd(),
                        journal.generation(),
                        folder.getParent(),
                        journal.last());
        shelf = new SnapshotShelf(folder, settings.limits(), settings.minFreeBytes(), books);
        final SnapshotShelf.Shot shot = shelf.newest(journal.last());
        table = shot.table();
        ahead = new EventsAhead(table, this::foldIn);
        if (books != null) {
            books.keep(table);
        }
        outageTold = shot.outageTold();
        acdAheadNs = shot.acdAheadNs();
        shotAt = shot.position();
        shotEntries = shot.entries();
        book = new ListBook(
                folder, shot.entries(), journal.oldest() - 1, journal.last(), settings.minFreeBytes(), desk::done);
        reader = journal.newReader();
        position = shot.position();
        if (journal.oldest() > position + 1) {
            skipTo(journal.oldest());
        } else {
            reader.seek(position + 1);
        }
        if (journal.last() > 0) {
            // Between the runs nobody listened.
            desk.linkDown(journal.last(), journal.newestAtNs());
        }
    }

    /** A little work; how much it was, 0 if there was none. */
    int turn() {
        takeFromDesk();
        if (reader.lostItsPlace()) {
            skipTo(journal.oldest());
            return 1;
        }
        int steps = listed(position);
        while (steps < STEPS_PER_TURN && reader.next(record)) {
            takeFromDesk(); // what was there before this record is there now
            steps += 1 + listed(record.sequence() - 1);
            fold();
            position = record.sequence();
        }
        ahead.flush();
        for (final MarkListener each : marks) {
            steps += each.goOn(journal.acd()) ? 1 : 0;
        }
        if (books != null) {
            books.flush();
        }
        if (position - shotAt >= Math.max(RECORDS_PER_SNAPSHOT, shelf.lastBytes() / SNAPSHOT_BYTES_PER_RECORD)) {
            shoot();
        }
        return steps;
    }

    private void takeFromDesk() {
        for (ListEntry entry = desk.poll(); entry != null; entry = desk.poll()) {
            keep(entry);
        }
    }

    private void keep(ListEntry entry) {
        if (entry.kind() == ListEntry.Kind.DOWN || entry.kind() == ListEntry.Kind.BEGAN) {
            listBroken = false;
        }
        if (listBroken) {
            desk.done(entry);
        } else {
            listBroken = !book.add(entry);
        }
    }

    /** What counts behind records up to this one; returns how much it was. */
    private int listed(long through) {
        int steps = 0;
        for (ListEntry entry = book.peek(); entry != null && entry.after() <= through; entry = book.peek()) {
            book.take();
            ahead.flush();
            steps++;
            final long sequence = Math.max(entry.after(), table.sequence());
            final long atNs = entry.atNs() + acdAheadNs;
            cameNs = entry.atNs();
            switch (entry.kind()) {
                case DOWN -> {
                    apply(whole.begin(CallEventKind.GAP, sequence, atNs));
                    outageTold = true;
                }
                case BEGAN -> {
                    apply(whole.begin(CallEventKind.LIST_BEGAN, sequence, atNs));
                    listAfter = entry.after();
                }
                case ITEM -> item(entry.bytes(), sequence, atNs);
                case ENDED -> {
                    if (entry.allAgents()) {
                        apply(whole.begin(CallEventKind.AGENTS_LISTED, sequence, atNs));
                    }
                    if (entry.allCalls()) {
                        apply(whole.begin(CallEventKind.CALLS_LISTED, sequence, atNs));
                        tellOfList();
                    }
                    listAfter = -1;
                }
            }
        }
        return steps;
    }

    /** Unless it was broken off: then nothing is concluded from it. */
    private void tellOfList() {
        ahead.flush();
        if (listAfter >= 0 && table.complete()) {
            final ListedTable at = new ListedTable(journal.acd(), listAfter, acdAheadNs, table);
            marks.forEach(each -> each.listed(at));
        }
    }

    /** Is told of the marks of switchovers, and of what the ACD lists, in their order. Before the first turn. */
    void onMark(MarkListener listener) {
        marks.add(listener);
    }

    private void fold() {
        final RecordKind kind = record.kind();
        cameNs = record.atNs();
        if (kind == RecordKind.MARK) {
            tellOfSwitch();
            return;
        }
        if (kind == RecordKind.FRAME) {
            if (endsOnly) {
                settle();
            }
            decode();
        } else if (kind != RecordKind.GAP || !outageTold) {
            apply(whole.begin(CallEventKind.GAP, record.sequence(), record.atNs()));
        }
        outageTold = false;
    }

    private void decode() {
        try {
            decoder.decode(record.bytes(), 0, record.length(), record.sequence(), record.atNs());
        } catch (RuntimeException e) {
            undecoded(e, record.sequence(), record.atNs());
        }
    }

    private void item(byte[] bytes, long sequence, long atNs) {
        try {
            decoder.item(bytes, 0, bytes.length, sequence, atNs);
        } catch (RuntimeException e) {
            undecoded(e, sequence, atNs);
        }
    }

    /** Something may have happened to a call that nobody was told of: as behind a gap. What the ACD says is no reason to end, nor is what we make of it. */
    private void undecoded(RuntimeException e, long sequence, long atNs) {
        if (folding) {
            throw e;
        }
        if (undecoded++ == 0) {
            LOG.error(
                    "{}: what the ACD said at record {} could not be read, which is a fault of this program: the calls are not"
                            + " sure from there on. Said once; the status counts them (calls.undecoded)",
                    journal.acd(),
                    sequence,
                    e);
        }
        apply(whole.begin(CallEventKind.GAP, sequence, atNs));
    }

    /** Where calls are told of when they have ended there is none that could be unsure: what comes from here on is all there is. */
    private void settle() {
        if (!table.complete()) {
            ahead.flush();
            apply(whole.begin(CallEventKind.LIST_BEGAN, record.sequence(), record.atNs()));
            apply(whole.begin(CallEventKind.AGENTS_LISTED, record.sequence(), record.atNs()));
            apply(whole.begin(CallEventKind.CALLS_LISTED, record.sequence(), record.atNs()));
            ahead.flush();
        }
    }

    /** No snapshot is written behind a mark before everybody is done with it: after a kill the table comes to it again. */
    private void tellOfSwitch() {
        final SwitchMark mark = SwitchMark.of(record);
        if (mark == null) {
            return;
        }
        if (mark.what() == SwitchMark.What.SWITCHED) {
            apply(whole.begin(CallEventKind.SWITCHED, record.sequence(), record.atNs() + acdAheadNs)
                    .text(CallText.PARTY, mark.to()));
        }
        ahead.flush();
        final MarkedTable at =
                new MarkedTable(journal.acd(), mark, record.sequence(), record.atNs(), acdAheadNs, table);
        for (final MarkListener each : marks) {
            if (mark.what() == SwitchMark.What.COMMENCE) {
                each.commenced(at);
            } else {
                each.switched(at);
            }
        }
    }

    /** Records before this one are not kept any more. */
    private void skipTo(long sequence) {
        // Between the two calls it may have been dropped as well; then the next turn finds that out.
        reader.seek(sequence);
        position = sequence - 1;
        outageTold = false;
        apply(whole.begin(CallEventKind.GAP, Math.max(position, table.sequence()), record.atNs()));
        ahead.flush();
    }

    private void apply(CallEvent event) {
        if (event.acdNs() != 0) {
            acdAheadNs = event.acdNs() - event.arrivedNs();
        }
        folding = true;
        ahead.add(event, cameNs);
        folding = false;
    }

    private void foldIn(CallEvent event, long atNs) {
        if (books != null) {
            books.advance(atNs, event.sequence());
        }
        table.apply(event);
    }

    /** Writes a snapshot, unless the last one is as new, or a mark is not done with. */
    void shoot() {
        if (marks.stream().anyMatch(each -> each.isOwing(journal.acd()))) {
            return;
        }
        if (position != shotAt || book.position() != shotEntries) {
            if (book.force() && (books == null || books.force())) {
                shelf.write(new SnapshotShelf.Shot(table, position, book.position(), acdAheadNs, outageTold));
                book.prune(journal.oldest());
            }
            shotAt = position; // also if it failed: it is tried again with the next
            shotEntries = book.position();
        }
    }

    /** What is written down; null if nothing is. */
    CallBooks books() {
        return books;
    }

    CallTable table() {
        return table;
    }

    /** How often the disk did not do what it should. */
    long diskErrors() {
        return book.diskErrors() + shelf.diskErrors() + (books == null ? 0 : books.diskErrors());
    }

    /** How many frames and items the decoder failed on. */
    long undecoded() {
        return undecoded;
    }

    /** How far the ACD's clock is before ours; 0 if it tells no times. */
    long acdAheadNs() {
        return acdAheadNs;
    }

    /** The last record that is in the table. */
    long position() {
        return position;
    }

    @Override
    public void close() {
        reader.close();
        try {
            if (books != null) {
                books.close();
            }
            book.close();
        } catch (IOException e) {
            LOG.warn("{}: what the ACD listed may not survive a power loss: {}", journal.acd(), e.toString());
        }
    }
}
