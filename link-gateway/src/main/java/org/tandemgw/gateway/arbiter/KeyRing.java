package org.tandemgw.gateway.arbiter;

/**
 * The last so many 128-bit keys in order, each at a place that never changes, with an index from key to places, newest
 * first. When full, the oldest key makes room. Allocates only when made.
 */
final class KeyRing {
    static final long NONE = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final long UPPER = 0xFFFF_FFFF_0000_0000L;

    private final int mask;
    private final long[] hi;
    private final long[] lo;
    /** Distance to the next older place of the same key, 0 if there is none. */
    private final int[] older;
    /**
     * Of each key's newest place: in the upper half the upper half of the key's hash, in the lower half the ring slot + 1; 0 is empty. Linear probing. With the hash beside it, who
     * passes by on the way to another key does not touch the key itself, which lies elsewhere in memory.
     */
    private final long[] table;

    private final int tableMask;
    private final int shift;
    private long base;
    private long end;

    KeyRing(int capacity) {
        mask = capacity - 1;
        hi = new long[capacity];
        lo = new long[capacity];
        older = new int[capacity];
        table = new long[capacity * 2];
        tableMask = table.length - 1;
        shift = Long.numberOfLeadingZeros(tableMask);
    }

    /** The oldest place kept. */
    long base() {
        return base;
    }

    /** The place that the next key gets. */
    long end() {
        return end;
    }

    int size() {
        return (int) (end - base);
    }

    boolean isFull() {
        return end - base > mask;
    }

    long append(long keyHi, long keyLo) {
        if (isFull()) {
            dropOldest();
        }
        final int slot = (int) end & mask;
        hi[slot] = keyHi;
        lo[slot] = keyLo;
        final long hash = hash(keyHi, keyLo);
        int at = home(hash);
        while (table[at] != 0 && !isOf(table[at], hash, keyHi, keyLo)) {
            at = at + 1 & tableMask;
        }
        older[slot] = table[at] == 0 ? 0 : ((int) end - slot(table[at])) & mask;
        table[at] = hash & UPPER | slot + 1;
        return end++;
    }

    void dropOldest() {
        final int slot = (int) base & mask;
        final long hash = hash(hi[slot], lo[slot]);
        int at = home(hash);
        while (!isOf(table[at], hash, hi[slot], lo[slot])) {
            at = at + 1 & tableMask;
        }
        if (slot(table[at]) == slot) {
            vacate(at);
        }
        base++;
    }

    void clear() {
        while (base < end) {
            dropOldest();
        }
    }

    /** True if {@code place} is kept and holds this key. */
    boolean holds(long place, long keyHi, long keyLo) {
        return place >= base && place < end && slotHolds((int) place & mask, keyHi, keyLo);
    }

    /** True if both places are kept and hold the same key. */
    boolean same(long place, KeyRing that, long otherPlace) {
        return holds(place, that.hi(otherPlace), that.lo(otherPlace));
    }

    long hi(long place) {
        return hi[(int) place & mask];
    }

    long lo(long place) {
        return lo[(int) place & mask];
    }

    /** The newest place of a key, or {@link #NONE}. */
    long newest(long keyHi, long keyLo) {
        final long hash = hash(keyHi, keyLo);
        int at = home(hash);
        while (table[at] != 0) {
            if (isOf(table[at], hash, keyHi, keyLo)) {
                return end - 1 - (((int) end - 1 - slot(table[at])) & mask);
            }
            at = at + 1 & tableMask;
        }
        return NONE;
    }

    /** The next older place of the key at {@code place}, or {@link #NONE}. */
    long older(long place) {
        final int distance = older[(int) place & mask];
        return distance == 0 || place - distance < base ? NONE : place - distance;
    }

    /** How often a key occurs, but at most {@code limit}. */
    int count(long keyHi, long keyLo, int limit) {
        int count = 0;
        for (long place = newest(keyHi, keyLo); place != NONE && count < limit; place = older(place)) {
            count++;
        }
        return count;
    }

    private boolean slotHolds(int slot, long keyHi, long keyLo) {
        return lo[slot] == keyLo && hi[slot] == keyHi;
    }

    private boolean isOf(long entry, long hash, long keyHi, long keyLo) {
        return ((entry ^ hash) & UPPER) == 0 && slotHolds(slot(entry), keyHi, keyLo);
    }

    private static int slot(long entry) {
        return (int) entry - 1;
    }

    private static long hash(long keyHi, long keyLo) {
        return (keyLo + keyHi * 31) * MIX;
    }

    /** Where an entry, or the hash of a key, would be if nobody else were there. */
    private int home(long hash) {
        return (int) (hash >>> shift);
    }

    /** Empties a table entry and moves back what had been pushed on by it. */
    private void vacate(int from) {
        int hole = from;
        int at = from;
        while (true) {
            at = at + 1 & tableMask;
            if (table[at] == 0) {
                break;
            }
            final int wanted = home(table[at]);
            if ((at - wanted & tableMask) >= (at - hole & tableMask)) {
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = 0;
    }
}
