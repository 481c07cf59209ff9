package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Where roll files end that a power cut has torn: the file {@code cuts} beside the queue, one line per cut: cycle, first void
 * sequence, CRC-32C of both. A cut file is never changed again, but what it holds from there on was never shown to anybody and
 * never counts; those sequences are used in the files behind it. Written before anything is appended, read by any thread.
 */
final class JournalCuts {
    static final String NAME = "cuts";

    /** Whole files that lie behind a cut go here. */
    static final String ASIDE = "cut";

    private static final Pattern LINE = Pattern.compile("(\\d{1,10}) (\\d{1,18}) [0-9a-f]{8}");
    private static final long NONE = Long.MAX_VALUE;

    private final Path directory;
    private volatile Map<Integer, Long> firstVoid = Map.of();

    JournalCuts(Path directory) {
        this.directory = directory;
        load();
    }

    /** Looks at the file again. A line that is torn was not acted on. */
    void load() {
        final Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return;
        }
        final Map<Integer, Long> found = new HashMap<>();
        try {
            for (final String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                final Matcher words = LINE.matcher(line);
                if (words.matches()) {
                    final int cycle = Integer.parseInt(words.group(1));
                    final long first = Long.parseLong(words.group(2));
                    if (line.equals(line(cycle, first))) {
                        found.merge(cycle, first, Math::min);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        firstVoid = Map.copyOf(found);
    }

    /** The first sequence that a cycle's file does not hold, whatever is in it. */
    long firstVoid(int cycle) {
        final Map<Integer, Long> known = firstVoid;
        return known.isEmpty() ? NONE : known.getOrDefault(cycle, NONE);
    }

    boolean isCut(int cycle) {
        return firstVoid.containsKey(cycle);
    }

    /** From {@code first} on the file of {@code cycle} is void. Returns once that survives a power loss. */
    void cut(int cycle, long first) throws IOException {
        try (FileChannel out = FileChannel.open(
                directory.resolve(NAME),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
            final ByteBuffer line =
                    ByteBuffer.wrap(("\n" + line(cycle, first) + "\n").getBytes(StandardCharsets.ISO_8859_1));
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        }
        GroupSync.forceDirectory(directory);
        load();
    }

    /** A file of which everything is void. */
    void aside(Path file) throws IOException {
        final Path folder = directory.resolve(ASIDE);
        JournalFiles.make(folder);
        Files.deleteIfExists(Seal.beside(file));
        Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        GroupSync.forceDirectory(folder);
        GroupSync.forceDirectory(directory);
    }

    /** The opposite of {@link #aside}, for good. Gives what it deleted. */
    Path forgetAside(Path file) throws IOException {
        final Path aside = directory.resolve(ASIDE).resolve(file.getFileName());
        Files.deleteIfExists(aside);
        return aside;
    }

    private static String line(int cycle, long first) {
        final String both = cycle + " " + first;
        final CRC32C crc = new CRC32C();
        crc.update(both.getBytes(StandardCharsets.ISO_8859_1));
        return both + " " + HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
