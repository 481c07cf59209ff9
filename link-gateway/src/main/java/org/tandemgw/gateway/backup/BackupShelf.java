package org.tandemgw.gateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** What lies in a folder of backups, by their labels; for whoever reads there. One thread. */
public final class BackupShelf {
    private final Map<Path, BackupLabel> labels = new LinkedHashMap<>();
    private long bytes;
    private long bytesRead;

    /** Reads the labels of all backup files in a folder. */
    public BackupShelf(Path folder) throws IOException {
        for (final Path file : BackupFolder.files(folder)) {
            labels.put(file, BackupReader.labelOf(file));
            bytes += Files.size(file);
        }
    }

    /** All files, labelled or not. */
    public List<Path> files() {
        return List.copyOf(labels.keySet());
    }

    /** The length of all files together. */
    public long bytes() {
        return bytes;
    }

    /** The sites that there are backups of. */
    public List<String> sites() {
        return sorted(labels.values().stream()
                .filter(label -> label != null)
                .map(BackupLabel::site)
                .toList());
    }

    /** The ACDs of a site that there are backups of. */
    public List<String> acds(String site) {
        return sorted(labels.values().stream()
                .filter(label -> label != null && label.site().equals(site))
                .map(BackupLabel::acd)
                .toList());
    }

    /** When the newest backup of an ACD was made. */
    public Optional<Instant> newest(String site, String acd) {
        return labels.values().stream()
                .filter(label -> isOf(label, site, acd))
                .map(BackupLabel::madeAt)
                .max(Comparator.naturalOrder());
    }

    /** The generations of an ACD that there are backups of, oldest first. */
    public List<Integer> generations(String site, String acd) {
        return List.copyOf(new TreeSet<>(labels.values().stream()
                .filter(label -> isOf(label, site, acd))
                .map(BackupLabel::generation)
                .toList()));
    }

    /**
     * Reads and checks the files of one ACD and generation, and those that by their name may be.
     *
     * @param progress told how many of all {@link #bytes} have been read, now and then
     */
    public List<BackupCheck> check(String site, String acd, int generation, TimeRange range, LongConsumer progress)
            throws IOException {
        final List<BackupCheck> checks = new ArrayList<>();
        for (final Map.Entry<Path, BackupLabel> each : labels.entrySet()) {
            final BackupLabel label = each.getValue();
            final String name = each.getKey().getFileName().toString();
            if (label == null
                    ? name.startsWith(acd + "." + generation + ".")
                    : isOf(label, site, acd) && label.generation() == generation) {
                checks.add(BackupCheck.of(each.getKey(), range, read -> progress.accept(bytesRead + read)));
                bytesRead += Files.size(each.getKey());
            }
        }
        return checks;
    }

    private static boolean isOf(BackupLabel label, String site, String acd) {
        return label != null && label.site().equals(site) && label.acd().equals(acd);
    }

    private static List<String> sorted(List<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }
}
