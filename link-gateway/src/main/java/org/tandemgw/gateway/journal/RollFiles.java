package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.openhft.chronicle.queue.RollCycle;

/** The roll files of one generation: which cycles there are, and which file belongs to a cycle. Any thread. */
final class RollFiles {
    static final String SUFFIX = ".cq4";

    private static final int HEAD_LENGTH = 4096;

    /** The folder, in that of the generation, of files that are set aside. */
    static final String QUARANTINE = "quarantine";

    private final Path directory;
    private final int lengthMs;
    private final RollCycle rollCycle;
    private final DateTimeFormatter names;
    private final JournalCuts cuts;
    private final Path quarantine;
    private final Set<Integer> quarantined = ConcurrentHashMap.newKeySet();

    RollFiles(Path directory, RollCycle rollCycle) {
        this.directory = directory;
        this.cuts = new JournalCuts(directory);
        this.lengthMs = rollCycle.lengthInMillis();
        this.rollCycle = rollCycle;
        this.names = new DateTimeFormatterBuilder()
                .appendPattern(rollCycle.format())
                .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                .toFormatter()
                .withZone(ZoneOffset.UTC);
        this.quarantine = directory.resolve(QUARANTINE);
        cycles();
    }

    Path directory() {
        return directory;
    }

    /** Chronicle's index has an entry for each so many records. */
    int indexSpacing() {
        return rollCycle.defaultIndexSpacing();
    }

    RollCycle rollCycle() {
        return rollCycle;
    }

    /** Where files end before their end. */
    JournalCuts cuts() {
        return cuts;
    }

    /** When a cycle starts, UTC ms. */
    long startMs(int cycle) {
        return (long) cycle * lengthMs;
    }

    /** The cycle of a time. */
    int cycleOf(long utcMs) {
        return Math.toIntExact(utcMs / lengthMs);
    }

    /** The file of a cycle, wherever it is. */
    Path path(int cycle) {
        return (isQuarantined(cycle) ? quarantine : directory).resolve(name(cycle));
    }

    /** True if the file is set aside: it is read, and Chronicle does not see it. */
    boolean isQuarantined(int cycle) {
        return quarantined.contains(cycle);
    }

    /** How many files are set aside. */
    List<Path> quarantined() {
        return quarantined.stream().sorted().map(this::path).toList();
    }

    /** Sets a file aside, and what is named after it; durable when it returns. */
    void quarantine(int cycle) throws IOException {
        JournalFiles.make(quarantine);
        final Path file = path(cycle);
        Files.move(file, quarantine.resolve(name(cycle)), StandardCopyOption.REPLACE_EXISTING);
        if (Files.exists(Seal.beside(file))) {
            Files.move(
                    Seal.beside(file),
                    quarantine.resolve(Seal.beside(file).getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        quarantined.add(cycle);
        GroupSync.forceDirectory(quarantine);
        GroupSync.forceDirectory(directory);
    }

    /** The cycles that have a file, in order. */
    int[] cycles() {
        final TreeSet<Integer> cycles = listed(directory);
        if (Files.isDirectory(quarantine)) {
            final TreeSet<Integer> aside = listed(quarantine);
            aside.removeAll(cycles); // somebody has put a good one in its place
            quarantined.addAll(aside); // also by another process
            quarantined.retainAll(aside);
            cycles.addAll(aside);
        }
        return cycles.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The cycles whose files were put aside: none of them is used again, for somebody may still be reading the old one. */
    int[] asideCycles() {
        return listed(directory.resolve(JournalCuts.ASIDE)).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private TreeSet<Integer> listed(Path folder) {
        final TreeSet<Integer> cycles = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (final Path file : files) {
                final int cycle = cycleOf(file.getFileName().toString());
                if (cycle >= 0) {
                    cycles.add(cycle);
                }
            }
        } catch (NoSuchFileException e) {
            return cycles;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cycles;
    }

    /** The first four bytes of a Chronicle file are not zero, and their highest bit is clear, once its head is complete. */
    static boolean begun(Path file) {
        final ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(word.array(), 0, Integer.BYTES) == Integer.BYTES && word.getInt(0) > 0;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if nothing was ever written to it; what is blank behind its head never had a record. */
    boolean isBlank(int cycle) throws IOException {
        try (FileWindow window = new FileWindow(path(cycle))) {
            return !begun(path(cycle)) && window.skipZeros(Math.min(HEAD_LENGTH, window.length())) == window.length();
        }
    }

    private String name(int cycle) {
        return names.format(Instant.ofEpochMilli(startMs(cycle))) + SUFFIX;
    }

    private int cycleOf(String fileName) {
        final String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        try {
            return cycleOf(
                    LocalDateTime.parse(name, names).toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeParseException e) {
            return -1; // not a file of ours
        }
    }
}
