package org.tandemgw.gateway.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages of the manager interface, cut everywhere, and what is none. */
class AmiFramesTest {
    private static final LinkFrameDecoder.Limits LIMITS =
            new LinkFrameDecoder.Limits(LinkFrameDecoder.MAX_FRAME, 1 << 20);
    private static final String CALL =
            "Event: Newchannel\r\nPrivilege: call,all\r\nAccountCode: \r\nChanVariable: a=1\r\nChanVariable: a=1\r\n\r\n";

    private static void shouldCut(String stream, String... frames) {
        EveryCutTest.cutOnceAndTwice(bytes(stream), sink -> new AmiDecoder(LIMITS, sink), List.of(frames));
    }

    @Test
    void shouldFindBannerAnswersAndEventsWithEmptyValuesAndRepeatedHeaders() {
        final String banner = "Asterisk Call Manager/9.0.0\r\n";
        final String answer = "Response: Success\r\nActionID: x\r\n\r\n";
        shouldCut(banner + answer + CALL + CALL, banner, answer, CALL, CALL);
    }

    @Test
    void shouldReadBareLineFeedsAndBothKindsMixed() {
        shouldCut(
                "Event: A\nX:\n\nEvent: B\r\nX: 1\n\r\nEvent: C\n\n",
                "Event: A\nX:\n\n",
                "Event: B\r\nX: 1\n\r\n",
                "Event: C\n\n");
    }

    @Test
    void shouldTakeEmptyLinesBetweenMessagesForNothing() {
        shouldCut("\r\n\n\r\n" + CALL + "\r\n\r\n\n" + CALL + "\n", CALL, CALL);
    }

    @Test
    void shouldKeepCarriageReturnsInsideALine() {
        shouldCut("Event: A\rB\r\nX: \r\r\n\r\nEvent: C\r\n\r\n", "Event: A\rB\r\nX: \r\r\n\r\n", "Event: C\r\n\r\n");
    }

    @Test
    void shouldKnowABannerOnlyAtTheBeginning() {
        final LinkFrameDecoder decoder = new AmiDecoder(LIMITS, new EveryCutTest.Collector());
        final byte[] late = bytes(CALL + "Asterisk Call Manager/9.0.0\r\n\r\n");
        assertTrue(decoder.decode(late, 0, late.length));
        assertEquals(1, decoder.damaged());
    }

    @Test
    void shouldReadTheTextOfAFollowsToItsMarker() {
        final String follows = "Response: Follows\r\nPrivilege: Command\r\none\n\n\ntwo\n--END COMMAND--\r\n\r\n";
        shouldCut(follows + CALL, follows, CALL);
    }

    @Test
    void shouldNotLoseWhatComesAfterAFollowsWithoutAMarker() {
        final String follows = "Response: Follows\r\nPrivilege: Command\r\n\r\n";
        shouldCut(follows + CALL + CALL, follows, CALL, CALL);
        final String text = "Response: Follows\r\nline\n\nmore\r\n\r\n";
        shouldCut(text + "Response: Success\r\n\r\n" + CALL, text, "Response: Success\r\n\r\n", CALL);
    }

    @Test
    void shouldGiveUpOnAFollowsThatNeverEnds() {
        final EveryCutTest.Collector collector = new EveryCutTest.Collector();
        final LinkFrameDecoder decoder = new AmiDecoder(LIMITS, collector);
        final byte[] begin = bytes("Response: Follows\r\n");
        assertTrue(decoder.decode(begin, 0, begin.length));
        final byte[] more = bytes("text\n\n".repeat(1_000));
        int accepted = 0;
        while (accepted < 100 && decoder.decode(more, 0, more.length)) {
            accepted++;
        }
        assertEquals(10, accepted);
        assertEquals(1, decoder.damaged());
        decoder.reset();
        assertTrue(decoder.decode(bytes(CALL), 0, CALL.length()));
        assertEquals(List.of(CALL), collector.frames);
    }

    @Test
    void shouldHandOnWhatBeginsLikeNoMessageAndCountIt() {
        final EveryCutTest.Collector collector = new EveryCutTest.Collector();
        final LinkFrameDecoder decoder = new AmiDecoder(LIMITS, collector);
        final byte[] stream = bytes(CALL + "nonsense\r\nmore\r\n\r\n" + CALL);
        assertTrue(decoder.decode(stream, 0, stream.length));
        assertEquals(List.of(CALL, "nonsense\r\nmore\r\n\r\n", CALL), collector.frames);
        assertEquals(1, decoder.damaged());
    }

