package org.tandemgw.gateway.backup;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes numbers out of frames before strangers read them: where four or more digits stand together, or apart by one or
 * two of {@code space - . / ( )} and NUL, every digit becomes {@code #}. So does every byte of a value that is named as a secret, in lines such as
 * {@code Secret: value} and {@code ChanVariable: pin=value}, where a line {@code Variable:} names one in its line {@code Value:}, and in XML ({@link XmlSecrets}): elements
 * such as {@code <agentPassword>value</agentPassword>}, with all that is in them, and attributes. Lengths stay. It knows no dialect, so it hides neither names of people nor other numbers that are not written in ASCII digits. Pure.
 */
public final class Redaction {
    private static final int SHORTEST = 4;
    private static final String SEPARATORS = " -./()\0";
    private static final int SEPARATORS_BETWEEN = 2;

    /** Names that end like this, in lower case, have a value that opens something: agentPassword, ReceivedHash. */
    private static final List<byte[]> SECRETS = Stream.of(
                    "secret",
                    "password",
                    "passwd",
                    "key",
                    "pin",
                    "challenge",
                    "nonce",
                    "hash",
                    "token",
                    "expectedresponse",
                    "auth_response")
            .map(name -> name.getBytes(StandardCharsets.US_ASCII))
            .toList();

    private static final byte[] VARIABLE = "variable".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.US_ASCII);

    private Redaction() {}

    /** A copy without such numbers. */
    public static byte[] of(byte[] bytes, int length) {
        final byte[] out = Arrays.copyOf(bytes, length);
        int start = -1;
        int end = 0;
        int digits = 0;
        for (int i = 0; i <= length; i++) {
            if (i < length && isDigit(out[i])) {
                start = start < 0 ? i : start;
                end = i + 1;
                digits++;
            } else if (i == length || !isSeparator(out[i]) || i - end >= SEPARATORS_BETWEEN) {
                if (digits >= SHORTEST) {
                    hide(out, start, end);
                }
                start = -1;
                digits = 0;
            }
        }
        hideSecrets(out);
        return out;
    }

    /** A copy that has its numbers, and not the values that are named as secrets. */
    public static byte[] ofSecrets(byte[] bytes, int length) {
        final byte[] out = Arrays.copyOf(bytes, length);
        hideSecrets(out);
        return out;
    }

    private static void hideSecrets(byte[] out) {
        new XmlSecrets(out).hide();
        boolean valueIsSecret = false;
        int end;
        for (int line = 0; line < out.length; line = end + 1) {
            end = line;
            int colon = -1;
            int secret = -1;
            while (end < out.length && out[end] != '\n') {
                if (out[end] == ':' || out[end] == '=') {
                    secret = secret < 0 && isSecret(out, line, end) ? end : secret;
                    colon = colon < 0 && out[end] == ':' ? end : colon;
                }
                end++;
            }
            if (secret < 0 && colon >= 0 && valueIsSecret && isNamed(out, line, colon, VALUE)) {
                secret = colon;
            }
            if (secret >= 0) {
                hideValue(out, secret + 1, end);
            }
            if (colon >= 0 && isNamed(out, line, colon, VARIABLE)) {
                valueIsSecret = isSecret(out, colon + 1, endOfText(out, colon + 1, end));
            }
        }
    }

    static void hideValue(byte[] out, int from, int end) {
        for (int at = from; at < end; at++) {
            out[at] = out[at] == ' ' || out[at] == '\r' ? out[at] : (byte) '#';
        }
    }

    private static int endOfText(byte[] out, int from, int end) {
        int last = end;
        while (last > from && (out[last - 1] == '\r' || out[last - 1] == ' ' || out[last - 1] == ')')) {
            last--;
        }
        return last;
    }

    private static boolean isNamed(byte[] out, int line, int colon, byte[] name) {
        return colon - line == name.length && endsWith(out, colon, name);
    }

    /** Whether the name that ends before {@code colon} and begins in this line is one of a secret. */
    static boolean isSecret(byte[] out, int line, int colon) {
        for (final byte[] name : SECRETS) {
            if (colon - line >= name.length && endsWith(out, colon, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(byte[] out, int end, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if ((out[end - name.length + i] | 0x20) != (name[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static void hide(byte[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = isDigit(out[i]) ? (byte) '#' : out[i];
        }
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isSeparator(byte b) {
        return SEPARATORS.indexOf(b) >= 0;
    }
}
