package org.tandemgw.gateway.dialect.esl;

import java.nio.charset.StandardCharsets;
import net.openhft.hashing.LongTupleHashFunction;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.frame.EslHead;

/**
 * The key of an event: all of what is inside the outer header. {@code Core-UUID} and {@code Event-Sequence} are in it, so an event of another start of the
 * FreeSWITCH is another one, and so is one that a module sent once more under the same number with other content.
 */
final class EslIdentity implements FrameIdentity {
    private static final byte[] SEQUENCE = "Event-Sequence: ".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_DIGITS = 18;

    private final LongTupleHashFunction hash;
    private final EslHead head = new EslHead();
    private final long[] key = new long[2];
    private long number = NO_NUMBER;

    /** @param seed differs from process to process */
    EslIdentity(long seed) {
        this.hash = LongTupleHashFunction.xx128(seed);
    }

    @Override
    public void of(byte[] buffer, int offset, int length, long atNs) {
        final int headBytes = head.read(buffer, offset, length);
        final int inside = headBytes == length ? 0 : headBytes;
        hash.hashBytes(buffer, offset + inside, length - inside, key);
        number = number(buffer, offset + inside, offset + length);
    }

    private static long number(byte[] buffer, int from, int end) {
        int line = from;
        while (line < end && buffer[line] != '\n') {
            int at = line;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            if (buffer[line] == 'E' && begins(buffer, line, at)) {
                return digits(buffer, line + SEQUENCE.length, at);
            }
            line = at + 1;
        }
        return NO_NUMBER;
    }

    private static boolean begins(byte[] buffer, int line, int end) {
        return end - line > SEQUENCE.length
                && java.util.Arrays.equals(buffer, line, line + SEQUENCE.length, SEQUENCE, 0, SEQUENCE.length);
    }

    private static long digits(byte[] buffer, int from, int to) {
        final int end = buffer[to - 1] == '\r' ? to - 1 : to;
        if (end - from > MOST_DIGITS || end == from) {
            return NO_NUMBER;
        }
        long number = 0;
        for (int at = from; at < end; at++) {
            if (buffer[at] < '0' || buffer[at] > '9') {
                return NO_NUMBER;
            }
            number = 10 * number + buffer[at] - '0';
        }
        return number;
    }

    @Override
    public long high() {
        return key[0];
    }

    @Override
    public long low() {
        return key[1];
    }

    @Override
    public long number() {
        return number;
    }
}
