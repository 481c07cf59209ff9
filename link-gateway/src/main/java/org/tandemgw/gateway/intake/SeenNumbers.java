package org.tandemgw.gateway.intake;

import org.tandemgw.gateway.dialect.FrameIdentity;

/**
 * Finds frames that one session brings twice, where the ACD numbers its frames: the same number with the same content is the same frame, and
 * sending it again is a fault of the ACD or of the line. It remembers the last 256 numbers of a session. Intake thread, but for the counter.
 */
final class SeenNumbers {
    private static final int MASK = 255;

    private final long[] numbers = new long[MASK + 1];
    private final long[] highs = new long[MASK + 1];
    private volatile long repeats;

    SeenNumbers() {
        clear();
    }

    /** A session begins: what came before says nothing. */
    void clear() {
        java.util.Arrays.fill(numbers, FrameIdentity.NO_NUMBER);
    }

    /** Whether this session has brought the frame before; if not, it has now. */
    boolean isRepeat(FrameIdentity frame) {
        final long number = frame.number();
        if (number == FrameIdentity.NO_NUMBER) {
            return false;
        }
        final int slot = (int) number & MASK;
        if (numbers[slot] == number && highs[slot] == frame.high()) {
            repeats = repeats + 1;
            return true;
        }
        numbers[slot] = number;
        highs[slot] = frame.high();
        return false;
    }

    /** Frames that came twice. Any thread. */
    long repeats() {
        return repeats;
    }
}
