package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A generation of a journal that no feed reads: an older one, or one of an ACD that is not configured any more. Its files are
 * known by their names alone; nothing is opened. Thread {@code space}.
 */
public final class UnreadGeneration {
    private static final long NS_PER_MS = 1_000_000;

    private final String acd;
    private final int generation;
    private final boolean newest;
    private final RollFiles files;

    private UnreadGeneration(String acd, int generation, boolean newest, Path directory) {
        this.acd = acd;
        this.generation = generation;
        this.newest = newest;
        this.files = new RollFiles(directory, Queues.ROLL_CYCLE);
    }

    /** All there are, beside the journals that are open. */
    public static List<UnreadGeneration> find(Path data, List<LinkJournal> open) {
        final List<UnreadGeneration> found = new ArrayList<>();
        for (final String acd : JournalFiles.acds(data)) {
            final List<Integer> generations = JournalFiles.generations(data, acd);
            for (final int generation : generations) {
                if (open.stream().noneMatch(each -> each.acd().equals(acd) && each.generation() <= generation)) {
                    final boolean newest = generation == generations.get(generations.size() - 1);
                    final Path directory = JournalFiles.directory(data, acd, generation);
                    found.add(new UnreadGeneration(acd, generation, newest, directory));
                }
            }
        }
        return found;
    }

    /** The ACD's name. */
    public String acd() {
        return acd;
    }

    /** 1, 2, 3 … */
    public int generation() {
        return generation;
    }

    /**
     * The oldest files, oldest first; without sequences, and with the times of their names. Without the last one of the newest
     * generation: should the ACD come back, its sequences go on from there.
     */
    public List<RollFile> rollFiles(int atMost) {
        final int[] cycles = files.cycles();
        final int count = Math.min(atMost, newest ? cycles.length - 1 : cycles.length);
        final List<RollFile> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final long startMs = files.startMs(cycles[i]);
            final long endMs = files.startMs(cycles[i] + 1);
            final long bytes = files.path(cycles[i]).toFile().length();
            list.add(new RollFile(cycles[i], -1, -1, startMs * NS_PER_MS, endMs * NS_PER_MS, endMs, bytes, true));
        }
        return list;
    }

    /** Deletes a file; with the last one the whole folder. */
    public void drop(RollFile file) throws IOException {
        KeptFiles.delete(files.path(file.cycle()));
        if (!newest && files.cycles().length == 0) {
            removeRest(files.directory());
            GroupSync.forceDirectory(files.directory().getParent());
        }
    }

    private static void removeRest(Path folder) throws IOException {
        try (DirectoryStream<Path> rest = Files.newDirectoryStream(folder)) {
            for (final Path path : rest) {
                if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    removeRest(path);
                } else {
                    Files.deleteIfExists(path);
                }
            }
        }
        Files.deleteIfExists(folder);
    }
}
