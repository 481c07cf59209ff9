package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("chance")
class NulRuleTest {
    private static final Pattern ESCAPED = Pattern.compile("^\0+\\{", Pattern.DOTALL);

    @ParameterizedTest(name = "frame {0} goes as {1}")
    @CsvSource({
        "'','' ",
        "7B,7B",
        "00,00",
        "0000,0000",
        "007B,00007B",
        "00007B,0000007B",
        "0000,0000",
        "00417B,00417B",
        "7B00,7B00",
        "41007B,41007B"
    })
    void shouldAddOneNulOnlyToWhatLooksLikeANote(String frame, String wire) {
        assertEquals(wire, hex(escape(unhex(frame))));
    }

    @Test
    void shouldGiveBackEveryFrameAndNeverTakeOneForANote() {
        final Seed seed = new Seed();
        final Random random = seed.random();
        final byte[] letters = {0, 0, 0, '{', '}', 'a', (byte) 0xff};
        for (int round = 0; round < 200_000; round++) {
            final byte[] frame = new byte[random.nextInt(9)];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = letters[random.nextInt(letters.length)];
            }
            final byte[] wire = escape(frame);
            final String why = seed + ", round " + round + ": " + hex(frame);
            assertFalse(NulRule.isNote(wire, 0, wire.length), why);
            assertEquals(
                    ESCAPED.matcher(new String(frame, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .find(),
                    wire.length != frame.length,
                    why);
            final int strip = NulRule.strip(wire, 0, wire.length);
            assertArrayEquals(frame, Arrays.copyOfRange(wire, strip, wire.length), why);
        }
    }

    @Test
    void shouldTellANoteByNulAndBrace() {
        final byte[] note = unhex("007B7D");
        assertTrue(NulRule.isNote(note, 0, 3));
        assertEquals(1, NulRule.strip(note, 0, 3));
    }

    private static byte[] escape(byte[] frame) {
        if (!NulRule.needsNul(frame, 0, frame.length)) {
            return frame;
        }
        final byte[] wire = new byte[frame.length + 1];
        System.arraycopy(frame, 0, wire, 1, frame.length);
        return wire;
    }

    private static byte[] unhex(String text) {
        return java.util.HexFormat.of().parseHex(text.strip());
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
