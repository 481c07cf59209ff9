package org.tandemgw.recovery;

import java.util.Arrays;

/**
 * Rows of so many longs, numbered from 1; 0 means none. Grows by pages up to its limit and never shrinks; a row that is given back
 * is used again. Plain arrays of longs, because a million calls as objects would be fifty million objects.
 */
final class Slab {
    private static final int PAGE_BITS = 10;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;

    private final int words;
    private final int limit;
    private long[][] pages = new long[4][];
    private int pageCount;
    private int fresh = 1;
    private int firstFree;
    private int used;

    Slab(int words, int limit) {
        this.words = words;
        this.limit = limit;
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
            final int from = (row & PAGE_ROWS - 1) * words;
            Arrays.fill(pages[row >> PAGE_BITS], from, from + words, 0);
            return row;
        }
        if (fresh >> PAGE_BITS == pageCount) {
            if (pageCount == pages.length) {
                pages = Arrays.copyOf(pages, pageCount * 2);
            }
            pages[pageCount++] = new long[PAGE_ROWS * words];
        }
        return fresh++;
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
        return (long) pageCount * PAGE_ROWS * words * Long.BYTES;
    }

    long get(int row, int word) {
        return pages[row >> PAGE_BITS][(row & PAGE_ROWS - 1) * words + word];
    }

    void set(int row, int word, long value) {
        pages[row >> PAGE_BITS][(row & PAGE_ROWS - 1) * words + word] = value;
    }

    int low(int row, int word) {
        return (int) get(row, word);
    }

    int high(int row, int word) {
        return (int) (get(row, word) >>> 32);
    }

    void low(int row, int word, int value) {
        final long[] page = pages[row >> PAGE_BITS];
        final int at = (row & PAGE_ROWS - 1) * words + word;
        page[at] = page[at] & 0xFFFF_FFFF_0000_0000L | value & 0xFFFF_FFFFL;
    }

    void high(int row, int word, int value) {
        final long[] page = pages[row >> PAGE_BITS];
        final int at = (row & PAGE_ROWS - 1) * words + word;
        page[at] = page[at] & 0xFFFF_FFFFL | (long) value << 32;
    }
}
