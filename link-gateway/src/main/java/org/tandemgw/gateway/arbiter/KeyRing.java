package org.tandemgw.gateway.arbiter;

/**
 * The last so many 128-bit keys in order, each at a place that never changes, with an index from key to places, newest
 * first. When full, the oldest key makes room. Allocates only when made.
 */
final class KeyRing {
    static final long NONE = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final int mask;
    private final long[] hi;
    private final long[] lo;
    /** Distance to the next older place of the same key, 0 if there is none. */
    private final int[] older;
    /** Ring slot + 1 of each key's newest place; 0 is empty. Linear probing. */
    private final int[] table;

    private final int tableMask;
    private final int shift;
    private long base;
    private long end;

    KeyRing(int capacity) {
        mask = capacity - 1;
        hi = new long[capacity];
        lo = new long[capacity];
        older = new int[capacity];
        table = new int[capacity * 2];
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
        int at = home(keyHi, keyLo);
        while (table[at] != 0 && !slotHolds(table[at] - 1, keyHi, keyLo)) {
            at = at + 1 & tableMask;
        }
        older[slot] = table[at] == 0 ? 0 : ((int) end - (table[at] - 1)) & mask;
        table[at] = slot + 1;
        return end++;
    }

    void dropOldest() {
        final int slot = (int) base & mask;
        int at = home(hi[slot], lo[slot]);
        while (!slotHolds(table[at] - 1, hi[slot], lo[slot])) {
            at = at + 1 & tableMask;
        }
        if (table[at] == slot + 1) {
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
        int at = home(keyHi, keyLo);
        while (table[at] != 0) {
            if (slotHolds(table[at] - 1, keyHi, keyLo)) {
                return end - 1 - (((int) end - table[at]) & mask);
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

    private int home(long keyHi, long keyLo) {
        return (int) ((keyLo + keyHi * 31) * MIX >>> shift);
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
            final int wanted = home(hi[table[at] - 1], lo[table[at] - 1]);
            if ((at - wanted & tableMask) >= (at - hole & tableMask)) {
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = 0;
    }
}
