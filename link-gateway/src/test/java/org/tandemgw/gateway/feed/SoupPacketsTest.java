package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoupPacketsTest {
    @Test
    void shouldWriteALoginOf49BytesInAll() {
        final byte[] packet = SoupPackets.login("east", "secret", "acd1", 17);
        assertEquals(49, packet.length);
        assertEquals(
                "Least  secret          acd1                  17",
                new String(packet, 2, 47, StandardCharsets.US_ASCII));
        assertEquals(47, packet[1]);
    }

    @Test
    void shouldAnnounceSessionAndSequencePaddedOnTheLeft() {
        final byte[] packet = SoupPackets.accepted("acd1.2", 1234);
        assertEquals("A    acd1.2                1234", new String(packet, 2, 31, StandardCharsets.US_ASCII));
    }

    @Test
    void shouldRefuseToWriteWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> SoupPackets.login("toolong", "x", "", 1));
        assertThrows(IllegalArgumentException.class, () -> SoupPackets.packet((byte) 'S', new byte[65_535]));
        assertEquals(65_537, SoupPackets.packet((byte) 'S', new byte[65_534]).length);
    }

    @Test
    void shouldDecodeAGoodStreamCutAtEveryByte() {
        final byte[] stream = join(
                SoupPackets.login("east", "secret", "", 1),
                SoupPackets.empty(SoupPackets.CLIENT_HEARTBEAT),
                SoupPackets.packet(SoupPackets.UNSEQUENCED, new byte[1_023]),
                SoupPackets.empty(SoupPackets.LOGOUT));
        for (int cut = 0; cut <= stream.length; cut++) {
            final List<String> seen = new ArrayList<>();
            final SoupDecoder decoder = new SoupDecoder(SoupPackets.MAX_CLIENT_LENGTH);
            final SoupDecoder.Sink sink = (type, bytes, offset, length) -> seen.add((char) type + "" + length);
            assertTrue(decoder.accept(stream, 0, cut, sink));
            assertTrue(decoder.accept(stream, cut, stream.length - cut, sink));
            assertEquals(List.of("L46", "R0", "U1023", "O0"), seen, "cut at " + cut);
        }
    }

    @Test
    void shouldDecodeAStreamThatComesByteByByte() {
        final byte[] stream = SoupPackets.login("east", "secret", "", 1);
        final List<byte[]> seen = new ArrayList<>();
        final SoupDecoder decoder = new SoupDecoder(SoupPackets.MAX_CLIENT_LENGTH);
        for (int i = 0; i < stream.length; i++) {
            decoder.accept(
                    stream,
                    i,
                    1,
                    (type, bytes, offset, length) ->
                            seen.add(java.util.Arrays.copyOfRange(bytes, offset, offset + length)));
        }
        assertEquals(1, seen.size());
        assertArrayEquals(java.util.Arrays.copyOfRange(stream, 3, 49), seen.get(0));
    }

    @Test
    void shouldGiveUpAtALengthThatCannotBe() {
        for (int length : new int[] {0, SoupPackets.MAX_CLIENT_LENGTH + 1, 65_535}) {
            final SoupDecoder decoder = new SoupDecoder(SoupPackets.MAX_CLIENT_LENGTH);
            final byte[] bytes = {(byte) (length >>> 8), (byte) length, 'U', 1, 2, 3};
            assertFalse(decoder.accept(bytes, 0, bytes.length, (t, b, o, l) -> true));
            assertEquals(length, decoder.badLength());
        }
    }

    @Test
    void shouldStopAtOnceWhenTheSinkWantsNoMore() {
        final byte[] stream = join(SoupPackets.empty((byte) 'O'), SoupPackets.empty((byte) 'R'));
        final List<Byte> seen = new ArrayList<>();
        assertFalse(new SoupDecoder(1_024).accept(stream, 0, stream.length, (type, b, o, l) -> {
            seen.add(type);
            return false;
        }));
        assertEquals(List.of((byte) 'O'), seen);
    }

    private static byte[] join(byte[]... parts) {
        final var out = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
