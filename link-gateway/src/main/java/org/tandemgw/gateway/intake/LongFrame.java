package org.tandemgw.gateway.intake;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/** The description of a frame that cannot be carried: its length and its SHA-256. */
final class LongFrame {
    static final int LENGTH = Long.BYTES + 32;

    private LongFrame() {}

    static void describe(byte[] description, long length, byte[] sha256) {
        ByteBuffer.wrap(description).putLong(length).put(sha256);
    }

    /** A frame of the greatest length that begins with NULs and a brace would need one byte more on a feed. */
    static boolean isTooLongOnceEscaped(byte[] buffer, int offset, int length) {
        if (length < LinkFrameDecoder.MAX_FRAME || buffer[offset] != 0) {
            return false;
        }
        int i = offset;
        while (i < offset + length && buffer[i] == 0) {
            i++;
        }
        return i < offset + length && buffer[i] == '{';
    }

    static byte[] digest(byte[] buffer, int offset, int length) {
        try {
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(buffer, offset, length);
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
