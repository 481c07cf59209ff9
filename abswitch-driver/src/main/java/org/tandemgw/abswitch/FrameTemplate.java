package org.tandemgw.abswitch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A frame with places for password, card and position: <code>"\x1B{password}\x01{card}\x02{position}\r"</code>. Every other character
 * is one byte, unchanged.
 *
 * @param text as in the profile
 */
public record FrameTemplate(String text) {
    private static final String PASSWORD = "{password}";
    private static final String CARD = "{card}";
    private static final String POSITION = "{position}";

    /** Refuses what is no frame: nothing at all, a bare line end, or characters that are no bytes. */
    public FrameTemplate {
        if (text.chars().anyMatch(c -> c > 0xFF)) {
            throw new IllegalArgumentException("holds a character that is no single byte");
        }
        if (text.strip().isEmpty()) {
            throw new IllegalArgumentException(
                    "is empty or only a line end: a line end alone may complete what a box holds"
                            + " half, and move trunks");
        }
    }

    boolean hasPassword() {
        return text.contains(PASSWORD);
    }

    boolean hasCard() {
        return text.contains(CARD);
    }

    boolean hasPosition() {
        return text.contains(POSITION);
    }

    /**
     * The frame's bytes.
     *
     * @param password or null
     * @param card its number
     * @param position as it stands in a frame, or null
     * @return all of it, to be sent in one write
     */
    byte[] render(String password, int card, String position) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith(PASSWORD, at)) {
                at += PASSWORD.length();
                write(out, password);
            } else if (text.startsWith(CARD, at)) {
                at += CARD.length();
                write(out, Integer.toString(card));
            } else if (text.startsWith(POSITION, at)) {
                at += POSITION.length();
                write(out, position);
            } else {
                out.write(text.charAt(at++));
            }
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String value) {
        out.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
    }
}
