package org.tandemgw.gateway.process;

import java.util.Arrays;
import org.tandemgw.gateway.emulate.AcdOracle;

/**
 * What one server was told, by sequence. It keeps a digest of each record until a thousand of them have been compared with
 * what is stored, and of such a thousand one chained digest: so it stays small however long a test runs, and a record of any
 * age still cannot become another one unseen. Not thread-safe.
 */
final class ToldRecords {
    /** So many records share a digest once they have been compared. */
    static final int BLOCK = 1_000;

    private static final long ODD = 0x9e3779b97f4a7c15L;

    private long[] chains;
    private int blocks;
    private long[] recent;
    private long last;

    /** Begins with record 1. */
    ToldRecords() {
        chains = new long[64];
        recent = new long[1 << 12];
    }

    private ToldRecords(ToldRecords other) {
        chains = Arrays.copyOf(other.chains, other.blocks);
        blocks = other.blocks;
        recent = Arrays.copyOf(other.recent, other.recentCount());
        last = other.last;
    }

    /** What a record is compared by: its bytes, and whether it is a frame. */
    static long digest(boolean frame, byte[] bytes, int offset, int length) {
        return AcdOracle.digest(bytes, offset, length) * 2 + (frame ? 1 : 0);
    }

    /** The next record. */
    void add(long digest) {
        final int at = recentCount();
        if (at == recent.length) {
            recent = Arrays.copyOf(recent, Math.max(BLOCK, at * 2));
        }
        recent[at] = digest;
        last++;
    }

    /** The sequence of the last record. */
    long last() {
        return last;
    }

    /** All through this record has been compared with what is stored. */
    void compared(long through) {
        final int whole = (int) (Math.min(through, last) / BLOCK) - blocks;
        if (whole <= 0) {
            return;
        }
        if (blocks + whole > chains.length) {
            chains = Arrays.copyOf(chains, (blocks + whole) * 2);
        }
        for (int block = 0; block < whole; block++) {
            long chain = 0;
            for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
                chain = chained(chain, recent[i]);
            }
            chains[blocks + block] = chain;
        }
        final int kept = recentCount() - whole * BLOCK;
        recent = Arrays.copyOfRange(recent, whole * BLOCK, whole * BLOCK + Math.max(BLOCK, kept));
        blocks += whole;
    }

    /** The same as it is now. */
    ToldRecords copy() {
        return new ToldRecords(this);
    }

    /** Compares what is stored, record by record, from {@code from} on. */
    Comparison from(long from) {
        if (from < firstRecent() && from % BLOCK != 1) {
            throw new IllegalArgumentException("record " + from + " was compared before, and is one of a thousand now");
        }
        return new Comparison(from);
    }

    /** Each step can be undone: no two values of one of its arguments lead to the same result. */
    private static long chained(long chain, long digest) {
        return Long.rotateLeft((chain ^ digest) * ODD, 29);
    }

    private long firstRecent() {
        return (long) blocks * BLOCK + 1;
    }

    private int recentCount() {
        return (int) (last - (long) blocks * BLOCK);
    }

    /** One walk through what is stored. */
    final class Comparison {
        private long next;
        private long chain;

        private Comparison(long from) {
            next = from;
        }

        /** Which records the last answer was about. */
        String where() {
            return next > firstRecent()
                    ? "record " + (next - 1)
                    : "one of records " + (next - BLOCK) + " to " + (next - 1);
        }

        /** Whether the next stored record is what was told, or was not told yet; of an old one, the last of its thousand says it. */
        boolean fits(long digest) {
            final long sequence = next++;
            if (sequence > last) {
                return true;
            }
            if (sequence >= firstRecent()) {
                return recent[(int) (sequence - firstRecent())] == digest;
            }
            chain = chained(sequence % BLOCK == 1 ? 0 : chain, digest);
            return sequence % BLOCK != 0 || chains[(int) (sequence / BLOCK) - 1] == chain;
        }
    }
}
