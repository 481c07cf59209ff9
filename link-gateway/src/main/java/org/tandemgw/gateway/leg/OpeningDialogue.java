package org.tandemgw.gateway.leg;

import java.util.List;
import java.util.function.Consumer;

/** Plays a {@link SessionScript}'s steps against the bytes that come. Pure; one per connection. */
final class OpeningDialogue {
    /** What may come before an expected text does; more is not the dialogue of the profile. */
    static final int MAX_UNEXPECTED = 65_536;

    private final List<SessionScript.Step> steps;
    private final Consumer<byte[]> out;
    private int step;
    private int matched;
    private int unexpected;

    OpeningDialogue(SessionScript script, Consumer<byte[]> out) {
        this.steps = script.steps();
        this.out = out;
        advance();
    }

    boolean done() {
        return step == steps.size();
    }

    /** How many steps are done. */
    int step() {
        return step;
    }

    /** How long the present stepmay take, in ms. */
    long timeoutMs() {
        return steps.get(step).timeoutMs();
    }

    /** What the present step waits for. */
    byte[] awaited() {
        return steps.get(step).expect();
    }

    /**
     * Bytes have come.
     *
     * @return how many of them belong to the dialogue; the rest belongs to the session. -1 if this is no such dialogue
     */
    int offer(byte[] buffer, int offset, int length) {
        int used = 0;
        while (!done() && used < length) {
            final byte[] expect = awaited();
            final byte b = buffer[offset + used++];
            if (++unexpected > MAX_UNEXPECTED) {
                return -1;
            }
            while (matched > 0 && expect[matched] != b) {
                matched = longestBorder(expect, matched);
            }
            if (expect[matched] == b && ++matched == expect.length) {
                matched = 0;
                unexpected = 0;
                step++;
                advance();
            }
        }
        return used;
    }

    private void advance() {
        while (!done() && steps.get(step).expect().length == 0) {
            out.accept(steps.get(step).send());
            step++;
        }
    }

    /** The length of the longest proper prefix of the first {@code length} bytes that is also their end. */
    private static int longestBorder(byte[] bytes, int length) {
        for (int border = length - 1; border > 0; border--) {
            if (java.util.Arrays.equals(bytes, 0, border, bytes, length - border, length)) {
                return border;
            }
        }
        return 0;
    }
}
