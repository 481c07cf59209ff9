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
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.CdrForm;
import org.tandemgw.gateway.emulate.CdrTraffic;

/** Records of call details, in whatever pieces they come. */
class CdrFramesTest implements FrameSink {
    private static final int[] NONE = {};
    private static final LinkFrameDecoder.Limits LIMITS = new LinkFrameDecoder.Limits(1_024, 1 << 20);

    private final List<String> frames = new ArrayList<>();
    private long longFrame;

    @Override
    public void onFrame(byte[] buffer, int offset, int length) {
        frames.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void onLongFrame(long length, byte[] sha256) {
        longFrame = length;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void decode(CdrDecoder decoder, String text) {
        final byte[] bytes = bytes(text);
        assertTrue(decoder.decode(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customised", "teleseer", "59-character", "printer", "expanded", "int-isdn"})
    void shouldGiveTheSameRecordsWhereverTheyAreCutInTwo(String form) {
        final CdrForm written = CdrForm.of(form, true);
        final CdrTraffic traffic = new CdrTraffic(7, written);
        final StringBuilder stream = new StringBuilder(new String(traffic.greeting(), StandardCharsets.ISO_8859_1));
        final List<String> expected = new ArrayList<>(List.of(stream.toString()));
        for (int i = 0; i < 4; i++) {
            final String record = new String(AcdDialect.AVAYA_CDR.frame(traffic.next()), StandardCharsets.ISO_8859_1);
            expected.add(record);
            stream.append(record);
        }
        stream.append("\0\0\0"); // behind the last one
        for (int cut = 0; cut <= stream.length(); cut++) {
            final CdrDecoder decoder = new CdrDecoder(written.records().innerLineFeeds(), LIMITS, this);
            frames.clear();
            decode(decoder, stream.substring(0, cut));
            decode(decoder, stream.substring(cut));
            assertEquals(expected, frames, "cut at " + cut);
            decoder.reset();
            assertEquals(0, decoder.damaged(), "cut at " + cut);
        }
    }

    @Test
    void shouldCarryTheNulsInFrontOfTheNextRecord() {
        final CdrDecoder decoder = new CdrDecoder(NONE, LIMITS, this);
        decode(decoder, "one\r\n\0\0\0two\r\n\0");
        decode(decoder, "\0\0three\n\0\n\nfour\r\n");
        assertEquals(List.of("one\r\n", "\0\0\0two\r\n", "\0\0\0three\n", "\0\n", "\n", "four\r\n"), frames);
    }

    @Test
    void shouldCountARecordThatTheEndOfAConnectionCutOffAndNotTheNulsBehindOne() {
        final CdrDecoder decoder = new CdrDecoder(new int[] {40}, LIMITS, this);
        decode(decoder, "one\r\n\0\0\0");
        decoder.reset();
        assertEquals(0, decoder.damaged());
        decode(decoder, "\0\0\0tw");
        decoder.reset();
        assertEquals(1, decoder.damaged());
        decode(decoder, "three\r\n");
        assertEquals(List.of("one\r\n", "three\r\n"), frames);
    }

    @Test
    void shouldNotEndARecordAtTheLineFeedThatBelongsToIt() {
        final CdrDecoder decoder = new CdrDecoder(new int[] {4}, LIMITS, this);
        decode(decoder, "abcd\nefg\r\n\0\0\0hijk\nlm");
        decode(decoder, "n\r\n\0\0\0without one\r\n1121\r\n");
        assertEquals(List.of("abcd\nefg\r\n", "\0\0\0hijk\nlmn\r\n", "\0\0\0without one\r\n", "1121\r\n"), frames);
    }

    @Test
    void shouldDigestARecordThatIsTooLongAndGoOnBehindIt() {
        final CdrDecoder decoder = new CdrDecoder(NONE, LIMITS, this);
        decode(decoder, "x".repeat(700));
        decode(decoder, "x".repeat(700) + "\r\nnext\r\n");
        assertEquals(1_402, longFrame);
        assertEquals(List.of("next\r\n"), frames);
    }

    @Test
    void shouldCloseAConnectionOnWhichNoLineFeedComes() {
        final CdrDecoder decoder = new CdrDecoder(NONE, LIMITS, this);
        final byte[] endless = new byte[65_536]; // NULs and nothing else
        boolean open = true;
        for (int i = 0; i < 20 && open; i++) {
            open = decoder.decode(endless, 0, endless.length);
        }
        assertFalse(open);
        assertEquals(1, decoder.damaged());
        assertEquals(List.of(), frames);
    }
}
