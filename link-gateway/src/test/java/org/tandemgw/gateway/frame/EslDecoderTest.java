package org.tandemgw.gateway.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a FreeSWITCH sends is cut into events and answers, wherever the network cuts it. */
class EslDecoderTest implements FrameSink {
    private static final String HEARTBEAT = event("Event-Name: HEARTBEAT\nEvent-Info: System%20Ready\n\n");
    private static final String JOB = event("Event-Name: BACKGROUND_JOB\nJob-UUID: 1\nContent-Length: 8\n\n+OK a\n\nb");
    private static final String REPLY = "Content-Type: command/reply\nReply-Text: +OK accepted\n\n";

    private final List<String> frames = new ArrayList<>();
    private final List<Long> longFrames = new ArrayList<>();
    private EslDecoder decoder = new EslDecoder(new LinkFrameDecoder.Limits(4_096, 1 << 20), this);

    static String event(String inside) {
        return "Content-Length: " + inside.length() + "\nContent-Type: text/event-plain\n\n" + inside;
    }

    @Override
    public void onFrame(byte[] buffer, int offset, int length) {
        frames.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void onLongFrame(long length, byte[] sha256) {
        longFrames.add(length);
    }

    private boolean decode(String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return decoder.decode(bytes, 0, bytes.length);
    }

    @Test
    void shouldGiveTheSameFramesWhereverTheStreamIsCut() {
        final String stream = "Content-Type: auth/request\n\n" + REPLY + HEARTBEAT + JOB + "\n" + HEARTBEAT;
        for (int cut = 0; cut <= stream.length(); cut++) {
            decoder = new EslDecoder(new LinkFrameDecoder.Limits(4_096, 1 << 20), this);
            frames.clear();
            assertTrue(decode(stream.substring(0, cut)));
            assertTrue(decode(stream.substring(cut)));
            assertEquals(
                    List.of("Content-Type: auth/request\n\n", REPLY, HEARTBEAT, JOB, HEARTBEAT),
                    frames,
                    "cut at " + cut);
            assertEquals(0, decoder.damaged());
        }
        decoder = new EslDecoder(new LinkFrameDecoder.Limits(4_096, 1 << 20), this);
        frames.clear();
        for (final char each : stream.toCharArray()) {
            assertTrue(decode(Character.toString(each)));
        }
        assertEquals(5, frames.size());
    }

    @Test
    void shouldReadLinesThatEndWithReturnAndNamesInAnyCase() {
        final String inside = "Event-Name: HEARTBEAT\r\n\r\n";
        final String event =
                "content-type: text/event-plain\r\nCONTENT-LENGTH:" + inside.length() + "\r\n\r\n" + inside;
        assertTrue(decode(event + HEARTBEAT));
        assertEquals(List.of(event, HEARTBEAT), frames);
    }

    @Test
    void shouldHandOnTheBodyOfAnAnswerAsItComesHoweverLongItIs() {
        final String row = "{\"uuid\":\"" + "u".repeat(990) + "\"}";
        final String body = row.repeat(1_000);
        assertTrue(decode("Content-Type: api/response\nContent-Length: " + body.length() + "\n\n"));
        assertEquals(1, frames.size());
        for (int at = 0; at < body.length(); at += 10_000) {
            assertTrue(decode(body.substring(at, Math.min(body.length(), at + 10_000))));
        }
        assertTrue(decode(HEARTBEAT));
        assertEquals(HEARTBEAT, frames.get(frames.size() - 1));
        assertEquals(body, String.join("", frames.subList(1, frames.size() - 1)));
        assertTrue(frames.stream().allMatch(frame -> frame.length() <= 4_096));
        assertEquals(0, decoder.damaged());
    }

    @Test
    void shouldCountAnEventThatIsTooLongToCarryAndGoOn() {
        final String big = event("Event-Name: CUSTOM\nX: " + "x".repeat(50_000) + "\n\n");
        assertTrue(decode(big + HEARTBEAT));
        assertEquals(List.of((long) big.length()), longFrames);
        assertEquals(List.of(HEARTBEAT), frames);
    }

    /** A public capture has a line too many in an event: three bytes of it are left over. */
    @Test
    void shouldFindItsFeetAgainBehindAnEventThatIsLongerThanItSays() {
        final String inside = "Event-Name: BACKGROUND_JOB\nContent-Length: 7\n\n+OK 5c\n";
        final String shifted =
                "Content-Length: " + inside.length() + "\nContent-Type: text/event-plain\n\n--\n" + inside;
        assertTrue(decode(shifted + HEARTBEAT + HEARTBEAT));
        assertEquals(
                List.of(
                        shifted.substring(0, shifted.length() - 3),
                        shifted.substring(shifted.length() - 3) + HEARTBEAT,
                        HEARTBEAT),
                frames,
                "no byte is lost");
        assertEquals(1, decoder.damaged());
    }

    @Test
    void shouldKeepWhatLooksLikeNoMessageAndCountIt() {
        assertTrue(decode("\u00ff\u00fe noise\n\n" + HEARTBEAT));
        assertEquals(List.of("\u00ff\u00fe noise\n\n", HEARTBEAT), frames);
        assertEquals(1, decoder.damaged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "", "16777217", "99999999999", "1 2"})
    void shouldNotGuessWhereTheNextMessageBegins(String length) {
        assertFalse(decode("Content-Length: " + length + "\nContent-Type: text/event-plain\n\nEvent-Name: X\n\n"));
        assertEquals(List.of(), frames);
        assertEquals(1, decoder.damaged());
    }

    @Test
    void shouldNotTakeAHeaderWithoutAnEndForOne() {
        boolean whole = true;
        for (int i = 0; whole && i < 100; i++) {
            whole = decode("Header: " + "x".repeat(1_000) + "\n");
        }
        assertFalse(whole);
    }

    @Test
    void shouldForgetHalfAFrameWhenTheConnectionEnds() {
        for (final String half : List.of(HEARTBEAT.substring(0, 30), HEARTBEAT.substring(0, 60))) {
            decode(half);
            decoder.reset();
            decode(HEARTBEAT);
        }
        assertEquals(List.of(HEARTBEAT, HEARTBEAT), frames);
        assertEquals(2, decoder.damaged());
    }
}
