package org.tandemgw.gateway.relay;

/** Bytes without end that follow from a seed: whoever knows the seed knows every one of them by its place. */
public final class EndlessBytes {
    private final long seed;

    /** Those of this seed. */
    public EndlessBytes(long seed) {
        this.seed = seed;
    }

    /** The one at this place. */
    public byte at(long place) {
        return (byte) (word(place >>> 3) >>> ((place & 7) << 3));
    }

    /** So many of them, from this place on. */
    public void fill(byte[] into, int length, long from) {
        for (int i = 0; i < length; i++) {
            into[i] = at(from + i);
        }
    }

    /** The first place at which these bytes are others; -1 if there is none. */
    public long firstOther(byte[] bytes, int length, long from) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != at(from + i)) {
                return from + i;
            }
        }
        return -1;
    }

    private long word(long index) {
        long mixed = seed + index * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
