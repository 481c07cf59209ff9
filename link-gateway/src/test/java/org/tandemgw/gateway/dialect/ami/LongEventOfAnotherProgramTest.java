package org.tandemgw.gateway.dialect.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An event that another program asked for has its ActionID, goes to every session, and may be long. */
class LongEventOfAnotherProgramTest {
    @Test
    void shouldHaveTheKeyOfTheSameEventWithoutTheId() {
        final AmiIdentity identity = new AmiIdentity(1);
        final byte[] without = bytes("Event: OriginateResponse\r\nValue: " + "x".repeat(9_000) + "\r\n\r\n");
        final byte[] with =
                bytes("Event: OriginateResponse\r\nActionID: 7\r\nValue: " + "x".repeat(9_000) + "\r\n\r\n");
        identity.of(with, 0, with.length, 1);
        final long high = identity.high();
        final long low = identity.low();
        identity.of(without, 0, without.length, 2);
        assertEquals(high, identity.high());
        assertEquals(low, identity.low());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
