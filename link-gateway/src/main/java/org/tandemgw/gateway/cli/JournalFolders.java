package org.tandemgw.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tandemgw.gateway.journal.JournalFiles;

/** Makes sure that verbs which read journals can see them: a disk that is not mounted and a user without rights look like a site without journals. */
final class JournalFolders {
    private JournalFolders() {}

    /** The data folder that the file names. Refuses where it or a journal cannot be looked into. */
    static Path of(Path config) {
        final Path data = SiteFolder.data(config);
        requireFolder(data);
        final Path journals = data.resolve("journal");
        if (Files.exists(journals)) {
            requireRights(journals);
            for (final Path folder : JournalFiles.folders(data)) {
                requireRights(folder);
                final List<Integer> generations =
                        JournalFiles.generations(data, folder.getFileName().toString());
                generations.forEach(generation -> requireRights(folder.resolve(Integer.toString(generation))));
            }
        }
        return data;
    }

    /** Refuses a data folder that is not there, or that this user may not look into. */
    static void requireFolder(Path data) {
        if (Files.isDirectory(data)) {
            if (!Files.isExecutable(data)) {
                throw mayNot(data);
            }
            return;
        }
        Path above = data.getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        if (above != null && Files.isDirectory(above) && !Files.isExecutable(above)) {
            throw mayNot(above);
        }
        throw Refusal.no("there is no folder " + data, "mount it, or make it if it is new");
    }

    private static void requireRights(Path folder) {
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw mayNot(folder);
        }
    }

    private static Refusal mayNot(Path folder) {
        return Refusal.no("you may not look into " + folder, "be the user that owns it, or a member of its group");
    }
}
