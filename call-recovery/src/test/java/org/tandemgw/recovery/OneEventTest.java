package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OneEventTest {
    private final CallEvent event = new CallEvent();

    @Test
    void shouldForgetTheEventBefore() {
        event.begin(CallEventKind.QUEUED, 7, 100)
                .media(Media.MAIL)
                .acdNs(99)
                .startedNs(98)
                .sinceNs(97)
                .listed(true);
        for (final CallText field : CallText.values()) {
            event.text(field, "x".repeat(300));
        }
        event.begin(CallEventKind.CHANGED, 8, 101);
        assertEquals("8 CHANGED", event.toString());
        assertEquals(101, event.timeNs());
        assertEquals(0, event.startedNs() + event.sinceNs());
        assertEquals(null, event.media());
        for (final CallText field : CallText.values()) {
            assertFalse(event.has(field));
            assertEquals("", event.text(field));
        }
    }

    @Test
    void shouldShowZerosBehindAShorterText() {
        event.begin(CallEventKind.BORN, 1, 1);
        event.text(CallText.CALL, "0123456789abcdef");
        event.text(CallText.CALL, "0123456789");
        assertEquals(10, event.length(CallText.CALL));
        assertEquals(0x3736353433323130L, event.eight(CallText.CALL, 0));
        assertEquals(0x3938L, event.eight(CallText.CALL, 1));
    }

    @Test
    void shouldCopyWhatItIsGiven() {
        final byte[] frame = "Linkedid: 17.4".getBytes(StandardCharsets.US_ASCII);
        event.begin(CallEventKind.BORN, 1, 1).text(CallText.CALL, frame, 10, 4);
        frame[10] = '9';
        assertEquals("17.4", event.text(CallText.CALL));
    }

    @Test
    void shouldCutNamesAtALetterAndNeverAnIdentity() {
        event.begin(CallEventKind.BORN, 1, 1).text(CallText.CALLING, "x" + "ü".repeat(127) + "y");
        assertEquals("x" + "ü".repeat(127), event.text(CallText.CALLING));
        event.text(CallText.CALLED, "ü".repeat(128));
        assertEquals("ü".repeat(127), event.text(CallText.CALLED));
        assertFalse(event.unusable());
        event.text(CallText.LEG, "i".repeat(256));
        assertTrue(event.unusable());
    }
}
