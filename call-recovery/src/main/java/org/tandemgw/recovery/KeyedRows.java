package org.tandemgw.recovery;

import java.nio.charset.StandardCharsets;

/**
 * Rows that are found by an id. The first five words of each are the same:
 *
 * <pre>
 *  0 to 2   the id's first 24 bytes
 *  3        hash | 32 bits of the row's own
 *  4        text with the rest of the id | length of the id (8 bits) and 24 bits of the row's own
 * </pre>
 *
 * The id is in the row because looking for it is what a table does most, and each hop is a wait for memory.
 */
final class KeyedRows {
    static final int KEY_WORDS = 5;

    private static final int INLINE_WORDS = 3;
    /** Its high half is the row's own. */
    static final int HASH = 3;

    private static final int KEY = 4;

    final Slab rows;
    private final Texts texts;
    private final TextHash hash;
    final RowIndex index;

    KeyedRows(Slab rows, Texts texts) {
        this.rows = rows;
        this.texts = texts;
        hash = texts.hash;
        index = new RowIndex(rows, HASH);
    }

    /** 0 if there is none, also for an empty id. */
    int find(CallEvent event, CallText field) {
        if (!event.has(field)) {
            return 0;
        }
        final int wanted = hash.of(event, field, 0);
        int row;
        for (int at = index.first(wanted); (row = index.row(at)) != 0; at = index.next(at)) {
            if (index.perhaps(at, wanted) && is(row, event, field)) {
                return row;
            }
        }
        return 0;
    }

    /** The same; whoever has found a likely one before says which, or 0. */
    int find(CallEvent event, CallText field, int likely) {
        return likely != 0 && is(likely, event, field) ? likely : find(event, field);
    }

    int hash(CallEvent event, CallText field) {
        return hash.of(event, field, 0);
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
        rows.set(row, KEY, 0); // whoever still has its number finds that it has no id
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
        return rows.bytes() + index.bytes();
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
            index.add(row, hash.of(event, field, 0));
        }
        return true;
    }

    private void unlink(int row) {
        if (!nameless(row)) {
            index.remove(row);
        }
    }
}
