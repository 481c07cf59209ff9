package org.tandemgw.recovery;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * Hashes of texts, with keys that nobody outside knows: whoever picks ids so that they meet in one place of the tables has to guess.
 *
 * <p>Sums of products with random keys (multilinear, half-multiply): two different texts have the same hash with a probability of
 * 2<sup>-32</sup>, whatever they are, where a fixed mixing of bits can be undone on paper. The products do not wait for each other.
 * Nothing that can be seen depends on the keys, so equal tables stay equal.
 */
final class TextHash {
    private final long[] keys = new long[2 + 2 * (CallEvent.MAX_TEXT_BYTES + 7 >> 3)];

    TextHash(long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < keys.length; i++) {
            keys[i] = random.nextLong();
        }
    }

    static TextHash secret() {
        return new TextHash(new SecureRandom().nextLong());
    }

    /** Of the field's bytes from 8 × {@code skipWords} on. */
    int of(CallEvent event, CallText field, int skipWords) {
        final int length = event.length(field);
        long sum = keys[0] + keys[1] * length;
        for (int i = skipWords; i << 3 < length; i++) {
            final long eight = event.eight(field, i);
            sum += (keys[2 * i + 2] + (eight & 0xFFFF_FFFFL)) * (keys[2 * i + 3] + (eight >>> 32));
        }
        return (int) (sum >>> 32);
    }

    /** Of so many bytes. */
    int of(byte[] text, int length) {
        long sum = keys[0] + keys[1] * length;
        for (int i = 0; i << 3 < length; i++) {
            final int rest = length - (i << 3);
            final long eight = CallEvent.eight(text, i << 3) & (rest < Long.BYTES ? (1L << (rest << 3)) - 1 : -1L);
            sum += (keys[2 * i + 2] + (eight & 0xFFFF_FFFFL)) * (keys[2 * i + 3] + (eight >>> 32));
        }
        return (int) (sum >>> 32);
    }
}
