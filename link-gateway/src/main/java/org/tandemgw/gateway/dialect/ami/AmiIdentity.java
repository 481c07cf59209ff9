package org.tandemgw.gateway.dialect.ami;

import java.util.concurrent.TimeUnit;
import net.openhft.hashing.LongTupleHashFunction;
import org.tandemgw.gateway.dialect.FrameIdentity;

/**
 * The key of an AMI event: all its lines but {@code ActionID}, and the boot of the ACD. SequenceNumber, where there is one, is a line like others: a number that
 * begins anew with each boot must not stand for an event by itself.
 *
 * <p>An Asterisk never sends again what it sent. After a boot that is younger than the last frame we have, keys begin anew, so that what looks like
 * the events of an earlier boot, in the same order and with the same numbers, is never taken for them.
 */
final class AmiIdentity implements FrameIdentity {
    private static final byte[] ACTION_ID = AmiLines.name("ActionID");
    private static final byte[] SEQUENCE_NUMBER = AmiLines.name("SequenceNumber");
    /** Uptime is in whole seconds, and its message took some time. */
    private static final long TOLERANCE_NS = TimeUnit.SECONDS.toNanos(2);

    private final long seed;
    private final AmiLines lines = new AmiLines();
    private final long[] key = new long[2];
    private LongTupleHashFunction hash;
    private byte[] kept = new byte[4096];
    private long boots;
    private long lastAtNs = Long.MAX_VALUE;
    private long number;
    private volatile long bootedAtNs;

    AmiIdentity(long seed) {
        this.seed = seed;
        this.hash = LongTupleHashFunction.xx128(seed);
    }

    @Override
    public void of(byte[] buffer, int offset, int length, long atNs) {
        lastAtNs = atNs;
        number = NO_NUMBER;
        int to = 0;
        int from = offset;
        lines.over(buffer, offset, length);
        while (lines.next()) {
            final int first = buffer[lines.lineFrom()] | 0x20;
            if (first == 'a' && lines.isNamed(ACTION_ID)) {
                to = keep(buffer, from, lines.lineFrom(), to);
                from = lines.lineTo();
            } else if (first == 's' && lines.isNamed(SEQUENCE_NUMBER)) {
                number = lines.number();
            }
        }
        if (from == offset) {
            hash.hashBytes(buffer, offset, length, key);
        } else {
            final int keptLength = keep(buffer, from, offset + length, to);
            hash.hashBytes(kept, 0, keptLength, key);
        }
    }

    private int keep(byte[] buffer, int from, int until, int to) {
        final int length = until - from;
        if (to + length > kept.length) {
            kept = java.util.Arrays.copyOf(kept, Math.max(to + length, 2 * kept.length));
        }
        System.arraycopy(buffer, from, kept, to, length);
        return to + length;
    }

    /** The ACD says that it booted then. */
    void booted(long bootAtNs) {
        bootedAtNs = bootAtNs;
        if (lastAtNs != Long.MAX_VALUE && bootAtNs - TOLERANCE_NS > lastAtNs) {
            boots++;
            hash = LongTupleHashFunction.xx128(seed + boots);
            lastAtNs = Long.MAX_VALUE;
        }
    }

    /** When the ACD booted, as it said last; 0 if it never did. Any thread. */
    long bootedAtNs() {
        return bootedAtNs;
    }

    /** How many boots were seen. */
    long boots() {
        return boots;
    }

    @Override
    public long high() {
        return key[0];
    }

    @Override
    public long low() {
        return key[1];
    }

    @Override
    public long number() {
        return number;
    }
}
