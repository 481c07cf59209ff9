package org.tandemgw.gateway.space;

import java.util.List;

/**
 * One file that has to go, why, and who loses what by it.
 *
 * @param lost empty unless the reason is one that costs a server records
 */
public record Deletion(String acd, int generation, SpaceFacts.File file, Why why, List<Lost> lost) {
    /** Takes its own copy of the list. */
    public Deletion {
        lost = List.copyOf(lost);
    }

    /**
     * What a server will never get from this journal.
     *
     * @param from the first sequence
     * @param to the last sequence
     */
    public record Lost(String server, long from, long to) {}

    /** Why a file may go. The later ones only below {@code min-free}, and only when none of an earlier kind is left. */
    public enum Why {
        /** All of it is older than the retention, and every server has it. */
        RETENTION("older than the retention"),
        /** No feed can read it: it is of an older generation, or of an ACD that is not configured any more. */
        NOBODY_READS_IT("of a generation that no feed reads any more"),
        /** Every server has it. */
        BOTH_HAVE_IT("every server has it"),
        /** The server in control has it. */
        ONLY_NON_ACTIVE_MISSES("only a server that is not in control misses it"),
        /** The server in control misses it too. */
        BOTH_MISS("older than ten minutes, although it is missed");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        /** True if a server loses records by it. */
        public boolean harms() {
            return this == ONLY_NON_ACTIVE_MISSES || this == BOTH_MISS;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }
}
