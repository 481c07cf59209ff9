package org.tandemgw.gateway.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The files of ledgers, one for each epoch and ACD: whole or not at all. The newest {@link #MOST_FILES} are kept, and of those no more than {@link #MOST_BYTES};
 * older ones are deleted, those of the newest epoch never. No thread of its own; one writer, any readers, also on a stopped site.
 */
public final class LedgerShelf {
    /** Below {@code data}. */
    public static final String FOLDER = "ledger";

    static final int MOST_FILES = 200;
    static final long MOST_BYTES = 1L << 30;

    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-([A-Za-z0-9-]{1,6})\\.jsonl");
    private static final String LAST_LINE = "{\"total\":";
    private static final int LONGEST_LAST_LINE = 8_192;

    private final Path folder;

    /** What a reader is given. */
    @FunctionalInterface
    public interface Lines {
        /** One line, in their order. */
        void next(LedgerLine line) throws IOException;
    }

    /** One line as it stands in the file, without its end. */
    @FunctionalInterface
    public interface Texts {
        /** The next. */
        void next(String line) throws IOException;
    }

    /** One file. */
    public record Name(long epoch, String acd, Path file) {}

    /** Below this data folder; nothing need be there. */
    public LedgerShelf(Path data) {
        folder = data.resolve(FOLDER);
    }

    Path folder() {
        return folder;
    }

    /** Where this ledger is, or would be. */
    public Path file(long epoch, String acd) {
        return folder.resolve(epoch + "-" + acd + ".jsonl");
    }

    LedgerWriting write(long epoch, String acd) throws IOException {
        create();
        return new LedgerWriting(file(epoch, acd));
    }

    /** Telephone numbers are nobody else's business. */
    void create() throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }

    /** All that there are, the oldest first. */
    public List<Name> all() throws IOException {
        final List<Name> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                final Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    all.add(new Name(Long.parseLong(name.group(1)), name.group(2), file));
                }
            });
        } catch (NoSuchFileException e) {
            return List.of(); // none yet
        }
        all.sort(Comparator.comparingLong(Name::epoch).thenComparing(Name::acd));
        return all;
    }

    /**
     * What a ledger adds up to, without reading it all.
     *
     * @throws IOException if it cannot be read, or is not whole; the message names it
     */
    public static LedgerTotal total(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            final byte[] end = new byte[(int) Math.min(in.length(), LONGEST_LAST_LINE)];
            in.seek(in.length() - end.length);
            in.readFully(end);
            final String text = new String(end, StandardCharsets.UTF_8).stripTrailing();
            final LedgerTotal total = last(text.substring(text.lastIndexOf('\n') + 1));
            if (total == null) {
                throw new IOException(file + " is not whole: its last line is no total");
            }
            return total;
        }
    }

    /** Null if the line is none. */
    private static LedgerTotal last(String line) throws IOException {
        if (!line.startsWith(LAST_LINE)) {
            return null;
        }
        try {
            return JsonRecords.read(line, LedgerWriting.Last.class).total();
        } catch (JsonFormatException e) {
            throw new IOException("a ledger's last line cannot be understood: " + e.getMessage(), e);
        }
    }

    /** Reads all lines of calls. */
    public static void read(Path file, Lines each) throws IOException {
        texts(file, text -> each.next(line(file, text)));
    }

    /** The first lines with this fate, at most so many. */
    static void first(Path file, String fate, long most, Consumer<LedgerLine> each) throws IOException {
        final String wanted = ",\"fate\":\"" + fate + "\",";
        long rest = most;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = rest > 0 ? in.readLine() : null; line != null && rest > 0; line = in.readLine()) {
                if (line.contains(wanted)) {
                    each.accept(line(file, line));
                    rest--;
                }
            }
        }
    }

    private static LedgerLine line(Path file, String text) throws IOException {
        try {
            return JsonRecords.read(text, LedgerLine.class);
        } catch (JsonFormatException e) {
            throw new IOException(file + " cannot be understood: " + e.getMessage(), e);
        }
    }

    /** The same as {@link #read}, as they stand there. */
    public static void texts(Path file, Texts each) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null && !line.startsWith(LAST_LINE); line = in.readLine()) {
                each.next(line);
            }
        }
    }

    /** Deletes what is too much; returns that. */
    List<Name> prune() throws IOException {
        final List<Name> gone = new ArrayList<>();
        final List<Name> all = all();
        long bytes = 0;
        for (int i = all.size() - 1; i >= 0; i--) {
            final Name name = all.get(i);
            bytes += Files.size(name.file());
            if (name.epoch() != all.get(all.size() - 1).epoch()
                    && (all.size() - i > MOST_FILES || bytes > MOST_BYTES)) {
                Files.deleteIfExists(name.file());
                gone.add(name);
            }
        }
        return gone;
    }

    /** Removes what was being written when the process ended. Before anything is written. */
    void sweep() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (final Path each : files.filter(file -> file.toString().endsWith(LedgerWriting.NEW))
                        .toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
