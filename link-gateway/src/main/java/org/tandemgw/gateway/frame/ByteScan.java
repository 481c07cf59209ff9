package org.tandemgw.gateway.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for one byte, eight at a time. */
final class ByteScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private ByteScan() {}

    /** The pattern to give to {@link #indexOf} for a byte. */
    static long everywhere(byte wanted) {
        return ONES * (wanted & 0xFF);
    }

    /** The first index of the byte in {@code from..limit-1}, or -1. */
    static int indexOf(byte[] input, int from, int limit, long everywhere) {
        int i = from;
        for (; i + Long.BYTES <= limit; i += Long.BYTES) {
            final long difference = (long) LONGS.get(input, i) ^ everywhere;
            final long zeros = (difference - ONES) & ~difference & HIGHS;
            if (zeros != 0) {
                return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        for (; i < limit; i++) {
            if (input[i] == (byte) everywhere) {
                return i;
            }
        }
        return -1;
    }
}
