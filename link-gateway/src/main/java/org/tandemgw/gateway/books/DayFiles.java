package org.tandemgw.gateway.books;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines in one file for each day, {@code <acd>-<day>.csv}, each once: a start makes again what it is not sure of, and what is there already is not written again. Which line is
 * the last tells its end ({@link LinePosition}); a torn one is cut off. What was the last one when the files were synced stands beside them too, so files of earlier days can be
 * taken away. One thread.
 *
 * <p>Bounded: what cannot be written waits, up to {@link #MOST_WAITING} bytes, whatever days it is of; beyond that nothing is written until the next start, which makes it again.
 */
final class DayFiles implements AutoCloseable {
    static final int MOST_WAITING = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(DayFiles.class);
    private static final int LOOK_AT_ROOM_AFTER_BYTES = 1 << 20;
    private static final long TRY_AGAIN_AFTER_NS = 1_000_000_000L;

    /**
     * What is kept where.
     *
     * @param place where it stands what was the last line; a file
     * @param whole of a line: whether what was added at once ends with it
     * @param keptDays files of days before are deleted
     */
    record Settings(
            Path folder,
            String acd,
            String header,
            Path place,
            Predicate<String> whole,
            long keptDays,
            long minFreeBytes) {}

    /** What waits for the file of one day, and the last line of it. */
    private static final class Waiting {
        final LocalDate day;
        final StringBuilder lines = new StringBuilder();
        LinePosition last;

        Waiting(LocalDate day) {
            this.day = day;
        }
    }

    private final Settings settings;
    private final LongSupplier nowNs;
    private final DayFolder folder;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int waits;
    private LinePosition last;
    private LinePosition written;

    /** Of the file that was written to last. */
    private LocalDate day;

    private FileChannel channel;
    private long length;
    private long unlooked = LOOK_AT_ROOM_AFTER_BYTES;
    /** Why the last attempt failed; empty: it did not. */
    private String failure = "";

    private long triedNs;
    private boolean givenUp;
    private long diskErrors;

    DayFiles(Settings settings) throws IOException {
        this(settings, System::nanoTime);
    }

    /** @param nowNs a clock that nobody sets */
    DayFiles(Settings settings, LongSupplier nowNs) throws IOException {
        this.settings = settings;
        this.nowNs = nowNs;
        folder = new DayFolder(settings);
        final DayFolder.Last there = folder.last(place());
        last = there.at();
        day = there.day();
        written = last;
    }

    /** Adds lines that belong together, unless they are there. */
    void add(long utcNs, LinePosition at, String lines) {
        if (at.compareTo(last) <= 0 || givenUp) {
            return;
        }
        if (waits + lines.length() > MOST_WAITING && waits > 0) {
            tryNow();
            if (waits > 0) {
                giveUp();
                return;
            }
        }
        last = at;
        final LocalDate into = into(LocalDate.ofInstant(Instant.ofEpochSecond(0, utcNs), ZoneOffset.UTC));
        if (waiting.isEmpty() || !waiting.getLast().day.equals(into)) {
            waiting.add(new Waiting(into));
        }
        waiting.getLast().lines.append(lines);
        waiting.getLast().last = at;
        waits += lines.length();
    }

    /**
     * What comes late goes into the file that was written to last: one of a day that is over does not change any more. Unless it is days late: then the clock was ahead, and
     * that file is of a day to come.
     */
    private LocalDate into(LocalDate of) {
        final LocalDate newest = waiting.isEmpty() ? day : waiting.getLast().day;
        return newest != null && of.equals(newest.minusDays(1)) ? newest : of;
    }

    private void giveUp() {
        givenUp = true;
        LOG.warn(
                "{}: too much waits, so nothing more is written there until the next start, which makes up for it",
                settings.folder());
    }

    /** Writes what waits, while that fails not more than once a second; false if it still waits. */
    boolean flush() {
        if (waits > 0 && (failure.isEmpty() || nowNs.getAsLong() - triedNs >= TRY_AGAIN_AFTER_NS)) {
            tryNow();
        }
        return waits == 0 && !givenUp;
    }

    private void tryNow() {
        triedNs = nowNs.getAsLong();
        try {
            write();
            failure = "";
        } catch (IOException e) {
            if (failure.isEmpty()) {
                LOG.warn("{} cannot be written to, so it waits: {}", settings.folder(), e.toString());
            }
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
            diskErrors++;
        }
    }

    private void write() throws IOException {
        if (unlooked + waits > LOOK_AT_ROOM_AFTER_BYTES || !failure.isEmpty()) {
            if (Files.getFileStore(settings.folder()).getUsableSpace() - settings.minFreeBytes() < MOST_WAITING) {
                throw new IOException("the disk has no room for it above min-free");
            }
            unlooked = 0;
        }
        while (!waiting.isEmpty()) {
            final Waiting next = waiting.getFirst();
            final byte[] bytes = next.lines.toString().getBytes(StandardCharsets.UTF_8);
            open(next.day);
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer, length + buffer.position());
            }
            length += bytes.length;
            unlooked += bytes.length;
            waits -= next.lines.length();
            written = next.last;
            waiting.removeFirst();
        }
    }

    private void open(LocalDate wanted) throws IOException {
        if (channel != null && wanted.equals(day) && Files.exists(folder.path(day))) {
            return;
        }
        if (channel != null) {
            channel.force(true);
            channel.close();
            channel = null;
            keepPlace();
        }
        channel = folder.open(wanted);
        day = wanted;
        length = channel.size();
    }

    /** Writes all, and makes it survive a power loss; false if that does not succeed. */
    boolean force() {
        if (waits > 0) {
            tryNow();
        }
        if (waits > 0 || givenUp) {
            return false;
        }
        try {
            if (channel != null) {
                channel.force(true);
            }
            keepPlace();
            return true;
        } catch (IOException e) {
            diskErrors++;
            LOG.warn("{} may not survive a power loss: {}", settings.folder(), e.toString());
            return false;
        }
    }

    /** How often the disk did not do what it should. */
    long diskErrors() {
        return diskErrors;
    }

    /** Why what there is to write is not written; empty: it is. */
    String trouble() {
        if (givenUp) {
            return "nothing more is written to " + settings.folder()
                    + " until Tandem is started again, which makes up for it: too much has waited";
        }
        return failure.isEmpty() ? "" : settings.folder() + " cannot be written to, so it waits: " + failure;
    }

    /** What is written is synced by now. */
    private void keepPlace() throws IOException {
        if (written.compareTo(place()) > 0) {
            SmallFile.write(settings.place(), written.text() + "\n");
        }
    }

    private LinePosition place() throws IOException {
        if (!Files.exists(settings.place())) {
            return LinePosition.NONE;
        }
        final LinePosition found =
                LinePosition.parse(Files.readString(settings.place()).strip());
        return found == null ? LinePosition.NONE : found;
    }

    @Override
    public void close() throws IOException {
        if (waits > 0) {
            tryNow();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
