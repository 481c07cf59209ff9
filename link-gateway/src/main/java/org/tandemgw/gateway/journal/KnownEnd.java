package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.RollCycle;

/**
 * How far a generation has reached once, as everything but its roll files knows it. Found before the records are looked at:
 * each of these is written behind the records that it speaks of.
 *
 * @param last the last sequence that there has been; 0 if nothing says so
 * @param first the first that is known to have been there; 1 if nothing else is known
 * @param what in words, behind "records n to m: "
 * @param withoutFile the names of roll files that are not there, and their seals are; in order
 */
record KnownEnd(long last, long first, String what, List<String> withoutFile) {
    private static final String SYNCED = "were synced and are missing";

    /**
     * Looks at seals, at the next generation, and at the digests. A later start knew better than the digests how far the records
     * were good, and of what is still written the control file does.
     *
     * @param mustReach a sequence that is known to have been synced; 0 if none was, below 0 if that is not known
     */
    static KnownEnd find(RollFiles files, RollCycle rollCycle, long mustReach) throws IOException {
        long last = Math.max(0, mustReach);
        String what = SYNCED;
        final List<String> withoutFile = new ArrayList<>();
        for (final Path seal : seals(files.directory())) {
            final Path file = Seal.sealed(seal);
            final Seal read = Seal.read(file);
            if (read != null && read.last() > last) {
                last = read.last();
                what = "are missing: the seal of " + file.getFileName() + " names the last one";
            }
            // Whoever deletes a file deletes its seal before.
            if (!Files.exists(file) && Files.exists(seal)) {
                withoutFile.add(file.getFileName().toString());
            }
        }
        withoutFile.sort(null);
        final FormerGeneration told = FormerGeneration.of(files.directory(), rollCycle);
        if (told != null && told.last() > last) {
            last = told.last();
            what = "are missing: generation " + told.toldBy() + " began when this one ended with record " + last;
        }
        final Path digests = files.directory().resolve(DigestFile.NAME);
        final boolean older = JournalFiles.hasLater(files.directory());
        final long block = told == null && (older || mustReach < 0) ? DigestFile.lastSound(digests) : 0;
        if (block * DigestChain.BLOCK > last) {
            last = block * DigestChain.BLOCK;
            what = "are missing: the file '" + DigestFile.NAME + "' knows of them, and of fewer than "
                    + DigestChain.BLOCK + " behind them nothing does";
        }
        return new KnownEnd(last, firstKnown(digests), what, withoutFile);
    }

    /** Where retention has been, the entries of what it deleted are given back now and then. */
    private static long firstKnown(Path digests) throws IOException {
        final long block = DigestFile.firstSound(digests);
        return block <= 1 ? 1 : (block - 1) * DigestChain.BLOCK + 1;
    }

    private static List<Path> seals(Path directory) throws IOException {
        final List<Path> seals = new ArrayList<>();
        for (final Path folder :
                List.of(directory, directory.resolve(RollFiles.CLOSED), directory.resolve(RollFiles.QUARANTINE))) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + Seal.SUFFIX)) {
                    found.forEach(seals::add);
                }
            }
        }
        return seals;
    }
}
