package org.tandemgw.gateway.emulate;

/** Bytes without end that follow from a number: whoever knows the number knows every one of them by its place. Pure. */
final class EndlessBytes {
    private EndlessBytes() {}

    /** The one at this place. */
    static byte at(long number, long place) {
        return (byte) (word(number, place >>> 3) >>> ((place & 7) << 3));
    }

    /** So many of them, from this place on. */
    static void fill(long number, byte[] into, int length, long from) {
        for (int i = 0; i < length; i++) {
            into[i] = at(number, from + i);
        }
    }

    /** The first place at which these bytes are others; -1 if there is none. */
    static long firstOther(long number, byte[] bytes, int length, long from) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != at(number, from + i)) {
                return from + i;
            }
        }
        return -1;
    }

    private static long word(long number, long index) {
        long mixed = number + index * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
