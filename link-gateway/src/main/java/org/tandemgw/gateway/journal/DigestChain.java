package org.tandemgw.gateway.journal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The chained digest of a journal: D(0) is 32 zero bytes; D(k * 1000) is SHA-256 of D((k - 1) * 1000) followed by the
 * CRC-32C of the records (k - 1) * 1000 + 1 to k * 1000, four bytes each, big-endian. Servers compute the same. Belongs to
 * intake; allocates nothing per record.
 *
 * <p>Once unknown, because a record of an unfinished block is gone, it stays so until it is resumed behind a known one: blocks
 * still end, with 32 zero bytes for a digest.
 */
final class DigestChain {
    /** Records per link of the chain. */
    static final int BLOCK = 1_000;

    private final byte[] pending = new byte[DigestFile.DIGEST_LENGTH + BLOCK * Integer.BYTES];
    private final MessageDigest sha256;
    private long next = 1;
    private boolean known = true;

    DigestChain() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Continues behind a block, whose digest may be unknown. */
    void resume(long block, byte[] digest) {
        System.arraycopy(digest, 0, pending, 0, DigestFile.DIGEST_LENGTH);
        next = block * BLOCK + 1;
        known = DigestFile.isKnown(digest);
    }

    /** From here on the digest is unknown. */
    void forget() {
        Arrays.fill(pending, 0, DigestFile.DIGEST_LENGTH, (byte) 0);
        known = false;
    }

    boolean isKnown() {
        return known;
    }

    /** Adds the next record. True if that ends a block: {@link #digest()} is its digest then. */
    boolean add(long sequence, int crc) {
        if (!known) {
            return sequence % BLOCK == 0;
        }
        if (sequence != next) {
            throw new IllegalStateException("digest expected record " + next + ", got " + sequence);
        }
        next++;
        final int slot = (int) ((sequence - 1) % BLOCK);
        final int at = DigestFile.DIGEST_LENGTH + slot * Integer.BYTES;
        pending[at] = (byte) (crc >>> 24);
        pending[at + 1] = (byte) (crc >>> 16);
        pending[at + 2] = (byte) (crc >>> 8);
        pending[at + 3] = (byte) crc;
        if (slot < BLOCK - 1) {
            return false;
        }
        sha256.update(pending);
        try {
            sha256.digest(pending, 0, DigestFile.DIGEST_LENGTH);
        } catch (DigestException e) {
            throw new AssertionError("32 bytes hold a SHA-256", e);
        }
        return true;
    }

    /** The digest of the last block ended, in the first 32 bytes. */
    byte[] digest() {
        return pending;
    }
}
