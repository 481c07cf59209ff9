package org.tandemgw.gateway.dialect.csta;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.tandemgw.gateway.frame.FrameSink;

/**
 * The frames of one leg, with what belongs to its association alone taken out of events: the reference of the monitor becomes the device that is monitored, and the invoke id 9999. So both
 * legs bring the same bytes for the same event, and what is served means the same for ever. All other bytes stay as they came.
 *
 * <p>An event with a reference that is not known is handed on as it came, and counted as a bad frame.
 */
final class CstaDecoder extends CstaFraming {
    private final Stable stable;

    CstaDecoder(Limits limits, CstaReferences references, FrameSink sink) {
        this(limits, new Stable(limits.carry(), references, sink));
    }

    private CstaDecoder(Limits limits, Stable stable) {
        super(limits, stable);
        this.stable = stable;
    }

    @Override
    public boolean decode(byte[] input, int offset, int length) {
        final boolean believed = super.decode(input, offset, length);
        for (; stable.unknown > 0; stable.unknown--) {
            countDamage();
        }
        return believed;
    }

    private static final class Stable implements FrameSink {
        private final int carry;
        private final CstaReferences references;
        private final FrameSink sink;
        private final CstaHead head = new CstaHead();
        private byte[] made = new byte[4096];
        private int unknown;

        Stable(int carry, CstaReferences references, FrameSink sink) {
            this.carry = carry;
            this.references = references;
            this.sink = sink;
        }

        @Override
        public void onFrame(byte[] buffer, int offset, int length) {
            if (!head.over(buffer, offset, length).isEvent() || !head.hasReference()) {
                sink.onFrame(buffer, offset, length);
                return;
            }
            final int from = head.referenceFrom();
            final int to = head.referenceTo();
            final byte[] device = references.device(buffer, from, to);
            if (device == null) {
                unknown++;
                sink.onFrame(buffer, offset, length);
                return;
            }
            final int whole = length - (to - from) + device.length;
            if (made.length < whole) {
                made = new byte[Math.max(whole, 2 * made.length)];
            }
            ByteBuffer.wrap(made)
                    .putShort(0, (short) 0)
                    .putShort(2, (short) whole)
                    .putInt(4, 0x39393939);
            final int before = from - offset;
            System.arraycopy(buffer, offset + HEADER, made, HEADER, before - HEADER);
            System.arraycopy(device, 0, made, before, device.length);
            System.arraycopy(buffer, to, made, before + device.length, offset + length - to);
            if (whole > carry) {
                sink.onLongFrame(whole, digest(whole));
            } else {
                sink.onFrame(made, 0, whole);
            }
        }

        private byte[] digest(int whole) {
            try {
                final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                sha256.update(made, 0, whole);
                return sha256.digest();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java has no SHA-256", e);
            }
        }

        @Override
        public void onLongFrame(long length, byte[] sha256) {
            sink.onLongFrame(length, sha256);
        }
    }
}
