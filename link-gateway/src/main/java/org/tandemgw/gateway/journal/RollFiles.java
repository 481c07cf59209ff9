package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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

/** The roll files of one generation: which cycles there are, and which file belongs to a cycle. Touches nothing. Any thread. */
final class RollFiles {
    static final String SUFFIX = ".cq4";

    private final Path directory;
    private final int lengthMs;
    private final DateTimeFormatter names;

    RollFiles(Path directory, RollCycle rollCycle) {
        this.directory = directory;
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
        int[] found = new int[16];
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
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
