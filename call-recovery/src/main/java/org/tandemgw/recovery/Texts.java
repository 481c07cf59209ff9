package org.tandemgw.recovery;

import java.nio.charset.StandardCharsets;

/**
 * Each text once, however many rows name it, in cells of 32 bytes:
 *
 * <pre>
 *  first cell   | hash                 | references, next cell and length | 16 bytes of text |
 *  next cells   | next cell            | 24 bytes of text                                    |
 * </pre>
 *
 * At the limit a text is not kept: 0, as if the ACD had not told it, and counted.
 */
final class Texts {
    private static final int LINK = 0;
    private static final int USE = 1;
    private static final int FIRST = 2;

    private final Slab cells;
    private final Counts counts;
    final TextHash hash;
    private final RowIndex index;

    Texts(Slab cells, Counts counts, TextHash hash) {
        this.cells = cells;
        this.counts = counts;
        this.hash = hash;
        index = new RowIndex(cells, LINK);
    }

    /** The number of a text, with one more reference; 0 if there is none in the event or no room. */
    int intern(CallEvent from, CallText field, int skipWords) {
        final int length = from.length(field) - (skipWords << 3);
        if (length <= 0) {
            return 0;
        }
        final int wanted = hash.of(from, field, skipWords);
        int text;
        for (int at = index.first(wanted); (text = index.row(at)) != 0; at = index.next(at)) {
            if (index.perhaps(at, wanted) && same(text, from, field, skipWords)) {
                return share(text);
            }
        }
        return add(wanted, length, from, field, skipWords);
    }

    private int add(int hashed, int length, CallEvent from, CallText field, int skipWords) {
        final int text = cells.take();
        if (text == 0) {
            counts.add(Count.TEXTS_NOT_KEPT);
            return 0;
        }
        cells.set(text, USE, 1L | (long) length << 32);
        int cell = text;
        int word = FIRST;
        for (int i = 0; i < length + 7 >> 3; i++) {
            if (word == 4) {
                final int next = cells.take();
                if (next == 0) {
                    freeChain(text);
                    counts.add(Count.TEXTS_NOT_KEPT);
                    return 0;
                }
                link(cell, cell == text, next);
                cell = next;
                word = 1;
            }
            cells.set(cell, word++, from.eight(field, skipWords + i));
        }
        index.add(text, hashed);
        return text;
    }

    boolean same(int text, CallEvent as, CallText field, int skipWords) {
        final int length = as.length(field) - (skipWords << 3);
        if (text == 0 || length != length(text)) {
            return text == 0 && length <= 0;
        }
        int cell = text;
        int word = FIRST;
        for (int i = 0; i < length + 7 >> 3; i++) {
            if (word == 4) {
                cell = next(cell, cell == text);
                word = 1;
            }
            if (cells.get(cell, word++) != as.eight(field, skipWords + i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text has these bytes. */
    boolean is(int text, byte[] bytes) {
        if (length(text) != bytes.length) {
            return false;
        }
        int cell = text;
        int word = FIRST;
        for (int at = 0; at < bytes.length; at += 8) {
            if (word == 4) {
                cell = next(cell, cell == text);
                word = 1;
            }
            if (cells.get(cell, word++) != CallEvent.eight(bytes, at)) {
                return false;
            }
        }
        return true;
    }

    /** One reference more. */
    int share(int text) {
        if (text != 0) {
            cells.low(text, USE, cells.low(text, USE) + 1);
        }
        return text;
    }

    /** One reference less; with the last one the text goes. */
    void release(int text) {
        if (text == 0) {
            return;
        }
        final int references = cells.low(text, USE) - 1;
        if (references > 0) {
            cells.low(text, USE, references);
            return;
        }
        index.remove(text);
        freeChain(text);
    }

    int length(int text) {
        return text == 0 ? 0 : cells.high(text, USE) & 0xFF;
    }

    /** Writes the text's bytes and returns where they end. */
    int copy(int text, byte[] to, int at) {
        int cell = text;
        int word = FIRST;
        final int length = length(text);
        for (int i = 0; i < length; i += 8) {
            if (word == 4) {
                cell = next(cell, cell == text);
                word = 1;
            }
            CallEvent.eight(to, at + i, cells.get(cell, word++), length - i);
        }
        return at + length;
    }

    String string(int text) {
        final byte[] bytes = new byte[length(text)];
        copy(text, bytes, 0);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    long bytes() {
        return index.bytes();
    }

    private int next(int cell, boolean first) {
        return first ? cells.high(cell, USE) >>> 8 : cells.low(cell, LINK);
    }

    private void link(int cell, boolean first, int next) {
        if (first) {
            cells.high(cell, USE, cells.high(cell, USE) & 0xFF | next << 8);
        } else {
            cells.low(cell, LINK, next);
        }
    }

    private void freeChain(int text) {
        int next = next(text, true);
        cells.free(text);
        while (next != 0) {
            final int cell = next;
            next = next(cell, false);
            cells.free(cell);
        }
    }
}
