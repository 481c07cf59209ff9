package org.tandemgw.gateway.dialect.csta;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.frame.FrameSink;

/** Frames for tests, and what came out of a decoder. */
final class CstaFrames implements FrameSink {
    static final String NS = " xmlns=\"http://www.ecma-international.org/standards/ecma-323/csta/ed4\"";

    final List<String> frames = new ArrayList<>();
    final List<Long> lost = new ArrayList<>();

    static byte[] frame(String id, String document) {
        final byte[] xml = document.getBytes(StandardCharsets.UTF_8);
        final byte[] frame = new byte[8 + xml.length];
        frame[2] = (byte) (frame.length >> 8);
        frame[3] = (byte) frame.length;
        System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, frame, 4, 4);
        System.arraycopy(xml, 0, frame, 8, xml.length);
        return frame;
    }

    static byte[] event(String reference, String inside) {
        return frame(
                "9999",
                "<DeliveredEvent" + NS + "><monitorCrossRefID>" + reference + "</monitorCrossRefID>" + inside
                        + "</DeliveredEvent>");
    }

    static byte[] joined(byte[]... parts) {
        final java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (final byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static String text(byte[] frame) {
        return new String(frame, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void onFrame(byte[] buffer, int offset, int length) {
        frames.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void onLongFrame(long length, byte[] sha256) {
        lost.add(length);
    }
}
