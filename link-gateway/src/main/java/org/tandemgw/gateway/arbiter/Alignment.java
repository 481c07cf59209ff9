package org.tandemgw.gateway.arbiter;

/**
 * One trial: does a buffer lie at this offset of the merged list? Buffer place {@code j} belongs to list place {@code j +
 * offset}, give or take the reach by which the legs may swap. The trial looks at the newest frames of the overlap, so it
 * makes no difference whether the buffer lies behind the list's end, ahead of its start, or across.
 */
final class Alignment {
    private static final int FIRST_WINDOW = 32;
    private static final int MAX_WINDOW = 512;
    private static final int QUICK_LOOK = 12;
    private static final int SCORE_OF_ONCE = 3;
    private static final int SCORE_OF_DULL = 1;
    /** So much better must the best offset be than any other: about one error in a million at a swap in ten. */
    private static final int MARGIN = 20;

    private static final byte UNMATCHED = Byte.MAX_VALUE;

    private final int reach;
    private final int anchors;
    private final KeyRing merged;
    private final byte[] shift = new byte[MAX_WINDOW];
    private final int[] score;
    private final boolean[] used = new boolean[MAX_WINDOW + 2 * 17];
    private final long[] seenHi;
    private final long[] seenLo;
    private long low;
    private long top;

    /** The offset that was proved; the exact one, where the trial was asked for one near it. */
    long offset;

    /** From this buffer place on each frame belongs at {@code cut + offset} or later, and each frame before it before. */
    long cut;

    /** The lowest list place that a frame from the cut on may claim. */
    long floor;

    /** The buffer places that were matched: from here to {@link #matchedTo}. */
    long matchedFrom;

    long matchedTo;

    /** Key comparisons since the count was last set to 0. */
    int effort;

    Alignment(int reach, int anchors, KeyRing merged) {
        this.reach = reach;
        this.anchors = anchors;
        this.merged = merged;
        score = new int[2 * reach + 1];
        seenHi = new long[anchors];
        seenLo = new long[anchors];
    }

    /** True if K frames with K-1 different keys lie there, one exact offset explains them best, and nothing contradicts. */
    boolean proves(KeyRing buffer, long near) {
        bound(buffer, near);
        final long overlap = top - low;
        if (overlap < anchors || !looksLikely(buffer, near)) {
            return false;
        }
        for (long window = FIRST_WINDOW; ; window *= 2) {
            final int width = (int) Math.min(Math.min(window, overlap), MAX_WINDOW);
            final long best = bestOffset(buffer, near, width);
            if (best != Long.MAX_VALUE) {
                bound(buffer, best);
                final long from = Math.max(low, top - width);
                match(buffer, best, from);
                if (trimToMatched(buffer, best, from) >= anchors - 1
                        && matchedTo - matchedFrom >= anchors
                        && findCut(best, from)) {
                    offset = best;
                    return true;
                }
            }
            if (width == overlap || width == MAX_WINDOW) {
                return false;
            }
        }
    }

    /** True if the whole overlap matches, however short or dull it is. */
    boolean fits(KeyRing buffer, long exact) {
        bound(buffer, exact);
        if (top <= low || top - low > MAX_WINDOW) {
            return false;
        }
        match(buffer, exact, low);
        for (long place = low; place < top; place++) {
            if (shift[(int) (place - low)] == UNMATCHED) {
                return false;
            }
        }
        offset = exact;
        cut = low;
        floor = low + exact;
        for (int i = 0; i < reach && i < top - low; i++) {
            floor = Math.min(floor, low + exact + landing(i));
        }
        matchedFrom = low;
        matchedTo = top;
        return true;
    }

    private void bound(KeyRing buffer, long at) {
        low = Math.max(buffer.base(), merged.base() - at);
        top = Math.min(buffer.end(), merged.end() - at);
    }

    /** Most wrong offsets end here. */
    private boolean looksLikely(KeyRing buffer, long at) {
        int matched = 0;
        final long from = Math.max(low, top - QUICK_LOOK);
        for (long place = top - 1; place >= from; place--) {
            for (int by = -reach; by <= reach; by++) {
                effort++;
                if (merged.same(place + at + by, buffer, place)) {
                    matched++;
                    break;
                }
            }
        }
        return matched * 2 >= top - from;
    }

