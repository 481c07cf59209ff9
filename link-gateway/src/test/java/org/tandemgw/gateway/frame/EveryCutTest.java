package org.tandemgw.gateway.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.house.Chance;

/** A good stream is cut everywhere; what comes out never depends on where. */
@Tag("chance")
class EveryCutTest {
    private static final LinkFrameDecoder.Limits LIMITS =
            new LinkFrameDecoder.Limits(LinkFrameDecoder.MAX_FRAME, 1 << 20);

    @Test
    void shouldFindTheSameLinesWhereverTheStreamIsCut() {
        final byte[] stream = "one\ntwo\n\n\nthree is longer than eight\n".getBytes(StandardCharsets.ISO_8859_1);
        final List<String> expected = List.of("one\n", "two\n", "\n", "\n", "three is longer than eight\n");
        cutOnceAndTwice(stream, sink -> new DelimiterDecoder(new byte[] {'\n'}, LIMITS, sink), expected);
    }

    @Test
    void shouldFindFourByteDelimitersThatOverlapThemselves() {
        final byte[] stream = "a\r\n\r\nb\r\r\n\r\n\n\r\n\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        final List<String> expected = List.of("a\r\n\r\n", "b\r\r\n\r\n", "\n\r\n\r\n");
        cutOnceAndTwice(
                stream,
                sink -> new DelimiterDecoder("\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), LIMITS, sink),
                expected);
    }

    @Test
    void shouldNotCountABytePairTwiceWhenTheDelimiterRepeatsOneByte() {
        final byte[] stream = "xaaayaa".getBytes(StandardCharsets.ISO_8859_1);
        cutOnceAndTwice(
                stream, sink -> new DelimiterDecoder(new byte[] {'a', 'a'}, LIMITS, sink), List.of("xaa", "ayaa"));
    }

    @Test
    void shouldFindTheSameLengthFramesWhereverTheStreamIsCut() {
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        final List<String> expected = new ArrayList<>();
        for (final String body : List.of("", "x", "longer than eight bytes", "")) {
            final byte[] frame = ByteBuffer.allocate(4 + body.length())
                    .putInt(body.length())
                    .put(body.getBytes(StandardCharsets.ISO_8859_1))
                    .array();
            stream.writeBytes(frame);
            expected.add(new String(frame, StandardCharsets.ISO_8859_1));
        }
        cutOnceAndTwice(stream.toByteArray(), sink -> new LengthFieldDecoder(0, 4, false, 4, LIMITS, sink), expected);
    }

    @Test
    void shouldReadALengthInTheMiddleOfTheHeaderLowByteFirst() {
        // two bytes of prefix, then a little-endian length that counts the whole frame, as 16 bits without a sign
        final byte[] body = new byte[0x8001 - 4];
        Arrays.fill(body, (byte) 7);
        final byte[] frame = ByteBuffer.allocate(0x8001)
                .put((byte) 'P')
                .put((byte) 'Q')
                .put((byte) 0x01)
                .put((byte) 0x80)
                .put(body)
                .array();
        final Collector collector = new Collector();
        final LinkFrameDecoder decoder = new LengthFieldDecoder(2, 2, true, 0, LIMITS, collector);
        for (final byte b : frame) {
            assertTrue(decoder.decode(new byte[] {b}, 0, 1));
        }
        assertEquals(List.of(new String(frame, StandardCharsets.ISO_8859_1)), collector.frames);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_533, 65_534, 65_535, 200_000})
    void shouldCarryUpToTheLimitAndDigestWhatIsLonger(int length) throws Exception {
        final long seed = Chance.seed();
        final Random random = new Random(seed);
        final byte[] line = new byte[length];
        random.nextBytes(line);
        for (int i = 0; i < length; i++) {
            line[i] = line[i] == '\n' ? (byte) 'x' : line[i];
        }
        line[length - 1] = '\n';
        final byte[] stream = concat(line, "next\n".getBytes(StandardCharsets.ISO_8859_1));
        final Collector collector = new Collector();
        final LinkFrameDecoder decoder = new DelimiterDecoder(new byte[] {'\n'}, LIMITS, collector);
        int at = 0;
        while (at < stream.length) {
            final int size = Math.min(stream.length - at, 1 + random.nextInt(5_000));
            assertTrue(decoder.decode(stream, at, size), "seed " + seed);
            at += size;
        }
        if (length <= LinkFrameDecoder.MAX_FRAME) {
            assertArrayEquals(line, collector.frames.get(0).getBytes(StandardCharsets.ISO_8859_1), "seed " + seed);
        } else {
            final String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(line));
            assertEquals(List.of(length + " " + digest), collector.tooLong, "seed " + seed);
        }
        assertEquals("next\n", collector.frames.get(collector.frames.size() - 1), "seed " + seed);
    }

    @Test
    void shouldRefuseLengthsThatCannotBeTrueAndStartAfreshOnTheNextConnection() {
        for (final byte[] bad : List.of(bytes("FFFFFFFF"), bytes("00100001"))) {
            final Collector collector = new Collector();
            final LinkFrameDecoder decoder = new LengthFieldDecoder(0, 4, false, 4, LIMITS, collector);
            assertTrue(decoder.decode(bytes("0000000141"), 0, 5));
            assertFalse(decoder.decode(bad, 0, 4));
            assertEquals(1, decoder.damaged());
            decoder.reset();
            assertTrue(decoder.decode(bytes("0000000142"), 0, 5));
            assertEquals(2, collector.frames.size());
        }
        final LinkFrameDecoder counting = new LengthFieldDecoder(0, 2, false, 0, LIMITS, new Collector());
        assertFalse(counting.decode(bytes("0001"), 0, 2), "a length shorter than its own field");
    }

    @Test
    void shouldGiveUpOnALineThatNeverEnds() {
        final LinkFrameDecoder decoder = new DelimiterDecoder(new byte[] {'\n'}, LIMITS, new Collector());
        final byte[] chunk = new byte[64 * 1024];
        int accepted = 0;
        while (accepted < 100 && decoder.decode(chunk, 0, chunk.length)) {
            accepted++;
        }
        assertEquals(16, accepted);
        assertEquals(1, decoder.damaged());
    }

    @Test
    void shouldCountAFrameThatTheEndOfTheConnectionCutOff() {
        final Collector collector = new Collector();
        final LinkFrameDecoder decoder = new DelimiterDecoder(new byte[] {'\n'}, LIMITS, collector);
        decoder.decode("whole\nhal".getBytes(StandardCharsets.ISO_8859_1), 0, 9);
        decoder.reset();
        decoder.reset();
        decoder.decode("next\n".getBytes(StandardCharsets.ISO_8859_1), 0, 5);
        assertEquals(List.of("whole\n", "next\n"), collector.frames);
        assertEquals(1, decoder.damaged());
    }

    static void cutOnceAndTwice(byte[] stream, Function<FrameSink, LinkFrameDecoder> decoders, List<String> expected) {
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                final Collector collector = new Collector();
                final LinkFrameDecoder decoder = decoders.apply(collector);
                assertTrue(decoder.decode(stream, 0, first));
                assertTrue(decoder.decode(stream, first, second - first));
                assertTrue(decoder.decode(stream, second, stream.length - second));
                assertEquals(expected, collector.frames, "cut at " + first + " and " + second);
                assertEquals(0, decoder.damaged());
            }
        }
        final Collector collector = new Collector();
        final LinkFrameDecoder decoder = decoders.apply(collector);
        for (int i = 0; i < stream.length; i++) {
            decoder.decode(new byte[] {0, stream[i], 0}, 1, 1);
        }
        assertEquals(expected, collector.frames, "byte by byte");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        final byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    static final class Collector implements FrameSink {
        final List<String> frames = new ArrayList<>();
        final List<String> tooLong = new ArrayList<>();

        @Override
        public void onFrame(byte[] buffer, int offset, int length) {
            frames.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void onLongFrame(long length, byte[] sha256) {
            tooLong.add(length + " " + HexFormat.of().formatHex(sha256));
        }
    }
}
