package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.journal.JournalFiles;

/** What the control file knows of journals, read before anybody looks at the journals themselves: they may only have grown since. */
final class KnownJournals {
    private final Path data;
    private final ControlState state;
    private final String unknown;

    private KnownJournals(Path data, ControlState state, String unknown) {
        this.data = data;
        this.state = state;
        this.unknown = unknown;
    }

    static KnownJournals read(Path data) {
        try {
            final ControlFile.Found found = ControlFile.read(data);
            final String unknown =
                    switch (found.condition()) {
                        case SOUND -> null;
                        case DAMAGED -> "the control file " + data.resolve(ControlFile.NAME) + " is damaged";
                        case ABSENT -> "there is no control file " + data.resolve(ControlFile.NAME);
                    };
            return new KnownJournals(data, found.state(), unknown);
        } catch (IOException e) {
            return new KnownJournals(
                    data, ControlState.EMPTY, "the control file cannot be read (" + e.getMessage() + ")");
        }
    }

    /** Why the end of no journal can be known, for people; null if it is. */
    String unknown() {
        return unknown == null ? null : unknown + ": whether records are missing at the end cannot be known";
    }

    /**
     * The ACDs of the configuration that have no journal and ought to: all of them where there is none at all, as on a disk that
     * is not mounted; else not those with which the site has never run.
     */
    List<String> unseen(List<String> configured) {
        final List<String> there = JournalFiles.acds(data);
        return configured.stream()
                .filter(acd -> !there.contains(acd) && (there.isEmpty() || unknown != null || knows(acd)))
                .toList();
    }

    /** What to tell of them. */
    static String unseenText(List<String> unseen, Path data) {
        return "there is no journal of " + String.join(", ", unseen) + " in " + data
                + ": if that is a mount point, mount it; if the site has never run, there is none yet";
    }

    /** Whether there ever was a journal of that ACD. */
    private boolean knows(String acd) {
        return state.acd(acd) != null;
    }

    /** The last sequence that was synced; 0 for a generation that is not the present one, -1 if nothing can be known. */
    long synced(String acd, int generation) {
        if (unknown != null) {
            return -1;
        }
        final ControlState.Acd known = state.acd(acd);
        return known == null || known.generation() != generation ? 0 : known.synced();
    }

    /** Those with synced records whose folder is gone. */
    List<ControlState.Acd> gone() {
        final List<ControlState.Acd> gone = new ArrayList<>();
        for (final ControlState.Acd acd : state.acds()) {
            if (acd.synced() > 0 && !Files.isDirectory(JournalFiles.directory(data, acd.name(), acd.generation()))) {
                gone.add(acd);
            }
        }
        return gone;
    }
}
