package org.tandemgw.gateway.feed;

/**
 * Bytes in, packets out, for one connection. Free of the channel; keeps at most one packet. After an impossible length it stays broken:
 * SoupBinTCP has nothing to find one's feet by again, so the connection must end.
 */
final class SoupDecoder {
    /** Gets each packet. The bytes are valid during the call. */
    interface Sink {
        /** False ends the decoding: the connection is being closed. */
        boolean packet(byte type, byte[] bytes, int offset, int length);
    }

    private static final int FIRST_CAPACITY = 128;

    private final int maxLength;
    private byte[] held;
    private int size;
    private int badLength = -1;

    SoupDecoder(int maxLength) {
        this.maxLength = maxLength;
        this.held = new byte[Math.min(FIRST_CAPACITY, 2 + maxLength)];
    }

    /** Takes bytes. False once a length was 0 or above the limit, or the sink wanted no more. */
    boolean accept(byte[] bytes, int offset, int length, Sink sink) {
        int from = offset;
        final int end = offset + length;
        while (badLength < 0) {
            final int need = size < 2 ? 2 : 2 + packetLength();
            final int take = Math.min(need - size, end - from);
            ensure(need);
            System.arraycopy(bytes, from, held, size, take);
            size += take;
            from += take;
            if (size < need) {
                return true;
            }
            if (need == 2) {
                if (packetLength() == 0 || packetLength() > maxLength) {
                    badLength = packetLength();
                }
            } else {
                size = 0;
                if (!sink.packet(held[2], held, SoupPackets.HEADER, need - SoupPackets.HEADER)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** The length that could not be, or -1. */
    int badLength() {
        return badLength;
    }

    private int packetLength() {
        return (held[0] & 0xff) << 8 | held[1] & 0xff;
    }

    private void ensure(int capacity) {
        if (held.length < capacity) {
            held = java.util.Arrays.copyOf(held, Math.min(2 + maxLength, Math.max(capacity, 2 * held.length)));
        }
    }
}
