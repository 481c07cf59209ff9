package org.tandemgw.recovery;

import java.nio.charset.StandardCharsets;

/**
 * One text of each row, kept in the row itself as far as so many words hold it, and the rest in {@link Texts}. For texts that are
 * each row's own and told again and again: comparing them needs no other place of memory. Half a word says what there is:
 *
 * <pre>
 *  length (8 bits) | text with the rest (24)
 * </pre>
 */
final class RowTexts {
    private final Slab rows;
    private final Texts rests;
    private final int use;
    private final boolean high;
    private final int first;
    private final int words;

    /**
     * @param use the word of which one half is {@code high} or not
     * @param first of the text's own {@code words}
     */
    RowTexts(Slab rows, Texts rests, int use, boolean high, int first, int words) {
        this.rows = rows;
        this.rests = rests;
        this.use = use;
        this.high = high;
        this.first = first;
        this.words = words;
    }

    boolean has(int row) {
        return use(row) != 0;
    }

    boolean same(int row, CallEvent event, CallText field) {
        final int length = event.length(field);
        final int present = use(row);
        if ((present & 0xFF) != length) {
            return false;
        }
        for (int i = 0; i < words && i << 3 < length; i++) {
            if (rows.get(row, first + i) != event.eight(field, i)) {
                return false;
            }
        }
        return length <= words << 3 || rests.same(present >>> 8, event, field, words);
    }

    /** Takes over the event's text. If there is no room for the rest it is not kept, as if it had not been told, and counted. */
    void set(int row, CallEvent event, CallText field) {
        final int before = use(row) >>> 8;
        final int length = event.length(field);
        final int rest = rests.intern(event, field, words);
        final boolean kept = rest != 0 || length <= words << 3;
        for (int i = 0; i < words; i++) {
            rows.set(row, first + i, kept && i << 3 < length ? event.eight(field, i) : 0);
        }
        use(row, kept ? length | rest << 8 : 0);
        rests.release(before);
    }

    void clear(int row) {
        rests.release(use(row) >>> 8);
        use(row, 0);
    }

    /** Writes the text's bytes and returns where they end. */
    int copy(int row, byte[] to, int at) {
        final int length = use(row) & 0xFF;
        for (int i = 0; i < words && i << 3 < length; i++) {
            CallEvent.eight(to, at + (i << 3), rows.get(row, first + i), length - (i << 3));
        }
        rests.copy(use(row) >>> 8, to, at + (words << 3));
        return at + length;
    }

    /**
     * Keeps what a row has now, beside whatever becomes of it, until it is {@link #letGo}.
     *
     * @param words of the text, as many as a row has
     * @return the rest of what is held
     */
    int hold(int row, long[] words, int at) {
        for (int i = 0; i < this.words; i++) {
            words[at + i] = rows.get(row, first + i);
        }
        rests.share(use(row) >>> 8);
        return use(row);
    }

    void letGo(int held) {
        rests.release(held >>> 8);
    }

    /** Whether the row has what is held. */
    boolean isStill(int row, int held, long[] words, int at) {
        if (use(row) != held) {
            return false;
        }
        for (int i = 0; i < this.words && i << 3 < (held & 0xFF); i++) {
            if (rows.get(row, first + i) != words[at + i]) {
                return false;
            }
        }
        return true;
    }

    /** Writes the bytes of what is held and returns how many. */
    int copyHeld(int held, long[] words, int at, byte[] to) {
        final int length = held & 0xFF;
        for (int i = 0; i < this.words && i << 3 < length; i++) {
            CallEvent.eight(to, i << 3, words[at + i], length - (i << 3));
        }
        rests.copy(held >>> 8, to, this.words << 3);
        return length;
    }

    int words() {
        return words;
    }

    String string(int row) {
        final byte[] bytes = new byte[CallEvent.MAX_TEXT_BYTES];
        return new String(bytes, 0, copy(row, bytes, 0), StandardCharsets.UTF_8);
    }

    private int use(int row) {
        return high ? rows.high(row, use) : rows.low(row, use);
    }

    private void use(int row, int value) {
        if (high) {
            rows.high(row, use, value);
        } else {
            rows.low(row, use, value);
        }
    }
}
