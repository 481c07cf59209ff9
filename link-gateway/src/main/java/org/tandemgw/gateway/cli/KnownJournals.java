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
            return new KnownJournals(
                    data,
                    found.state(),
                    found.condition() == ControlFile.Condition.DAMAGED
                            ? "the control file is damaged: records missing at the end cannot be found"
                            : null);
        } catch (IOException e) {
            return new KnownJournals(
                    data,
                    ControlState.EMPTY,
                    "the control file cannot be read, and records missing at the end not be found: " + e.getMessage());
        }
    }

    /** Why nothing is known; null if something may be. */
    String unknown() {
        return unknown;
    }

    /** The last sequence that was synced; 0 for a generation that is not the present one. */
    long synced(String acd, int generation) {
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
