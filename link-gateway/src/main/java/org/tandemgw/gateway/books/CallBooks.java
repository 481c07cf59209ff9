package org.tandemgw.gateway.books;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.DamagedSnapshotException;
import org.tandemgw.recovery.IntervalBook;
import org.tandemgw.recovery.IntervalPart;
import org.tandemgw.recovery.SegmentEnd;
import org.tandemgw.recovery.SnapshotSink;
import org.tandemgw.recovery.SnapshotSource;
import org.tandemgw.recovery.TrunkGroups;

/**
 * What is written down about the calls of one ACD: interval statistics and call records. What it has counted so far is in the table's snapshots, and what comes behind one is made
 * again from the journal; so files go on without a double or a hole, however the process ended. The thread of the table.
 */
public final class CallBooks implements AutoCloseable {
    private static final int HEAD = 2 * Long.BYTES;

    private final BookSettings settings;
    private final String acd;
    private final int generation;
    private final DayFiles intervals;
    private final CallRecords records;

    /** Who was active when the journal began. */
    private final String first;

    private IntervalBook book;
    private long utcNs;
    private long sequence;
    private long index;

    /** @param places where it is kept what was written last; of this ACD */
    public CallBooks(BookSettings settings, String acd, int generation, Path places) throws IOException {
        this.settings = settings;
        this.acd = acd;
        this.generation = generation;
        intervals = new DayFiles(new DayFiles.Settings(
                settings.intervals(),
                acd,
                IntervalFile.HEADER,
                places.resolve("intervals.last"),
                IntervalFile::endsPart,
                settings.keptDays(),
                settings.minFreeBytes()));
        records = settings.records().isPresent()
                ? new CallRecords(settings, settings.records().get(), acd, generation, places)
                : null;
        first = first(places.resolve("active-at-first"));
        book = empty();
    }

    /** Kept in a file: what is made again without a snapshot must be the same, whoever is active by then. */
    private String first(Path file) throws IOException {
        final String begin = generation + " ";
        final String known = Files.exists(file) ? Files.readString(file).strip() : "";
        if (known.startsWith(begin)) {
            return known.substring(begin.length());
        }
        SmallFile.write(file, begin + settings.active() + "\n");
        return settings.active();
    }

    private IntervalBook empty() {
        sequence = 0;
        index = 0;
        return new IntervalBook(
                settings.interval().toNanos(), TrunkGroups.BY_NAME, BookSettings.MOST_ACCOUNTS, this::over);
    }

    /** From here on what this table is told is written down. It and the books are of one snapshot, or both new. */
    public void keep(CallTable ofCalls) {
        book.startWith(first);
        ofCalls.keepBook(book);
        if (records != null) {
            ofCalls.tellSegments(this::ended);
        }
    }

    /** It is that late now. Before an event is folded in. */
    public void advance(long nowNs, long record) {
        utcNs = nowNs;
        if (record != sequence) {
            sequence = record;
            index = 0;
        }
        book.advance(nowNs, record);
    }

    private void over(IntervalPart part) {
        final LinePosition at = new LinePosition(generation, part.sequence(), part.index());
        intervals.add(
                part.fromNs(), at, IntervalFile.lines(acd, settings.interval().toSeconds(), part, at));
    }

    private void ended(CallView call, SegmentEnd how, long atNs) {
        records.ended(call, how, atNs, utcNs, book.server(), sequence, index++);
    }

    /** Writes what waits. */
    public void flush() {
        intervals.flush();
        if (records != null) {
            records.flush();
        }
    }

    /** Writes what waits, and makes it survive a power loss; false if that does not succeed. Then no snapshot may follow: what is missing is made from the one before. */
    public boolean force() {
        return intervals.force() & (records == null || records.force());
    }

    /** The part that is not over yet, up to then; null before anything was counted. */
    public IntervalPart present(long nowNs) {
        return book.begun() ? book.present(nowNs) : null;
    }

    /** How long intervals are. */
    public long intervalS() {
        return settings.interval().toSeconds();
    }

    /** Of the journal. */
    public int generation() {
        return generation;
    }

    /** How often the disk did not do what it should. */
    public long diskErrors() {
        return intervals.diskErrors() + (records == null ? 0 : records.diskErrors());
    }

    /** How often something was counted together with the others of its kind, because there were too many. */
    public long notOpened() {
        return book.notOpened();
    }

    /** Writes what was counted so far. */
    public <X extends Exception> void write(SnapshotSink<X> sink) throws X {
        sink.write(ByteBuffer.allocate(HEAD).putLong(sequence).putLong(index).array(), 0, HEAD);
        book.write(sink);
    }

    /** Reads it again; if that fails, they are empty. */
    public <X extends Exception> void read(SnapshotSource<X> source) throws X, DamagedSnapshotException {
        final ByteBuffer head = ByteBuffer.allocate(HEAD);
        while (head.hasRemaining()) {
            final int read = source.read(head.array(), head.position(), head.remaining());
            if (read <= 0) {
                throw new DamagedSnapshotException("it ends before the books");
            }
            head.position(head.position() + read);
        }
        book = empty();
        book.read(source);
        sequence = head.getLong(0);
        index = head.getLong(Long.BYTES);
    }

    /** Nothing of what was read counts. */
    public void forget() {
        book = empty();
    }

    @Override
    public void close() throws IOException {
        intervals.close();
        if (records != null) {
            records.close();
        }
    }
}
