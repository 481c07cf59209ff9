package org.tandemgw.gateway.feed;

import java.nio.charset.StandardCharsets;

/**
 * SoupBinTCP packets as bytes. Pure; any thread.
 *
 * <pre>
 *  +----------------+------+-------------------+
 *  | length, 2, BE  | type | payload           |   length counts type and payload, so it is never 0
 *  +----------------+------+-------------------+
 * </pre>
 */
final class SoupPackets {
    static final byte DEBUG = '+';
    static final byte ACCEPTED = 'A';
    static final byte REJECTED = 'J';
    static final byte SEQUENCED = 'S';
    static final byte SERVER_HEARTBEAT = 'H';
    static final byte END_OF_SESSION = 'Z';
    static final byte LOGIN = 'L';
    static final byte UNSEQUENCED = 'U';
    static final byte CLIENT_HEARTBEAT = 'R';
    static final byte LOGOUT = 'O';

    /** The largest value of the length field. */
    static final int MAX_LENGTH = 65_535;
    /** The largest length that a client may send: a login needs 47, a report about 110, the rest is room for longer logins. */
    static final int MAX_CLIENT_LENGTH = 1_024;
    /** Length field and type. */
    static final int HEADER = 3;

    static final int USER = 6;
    static final int PASSWORD = 10;
    static final int SESSION = 10;
    static final int SEQUENCE = 20;
    static final int LOGIN_PAYLOAD = USER + PASSWORD + SESSION + SEQUENCE;

    private SoupPackets() {}

    static byte[] empty(byte type) {
        return packet(type, new byte[0]);
    }

    static byte[] packet(byte type, byte[] payload) {
        final int length = 1 + payload.length;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a packet of " + length + " bytes; at most " + MAX_LENGTH);
        }
        final byte[] packet = new byte[2 + length];
        packet[0] = (byte) (length >>> 8);
        packet[1] = (byte) length;
        packet[2] = type;
        System.arraycopy(payload, 0, packet, HEADER, payload.length);
        return packet;
    }

    static byte[] debug(String text) {
        return packet(DEBUG, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] rejected(char code) {
        return packet(REJECTED, new byte[] {(byte) code});
    }

    static byte[] accepted(String session, long sequence) {
        return packet(ACCEPTED, ascii(padLeft(session, SESSION) + padLeft(Long.toString(sequence), SEQUENCE)));
    }

    static byte[] login(String user, String password, String session, long sequence) {
        return packet(
                LOGIN,
                ascii(padRight(user, USER)
                        + padRight(password, PASSWORD)
                        + padLeft(session, SESSION)
                        + padLeft(Long.toString(sequence), SEQUENCE)));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static String padRight(String text, int width) {
        return fit(text, width) + " ".repeat(width - text.length());
    }

    private static String padLeft(String text, int width) {
        return " ".repeat(width - fit(text, width).length()) + text;
    }

    private static String fit(String text, int width) {
        if (text.length() > width) {
            throw new IllegalArgumentException("a field of " + width + " characters cannot hold " + text.length());
        }
        return text;
    }
}
