package org.tandemgw.gateway.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of history, {@code data/history/<day>.log}, and which of them go. One thread at a time. */
final class HistoryFolder {
    /** Below {@code data}. */
    static final String NAME = "history";

    private static final String END = ".log";

    private final Path folder;

    HistoryFolder(Path data) {
        folder = data.resolve(NAME);
    }

    Path path() {
        return folder;
    }

    Path file(LocalDate day) {
        return folder.resolve(day + END);
    }

    /** The days of which there are files, in order; none where there is no such folder. */
    List<LocalDate> days() throws IOException {
        final List<LocalDate> days = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return days;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path each : files.toList()) {
                final String name = each.getFileName().toString();
                if (name.endsWith(END)) {
                    try {
                        days.add(LocalDate.parse(name.substring(0, name.length() - END.length())));
                    } catch (DateTimeParseException e) {
                        continue; // somebody's own
                    }
                }
            }
        }
        days.sort(null);
        return days;
    }

    /**
     * Deletes the oldest, until those that are left are young and small enough; never today's.
     *
     * @return whether what is left is small enough
     */
    boolean prune(LocalDate today, long keptDays, long mostBytes) throws IOException {
        long bytes = 0;
        final List<LocalDate> days = days();
        for (int i = days.size() - 1; i >= 0; i--) {
            final LocalDate day = days.get(i);
            final Path file = file(day);
            bytes += Files.exists(file) ? Files.size(file) : 0;
            if (!day.equals(today) && (day.plusDays(keptDays).isBefore(today) || bytes > mostBytes)) {
                bytes -= Files.size(file);
                Files.deleteIfExists(file);
            }
        }
        return bytes <= mostBytes;
    }
}
