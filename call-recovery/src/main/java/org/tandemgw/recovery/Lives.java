package org.tandemgw.recovery;

/**
 * The sequences of the frames that told of a call, in order, as differences of one to nine bytes. The last of these bytes are in the
 * call's row; when they are {@link #TAIL_BYTES} they move into a cell:
 *
 * <pre>
 *  cell   | next cell | 24 bytes |
 *  row    | first cell, last cell | the last 24 bytes |     and half a word: sequences (16), bytes in the row (16)
 * </pre>
 *
 * A call keeps {@link #MAX_FRAMES}; the call is marked when there are more.
 */
final class Lives {
    static final int MAX_FRAMES = 4096;

    /** Of a call's row. */
    static final int WORDS = 4;

    private static final int TAIL_BYTES = 24;
    private static final int TAIL_WORDS = TAIL_BYTES >> 3;

    private final Slab cells;
    private final Slab calls;
    private final int ends;
    private final int tail;
    private final int sizes;

    /** Of all calls. */
    private long total;

    /**
     * @param calls whose rows have the words
     * @param at the first of {@link #WORDS}
     * @param sizes a word of which the high half is free
     */
    Lives(Slab cells, Slab calls, int at, int sizes) {
        this.cells = cells;
        this.calls = calls;
        ends = at;
        tail = at + 1;
        this.sizes = sizes;
    }

    /** False if there is no room for it. A sequence that is the last one already is not added again. */
    boolean append(int call, long sequence, long last) {
        final int frames = size(call);
        final long difference = frames == 0 ? sequence : sequence - last;
        if (difference == 0 && frames != 0) {
            return true;
        }
        int used = calls.high(call, sizes) >>> 16;
        final boolean fits = used + bytesOf(difference) <= TAIL_BYTES;
        final int cell = fits || frames == MAX_FRAMES ? 0 : cells.take();
        if (frames == MAX_FRAMES || !fits && cell == 0) {
            return false;
        }
        long rest = difference;
        do {
            if (used == TAIL_BYTES) {
                moveInto(cell, call);
                used = 0;
            }
            final int word = tail + (used >> 3);
            final long b = rest >>> 7 == 0 ? rest : rest & 0x7F | 0x80;
            calls.set(call, word, calls.get(call, word) | b << ((used & 7) << 3));
            used++;
            rest >>>= 7;
        } while (rest != 0);
        calls.high(call, sizes, frames + 1 | used << 16);
        total++;
        return true;
    }

    /** How many all calls have together. */
    long total() {
        return total;
    }

    int size(int call) {
        return calls.high(call, sizes) & 0xFFFF;
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
                if (at == TAIL_BYTES) {
                    cell = cells.low(cell, 0);
                    at = 0;
                }
                final long eight = cell == 0 ? calls.get(call, tail + (at >> 3)) : cells.get(cell, 1 + (at >> 3));
                final int b = (int) (eight >>> ((at & 7) << 3)) & 0xFF;
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
        for (int at = 0; at < 9; at++) {
            final long eight = cell == 0 ? calls.get(call, tail + (at >> 3)) : cells.get(cell, 1 + (at >> 3));
            final int b = (int) (eight >>> ((at & 7) << 3)) & 0xFF;
            sequence |= (long) (b & 0x7F) << 7 * at;
            if (b < 0x80) {
                break;
            }
        }
        return sequence;
    }

    void free(int call) {
        total -= size(call);
        for (int cell = calls.low(call, ends); cell != 0; ) {
            final int next = cells.low(cell, 0);
            cells.free(cell);
            cell = next;
        }
        calls.set(call, ends, 0);
        clearTail(call);
        calls.high(call, sizes, 0);
    }

    private void moveInto(int cell, int call) {
        for (int i = 0; i < TAIL_WORDS; i++) {
            cells.set(cell, 1 + i, calls.get(call, tail + i));
        }
        clearTail(call);
        final int last = calls.high(call, ends);
        if (last == 0) {
            calls.low(call, ends, cell);
        } else {
            cells.set(last, 0, cell); // the whole word: nobody waits for what was there
        }
        calls.high(call, ends, cell);
    }

    private void clearTail(int call) {
        for (int i = 0; i < TAIL_WORDS; i++) {
            calls.set(call, tail + i, 0);
        }
    }

    private static int bytesOf(long difference) {
        return (70 - Long.numberOfLeadingZeros(difference | 1)) / 7;
    }
}
