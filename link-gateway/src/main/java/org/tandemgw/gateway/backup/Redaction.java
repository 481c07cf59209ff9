package org.tandemgw.gateway.backup;

import java.util.Arrays;

/**
 * Takes numbers out of frames before strangers read them: where four or more digits stand together, or apart by one or
 * two of {@code space - . / ( )} and NUL, every digit becomes {@code #}. Lengths stay. It knows no dialect, so it hides neither
 * names nor anything that is not written in ASCII digits. Pure.
 */
public final class Redaction {
    private static final int SHORTEST = 4;
    private static final String SEPARATORS = " -./()\0";
    private static final int SEPARATORS_BETWEEN = 2;

    private Redaction() {}

    /** A copy without such numbers. */
    public static byte[] of(byte[] bytes, int length) {
        final byte[] out = Arrays.copyOf(bytes, length);
        int start = -1;
        int end = 0;
        int digits = 0;
        for (int i = 0; i <= length; i++) {
            if (i < length && isDigit(out[i])) {
                start = start < 0 ? i : start;
                end = i + 1;
                digits++;
            } else if (i == length || !isSeparator(out[i]) || i - end >= SEPARATORS_BETWEEN) {
                if (digits >= SHORTEST) {
                    hide(out, start, end);
                }
                start = -1;
                digits = 0;
            }
        }
        return out;
    }

    private static void hide(byte[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = isDigit(out[i]) ? (byte) '#' : out[i];
        }
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isSeparator(byte b) {
        return SEPARATORS.indexOf(b) >= 0;
    }
}
