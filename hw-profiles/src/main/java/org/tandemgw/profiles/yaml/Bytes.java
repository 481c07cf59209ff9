package org.tandemgw.profiles.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that a file names as text: a delimiter, a login line. Immutable, compared by content. */
public final class Bytes {

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /**
     * Reads a text of which each character is one byte.
     *
     * @param text characters up to {@code \xFF}
     * @return the bytes
     * @throws IllegalArgumentException when a character is none
     */
    public static Bytes parse(String text) {
        if (text.chars().anyMatch(c -> c > 0xFF)) {
            throw new IllegalArgumentException("holds a character that is not one byte");
        }
        return new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @return how many bytes */
    public int length() {
        return value.length;
    }

    /** @return a copy of the bytes */
    public byte[] toArray() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** @return the bytes as a file writes them between double quotes */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (byte b : value) {
            int c = b & 0xFF;
            switch (c) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '"', '\\' -> text.append('\\').append((char) c);
                default -> text.append(c >= 0x20 && c < 0x7F ? String.valueOf((char) c) : String.format("\\x%02x", c));
            }
        }
        return text.toString();
    }
}