    @Test
    void shouldCarryTheLongestMessageAndDigestALongerOne() {
        for (final int length : new int[] {65_534, 65_535, 70_000}) {
            final String head = "Event: Long\r\nX: ";
            final String whole = head + "x".repeat(length - head.length() - 4) + "\r\n\r\n";
            final EveryCutTest.Collector collector = new EveryCutTest.Collector();
            final LinkFrameDecoder decoder = new AmiDecoder(LIMITS, collector);
            final byte[] stream = bytes(whole + CALL);
            for (int at = 0; at < stream.length; at += 1_000) {
                assertTrue(decoder.decode(stream, at, Math.min(1_000, stream.length - at)));
            }
            assertEquals(length <= 65_534 ? List.of(whole, CALL) : List.of(CALL), collector.frames);
            assertEquals(length <= 65_534 ? 0 : 1, collector.tooLong.size());
        }
    }

    @Test
    void shouldGiveUpOnAMessageThatNeverEnds() {
        for (final String piece : List.of("x".repeat(60_000), "A: b\r\n".repeat(10_000))) {
            final LinkFrameDecoder decoder = new AmiDecoder(LIMITS, new EveryCutTest.Collector());
            final byte[] chunk = bytes(piece);
            int accepted = 0;
            while (accepted < 100 && decoder.decode(chunk, 0, chunk.length)) {
                accepted++;
            }
            assertEquals(17, accepted);
            assertEquals(1, decoder.damaged());
        }
    }

    @Test
    void shouldCountAMessageThatTheEndOfTheConnectionCutOff() {
        final EveryCutTest.Collector collector = new EveryCutTest.Collector();
        final LinkFrameDecoder decoder = new AmiDecoder(LIMITS, collector);
        for (int cut = 1; cut < CALL.length(); cut++) {
            decoder.decode(bytes(CALL), 0, cut);
            decoder.reset();
            assertTrue(decoder.decode(bytes(CALL), 0, CALL.length()));
        }
        assertEquals(CALL.length() - 1, collector.frames.size());
        assertEquals(CALL.length() - 1, decoder.damaged());
        assertTrue(collector.frames.stream().allMatch(CALL::equals));
    }

    /** Anything at all: nothing is thrown, nothing is longer than a frame may be, and cuts make no difference. */
    @Test
    void shouldBearAnything() {
        final long seed = Long.getLong("tandem.seed", 20_261_121L);
        final Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            final byte[] stream = anything(random);
            final EveryCutTest.Collector whole = new EveryCutTest.Collector();
            final LinkFrameDecoder one = new AmiDecoder(new LinkFrameDecoder.Limits(300, 2_000), whole);
            final boolean good = one.decode(stream, 0, stream.length);
            final EveryCutTest.Collector pieces = new EveryCutTest.Collector();
            final LinkFrameDecoder many = new AmiDecoder(new LinkFrameDecoder.Limits(300, 2_000), pieces);
            boolean stillGood = true;
            for (int at = 0; at < stream.length && stillGood; ) {
                final int size = Math.min(stream.length - at, 1 + random.nextInt(40));
                stillGood = many.decode(stream, at, size);
                at += size;
            }
            final String seen = "seed " + seed + " round " + round;
            if (good && stillGood) {
                assertEquals(whole.frames, pieces.frames, seen);
                assertEquals(whole.tooLong, pieces.tooLong, seen);
                assertEquals(one.damaged(), many.damaged(), seen);
            }
            assertFalse(pieces.frames.stream().anyMatch(frame -> frame.length() > 300), seen);
            assertTrue(pieces.frames.stream().mapToInt(String::length).sum() <= stream.length, seen);
        }
    }

    private static byte[] anything(Random random) {
        final List<String> words = new ArrayList<>(List.of(
                CALL,
                "\r",
                "\n",
                "\r\n",
                "\r\n\r\n",
                "Event: ",
                "Response: Follows\r\n",
                "--END COMMAND--\r\n",
                "Asterisk Call Manager/1\n",
                "Response: Success\n",
                "x".repeat(301),
                "\0\377"));
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final int pieces = random.nextInt(20);
        for (int i = 0; i < pieces; i++) {
            final byte[] word = bytes(words.get(random.nextInt(words.size())));
            if (random.nextInt(4) == 0) {
                word[random.nextInt(word.length)] = (byte) random.nextInt(256);
            }
            out.writeBytes(random.nextInt(4) == 0 ? Arrays.copyOf(word, random.nextInt(word.length + 1)) : word);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
