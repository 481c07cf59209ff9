package org.tandemgw.recovery;

import java.nio.charset.StandardCharsets;

/**
 * Rows that are found by an id. The first five words of each are the same:
 *
 * <pre>
 *  0 to 2   the id's first 24 bytes
 *  3        hash | next row of the same bucket
 *  4        text with the rest of the id | length of the id (8 bits) and 24 bits of the row's own
 * </pre>
 *
 * The id is in the row because looking for it is what a table does most, and each hop is a wait for memory.
 */
final class KeyedRows {
    static final int KEY_WORDS = 5;

    private static final int INLINE_WORDS = 3;
    private static final int LINK = 3;
    private static final int KEY = 4;

    final Slab rows;
    private final Texts texts;
    private int[] heads = new int[1024];

    KeyedRows(Slab rows, Texts texts) {
        this.rows = rows;
        this.texts = texts;
    }

    /** 0 if there is none, also for an empty id. */
    int find(CallEvent event, CallText field) {
        if (!event.has(field)) {
            return 0;
        }
        final int hash = Texts.hash(event, field, 0);
        int row = heads[hash & heads.length - 1];
        while (row != 0 && (rows.low(row, LINK) != hash || !is(row, event, field))) {
            row = rows.high(row, LINK);
        }
        return row;
    }

    boolean is(int row, CallEvent event, CallText field) {
        final int length = event.length(field);
        if ((rows.high(row, KEY) & 0xFF) != length) {
            return false;
        }
        for (int i = 0; i < INLINE_WORDS && i << 3 < length; i++) {
            if (rows.get(row, i) != event.eight(field, i)) {
                return false;
            }
        }
        return length <= INLINE_WORDS << 3 || texts.same(rows.low(row, KEY), event, field, INLINE_WORDS);
    }

    /** A new row; with an empty id it will not be found. 0 if there is no room for it. */
    int add(CallEvent event, CallText field) {
        final int row = rows.take();
        if (row != 0 && !name(row, event, field)) {
            rows.free(row);
            return 0;
        }
        return row;
    }

    /** Gives the row another id; false, and nothing has changed, if there is no room for it. */
    boolean rename(int row, CallEvent event, CallText field) {
        final int length = event.length(field);
        final int tail = texts.intern(event, field, INLINE_WORDS);
        if (tail == 0 && length > INLINE_WORDS << 3) {
            return false;
        }
        unlink(row);
        texts.release(rows.low(row, KEY));
        name(row, event, field);
        texts.release(tail);
        return true;
    }

    /** The row stays, but its id can be another row's. */
    void forget(int row) {
        unlink(row);
        texts.release(rows.low(row, KEY));
        rows.set(row, KEY, rows.get(row, KEY) & 0xFFFF_FF00_0000_0000L);
    }

    void remove(int row) {
        unlink(row);
        texts.release(rows.low(row, KEY));
        rows.free(row);
    }

    boolean nameless(int row) {
        return (rows.high(row, KEY) & 0xFF) == 0;
    }

    int own(int row) {
        return rows.high(row, KEY) >>> 8;
    }

    void own(int row, int bits) {
        rows.high(row, KEY, rows.high(row, KEY) & 0xFF | bits << 8);
    }

    /** Writes the id's bytes and returns where they end. */
    int copyId(int row, byte[] to, int at) {
        final int length = rows.high(row, KEY) & 0xFF;
        for (int i = 0; i < Math.min(length, INLINE_WORDS << 3); i++) {
            to[at + i] = (byte) (rows.get(row, i >> 3) >>> ((i & 7) << 3));
        }
        texts.copy(rows.low(row, KEY), to, at + (INLINE_WORDS << 3));
        return at + length;
    }

    String id(int row) {
        final byte[] bytes = new byte[CallEvent.MAX_TEXT_BYTES];
        return new String(bytes, 0, copyId(row, bytes, 0), StandardCharsets.UTF_8);
    }

    long bytes() {
        return rows.bytes() + (long) heads.length * Integer.BYTES;
    }

    private boolean name(int row, CallEvent event, CallText field) {
        final int length = event.length(field);
        final int tail = texts.intern(event, field, INLINE_WORDS);
        if (tail == 0 && length > INLINE_WORDS << 3) {
            return false;
        }
        for (int i = 0; i < INLINE_WORDS; i++) {
            rows.set(row, i, i << 3 < length ? event.eight(field, i) : 0);
        }
        rows.set(row, KEY, rows.get(row, KEY) & 0xFFFF_FF00_0000_0000L | (long) length << 32 | tail);
        if (length > 0) {
            link(row, Texts.hash(event, field, 0));
        }
        return true;
    }

    private void link(int row, int hash) {
        if (rows.used() > heads.length) {
            grow();
        }
        rows.low(row, LINK, hash);
        rows.high(row, LINK, heads[hash & heads.length - 1]);
        heads[hash & heads.length - 1] = row;
    }

    private void unlink(int row) {
        if (nameless(row)) {
            return;
        }
        final int bucket = rows.low(row, LINK) & heads.length - 1;
        if (heads[bucket] == row) {
            heads[bucket] = rows.high(row, LINK);
            return;
        }
        int before = heads[bucket];
        while (rows.high(before, LINK) != row) {
            before = rows.high(before, LINK);
        }
        rows.high(before, LINK, rows.high(row, LINK));
    }

    private void grow() {
        final int[] old = heads;
        heads = new int[old.length * 2];
        for (final int head : old) {
            for (int row = head; row != 0; ) {
                final int next = rows.high(row, LINK);
                final int bucket = rows.low(row, LINK) & heads.length - 1;
                rows.high(row, LINK, heads[bucket]);
                heads[bucket] = row;
                row = next;
            }
        }
    }
}
