package org.tandemgw.gateway.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a client asked for. Pure.
 *
 * @param user six bytes as they came, right-padded with spaces
 * @param password ten bytes as they came, right-padded with spaces
 * @param session without padding; empty: the first ACD
 * @param sequence the number asked for, or -1 if it is not one
 */
record LoginRequest(byte[] user, byte[] password, String session, long sequence) {

    /**
     * Reads the payload of a login. Bytes after the 46th belong to later versions of the protocol and are not looked at.
     *
     * @return null if it is shorter than 46 bytes
     */
    static LoginRequest parse(byte[] bytes, int offset, int length) {
        if (length < SoupPackets.LOGIN_PAYLOAD) {
            return null;
        }
        final int password = offset + SoupPackets.USER;
        final int session = password + SoupPackets.PASSWORD;
        final int sequence = session + SoupPackets.SESSION;
        return new LoginRequest(
                Arrays.copyOfRange(bytes, offset, password),
                Arrays.copyOfRange(bytes, password, session),
                text(bytes, session, SoupPackets.SESSION),
                number(text(bytes, sequence, SoupPackets.SEQUENCE)));
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1).strip();
    }

    private static long number(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
    }
}
