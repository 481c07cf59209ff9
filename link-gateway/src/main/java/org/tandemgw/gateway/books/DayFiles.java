package org.tandemgw.gateway.books;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines in one file for each day, {@code <acd>-<day>.csv}, each once: a start makes again what it is not sure of, and what is there already is not written again. Which line is
 * the last tells its end ({@link LinePosition}); a torn one is cut off. What was the last one when the files were synced stands beside them too, so files of earlier days can be
 * taken away. One thread.
 *
 * <p>Bounded: what cannot be written waits, up to {@link #MOST_WAITING} bytes; beyond that nothing is written until the next start, which makes it again.
 */
final class DayFiles implements AutoCloseable {
    static final int MOST_WAITING = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(DayFiles.class);
    private static final int LOOK_AT_ROOM_AFTER_BYTES = 1 << 20;

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

    private final Settings settings;
    private final StringBuilder waiting = new StringBuilder();
    private LocalDate waitingDay;
    private LinePosition last;
    private LinePosition written;
    private LocalDate day;
    private FileChannel channel;
    private long length;
    private long unlooked = LOOK_AT_ROOM_AFTER_BYTES;
    private boolean failing;
    private boolean givenUp;
    private long diskErrors;

    DayFiles(Settings settings) throws IOException {
        this.settings = settings;
        create(settings.folder());
        last = place();
        final List<LocalDate> days = days();
        if (!days.isEmpty()) {
            final LinePosition there = cut(path(days.get(days.size() - 1)));
            last = there.compareTo(last) > 0 ? there : last;
        }
        written = last;
    }

    /** Adds lines that belong together, unless they are there. */
    void add(long utcNs, LinePosition at, String lines) {
        if (at.compareTo(last) <= 0 || givenUp) {
            return;
        }
        final LocalDate of = LocalDate.ofInstant(Instant.ofEpochSecond(0, utcNs), ZoneOffset.UTC);
        // What comes late goes into the newest file: a file of a day that is over does not change any more.
        final LocalDate newest = waitingDay != null ? waitingDay : day;
        final LocalDate into = newest != null && of.isBefore(newest) ? newest : of;
        if (waitingDay != null && !waitingDay.equals(into) && !flush()) {
            giveUp();
        }
        if (waiting.length() + lines.length() > MOST_WAITING) {
            flush();
            if (waiting.length() > 0) {
                giveUp();
            }
        }
        if (givenUp) {
            return;
        }
        last = at;
        waitingDay = into;
        waiting.append(lines);
    }

    private void giveUp() {
        givenUp = true;
        LOG.warn(
                "{}: too much waits, so nothing is written there until the next start, which makes up for it",
                settings.folder());
    }

    /** Writes what waits; false if it still waits. */
    boolean flush() {
        if (waiting.length() == 0) {
            return !givenUp;
        }
        try {
            write();
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("{} cannot be written to, so it waits: {}", settings.folder(), e.toString());
            }
            failing = true;
            diskErrors++;
        }
        return !failing && !givenUp;
    }

    private void write() throws IOException {
        final byte[] bytes = waiting.toString().getBytes(StandardCharsets.UTF_8);
        unlooked += bytes.length;
        if (unlooked > LOOK_AT_ROOM_AFTER_BYTES || failing) {
            if (Files.getFileStore(settings.folder()).getUsableSpace() - settings.minFreeBytes() < MOST_WAITING) {
                throw new IOException("the disk has no room for it above min-free");
            }
            unlooked = 0;
        }
        open(waitingDay);
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, length + buffer.position());
        }
        length += bytes.length;
        waiting.setLength(0);
        waitingDay = null;
        written = last;
    }

    private void open(LocalDate wanted) throws IOException {
        if (channel != null && wanted.equals(day) && Files.exists(path(day))) {
            return;
        }
        if (channel != null) {
            channel.force(true);
            channel.close();
            channel = null;
            keepPlace();
        }
        create(settings.folder());
        channel = FileChannel.open(path(wanted), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        day = wanted;
        length = channel.size();
        if (length == 0) {
            final ByteBuffer header = ByteBuffer.wrap((settings.header() + "\r\n").getBytes(StandardCharsets.UTF_8));
            while (header.hasRemaining()) {
                channel.write(header, header.position());
            }
            length = header.limit();
        }
        for (final LocalDate old : days()) {
            if (old.plusDays(settings.keptDays()).isBefore(wanted)) {
                Files.deleteIfExists(path(old));
            }
        }
    }

    /** Writes all, and makes it survive a power loss; false if that does not succeed. */
    boolean force() {
        if (!flush()) {
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

    /** What is written is synced by now. */
    private void keepPlace() throws IOException {
        if (written.compareTo(place()) > 0) {
            final Path part = settings.place().resolveSibling(settings.place().getFileName() + ".part");
            Files.writeString(part, written.text() + "\n");
            try (FileChannel synced = FileChannel.open(part, StandardOpenOption.WRITE)) {
                synced.force(true);
            }
            Files.move(part, settings.place(), StandardCopyOption.ATOMIC_MOVE);
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

    /** The last line of a file, without what is torn behind it. */
    private LinePosition cut(Path file) throws IOException {
        LinePosition found = LinePosition.NONE;
        long sound = 0;
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "rw")) {
            // Of a large file the last of it will do: what was added at once is not larger than what may wait.
            final long from = Math.max(0, in.length() - MOST_WAITING - (1 << 20));
            in.seek(from);
            final byte[] bytes = new byte[(int) (in.length() - from)];
            in.readFully(bytes);
            sound = from == 0 ? 0 : in.length();
            boolean header = from == 0;
            int begin = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] != '\n') {
                    continue;
                }
                final String line = new String(bytes, begin, Math.max(0, i - 1 - begin), StandardCharsets.UTF_8);
                final LinePosition at = LinePosition.endOf(line);
                begin = i + 1;
                if (header) {
                    if (!line.equals(settings.header())) {
                        Files.move(file, file.resolveSibling(file.getFileName() + ".other"));
                        return LinePosition.NONE; // of another version: what is in it stays in it
                    }
                    header = false;
                    sound = from + begin;
                } else if (at != null && settings.whole().test(line)) {
                    sound = from + begin;
                    found = at;
                }
            }
            if (sound < in.length()) {
                LOG.info("{} is whole up to byte {}; the rest goes, and is made again", file, sound);
                in.setLength(sound);
            }
        }
        return found;
    }

    private Path path(LocalDate of) {
        return settings.folder().resolve(settings.acd() + "-" + of + ".csv");
    }

    private List<LocalDate> days() throws IOException {
        return days(settings.folder(), settings.acd());
    }

    /** The days of which there are files, in order. */
    static List<LocalDate> days(Path folder, String acd) throws IOException {
        final List<LocalDate> days = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                final String name = file.getFileName().toString();
                if (name.startsWith(acd + "-") && name.endsWith(".csv")) {
                    try {
                        days.add(LocalDate.parse(name.substring(acd.length() + 1, name.length() - 4)));
                    } catch (DateTimeParseException e) {
                        continue; // another ACD's, or somebody's own
                    }
                }
            }
        }
        days.sort(null);
        return days;
    }

    private static void create(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }

    @Override
    public void close() throws IOException {
        flush();
        if (channel != null) {
            channel.close();
        }
    }
}
