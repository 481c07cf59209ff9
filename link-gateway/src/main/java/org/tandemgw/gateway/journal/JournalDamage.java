package org.tandemgw.gateway.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * What is known to be damaged in a journal: records that somebody wanted to read since the process started and could not,
 * and files that are set aside. Immutable; any thread.
 *
 * @param records how many records could not be read
 * @param first the first of them; 0 if there is none
 * @param last the last of them
 * @param files where they lie, at most ten
 * @param quarantined the files that are set aside, oldest first
 * @param missing records that no file has, at most ten ranges; they are not among {@code records}
 * @param removed files that somebody removed while they were written to, at most ten
 */
public record JournalDamage(
        long records,
        long first,
        long last,
        List<Path> files,
        List<Path> quarantined,
        List<Missing> missing,
        List<Path> removed) {
    /** Records from one to another, both included. */
    public record Missing(long from, long through) {}

    /** Nothing is known to be damaged. */
    public static final JournalDamage NONE = new JournalDamage(0, 0, 0, List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public JournalDamage {
        files = List.copyOf(files);
        quarantined = List.copyOf(quarantined);
        missing = List.copyOf(missing);
        removed = List.copyOf(removed);
    }

    /** True if nothing is known to be damaged. */
    public boolean isNone() {
        return records == 0 && quarantined.isEmpty() && missing.isEmpty() && removed.isEmpty();
    }

    /** What an operator is told: what is damaged, what was done, what can be done. Empty if nothing is damaged. */
    public String text() {
        if (isNone()) {
            return "";
        }
        final StringBuilder text = new StringBuilder();
        if (records > 0) {
            text.append(records == 1 ? "record " : records + " records between ")
                    .append(first)
                    .append(records == 1 ? "" : " and " + last)
                    .append(" cannot be read")
                    .append(files.isEmpty() ? "" : " in " + names(files))
                    .append(": served as lost, all others are served; ");
        }
        for (final Path each : removed) {
            text.append(each.getFileName())
                    .append(" was removed from ")
                    .append(each.getParent())
                    .append(
                            " while it was written to: the next record begins another file, those in this one are lost to whoever"
                                    + " has not fetched them yet, unless you put it back; find out who deletes files there; ");
        }
        for (final Missing each : missing) {
            text.append(
                            each.from() == each.through()
                                    ? "record " + each.from() + " is"
                                    : "records " + each.from() + " to " + each.through() + " are")
                    .append(" missing: no file has ")
                    .append(each.from() == each.through() ? "it" : "them")
                    .append(", served as lost; ");
        }
        if (!quarantined.isEmpty()) {
            text.append("set aside and still read: ")
                    .append(names(quarantined))
                    .append(" in ")
                    .append(quarantined.get(0).getParent())
                    .append("; ");
        }
        return text.append("'tandem journal verify' shows all of it; a backup can bring it back; look at the disk")
                .toString();
    }

    private static String names(List<Path> paths) {
        return String.join(
                ", ", paths.stream().map(path -> path.getFileName().toString()).toList());
    }
}
