package org.tandemgw.recovery;

import java.util.Arrays;

/**
 * Rows of so many longs, numbered from 1; 0 means none. Grows by pages up to its limit and never shrinks; a row that is given back
 * is used again. Plain arrays of longs, because a million calls as objects would be fifty million objects. Pages are large, because
 * each has its length at its beginning, which is one more place of memory that somebody waits for; the last one grows in steps.
 */
final class Slab {
    private static final int PAGE_WORDS = 1 << 17;
    private static final int STEP_BITS = 3;

    private final int words;
    private final int limit;
    private final int pageBits;
    private final int pageMask;
    private long[][] pages = new long[4][];
    private int rowsThere = 1;
    private int fresh = 1;
    private int firstFree;
    private int used;

    Slab(int words, int limit) {
        this.words = words;
        this.limit = limit;
        pageBits = 31 - Integer.numberOfLeadingZeros(PAGE_WORDS / words);
        pageMask = (1 << pageBits) - 1;
        pages[0] = new long[words];
    }

    /** A row of zeros, or 0 at the limit. */
    int take() {
        if (used == limit) {
            return 0;
        }
        used++;
        if (firstFree != 0) {
            final int row = firstFree;
            firstFree = (int) get(row, 0);
            final int from = (row & pageMask) * words;
            Arrays.fill(pages[row >> pageBits], from, from + words, 0);
            return row;
        }
        if (fresh == rowsThere) {
            grow();
        }
        return fresh++;
    }

    private void grow() {
        final int step = pageMask + 1 >> STEP_BITS;
        final int rows = rowsThere / step * step + step;
        final int page = rows - 1 >> pageBits;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page * 2);
        }
        final int there = (rows - 1 & pageMask) + 1;
        pages[page] = pages[page] == null ? new long[there * words] : Arrays.copyOf(pages[page], there * words);
        rowsThere = rows;
    }

    void free(int row) {
        set(row, 0, firstFree);
        firstFree = row;
        used--;
    }

    boolean full() {
        return used == limit;
    }

    int used() {
        return used;
    }

    long bytes() {
        return (long) rowsThere * words * Long.BYTES;
    }

    long get(int row, int word) {
        return pages[row >> pageBits][(row & pageMask) * words + word];
    }

    void set(int row, int word, long value) {
        pages[row >> pageBits][(row & pageMask) * words + word] = value;
    }

    /** Something of every 64 bytes of a row: who asks for many rows so, and only then looks at them, waits for memory once. */
    long touch(int row) {
        final long[] page = pages[row >> pageBits];
        final int from = (row & pageMask) * words;
        long something = page[from + words - 1];
        for (int word = 0; word < words; word += 8) {
            something ^= page[from + word];
        }
        return something;
    }

    int low(int row, int word) {
        return (int) get(row, word);
    }

    int high(int row, int word) {
        return (int) (get(row, word) >>> 32);
    }

    void low(int row, int word, int value) {
        final long[] page = pages[row >> pageBits];
        final int at = (row & pageMask) * words + word;
        page[at] = page[at] & 0xFFFF_FFFF_0000_0000L | value & 0xFFFF_FFFFL;
    }

    void high(int row, int word, int value) {
        final long[] page = pages[row >> pageBits];
        final int at = (row & pageMask) * words + word;
        page[at] = page[at] & 0xFFFF_FFFFL | (long) value << 32;
    }
}
