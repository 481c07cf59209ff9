package org.tandemgw.gateway.calls;

import java.util.function.Function;

/** Finds one of a few words in bytes without regard to case, by a hash of them, without making a text of the bytes. */
final class WordTable<T> {
    private static final int SIZE = 256;

    private final T[] values;
    private final Object[] slots = new Object[SIZE];
    private final String[] words = new String[SIZE];

    WordTable(T[] values, Function<T, String> lower) {
        this.values = values;
        for (final T value : this.values) {
            final String word = lower.apply(value);
            int hash = 0;
            for (int i = 0; i < word.length(); i++) {
                hash = 31 * hash + word.charAt(i);
            }
            int slot = spread(hash);
            while (words[slot] != null) {
                slot = slot + 1 & SIZE - 1;
            }
            words[slot] = word;
            slots[slot] = value;
        }
    }

    /** The value whose word this is, or null. */
    @SuppressWarnings("unchecked")
    T find(byte[] buffer, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + lower(buffer[i]);
        }
        for (int slot = spread(hash); words[slot] != null; slot = slot + 1 & SIZE - 1) {
            if (is(words[slot], buffer, from, to)) {
                return (T) slots[slot];
            }
        }
        return null;
    }

    private static int spread(int hash) {
        return (hash ^ hash >>> 16 ^ hash >>> 8) & SIZE - 1;
    }

    private static boolean is(String word, byte[] buffer, int from, int to) {
        if (word.length() != to - from) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != lower(buffer[from + i])) {
                return false;
            }
        }
        return true;
    }

    static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }
}
