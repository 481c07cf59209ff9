package org.tandemgw.gateway.decision;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The files of decisions, one each: whole or not at all, with a hash of themselves. Of them the newest {@link #MOST_RECORDS} are kept, and of those no more than
 * {@link #MOST_BYTES}; older ones are deleted. No thread of its own; one writer, any readers, also on a stopped site and on another machine.
 */
public final class DecisionLog {
    /** Below {@code data}. */
    public static final String FOLDER = "decisions";

    static final int MOST_RECORDS = 1_000;
    static final long MOST_BYTES = 64L << 20;

    private static final long LARGEST_FILE = 16L << 20;
    private static final Pattern NAME = Pattern.compile("(\\d{6,12})\\.json");
    private static final Pattern SUM = Pattern.compile(",\"sha256\":\"([0-9a-f]{64})\"}\\s*$");
    private static final String NEW = ".new";

    private final Path folder;
    private final int mostRecords;
    private final long mostBytes;

    /** What there is, and what of it cannot be read. */
    public record Found(List<DecisionRecord> records, List<String> damaged) {
        /** Copies the lists. */
        public Found {
            records = List.copyOf(records);
            damaged = List.copyOf(damaged);
        }
    }

    /** Below this data folder; nothing need be there. */
    public DecisionLog(Path data) {
        this(data, MOST_RECORDS, MOST_BYTES);
    }

    DecisionLog(Path data, int mostRecords, long mostBytes) {
        folder = data.resolve(FOLDER);
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /** Where the record of this decision is, or would be. */
    public Path file(long number) {
        return folder.resolve(String.format(java.util.Locale.ROOT, "%06d.json", number));
    }

    /** Keeps a record, in place of an older state of the same decision. It survives the end of the process; the end of the machine after {@link #sync}. */
    public void write(DecisionRecord record) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        final Path file = file(record.number());
        final Path half = file.resolveSibling(file.getFileName() + NEW);
        try {
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
            Files.writeString(half, summed(JsonRecords.write(record)), StandardCharsets.UTF_8);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteQuietly(half);
            throw e;
        }
    }

    /** Makes a record durable. */
    void sync(long number) throws IOException {
        try (FileChannel file = FileChannel.open(file(number), StandardOpenOption.WRITE);
                FileChannel in = FileChannel.open(folder, StandardOpenOption.READ)) {
            file.force(true);
            in.force(true);
        } catch (NoSuchFileException e) {
            return; // deleted meanwhile
        }
    }

    /** Deletes what is too much, the oldest first, and what an end of the process left half written. Never the newest. */
    void prune() throws IOException {
        final List<Long> numbers = numbers();
        long bytes = 0;
        for (int i = numbers.size() - 1; i >= 0; i--) {
            final Path file = file(numbers.get(i));
            bytes += Files.exists(file) ? Files.size(file) : 0;
            if (i < numbers.size() - 1 && (numbers.size() - i > mostRecords || bytes > mostBytes)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes what was being written when the process ended. Before anything is written. */
    void sweep() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (final Path each :
                        files.filter(file -> file.toString().endsWith(NEW)).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    /** The numbers of all records, whether they can be read or not, the oldest first. */
    public List<Long> numbers() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        final List<Long> numbers = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                final Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    numbers.add(Long.parseLong(name.group(1)));
                }
            });
        }
        Collections.sort(numbers);
        return numbers;
    }

    /** The newest records, the newest first; a damaged one is named and passed over. */
    public Found newest(int count) throws IOException {
        final List<DecisionRecord> records = new ArrayList<>();
        final List<String> damaged = new ArrayList<>();
        final List<Long> numbers = numbers();
        for (int i = numbers.size() - 1; i >= 0 && records.size() < count; i--) {
            try {
                records.add(read(file(numbers.get(i))));
            } catch (IOException e) {
                damaged.add(e.getMessage());
            }
        }
        return new Found(records, damaged);
    }

    /**
     * The newest epoch and the newest number that records know of: should the control file be lost.
     *
     * @param decision also of a file that cannot be read: its number is in its name
     */
    public record Newest(long epoch, long decision) {}

    /** Looks at all records. */
    public Newest newest() throws IOException {
        final List<Long> numbers = numbers();
        long epoch = 0;
        for (final DecisionRecord record : newest(Integer.MAX_VALUE).records()) {
            epoch = Math.max(
                    epoch,
                    record.decision().epoch() == null ? 0 : record.decision().epoch());
        }
        return new Newest(epoch, numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1));
    }

    /**
     * Any file that is a record.
     *
     * @throws IOException if it is none, or damaged; the message names the file and is for the operator
     */
    public static DecisionRecord read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException("there is no file " + file);
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException(file + " is too large for the record of a decision");
        }
        final byte[] bytes = Files.readAllBytes(file);
        final String text = new String(bytes, StandardCharsets.UTF_8);
        final Matcher sum = SUM.matcher(text);
        if (!sum.find()) {
            throw new IOException(file + " is no whole record of a decision: it does not end with its sha256");
        }
        if (!sum.group(1).equals(hash(text.substring(0, sum.start())))) {
            throw new IOException(file + " is damaged: its bytes do not match its sha256");
        }
        try {
            final DecisionRecord record = JsonRecords.read(text, DecisionRecord.class);
            if (record.format() > DecisionRecord.FORMAT) {
                throw new IOException(file + " was written by a newer Tandem (" + record.tandem() + "): use that one");
            }
            if (record.decision() == null || record.rules() == null) {
                throw new IOException(file + " is no record of a decision");
            }
            return record;
        } catch (JsonFormatException e) {
            throw new IOException(file + " cannot be understood: " + e.getMessage(), e);
        }
    }

    private static String summed(String json) {
        final String body = json.substring(0, json.length() - 1);
        return body + ",\"sha256\":\"" + hash(body) + "\"}\n";
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return; // swept at the next start
        }
    }
}
