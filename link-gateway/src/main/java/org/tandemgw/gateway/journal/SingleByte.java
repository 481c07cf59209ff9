package org.tandemgw.gateway.journal;

/**
 * Finds the one byte whose change explains that a CRC-32C is another one. The difference of two checksums depends only on
 * what changed and on how many bytes follow: it is wound back, byte by byte, until it is that of a single byte. Pure.
 */
final class SingleByte {
    private static final int POLYNOMIAL = 0x82f63b78;
    private static final int[] TABLE = new int[256];
    /** Which entry of the table has this highest byte. */
    private static final int[] BY_HIGHEST = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int crc = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            TABLE[i] = crc;
            BY_HIGHEST[crc >>> 24] = i;
        }
    }

    private SingleByte() {}

    /** Its place among {@code length} bytes; -1 if it was more than one byte. Wrong once in some hundred of such cases. */
    static int find(int difference, int length) {
        int state = difference;
        for (int place = length - 1; place >= 0; place--) {
            final int index = BY_HIGHEST[state >>> 24];
            state = (state ^ TABLE[index]) << Byte.SIZE | index;
            if (state >>> Byte.SIZE == 0) {
                return place;
            }
        }
        return -1;
    }
}
