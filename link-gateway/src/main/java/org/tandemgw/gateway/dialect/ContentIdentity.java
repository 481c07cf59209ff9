package org.tandemgw.gateway.dialect;

import java.util.List;
import net.openhft.hashing.LongTupleHashFunction;

/** Identity by all bytes of a frame, apart from ranges that are skipped. */
public final class ContentIdentity implements FrameIdentity {
    /**
     * Bytes that differ between the legs and are left out of the key, never of the journal.
     *
     * @param offset from the beginning of the frame
     * @param length how many
     */
    public record Skip(int offset, int length) {}

    private final LongTupleHashFunction hash;
    private final List<Skip> skips;
    private final long[] key = new long[2];
    private byte[] kept = new byte[0];

    /**
     * Keys of one process.
     *
     * @param seed differs from process to process, so that nobody can prepare frames whose keys collide
     * @param skips in order, not overlapping
     */
    public ContentIdentity(long seed, List<Skip> skips) {
        this.hash = LongTupleHashFunction.xx128(seed);
        this.skips = List.copyOf(skips);
    }

    @Override
    public void of(byte[] buffer, int offset, int length, long atNs) {
        if (skips.isEmpty()) {
            hash.hashBytes(buffer, offset, length, key);
            return;
        }
        if (kept.length < length) {
            kept = new byte[Math.max(length, 4096)];
        }
        int from = 0;
        int to = 0;
        for (int i = 0; i < skips.size(); i++) {
            final Skip skip = skips.get(i);
            final int end = Math.min(skip.offset(), length);
            if (end > from) {
                System.arraycopy(buffer, offset + from, kept, to, end - from);
                to += end - from;
            }
            from = Math.max(from, Math.min(length, skip.offset() + skip.length()));
        }
        System.arraycopy(buffer, offset + from, kept, to, length - from);
        to += length - from;
        hash.hashBytes(kept, 0, to, key);
    }

    @Override
    public long high() {
        return key[0];
    }

    @Override
    public long low() {
        return key[1];
    }
}
