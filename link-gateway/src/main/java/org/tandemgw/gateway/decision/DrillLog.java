package org.tandemgw.gateway.decision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The reports of drills, a file each: whole or not at all. The newest {@link #MOST} are kept, older ones are deleted. No thread of its own; one writer, any readers,
 * also on a stopped site.
 */
public final class DrillLog {
    /** Below {@code data}. */
    public static final String FOLDER = "drills";

    /** At one a week, ten years. */
    static final int MOST = 500;

    private static final Pattern NAME = Pattern.compile("(\\d{4,12})\\.json");

    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwxr-x---");

    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-r-----");

    private final Path folder;

    /** Below this data folder; nothing need be there. */
    public DrillLog(Path data) {
        folder = data.resolve(FOLDER);
    }

    /** Where the report of this drill is, or would be. */
    public Path file(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%04d.json", number));
    }

    /** Keeps a report, in place of an older state of the same drill. */
    public void write(DrillReport report) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER_MODE));
        final Path file = file(report.drill().number());
        final Path half = file.resolveSibling("new");
        Files.writeString(half, JsonRecords.write(report) + "\n");
        Files.setPosixFilePermissions(half, FILE_MODE);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        final List<Long> numbers = numbers();
        for (final long each : numbers.subList(0, Math.max(0, numbers.size() - MOST))) {
            Files.deleteIfExists(file(each));
        }
    }

    /** The numbers of all reports, the oldest first. */
    public List<Long> numbers() throws IOException {
        final List<Long> numbers = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> NAME.matcher(file.getFileName().toString()))
                        .filter(Matcher::matches)
                        .forEach(name -> numbers.add(Long.parseLong(name.group(1))));
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    /**
     * One report; null if there is none of this number.
     *
     * @throws IOException if it cannot be read; the message names the file and is for the operator
     */
    public DrillReport read(long number) throws IOException {
        final Path file = file(number);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            final DrillReport report = JsonRecords.read(Files.readString(file), DrillReport.class);
            if (report.drill() == null) {
                throw new IOException(file + " is no report of a drill");
            }
            return report;
        } catch (JsonFormatException e) {
            throw new IOException(file + " cannot be understood: " + e.getMessage(), e);
        }
    }
}
