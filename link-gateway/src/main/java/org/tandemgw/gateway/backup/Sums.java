package org.tandemgw.gateway.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Checksums as backup files carry them. */
final class Sums {
    private Sums() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    static int crc32c(byte[] array, int offset, int length) {
        final CRC32C crc = new CRC32C();
        crc.update(array, offset, length);
        return (int) crc.getValue();
    }

    static String hex(long sums) {
        return HexFormat.of().toHexDigits(sums);
    }

    static String hex(int crc) {
        return HexFormat.of().toHexDigits(crc);
    }
}
