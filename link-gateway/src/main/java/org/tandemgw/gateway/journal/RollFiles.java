package org.tandemgw.gateway.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import net.openhft.chronicle.queue.RollCycle;

/** The roll files of one generation: which cycles there are, and which file belongs to a cycle. Any thread. */
final class RollFiles {
    static final String SUFFIX = ".cq4";

    /** Chronicle's description of the file is shorter; indexes and records lie behind. */
    private static final int HEAD_LENGTH = 4096;

    private final Path directory;
    private final int lengthMs;
    private final DateTimeFormatter names;
    private final JournalCuts cuts;

    RollFiles(Path directory, RollCycle rollCycle) {
        this.directory = directory;
        this.cuts = new JournalCuts(directory);
        this.lengthMs = rollCycle.lengthInMillis();
        this.names = new DateTimeFormatterBuilder()
                .appendPattern(rollCycle.format())
                .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                .toFormatter()
                .withZone(ZoneOffset.UTC);
    }

    Path directory() {
        return directory;
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

    Path path(int cycle) {
        return directory.resolve(names.format(Instant.ofEpochMilli(startMs(cycle))) + SUFFIX);
    }

    /** The cycles that have a file, in order. */
    int[] cycles() {
        return cycles(directory);
    }

    /** The cycles whose files were put aside: none of them is used again, for somebody may still be reading the old one. */
    int[] asideCycles() {
        final Path aside = directory.resolve(JournalCuts.ASIDE);
        return Files.isDirectory(aside) ? cycles(aside) : new int[0];
    }

    private int[] cycles(Path folder) {
        int[] found = new int[16];
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (final Path file : files) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                final int cycle = cycleOf(file.getFileName().toString());
                if (cycle >= 0) {
                    found[count++] = cycle;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        final int[] cycles = Arrays.copyOf(found, count);
        Arrays.sort(cycles);
        return cycles;
    }

    /** False if the process that made the file was killed before the file could hold a record. Chronicle waits long for such. */
    boolean begun(int cycle) {
        return begun(path(cycle));
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

    /** Removes such files from the end. One that is not blank behind its head is damaged, and nobody's to remove. */
    void removeUnbegun() throws IOException {
        final int[] cycles = cycles();
        for (int i = cycles.length - 1; i >= 0 && !begun(cycles[i]); i--) {
            final Path file = path(cycles[i]);
            if (!blankBehindHead(file)) {
                throw new IOException(file + " has lost its head");
            }
            Files.delete(file);
        }
    }

    /** The newest file that has something in it and no head, if only such and blank ones are behind it; else -1. */
    int headless() throws IOException {
        final int[] cycles = cycles();
        for (int i = cycles.length - 1; i >= 0 && !begun(cycles[i]); i--) {
            if (!blankBehindHead(path(cycles[i]))) {
                return cycles[i];
            }
        }
        return -1;
    }

    /** True if nothing was ever written to it. */
    boolean isBlank(int cycle) throws IOException {
        return !begun(cycle) && blankBehindHead(path(cycle));
    }

    private static boolean blankBehindHead(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), HEAD_LENGTH)) {
            in.skipNBytes(Math.min(HEAD_LENGTH, Files.size(file)));
            int next = in.read();
            while (next == 0) {
                next = in.read();
            }
            return next < 0;
        }
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
