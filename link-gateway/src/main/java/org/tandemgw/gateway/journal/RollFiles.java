package org.tandemgw.gateway.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** The folder, in that of the generation, of files that are in order as far as they count, and never written to again. */
    static final String CLOSED = "closed";

    private final Path directory;
    private final int lengthMs;
    private final RollCycle rollCycle;
    private final DateTimeFormatter names;
    private final JournalCuts cuts;
    private final Path quarantine;
    private final Path closed;
    private final long headLength;
    private final Set<Integer> quarantined = ConcurrentHashMap.newKeySet();
    private final Set<Integer> closedCycles = ConcurrentHashMap.newKeySet();

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
        this.closed = directory.resolve(CLOSED);
        this.headLength = headLength(rollCycle);
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
        return (isQuarantined(cycle) ? quarantine : closedCycles.contains(cycle) ? closed : directory)
                .resolve(name(cycle));
    }

    /** True if Chronicle sees the file, so that it may be written to. */
    boolean isLive(int cycle) {
        return !isQuarantined(cycle) && !closedCycles.contains(cycle);
    }

    /** True if the file is set aside because it is damaged: it is read, and Chronicle does not see it. */
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
        move(cycle, quarantine);
        quarantined.add(cycle);
        GroupSync.forceDirectory(quarantine);
        GroupSync.forceDirectory(directory);
    }

    /** Takes all files out of Chronicle's sight, so that it begins as in an empty folder. Durable; doing it twice does no harm. */
    void closeAll() throws IOException {
        final int[] live = liveCycles();
        if (live.length > 0) {
            JournalFiles.make(closed);
            for (final int cycle : live) {
                move(cycle, closed);
                closedCycles.add(cycle);
            }
            GroupSync.forceDirectory(closed);
        }
        Files.deleteIfExists(directory.resolve(Queues.METADATA));
        GroupSync.forceDirectory(directory);
    }

    private void move(int cycle, Path folder) throws IOException {
        final Path file = path(cycle);
        final Path seal = Seal.beside(file);
        if (Files.exists(seal)) {
            Files.move(seal, folder.resolve(seal.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(file, folder.resolve(name(cycle)), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The cycles that have a file, in order. */
    int[] cycles() {
        final TreeSet<Integer> cycles = listed(directory);
        addFrom(closed, closedCycles, cycles);
        addFrom(quarantine, quarantined, cycles);
        return array(cycles);
    }

    /** Those whose file Chronicle sees, in order. */
    int[] liveCycles() {
        return array(listed(directory));
    }

    private void addFrom(Path folder, Set<Integer> known, TreeSet<Integer> cycles) {
        if (!known.isEmpty() || Files.isDirectory(folder)) {
            final TreeSet<Integer> there = listed(folder);
            there.removeAll(cycles); // somebody has put a good one in its place
            known.addAll(there); // also by another process
            known.retainAll(there);
            cycles.addAll(there);
        }
    }

    private static int[] array(Set<Integer> cycles) {
        return cycles.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The cycles whose files were put aside: none of them is used again, for somebody may still be reading the old one. */
    int[] asideCycles() {
        return array(listed(directory.resolve(JournalCuts.ASIDE)));
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
        try (FileWindow window = new FileWindow(file, new byte[HEAD_LENGTH])) {
            return window.has(0, Integer.BYTES) && window.word(0) > 0;
        } catch (FileNotFoundException | NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * True if no record was ever written to it: Chronicle had not begun the file, or was killed while it wrote the head and the
     * first indexes.
     */
    boolean isBlank(int cycle) throws IOException {
        final Path file = path(cycle);
        try (FileWindow window = new FileWindow(file)) {
            if (begun(file) || window.skipZeros(Math.min(headLength, window.length())) != window.length()) {
                return false;
            }
            final RecordWalk walk = new RecordWalk(window);
            walk.startAt(0, 0);
            return !walk.next(true) && window.unreadableAt() < 0;
        }
    }

    /** Chronicle's description of a file, the index of indexes and the first index lie within. */
    static long headLength(RollCycle rollCycle) {
        return HEAD_LENGTH + 2 * Queues.indexLength(rollCycle);
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
