package org.tandemgw.gateway.emulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what one server received with what the ACD produced, frame by frame, while it happens. Strict: every
 * produced frame must come exactly once, in the order produced (displaced by no more than {@code swapDistance} where
 * the legs swap), except where the stream itself says that something is missing.
 *
 * <p>How it is computed. It knows the number of the next frame that must come. A frame that equals it, moves it on.
 * One that does not is held back until up to 128 more have come, and the smallest explanation that makes the following
 * frames fit is counted: frames that overtook each other (out of order), produced frames left out (lost), or received
 * frames too many (repeated or unknown). After a gap, discontinuity or lost record, and at the very start, produced
 * frames may be left out: the next 48 received frames are looked up in what was produced, and what lies between is
 * <em>inside the break</em>. At the end those are looked at again: one that a leg carried for certain
 * ({@link AcdOracle#carriedForCertain}) is lost all the same, break or no break. So is any frame missing without a break.
 *
 * <p>Bounded: 128 frames held back, 10,000 breaks remembered. Not thread-safe.
 */
public final class StreamComparison {
    private static final int HELD_BACK = 128;
    private static final int ANCHOR = 48;
    private static final int PROOF = 24;
    private static final int SWAP_WINDOW = 8;
    private static final int BREAKS = 10_000;
    private static final int REPEATS_LOOKED_AT = 20_000;

    private final AcdOracle oracle;
    private final int swapDistance;
    private final long[] held = new long[HELD_BACK];
    private final List<Break> breaks = new ArrayList<>();
    private final Map<Long, Integer> foreignSeen = new HashMap<>();
    private int heldCount;
    private long low = 1;
    private long claimed;
    private boolean anchoring = true;
    private long received;
    private long matched;
    private long lost;
    private long repeated;
    private long unknown;
    private long outOfOrder;
    private long foreign;
    private long insideBreaks;
    private boolean unproved;

    /** Compares with {@code oracle}; {@code swapDistance} 0 to 16. */
    public StreamComparison(AcdOracle oracle, int swapDistance) {
        this.oracle = oracle;
        this.swapDistance = swapDistance;
        breaks.add(new Break("start", 0));
    }

    /** The next frame of the stream. */
    public void frame(byte[] buffer, int offset, int length) {
        received++;
        held[heldCount++] = AcdOracle.digest(buffer, offset, length);
        settle(false);
    }

    /** The stream says here that something is missing or cannot be proved. {@code kind} as in the journal. */
    public void broken(String kind) {
        settle(true);
        if (breaks.size() < BREAKS) {
            breaks.add(new Break(kind, low));
        } else {
            unproved = true;
        }
        anchoring = true;
    }

    /** The number of the produced frame that must come next. */
    public long next() {
        return low;
    }

    /** Whether it knows which produced frame came last; not so for the first frames after a break. */
    public boolean following() {
        return !anchoring && heldCount == 0;
    }

    /** Produced frames that have not come although nothing excuses it, as far as known now. */
    public long lost() {
        return lost;
    }

    /** Frames that came more than once or were never produced, as far as known now. */
    public long extra() {
        return repeated + unknown;
    }

    /** Produced frames inside breaks, as far as known now. */
    public long insideBreaks() {
        return insideBreaks;
    }

    /** The end of what was received, after which nothing more will come. Call once. */
    public Verdict finish() {
        settle(true);
        final long produced = oracle.produced();
        long lostForCertain = 0;
        for (final Break one : breaks) {
            one.carried = one.missing == 0 ? 0 : carried(one.from, one.to);
            lostForCertain += one.carried;
        }
        final long missingAtEnd = carried(low, produced) - Long.bitCount(claimed);
        return new Verdict(
                received,
                matched,
                lost + lostForCertain + Math.max(0, missingAtEnd),
                repeated,
                unknown,
                outOfOrder,
                foreign,
                insideBreaks,
                unproved || !oracle.remembersCarriage(),
                breaks.stream()
                        .filter(one -> !one.kind.equals("start") || one.missing > 0)
                        .map(one -> new BreakSeen(one.kind, one.from, one.missing, one.carried))
                        .toList());
    }

    private long carried(long from, long to) {
        return from > to ? 0 : oracle.carriedForCertain(from, to);
    }

    private void settle(boolean end) {
        while (heldCount > 0) {
            if (!oracle.knows(low) && low <= oracle.produced()) {
                unproved = true;
                low = oracle.oldest();
                claimed = 0;
                anchoring = true;
            }
            if (anchoring) {
                if (heldCount < ANCHOR && !end) {
                    return;
                }
                anchor();
            } else if (claim(held[0], swapDistance) || claimForeign(held[0])) {
                drop(1);
            } else if (heldCount < HELD_BACK && !end) {
                return;
            } else {
                explain();
            }
        }
    }

    private void anchor() {
        final long produced = oracle.produced();
        final int frames = Math.min(heldCount, ANCHOR);
        for (long from = low; from <= produced; from++) {
            if (fits(from, 0, frames, swapDistance)) {
                final Break last = breaks.get(breaks.size() - 1);
                last.from = low;
                last.to = from - 1;
                last.missing = from - low - Long.bitCount(claimed & below(from - low));
                insideBreaks += last.missing;
                skipTo(from);
                anchoring = false;
                return;
            }
        }
        if (!claimForeign(held[0])) {
            countExtra(held[0]);
        }
        drop(1);
    }

    /** Nothing simple fits the frame held longest: take the smallest explanation under which the next ones fit. */
    private void explain() {
        final int frames = Math.min(heldCount, PROOF);
        if (fits(low, 0, frames, SWAP_WINDOW) && claim(held[0], SWAP_WINDOW)) {
            outOfOrder++;
            drop(1);
            return;
        }
        final int extra = extraThatExplain();
        final long skip = skipThatExplains(extra == 0 ? Long.MAX_VALUE : extra);
        if (skip > 0) {
            lost += skip - Long.bitCount(claimed & below(skip));
            skipTo(low + skip);
        } else {
            for (int i = 0; i < Math.max(1, extra); i++) {
                countExtra(held[i]);
            }
            drop(Math.max(1, extra));
        }
    }

    private int extraThatExplain() {
        for (int extra = 1; extra < heldCount; extra++) {
            if (fits(low, extra, Math.min(heldCount, extra + PROOF), swapDistance)) {
                return extra;
            }
        }
        return 0;
    }

    private long skipThatExplains(long lessThan) {
        final long atMost = Math.min(lessThan - 1, oracle.produced() - low);
        final int frames = Math.min(heldCount, PROOF);
        for (long skip = 1; skip <= atMost; skip++) {
            if (fits(low + skip, 0, frames, swapDistance)) {
                return skip;
            }
        }
        return 0;
    }

    /** Whether the held frames {@code begin} to {@code end} are what was produced from {@code from} on. */
    private boolean fits(long from, int begin, int end, int window) {
        long base = from;
        long taken = from - low < 64 ? claimed >>> (from - low) : 0;
        while ((taken & 1) != 0) {
            taken >>>= 1;
            base++;
        }
        final long mustBeTaken = base;
        for (int i = begin; i < end; i++) {
            final int at = place(held[i], base, taken, window);
            if (at < 0 && oracle.foreign(held[i]) > 0) {
                continue;
            }
            if (at < 0) {
                return false;
            }
            taken |= 1L << at;
            while ((taken & 1) != 0) {
                taken >>>= 1;
                base++;
            }
        }
        return base > mustBeTaken;
    }

    private boolean claim(long digest, int window) {
        final int at = place(digest, low, claimed, window);
        if (at < 0) {
            return false;
        }
        matched++;
        claimed |= 1L << at;
        skipTo(low);
        return true;
    }

    private int place(long digest, long base, long taken, int window) {
        for (int at = 0; at <= window && oracle.knows(base + at); at++) {
            if ((taken >>> at & 1) == 0 && oracle.digest(base + at) == digest) {
                return at;
            }
        }
        return -1;
    }

    private boolean claimForeign(long digest) {
        final boolean known = foreignSeen.getOrDefault(digest, 0) < oracle.foreign(digest);
        if (known) {
            foreignSeen.merge(digest, 1, Integer::sum);
            foreign++;
        }
        return known;
    }

    private void countExtra(long digest) {
        final long from = Math.max(1, low - REPEATS_LOOKED_AT + 1);
        for (long number = low + SWAP_WINDOW; number >= from; number--) {
            if (oracle.knows(number) && oracle.digest(number) == digest) {
                repeated++;
                return;
            }
        }
        unknown++;
    }

    private void skipTo(long number) {
        final long by = number - low;
        claimed = by < 64 ? claimed >>> by : 0;
        low = number;
        while ((claimed & 1) != 0) {
            claimed >>>= 1;
            low++;
        }
    }

    private void drop(int count) {
        heldCount -= count;
        System.arraycopy(held, count, held, 0, heldCount);
    }

    private static long below(long bits) {
        return bits >= 64 ? -1 : (1L << bits) - 1;
    }

    private static final class Break {
        private final String kind;
        private long from;
        private long to;
        private long missing;
        private long carried;

        Break(String kind, long from) {
            this.kind = kind;
            this.from = from;
        }
    }

    /**
     * A place where the stream said that something is missing.
     *
     * @param kind gap, discontinuity or lost; start for what was produced before the first frame
     * @param firstMissing the number of the first frame that is missing
     * @param missing how many produced frames lie inside
     * @param carried how many of them a leg had carried for certain: these are lost
     */
    public record BreakSeen(String kind, long firstMissing, long missing, long carried) {}

    /**
     * What the comparison found.
     *
     * @param received frames that came
     * @param matched frames that were what was expected
     * @param lost produced frames that did not come although nothing excuses it
     * @param repeated frames that came more than once
     * @param unknown frames that were never produced
     * @param outOfOrder frames that came before one that was produced earlier
     * @param foreign noise that reads like a frame and was put on a leg on purpose
     * @param insideBreaks produced frames that lie inside breaks
     * @param unproved the oracle had to forget something that was needed
     * @param breaks where the stream said that something is missing
     */
    public record Verdict(
            long received,
            long matched,
            long lost,
            long repeated,
            long unknown,
            long outOfOrder,
            long foreign,
            long insideBreaks,
            boolean unproved,
            List<BreakSeen> breaks) {
        /** Complete, in order, once. */
        public boolean proved() {
            return lost == 0 && repeated == 0 && unknown == 0 && outOfOrder == 0 && !unproved;
        }
    }
}
