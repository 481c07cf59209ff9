package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The roll files of which nothing counts since a power loss: the folders {@code cut}. No reader sees them. All that they are
 * good for, beside a look by a person, is that their names are not used again, which is sure once the journal has a later
 * file. Thread {@code space}.
 */
public final class VoidFiles {
    private VoidFiles() {}

    /**
     * Deletes those of all journals whose time had ended by then.
     *
     * @return what was deleted
     */
    public static List<Path> delete(Path data, long endedByMs) throws IOException {
        final List<Path> deleted = new ArrayList<>();
        for (final String acd : JournalFiles.acds(data)) {
            for (final int generation : JournalFiles.generations(data, acd)) {
                final Path directory = JournalFiles.directory(data, acd, generation);
                if (Files.isDirectory(directory.resolve(JournalCuts.ASIDE))) {
                    delete(new RollFiles(directory, Queues.ROLL_CYCLE), endedByMs, deleted);
                }
            }
        }
        return deleted;
    }

    private static void delete(RollFiles files, long endedByMs, List<Path> deleted) throws IOException {
        final int[] cycles = files.cycles();
        final int newest = cycles.length == 0 ? -1 : cycles[cycles.length - 1];
        if (newest < 0 || !RollFiles.begun(files.path(newest))) {
            return;
        }
        for (final int cycle : files.asideCycles()) {
            if (cycle < newest && files.startMs(cycle + 1) <= endedByMs) {
                deleted.add(files.cuts().forgetAside(files.path(cycle)));
            }
        }
    }
}
