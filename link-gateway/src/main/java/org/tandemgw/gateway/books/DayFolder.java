package org.tandemgw.gateway.books;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one ACD in one folder, {@code <acd>-<day>.csv}: which there are, what was the last line, a new one, and those that are old enough to go. A clock that was ahead
 * leaves a file of a day to come, so no file is looked at as the last one only because its day is. One thread.
 */
final class DayFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DayFolder.class);

    /** A whole line is shorter; where it is not, more is read. */
    private static final int TAIL_BYTES = 1 << 16;

    /** With each new file: twice as many as come, so a shorter {@code keep} is reached some day, and a clock that is wrong takes no more than this each of its days. */
    private static final int MOST_DELETED = 2;

    private final Path folder;
    private final String acd;
    private final String header;
    private final Predicate<String> whole;
    private final long keptDays;

    /** What was the last line, and in the file of which day. */
    record Last(LinePosition at, LocalDate day) {}

    DayFolder(DayFiles.Settings settings) throws IOException {
        folder = settings.folder();
        acd = settings.acd();
        header = settings.header() + "\r\n";
        whole = settings.whole();
        keptDays = settings.keptDays();
        create();
    }

    Path path(LocalDate of) {
        return folder.resolve(acd + "-" + of + ".csv");
    }

    /**
     * The last line of all files; what is torn is cut off.
     *
     * @param known a line that was written, wherever it is
     */
    Last last(LinePosition known) throws IOException {
        LinePosition last = LinePosition.NONE;
        LocalDate day = null;
        for (final LocalDate each : days(folder, acd)) {
            final LinePosition there = last(path(each), known);
            if (there.compareTo(last) > 0) {
                last = there;
                day = each;
            }
        }
        return new Last(last.compareTo(known) > 0 ? last : known, day);
    }

    private LinePosition last(Path file, LinePosition known) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
            return LinePosition.NONE; // somebody has put it there: it is not written to either
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "rw")) {
            final String begin = read(in, 0, header.length());
            if (!begin.equals(header)) {
                if (header.startsWith(begin)) {
                    in.setLength(0);
                }
                return LinePosition.NONE; // of another version: what is in it stays in it
            }
            final String tail = read(in, Math.max(0, in.length() - TAIL_BYTES), TAIL_BYTES);
            final int end = tail.length() - 2;
            if (tail.endsWith("\r\n") && tail.lastIndexOf('\n', end) >= 0) {
                final String line = tail.substring(tail.lastIndexOf('\n', end) + 1, end);
                final LinePosition at = LinePosition.endOf(line);
                if (at != null && at.compareTo(known) <= 0 && whole.test(line)) {
                    return at;
                }
            }
            return cut(file, in);
        }
    }

    private static String read(RandomAccessFile in, long from, int most) throws IOException {
        final byte[] bytes = new byte[(int) Math.min(most, in.length() - from)];
        in.seek(from);
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private LinePosition cut(Path file, RandomAccessFile in) throws IOException {
        LinePosition found = LinePosition.NONE;
        // Of a large file the last of it will do: what was added at once is not larger than what may wait.
        final long from = Math.max(header.length(), in.length() - DayFiles.MOST_WAITING - (1 << 20));
        in.seek(from);
        final byte[] bytes = new byte[(int) (in.length() - from)];
        in.readFully(bytes);
        long sound = from == header.length() ? from : in.length();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            final String line = new String(bytes, begin, Math.max(0, i - 1 - begin), StandardCharsets.UTF_8);
            final LinePosition at = LinePosition.endOf(line);
            begin = i + 1;
            if (at != null && whole.test(line)) {
                sound = from + begin;
                found = at;
            }
        }
        if (sound < in.length()) {
            LOG.info("{} is whole up to byte {}; the rest goes, and is made again", file, sound);
            in.setLength(sound);
        }
        return found;
    }

    /** The file of a day, with its header; one of another version is put aside. */
    FileChannel open(LocalDate day) throws IOException {
        create();
        final Path file = path(day);
        if (Files.exists(file) && Files.size(file) > 0 && !hasHeader(file)) {
            putAside(file);
        }
        final FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        if (channel.size() == 0) {
            try {
                final ByteBuffer bytes = ByteBuffer.wrap(header.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes, bytes.position());
                }
            } catch (IOException e) {
                channel.truncate(0);
                channel.close();
                throw e;
            }
            deleteBefore(day);
        }
        return channel;
    }

    private boolean hasHeader(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            return read(in, 0, header.length()).equals(header);
        }
    }

    private static void putAside(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".other");
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.resolveSibling(file.getFileName() + ".other" + i);
        }
        Files.move(file, aside);
    }

    /** Counted from the newest file before: the day that begins may be one to which the clock has leapt. */
    private void deleteBefore(LocalDate begins) {
        try {
            final List<LocalDate> before = days(folder, acd).stream()
                    .filter(each -> each.isBefore(begins))
                    .toList();
            for (int i = 0; i < Math.min(MOST_DELETED, before.size()); i++) {
                if (before.get(i).plusDays(keptDays).isBefore(before.get(before.size() - 1))) {
                    Files.deleteIfExists(path(before.get(i)));
                }
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be rid of a file that is kept no longer: {}", folder, e.toString());
        }
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

    private void create() throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }
}
