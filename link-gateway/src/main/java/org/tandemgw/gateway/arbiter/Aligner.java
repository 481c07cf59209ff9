package org.tandemgw.gateway.arbiter;

/**
 * Finds the one place at which a hunting leg's buffer lies in the merged list. Keys that are rare in the list propose
 * offsets, {@link Alignment} tries them. The work per call is bounded: each frame earns some effort, trials spend it.
 */
final class Aligner {
    private static final int RARE = 8;
    private static final int RAREST_LIMIT = 32;
    private static final int EARNED_PER_FRAME = 256;
    private static final int MAX_EARNED = 32_768;
    private static final int FULL_SEARCH_FRAMES = 512;
    /** Less history than this says nothing about how rare a key is. */
    private static final int TELLING_HISTORY = 64;
    /** With less, a resend must be so long, up to the list's very end, and at most half of what is known. */
    private static final int SHORT_RESEND = 3;

    private final MergedList list;
    private final KeyRing merged;
    private final Alignment trial;
    private final int reach;
    private final int resendProof;
    private int earned = MAX_EARNED;

    Aligner(ArbiterSettings settings, MergedList list) {
        this.list = list;
        merged = list.keys;
        trial = new Alignment(settings.reach(), settings.anchors(), merged);
        reach = settings.reach();
        resendProof = settings.resendProof();
    }

    /** What the last successful search found. */
    Alignment found() {
        return trial;
    }

    /** After a frame was buffered: does it give the buffer away? */
    boolean afterBuffered(KeyRing buffer) {
        earned = Math.min(MAX_EARNED, earned + EARNED_PER_FRAME);
        return earned > 0 && proposedBy(buffer, buffer.end() - 1);
    }

    /** After a frame was appended to the list. */
    boolean afterAppended(KeyRing buffer) {
        earned = Math.min(MAX_EARNED, earned + EARNED_PER_FRAME);
        if (earned <= 0) {
            return false;
        }
        final long place = merged.end() - 1;
        final long hi = merged.hi(place);
        final long lo = merged.lo(place);
        if (buffer.count(hi, lo, RARE + 1) > RARE) {
            return false;
        }
        for (long at = buffer.newest(hi, lo); at != KeyRing.NONE; at = buffer.older(at)) {
            if (isProvedAt(buffer, place - at)) {
                return true;
            }
        }
        return false;
    }

    /** Looks with all recent frames of the buffer, newest first. For rare occasions. */
    boolean anywhere(KeyRing buffer) {
        final long from = Math.max(buffer.base(), buffer.end() - FULL_SEARCH_FRAMES);
        for (long at = buffer.end() - 1; at >= from; at--) {
            if (proposedBy(buffer, at)) {
                return true;
            }
        }
        // A buffer that runs far beyond the list's end overlaps with its first frames only.
        final long to = Math.min(from, buffer.base() + FULL_SEARCH_FRAMES);
        for (long at = to - 1; at >= buffer.base(); at--) {
            if (proposedBy(buffer, at)) {
                return true;
            }
        }
        return acrossTheEnd(buffer);
    }

    /**
     * A run too short for a proof by K keys: the whole overlap matches and holds enough keys that occur only once in a long
     * history.
     */
    boolean byTellingKeys(KeyRing buffer) {
        if (merged.size() < TELLING_HISTORY) {
            return isShortTail(buffer);
        }
        final long to = Math.min(buffer.end(), buffer.base() + FULL_SEARCH_FRAMES);
        for (long at = buffer.base(); at < to; at++) {
            if (isTelling(buffer, at) && hasTellingFit(buffer, placeOf(buffer, at) - at)) {
                return true;
            }
        }
        return false;
    }

    /** True if nothing in the buffer has to be newer than the list: the other leg owes nothing. */
    boolean isExplained(KeyRing buffer) {
        final long from = Math.max(buffer.base(), buffer.end() - FULL_SEARCH_FRAMES);
        for (long at = buffer.end() - 1; at >= from; at--) {
            final long place = placeOf(buffer, at);
            if (place == KeyRing.NONE) {
                return false;
            }
            if (isTelling(buffer, at)) {
                return buffer.end() - at + place <= merged.end();
            }
        }
        return true;
    }

    /** True if the buffer's first frames may be the list's last ones again; it cannot be excluded. */
    boolean mayRepeat(KeyRing buffer) {
        long known = buffer.base();
        while (known < buffer.end() && placeOf(buffer, known) != KeyRing.NONE) {
            known++;
        }
        if (known == buffer.end() || known - buffer.base() > FULL_SEARCH_FRAMES) {
            return true;
        }
        // The last frames may be swapped, on either leg, or one be missing: then the overlap does not fit, but its rare
        // keys do, and a swap may carry new frames before them.
        for (long at = buffer.base(); at < Math.min(buffer.end(), known + reach); at++) {
            if (isRareOfLate(buffer, at) && endsWithin(placeOf(buffer, at), known - at + reach)) {
                return true;
            }
        }
        for (long count = 1; count <= Math.min(known - buffer.base(), merged.size()); count++) {
            if (trial.fits(buffer, merged.end() - count - buffer.base())) {
                return true;
            }
        }
        return false;
    }

