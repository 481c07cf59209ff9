package org.tandemgw.gateway.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Entries of this process that an audit file did not take, as on a full disk: counted until the file can say so itself. Of a run that ends before that the log
 * alone knows. Guarded by whoever writes to the files.
 */
final class AuditMissed {
    private static final int MOST_FILES = 64;

    private final Map<Path, Missed> files = new HashMap<>();

    private record Missed(long entries, Instant first, Instant last, String why) {}

    /** One more; of more than {@link #MOST_FILES} files none is kept. */
    void one(Path file, Instant at, String why) {
        final Missed before = files.get(file);
        if (before != null) {
            files.put(file, new Missed(before.entries() + 1, before.first(), at, why));
        } else if (files.size() < MOST_FILES) {
            files.put(file, new Missed(1, at, at, why));
        }
    }

    /** What is missing in this file, in words; null: nothing. */
    String of(Path file) {
        final Missed missed = files.get(file);
        return missed == null
                ? null
                : missed.entries() + (missed.entries() == 1 ? " entry" : " entries") + " could not be written, from "
                        + missed.first() + " to " + missed.last() + " (" + missed.why()
                        + "); what they said is in the log alone";
    }

    void told(Path file) {
        files.remove(file);
    }
}
