package org.tandemgw.benchmarks.endtoend;

import java.nio.charset.StandardCharsets;

/** What travels: one line with its number and the time at which it was due. The time is the machine's, not the process's. */
final class Frame {
    private static final int DIGITS = 16;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Frame() {}

    static void put(byte[] to, int at, int bytes, long number, long dueNs) {
        digits(to, at, number);
        digits(to, at + DIGITS, dueNs);
        for (int i = 2 * DIGITS; i < bytes - 1; i++) {
            to[at + i] = '.';
        }
        to[at + bytes - 1] = '\n';
    }

    static long number(byte[] from, int at) {
        return digits(from, at);
    }

    static long dueNs(byte[] from, int at) {
        return digits(from, at + DIGITS);
    }

    private static void digits(byte[] to, int at, long value) {
        for (int i = 0; i < DIGITS; i++) {
            to[at + i] = HEX[(int) (value >>> 4 * (DIGITS - 1 - i)) & 0xf];
        }
    }

    private static long digits(byte[] from, int at) {
        long value = 0;
        for (int i = 0; i < DIGITS; i++) {
            final int digit = from[at + i];
            value = value << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return value;
    }
}
