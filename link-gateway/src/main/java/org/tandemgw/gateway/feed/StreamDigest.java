package org.tandemgw.gateway.feed;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The chained digest of a stream: D(0) is 32 zero bytes, D(k·1000) = SHA-256(D((k-1)·1000), then the CRC-32C of each of the next 1,000
 * records, big-endian). Used by sessions for what they sent and by clients for what they got; one thread. It does not know a value
 * until it has begun at a boundary whose value is known.
 */
public final class StreamDigest {
    /** Records from one value to the next. */
    public static final int BLOCK = 1_000;

    private final byte[] crcs = new byte[4 * BLOCK];
    private final MessageDigest sha = sha256();
    private byte[] value;
    private long last;
    private long through = -1;

    /**
     * Begins after {@code last}, the last sequence that is not counted any more.
     *
     * @param value the digest through {@code last} as hex if that is a boundary and it is known, else null
     */
    public void begin(long last, String value) {
        this.last = last;
        this.through = -1;
        this.value = null;
        if (last == 0) {
            this.value = new byte[32];
        } else if (last % BLOCK == 0) {
            know(value);
        }
    }

    /** Takes the next record's CRC-32C. True if this was the last of a block: {@link #through()} has risen, or a value may be given with {@link #know}. */
    public boolean add(int crc) {
        final int at = 4 * (int) (last % BLOCK);
        last++;
        crcs[at] = (byte) (crc >>> 24);
        crcs[at + 1] = (byte) (crc >>> 16);
        crcs[at + 2] = (byte) (crc >>> 8);
        crcs[at + 3] = (byte) crc;
        if (last % BLOCK != 0) {
            return false;
        }
        if (value != null) {
            sha.update(value);
            sha.update(crcs);
            value = sha.digest();
            through = last;
        }
        return true;
    }

    /** Gives the value at the boundary just reached, from elsewhere. Null: not known there either; the next boundary may bring it. */
    public void know(String hex) {
        if (last % BLOCK != 0) {
            throw new IllegalStateException("sequence " + last + " is no boundary");
        }
        value = hex == null ? null : HexFormat.of().parseHex(hex);
        through = hex == null ? -1 : last;
    }

    /** The boundary that {@link #hex()} is about, or -1 while none is known. */
    public long through() {
        return through;
    }

    /** The value through {@link #through()}, lower-case hex, or null. */
    public String hex() {
        return through < 0 ? null : HexFormat.of().formatHex(value);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
