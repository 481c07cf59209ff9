package org.tandemgw.recovery;

/**
 * Where rows are found by a hash that each has in the low half of one of its words. Open addressing: a place has 24 bits of the row, and 6 of its hash,
 * so a row is looked at only if it is almost surely the right one; 2 bits say how far from its home it is, so that nobody looks at it to move it back. At most
 * two thirds are in use.
 *
 * <pre>
 *  for (int at = index.first(hash); index.row(at) != 0; at = index.next(at))
 *      if (index.perhaps(at, hash) and the row is the one) found index.row(at)
 * </pre>
 */
final class RowIndex {
    /** More rows have no place. */
    static final int MOST_ROWS = (1 << 24) - 1;

    private static final int FAR_SHIFT = 24;

    /** So far, or farther: only its hash tells. */
    private static final int FAR = 3;

    private static final int TAG_SHIFT = 26;

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
        return (places[at] ^ hash) >>> TAG_SHIFT == 0;
    }

    /** What is in the place where a search begins. */
    int home(int hash) {
        return places[first(hash)];
    }

    /** The row that almost surely has this hash; 0 if none has. */
    int likely(int hash) {
        int at = first(hash);
        while (row(at) != 0 && !perhaps(at, hash)) {
            at = next(at);
        }
        return row(at);
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
            final int back = at - hole & mask;
            final int far = far(at);
            if (far >= back) {
                put(hole, places[at], far - back);
                hole = at;
            }
        }
        places[hole] = 0;
        used--;
    }

    long bytes() {
        return (long) places.length * Integer.BYTES;
    }

    /** How far a row is from its home. */
    private int far(int at) {
        final int far = places[at] >>> FAR_SHIFT & FAR;
        return far < FAR ? far : at - first(rows.low(row(at), hashWord)) & mask;
    }

    private void put(int row, int hash) {
        int at = first(hash);
        int far = 0;
        while (places[at] != 0) {
            at = next(at);
            far++;
        }
        put(at, hash >>> TAG_SHIFT << TAG_SHIFT | row, far);
    }

    private void put(int at, int place, int far) {
        places[at] = place & ~(FAR << FAR_SHIFT) | Math.min(far, FAR) << FAR_SHIFT;
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
