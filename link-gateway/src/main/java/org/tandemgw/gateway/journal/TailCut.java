package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts out of the way what a power cut left behind the last record that counts: whole roll files are moved aside, the file that
 * has that record ends behind it from now on, and Chronicle sees none of the files any more. Doing it twice does no harm.
 */
final class TailCut {
    private static final Logger LOG = LoggerFactory.getLogger(TailCut.class);

    private TailCut() {}

    /** From sequence {@code from} on, nothing of what is there counts. Before the journal is opened. */
    static void make(RollFiles files, long from) throws IOException {
        giveBack(files); // first: a full disk has no space for the rest otherwise
        final int[] cycles = files.cycles();
        final int holding = holding(files, cycles, from - 1);
        for (final int cycle : cycles) {
            if (cycle > holding && files.isBlank(cycle)) {
                Files.delete(files.path(cycle)); // made ahead, and nothing was ever in it
            } else if (cycle > holding) {
                files.cuts().aside(files.path(cycle));
            }
        }
        for (final int cycle : files.asideCycles()) {
            if (cycles.length > 0 && cycle < cycles[0]) {
                files.cuts().forgetAside(files.path(cycle)); // older than everything that is kept
            }
        }
        if (holding >= 0 && files.cuts().firstVoid(holding) > from) {
            files.cuts().cut(holding, from);
        }
        files.closeAll();
    }

    /** What was reserved ahead in the last file, or in the one before it if that had not been given back yet. */
    private static void giveBack(RollFiles files) throws IOException {
        final int[] cycles = files.liveCycles();
        for (int i = Math.max(0, cycles.length - 2); i < cycles.length; i++) {
            try (ReservedFile file = ReservedFile.leftBehind(files.path(cycles[i]), 0)) {
                file.giveBack();
            } catch (ReservedFile.UnreadableException e) {
                LOG.warn("{}: what it did not use cannot be given back: {}", files.path(cycles[i]), e.getMessage());
            }
        }
    }

    /** The cycle whose file has {@code sequence}, or -1. */
    private static int holding(RollFiles files, int[] cycles, long sequence) {
        final SequenceIndex index = new SequenceIndex(files);
        for (int i = cycles.length - 1; i >= 0; i--) {
            final long first = index.first(cycles[i]);
            if (first >= 0 && first <= sequence) {
                return cycles[i];
            }
        }
        return -1;
    }
}
