package org.tandemgw.gateway.arbiter;

/** The tail of the stream as keys: who has claimed each place, and when its frame came first. */
final class MergedList {
    /** Beside the legs' bits: a gap lies before this place. */
    private static final int BREAK_BEFORE = 4;

    final KeyRing keys;
    private final int mask;
    private final byte[] claimed;
    private final long[] arrivedNs;

    MergedList(int capacity) {
        keys = new KeyRing(capacity);
        mask = capacity - 1;
        claimed = new byte[capacity];
        arrivedNs = new long[capacity];
    }

    long append(long keyHi, long keyLo, int bits, long nowNs) {
        final long place = keys.append(keyHi, keyLo);
        claimed[(int) place & mask] = (byte) bits;
        arrivedNs[(int) place & mask] = nowNs;
        return place;
    }

    void markBreakBefore(long place) {
        claim(place, BREAK_BEFORE);
    }

    /** The highest place of {@code lowest+1..from} with a gap before it, or {@link KeyRing#NONE}. */
    long breakBelow(long from, long lowest) {
        for (long place = Math.min(from, keys.end() - 1); place > Math.max(lowest, keys.base() - 1); place--) {
            if (isClaimed(place, BREAK_BEFORE)) {
                return place;
            }
        }
        return KeyRing.NONE;
    }

    boolean isClaimed(long place, int bit) {
        return (claimed[(int) place & mask] & bit) != 0;
    }

    void claim(long place, int bit) {
        claimed[(int) place & mask] |= (byte) bit;
    }

    long arrivedNs(long place) {
        return arrivedNs[(int) place & mask];
    }

    /** Takes back all claims of a leg: it begins anew. */
    void unclaim(int bit) {
        for (long at = keys.base(); at < keys.end(); at++) {
            claimed[(int) at & mask] &= (byte) ~bit;
        }
    }

    /** The first place of {@code from..to} with this key that the leg has not claimed, or {@link KeyRing#NONE}. */
    long firstOpen(long from, long to, long keyHi, long keyLo, int bit) {
        final long last = Math.min(to, keys.end() - 1);
        for (long place = Math.max(from, keys.base()); place <= last; place++) {
            if (keys.lo(place) == keyLo && !isClaimed(place, bit) && keys.hi(place) == keyHi) {
                return place;
            }
        }
        return KeyRing.NONE;
    }

    /** The open place with this key that is nearest to {@code centre}, of {@code from..to-1}; or NONE. */
    long nearestOpen(long centre, int reach, long from, long to, long keyHi, long keyLo, int bit) {
        for (int distance = 0; distance <= reach; distance++) {
            if (centre - distance >= from && centre - distance < to && isOpen(centre - distance, keyHi, keyLo, bit)) {
                return centre - distance;
            }
            if (centre + distance >= from && centre + distance < to && isOpen(centre + distance, keyHi, keyLo, bit)) {
                return centre + distance;
            }
        }
        return KeyRing.NONE;
    }

    private boolean isOpen(long place, long keyHi, long keyLo, int bit) {
        return keys.holds(place, keyHi, keyLo) && !isClaimed(place, bit);
    }
}
