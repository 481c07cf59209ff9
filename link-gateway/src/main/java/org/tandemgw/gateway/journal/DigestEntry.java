package org.tandemgw.gateway.journal;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** One entry of the file {@code digests} as bytes, for who carries it from one journal to another. Pure; any thread. */
public final class DigestEntry {
    /** Bytes of an entry. */
    public static final int LENGTH = DigestFile.ENTRY_LENGTH;

    /** Records per entry. */
    public static final int RECORDS = DigestChain.BLOCK;

    private DigestEntry() {}

    /** Whether this is, undamaged, the entry of that multiple of 1,000. */
    public static boolean sound(byte[] entry, long through) {
        return DigestFile.sound(ByteBuffer.wrap(entry), through / RECORDS);
    }

    /** The digest as lower-case hex. */
    public static String hex(byte[] entry) {
        return HexFormat.of().formatHex(entry, 0, DigestFile.DIGEST_LENGTH);
    }
}