    /**
     * True if the offset found holds on the other side of a gap as well, so that nothing is missing there: more keys sit there
     * that occur nowhere else than keys that occur nowhere.
     */
    boolean continuesAcross(KeyRing buffer, long gapAt) {
        final long to = Math.min(buffer.end(), gapAt - trial.offset);
        final long from = Math.max(buffer.base(), to - FULL_SEARCH_FRAMES);
        int telling = 0;
        int absent = 0;
        for (long at = to - 1; at >= from; at--) {
            final long place = placeOf(buffer, at);
            if (place == KeyRing.NONE) {
                absent++;
            } else if (Math.abs(place - at - trial.offset) <= reach && isTelling(buffer, at)) {
                telling++;
            }
        }
        return telling > absent || to <= buffer.base();
    }

    /** True if keys that occur once in the list are among the buffer's first: a coincidence, or a resend with a flaw. */
    boolean hintsAtRepeat(KeyRing buffer) {
        final long to = Math.min(buffer.end(), buffer.base() + FULL_SEARCH_FRAMES);
        int telling = 0;
        for (long at = buffer.base(); at < to && telling < resendProof; at++) {
            if (isTelling(buffer, at)) {
                telling++;
            }
        }
        return telling >= resendProof;
    }

    private boolean acrossTheEnd(KeyRing buffer) {
        final long from = Math.max(merged.base(), merged.end() - FULL_SEARCH_FRAMES);
        for (long place = merged.end() - 1; place >= from; place--) {
            final long hi = merged.hi(place);
            final long lo = merged.lo(place);
            if (buffer.count(hi, lo, RARE + 1) > RARE) {
                continue;
            }
            for (long at = buffer.newest(hi, lo); at != KeyRing.NONE; at = buffer.older(at)) {
                if (isProvedAt(buffer, place - at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean proposedBy(KeyRing buffer, long at) {
        final long hi = buffer.hi(at);
        final long lo = buffer.lo(at);
        if (merged.count(hi, lo, RARE + 1) > RARE) {
            return false;
        }
        for (long place = merged.newest(hi, lo); place != KeyRing.NONE; place = merged.older(place)) {
            if (isProvedAt(buffer, place - at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isProvedAt(KeyRing buffer, long near) {
        trial.effort = 8;
        final boolean proved = trial.proves(buffer, near) && isOnlyPlace(buffer);
        earned -= trial.effort;
        return proved;
    }

    /** The rarest key of what was matched: no other of its places may pass the trial as well. */
    private boolean isOnlyPlace(KeyRing buffer) {
        final long offset = trial.offset;
        final long cut = trial.cut;
        final long floor = trial.floor;
        long rarest = KeyRing.NONE;
        int fewest = RAREST_LIMIT + 1;
        for (long at = trial.matchedFrom; at < trial.matchedTo && fewest > 1; at++) {
            final int count = merged.count(buffer.hi(at), buffer.lo(at), fewest);
            if (count > 0 && count < fewest) {
                fewest = count;
                rarest = at;
            }
        }
        if (rarest == KeyRing.NONE) {
            return false;
        }
        for (long place = placeOf(buffer, rarest); place != KeyRing.NONE; place = merged.older(place)) {
            if (Math.abs(place - rarest - offset) > 2 * reach && trial.proves(buffer, place - rarest)) {
                return false;
            }
        }
        trial.offset = offset;
        trial.cut = cut;
        trial.floor = floor;
        return true;
    }

    /**
     * A short history: the buffer begins with the list's last frames, each of them the only one of its key. Half the history
     * lies before them without any of them: it is no cycle of heartbeats that has just come round.
     */
    private boolean isShortTail(KeyRing buffer) {
        final long first = buffer.base();
        final long place = placeOf(buffer, first);
        final long run = merged.end() - place;
        if (place == KeyRing.NONE || run < SHORT_RESEND || run > buffer.size() || 2 * run > merged.size()) {
            return false;
        }
        for (int i = 0; i < run; i++) {
            if (!isTelling(buffer, first + i) || !merged.same(place + i, buffer, first + i)) {
                return false;
            }
        }
        return trial.fits(buffer, place - first);
    }

    private boolean hasTellingFit(KeyRing buffer, long offset) {
        if (!trial.fits(buffer, offset)) {
            return false;
        }
        int telling = 0;
        for (long at = trial.matchedFrom; at < trial.matchedTo; at++) {
            if (isTelling(buffer, at)) {
                telling++;
            }
        }
        return telling >= resendProof;
    }

    private boolean isTelling(KeyRing buffer, long at) {
        return merged.count(buffer.hi(at), buffer.lo(at), 2) == 1;
    }

    /** True if the list ends within so many frames of a place, or a gap hides what came next. */
    private boolean endsWithin(long place, long frames) {
        return place + frames >= merged.end() || list.breakBelow(place + frames, place) != KeyRing.NONE;
    }

    /** True for a key whose newest place is known from all others by far: a text may come again, but not so soon. */
    private boolean isRareOfLate(KeyRing buffer, long at) {
        final long place = placeOf(buffer, at);
        final long before = place == KeyRing.NONE ? KeyRing.NONE : merged.older(place);
        return place != KeyRing.NONE && (before == KeyRing.NONE || place - before >= TELLING_HISTORY);
    }

    private long placeOf(KeyRing buffer, long at) {
        return merged.newest(buffer.hi(at), buffer.lo(at));
    }
}
