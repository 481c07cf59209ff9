package org.tandemgw.recovery;

/**
 * The sequences of the frames that told of a call, in order, as differences of one to nine bytes in cells of 24:
 *
 * <pre>
 *  cell   | next cell | 24 bytes |
 * </pre>
 *
 * A life is two words of its call's row: first and last cell; how many sequences, and how many bytes of the last cell are used.
 * A call keeps {@link #MAX_FRAMES}; the call is marked when there are more.
 */
final class Lives {
    static final int MAX_FRAMES = 4096;

    private static final int CELL_BYTES = 24;

    private final Slab cells;
    private final Slab calls;
    private final int ends;
    private final int sizes;

    /**
     * @param calls whose rows have the two words
     * @param at the first of them
     */
    Lives(Slab cells, Slab calls, int at) {
        this.cells = cells;
        this.calls = calls;
        ends = at;
        sizes = at + 1;
    }

    /** False if there is no room for it. A sequence that is the last one already is not added again. */
    boolean append(int call, long sequence, long last) {
        final int frames = calls.low(call, sizes);
        final long difference = frames == 0 ? sequence : sequence - last;
        if (difference == 0 && frames != 0) {
            return true;
        }
        if (frames == MAX_FRAMES) {
            return false;
        }
        final int lastCell = calls.high(call, ends);
        final int usedBytes = calls.high(call, sizes);
        long rest = difference;
        while (true) {
            if (!put(call, (byte) (rest & 0x7F | (rest >>> 7 == 0 ? 0 : 0x80)))) {
                cutBack(call, lastCell, usedBytes);
                return false;
            }
            rest >>>= 7;
            if (rest == 0) {
                break;
            }
        }
        calls.low(call, sizes, frames + 1);
        return true;
    }

    int size(int call) {
        return calls.low(call, sizes);
    }

    /** All sequences, written to {@code to}, which holds {@link #MAX_FRAMES}; returns how many. */
    int read(int call, long[] to) {
        final int frames = size(call);
        int cell = calls.low(call, ends);
        int at = 0;
        long sequence = 0;
        for (int i = 0; i < frames; i++) {
            long difference = 0;
            for (int shift = 0; ; shift += 7) {
                if (at == CELL_BYTES) {
                    cell = cells.low(cell, 0);
                    at = 0;
                }
                final int b = (int) (cells.get(cell, 1 + (at >> 3)) >>> ((at & 7) << 3)) & 0xFF;
                at++;
                difference |= (long) (b & 0x7F) << shift;
                if (b < 0x80) {
                    break;
                }
            }
            sequence += difference;
            to[i] = sequence;
        }
        return frames;
    }

    /** 0 if there is none. */
    long first(int call) {
        final int cell = calls.low(call, ends);
        long sequence = 0;
        for (int at = 0; cell != 0 && at < 9; at++) {
            final int b = (int) (cells.get(cell, 1 + (at >> 3)) >>> ((at & 7) << 3)) & 0xFF;
            sequence |= (long) (b & 0x7F) << 7 * at;
            if (b < 0x80) {
                break;
            }
        }
        return sequence;
    }

    void free(int call) {
        freeFrom(calls.low(call, ends));
        calls.set(call, ends, 0);
        calls.set(call, sizes, 0);
    }

    private boolean put(int call, byte b) {
        int cell = calls.high(call, ends);
        int at = calls.high(call, sizes);
        if (cell == 0 || at == CELL_BYTES) {
            final int next = cells.take();
            if (next == 0) {
                return false;
            }
            if (cell == 0) {
                calls.low(call, ends, next);
            } else {
                cells.low(cell, 0, next);
            }
            calls.high(call, ends, next);
            cell = next;
            at = 0;
        }
        final int word = 1 + (at >> 3);
        cells.set(cell, word, cells.get(cell, word) | (b & 0xFFL) << ((at & 7) << 3));
        calls.high(call, sizes, at + 1);
        return true;
    }

    /** Takes back half a number. */
    private void cutBack(int call, int lastCell, int usedBytes) {
        if (lastCell == 0) {
            free(call);
            return;
        }
        freeFrom(cells.low(lastCell, 0));
        cells.low(lastCell, 0, 0);
        for (int at = usedBytes; at < CELL_BYTES; at++) {
            final int word = 1 + (at >> 3);
            cells.set(lastCell, word, cells.get(lastCell, word) & ~(0xFFL << ((at & 7) << 3)));
        }
        calls.high(call, ends, lastCell);
        calls.high(call, sizes, usedBytes);
    }

    private void freeFrom(int cell) {
        for (int each = cell; each != 0; ) {
            final int next = cells.low(each, 0);
            cells.free(each);
            each = next;
        }
    }
}
