package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * The newest roll file as a {@link JournalSurvey} has walked through it, so that opening the journal need not walk through it
 * again: that is linear in what the file has. Taken only where all of it was in order, and used only for the very file that
 * was walked through, if nobody has touched it since; else it is walked through again. The thread that starts the gateway.
 */
public final class WalkedFile {
    private final Path path;
    private final Object key;
    private final long length;
    private final long modifiedNs;
    private RollFileMap map;

    private WalkedFile(Path path, BasicFileAttributes seen) {
        this.path = path;
        this.key = seen.fileKey();
        this.length = seen.size();
        this.modifiedNs = modifiedNs(seen);
    }

    /** Before the walk. Null if there is no file. */
    static WalkedFile before(RollFiles files) {
        final int[] cycles = files.liveCycles();
        if (cycles.length == 0) {
            return null;
        }
        final Path path = files.path(cycles[cycles.length - 1]);
        try {
            return new WalkedFile(path, Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException e) {
            return null; // then opening looks for itself
        }
    }

    /** After the walk. Null if that was another file, or anything is remarkable about it. */
    WalkedFile after(RollFileMap walked) {
        map = walked;
        return walked.path().equals(path) && walked.isPlain() ? this : null;
    }

    /** Gives what was found to {@code index}, if it is about this file and still true. */
    void handTo(SequenceIndex index, RollFiles files) {
        for (final int cycle : files.liveCycles()) {
            if (files.path(cycle).equals(path) && isUntouched()) {
                index.adopt(cycle, map);
            }
        }
    }

    private boolean isUntouched() {
        try {
            final BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return now.size() == length && modifiedNs(now) == modifiedNs && key != null && key.equals(now.fileKey());
        } catch (IOException e) {
            return false;
        }
    }

    private static long modifiedNs(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
}
