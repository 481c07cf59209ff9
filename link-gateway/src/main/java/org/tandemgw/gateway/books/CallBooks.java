package org.tandemgw.gateway.books;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
    private final IntervalLengths lengths;
    private final CallRecords records;

    /** Who was active when the journal began. */
    private final String first;

    private IntervalBook book;
    private long utcNs;
    private long sequence;
    private long index;
    private long changesAt;

    /**
     * Of this ACD.
     *
     * @param places where it is kept what was written last
     * @param last the last record of the journal: what comes then is counted as the settings say, what is made again up to there as it was
     */
    public CallBooks(BookSettings settings, String acd, int generation, Path places, long last) throws IOException {
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
        lengths = IntervalLengths.open(
                places.resolve("interval-lengths"),
                generation,
                last,
                settings.interval().toSeconds());
        book = empty(0);
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

    /** @param at behind which record */
    private IntervalBook empty(long at) {
        sequence = at;
        index = 0;
        changesAt = lengths.nextChange(at);
        return new IntervalBook(
                TimeUnit.SECONDS.toNanos(lengths.secondsAt(at)),
                TrunkGroups.BY_NAME,
                BookSettings.MOST_ACCOUNTS,
                this::over);
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
        if (record >= changesAt) {
            book.length(TimeUnit.SECONDS.toNanos(lengths.secondsAt(record)));
            changesAt = lengths.nextChange(record);
        }
    }

    private void over(IntervalPart part) {
        final LinePosition at = new LinePosition(generation, part.sequence(), part.index());
        intervals.add(part.fromNs(), at, IntervalFile.lines(acd, intervalS(), part, at));
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

    /** How long intervals are by now. */
    public long intervalS() {
        return TimeUnit.NANOSECONDS.toSeconds(book.intervalNs());
    }

    /** Of the journal. */
    public int generation() {
        return generation;
    }

    /** How often the disk did not do what it should. */
    public long diskErrors() {
        return intervals.diskErrors() + (records == null ? 0 : records.diskErrors());
    }

    /** What cannot be written, and why; empty: all can. */
    public String trouble() {
        final String counted = intervals.trouble();
        final String written = records == null ? "" : records.trouble();
        return (counted.isEmpty() ? "" : "interval statistics: " + counted)
                + (counted.isEmpty() || written.isEmpty() ? "" : "; ")
                + (written.isEmpty() ? "" : "call records: " + written);
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
        book = empty(head.getLong(0));
        book.read(source);
        index = head.getLong(Long.BYTES);
    }

    /** Nothing of what was read counts. */
    public void forget() {
        book = empty(0);
    }

    @Override
    public void close() throws IOException {
        intervals.close();
        if (records != null) {
            records.close();
        }
    }
}
