package org.tandemgw.gateway.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tandemgw.gateway.journal.JournalFaultException;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.StoredJournal;

/**
 * A recovery session as it lies on the disk, for whoever reads it beside a running Tandem or without one. Component names are the JSON keys.
 *
 * @param frames how many it has; -1: it cannot be read
 * @param lacking how many of them its server was told of as lost, or will be; -1: not known
 * @param fetched whether it was sent to its end once
 */
public record StoredSession(String acd, long frames, long lacking, boolean fetched) {
    private static final String GENERATION = "[1-9][0-9]{0,8}";

    /**
     * That of an attempt; null if none lies there: there never was one, or another attempt has followed, or there was no room for it.
     *
     * @param tables below the data folder, where the tables of the calls are
     * @throws IOException if one is there, and cannot be read
     */
    public static StoredSession of(Path data, Path tables, String acd, long epoch) throws IOException {
        for (final Path folder : generations(data.resolve(tables).resolve(acd))) {
            for (final Path file : RecoveryFiles.of(folder, epoch)) {
                try {
                    return read(data, acd, folder, FrameList.open(file));
                } catch (NoSuchFileException e) {
                    continue; // renamed just now, or gone
                }
            }
        }
        return null;
    }

    /** There is one, and nobody can say more of it. */
    public static StoredSession unreadable(String acd) {
        return new StoredSession(acd, -1, -1, false);
    }

    private static StoredSession read(Path data, String acd, Path folder, FrameList list) throws IOException {
        final long lost =
                RecoveryFiles.lostWhenFetched(folder, list.head().mark().epoch());
        if (lost >= 0) {
            return new StoredSession(acd, list.count(), lost, true);
        }
        final int generation = Integer.parseInt(folder.getFileName().toString());
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, acd, generation))) {
            return new StoredSession(acd, list.count(), list.before(journal.oldest()), false);
        } catch (JournalFaultException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<Path> generations(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(
                    all.filter(each -> each.getFileName().toString().matches(GENERATION))
                            .sorted(Comparator.reverseOrder())
                            .toList());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
