package org.tandemgw.recovery;

/**
 * Where rows are found by a hash that each has in the low half of one of its words. Open addressing: a place is 8 bits of the hash
 * and 24 of the row, so a row is looked at only if it is almost surely the right one. At most two thirds are in use.
 *
 * <pre>
 *  for (int at = index.first(hash); index.row(at) != 0; at = index.next(at))
 *      if (index.perhaps(at, hash) and the row is the one) found index.row(at)
 * </pre>
 */
final class RowIndex {
    /** More rows have no place. */
    static final int MOST_ROWS = (1 << 24) - 1;

    private final Slab rows;
    private final int hashWord;
    private int[] places = new int[1024];
    private int mask = places.length - 1;
    private int used;

    RowIndex(Slab rows, int hashWord) {
        this.rows = rows;
        this.hashWord = hashWord;
    }

    int first(int hash) {
        return hash & mask;
    }

    int next(int at) {
        return at + 1 & mask;
    }

    /** 0 where the search ends. */
    int row(int at) {
        return places[at] & MOST_ROWS;
    }

    boolean perhaps(int at, int hash) {
        return (places[at] ^ hash) >>> 24 == 0;
    }

    void add(int row, int hash) {
        if (++used * 3L > places.length * 2L) {
            grow();
        }
        rows.low(row, hashWord, hash);
        put(row, hash);
    }

    /** What was moved on by its row moves back, so that there is never a hole on the way to a row. */
    void remove(int row) {
        int hole = first(rows.low(row, hashWord));
        while (row(hole) != row) {
            if (places[hole] == 0) {
                throw new IllegalStateException("row " + row + " is to be taken out of an index that has it not");
            }
            hole = next(hole);
        }
        for (int at = next(hole); places[at] != 0; at = next(at)) {
            final int home = first(rows.low(row(at), hashWord));
            if ((at - home & mask) >= (at - hole & mask)) {
                places[hole] = places[at];
                hole = at;
            }
        }
        places[hole] = 0;
        used--;
    }

    long bytes() {
        return (long) places.length * Integer.BYTES;
    }

    private void put(int row, int hash) {
        int at = first(hash);
        while (places[at] != 0) {
            at = next(at);
        }
        places[at] = hash & ~MOST_ROWS | row;
    }

    private void grow() {
        final int[] old = places;
        places = new int[old.length * 2];
        mask = places.length - 1;
        for (final int place : old) {
            if (place != 0) {
                put(place & MOST_ROWS, rows.low(place & MOST_ROWS, hashWord));
            }
        }
    }
}