    /**
     * Swaps move frames both ways in equal number: the offset at which most frames sit exactly is the true one. A key that
     * occurs once says more than a heartbeat, which sits exactly by chance as well.
     */
    private long bestOffset(KeyRing buffer, long near, int width) {
        java.util.Arrays.fill(score, 0);
        for (long place = top - width; place < top; place++) {
            final boolean once = buffer.count(buffer.hi(place), buffer.lo(place), 2) == 1;
            for (int by = -reach; by <= reach; by++) {
                if (merged.same(place + near + by, buffer, place)) {
                    score[by + reach] += once ? SCORE_OF_ONCE : SCORE_OF_DULL;
                }
            }
        }
        effort += width * (2 * reach + 2);
        int best = 0;
        for (int i = 1; i <= 2 * reach; i++) {
            best = score[i] > score[best] ? i : best;
        }
        for (int i = 0; i <= 2 * reach; i++) {
            if (i != best && score[best] - score[i] < MARGIN) {
                return Long.MAX_VALUE;
            }
        }
        return near + best - reach;
    }

    /** Gives each frame one list place of its key: its own if it can, else the nearest within reach. */
    private void match(KeyRing buffer, long at, long from) {
        final int count = (int) (top - from);
        java.util.Arrays.fill(used, 0, count + 2 * reach + 1, false);
        for (int i = 0; i < count; i++) {
            final boolean exact = merged.same(from + i + at, buffer, from + i);
            shift[i] = exact ? 0 : UNMATCHED;
            used[i + reach] = exact;
        }
        for (int i = 0; i < count; i++) {
            for (int by = 1; by <= reach && shift[i] == UNMATCHED; by++) {
                tryShift(buffer, at, from, i, -by);
                tryShift(buffer, at, from, i, by);
            }
        }
        effort += count;
    }

    private void tryShift(KeyRing buffer, long at, long from, int i, int by) {
        effort++;
        if (shift[i] == UNMATCHED && !used[i + by + reach] && merged.same(from + i + at + by, buffer, from + i)) {
            shift[i] = (byte) by;
            used[i + by + reach] = true;
        }
    }

    /** Sets what is matched without a break, newest first, and returns its different keys. */
    private int trimToMatched(KeyRing buffer, long at, long from) {
        int distinct = 0;
        matchedTo = top;
        matchedFrom = top;
        while (matchedFrom > from) {
            final long place = matchedFrom - 1;
            if (shift[(int) (place - from)] == UNMATCHED) {
                // Its counterpart may still be on its way on the other leg.
                if (place + at + reach < merged.end()) {
                    break;
                }
            } else if (distinct < anchors && isNew(buffer, place, distinct)) {
                seenHi[distinct] = buffer.hi(place);
                seenLo[distinct] = buffer.lo(place);
                distinct++;
            }
            matchedFrom--;
        }
        return distinct;
    }

    private boolean isNew(KeyRing buffer, long place, int seen) {
        for (int i = 0; i < seen; i++) {
            if (seenLo[i] == buffer.lo(place) && seenHi[i] == buffer.hi(place)) {
                return false;
            }
        }
        return true;
    }

    /** The lowest place that no swap crosses. Swaps with what lies below the window keep it a reach away from there. */
    private boolean findCut(long at, long from) {
        final int first = (int) (matchedFrom - from) + reach;
        final int count = (int) (matchedTo - from);
        int highest = -1;
        for (int i = (int) (matchedFrom - from); i < first && i < count; i++) {
            highest = Math.max(highest, landing(i));
        }
        for (int i = first; i < count; i++) {
            if (highest < i && lowestFrom(i, count) >= i && isFullBelow(i)) {
                cut = from + i;
                floor = cut + at;
                return true;
            }
            highest = Math.max(highest, landing(i));
        }
        return false;
    }

    /** A list place left open just below might belong to a frame that is still to come. */
    private boolean isFullBelow(int i) {
        for (int j = i - reach; j < i; j++) {
            if (!used[j + reach]) {
                return false;
            }
        }
        return true;
    }

    private int landing(int i) {
        return shift[i] == UNMATCHED ? i : i + shift[i];
    }

    private int lowestFrom(int i, int count) {
        int lowest = Integer.MAX_VALUE;
        for (int j = i; j < count && j <= i + reach; j++) {
            lowest = Math.min(lowest, landing(j));
        }
        return lowest;
    }
}
