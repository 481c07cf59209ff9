package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start does with the roll files before Chronicle sees them: one that had only just begun is removed, one that
 * Chronicle must not write to is set aside. Nobody else has the journal open.
 */
final class FilesAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(FilesAtStart.class);

    /** Chronicle looks for the last finished file among the newest ones; at all of them only when its metadata is gone. */
    private static final int LOOKED_AT = 3;

    private final RollFiles files;
    private final SequenceIndex index;

    FilesAtStart(RollFiles files, SequenceIndex index) {
        this.files = files;
        this.index = index;
    }

    void check() throws IOException {
        removeUnbegun();
        final int[] cycles = files.liveCycles();
        final boolean all = !ChronicleHead.begins(files.directory().resolve(Queues.METADATA));
        for (int i = all ? 0 : Math.max(0, cycles.length - LOOKED_AT); i < cycles.length; i++) {
            final int cycle = cycles[i];
            if (!ChronicleHead.begins(files.path(cycle))) {
                setAside(cycle, "it does not begin as a roll file");
            }
        }
        if (cycles.length > 0 && files.isLive(cycles[cycles.length - 1])) {
            checkNewest(cycles[cycles.length - 1]);
        }
    }

    /** Appending goes on in the newest file, so everything in it has to be right. */
    private void checkNewest(int cycle) throws IOException {
        final Path file = files.path(cycle);
        final String wrong = wrong(cycle, file);
        if (wrong != null) {
            setAside(cycle, wrong);
        } else if (Files.deleteIfExists(Seal.beside(file))) {
            GroupSync.forceDirectory(files.directory());
        }
    }

    private String wrong(int cycle, Path file) throws IOException {
        final Seal seal = Seal.read(file);
        try {
            final List<Seal.Difference> differences = seal == null ? List.of() : seal.differences(file, 1);
            if (!differences.isEmpty()) {
                return "it has changed at byte " + differences.get(0).from() + " since it was closed";
            }
        } catch (IOException e) {
            return "it cannot be read: " + e.getMessage();
        }
        return contradiction(index.map(cycle));
    }

    private String contradiction(RollFileMap map) throws IOException {
        map.last();
        if (map.unreadableAt() >= 0) { // a mapping that meets such a page ends the journal
            return "the disk cannot read it at byte " + map.unreadableAt();
        }
        if (map.irregular() > 0) {
            return "records in it are damaged";
        }
        return ChronicleHead.wrong(map, files.rollCycle(), files.indexSpacing());
    }

    /** The newest file that is not set aside yet. False if there is none. */
    boolean setNewestAside(String why) throws IOException {
        final int[] cycles = files.cycles();
        if (cycles.length == 0 || !files.isLive(cycles[cycles.length - 1])) {
            return false;
        }
        setAside(cycles[cycles.length - 1], why);
        return true;
    }

    private void setAside(int cycle, String why) throws IOException {
        LOG.error("{} is set aside to {}: {}", files.path(cycle), RollFiles.QUARANTINE, why);
        files.quarantine(cycle);
    }

    /** A file whose process was killed before it could hold a record is removed; one that is damaged is not. */
    private void removeUnbegun() throws IOException {
        final int[] cycles = files.liveCycles();
        for (int i = cycles.length - 1; i >= 0 && !RollFiles.begun(files.path(cycles[i])); i--) {
            if (files.isBlank(cycles[i])) {
                Files.delete(files.path(cycles[i]));
            } else {
                setAside(cycles[i], "it has lost its head");
            }
        }
    }
}
