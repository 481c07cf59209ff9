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
 */
public record JournalDamage(long records, long first, long last, List<Path> files, List<Path> quarantined) {
    /** Nothing is known to be damaged. */
    public static final JournalDamage NONE = new JournalDamage(0, 0, 0, List.of(), List.of());

    /** Copies the lists. */
    public JournalDamage {
        files = List.copyOf(files);
        quarantined = List.copyOf(quarantined);
    }

    /** True if nothing is known to be damaged. */
    public boolean isNone() {
        return records == 0 && quarantined.isEmpty();
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
