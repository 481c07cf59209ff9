package org.tandemgw.gateway.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The one JSON object that stands for a record: stored as the bytes of every kind but FRAME, made here at append time and
 * never again; and for a FRAME as {@code journal cat --json} prints it. Pure; any thread.
 */
public final class RecordJson {
    /** Longer texts ({@code why}, {@code text}) are cut to this many characters. */
    static final int MAX_TEXT = 1_000;

    /** An object with such a text, each character of it written as six bytes. */
    static final int LONGEST = 6_300;

    private static final String MARK = ",\"mark\":";
    private static final String TEXT = ",\"text\":";

    private static final long NS_PER_S = 1_000_000_000L;

    private RecordJson() {}

    /** The record as {@code journal cat --json} prints it: one line without its end. */
    public static String of(JournalRecord record) {
        if (record.kind() != RecordKind.FRAME) {
            return new String(record.bytes(), 0, record.length(), StandardCharsets.UTF_8);
        }
        final byte[] exact = java.util.Arrays.copyOf(record.bytes(), record.length());
        return frame(record, exact, ",\"crc\":\"" + HexFormat.of().toHexDigits(record.crc()) + '"');
    }

    /** The same with other bytes in place of the frame's: it says so, and has no checksum. */
    public static String redacted(JournalRecord record, byte[] shown) {
        return record.kind() == RecordKind.FRAME ? frame(record, shown, ",\"redacted\":true") : of(record);
    }

    private static String frame(JournalRecord record, byte[] bytes, String proof) {
        final StringBuilder out = new StringBuilder(160 + bytes.length * 4 / 3)
                .append("{\"sequence\":")
                .append(record.sequence())
                .append(",\"kind\":\"frame\",\"at\":\"")
                .append(time(record.atNs()))
                .append("\",\"leg\":")
                .append(record.leg());
        if (record.direction() != 0) {
            out.append(",\"direction\":").append(record.direction());
        }
        if (record.dialectSequence() >= 0) {
            out.append(",\"dialectSequence\":").append(record.dialectSequence());
        }
        return out.append(",\"length\":")
                .append(record.length())
                .append(proof)
                .append(",\"bytes\":\"")
                .append(Base64.getEncoder().encodeToString(bytes))
                .append("\"}")
                .toString();
    }

    static byte[] gap(long sequence, long fromNs, long toNs, int legs, String why) {
        return bytes(start(RecordKind.GAP, sequence, toNs)
                .append(",\"from\":\"")
                .append(time(fromNs))
                .append("\",\"to\":\"")
                .append(time(toNs))
                .append("\",\"after\":")
                .append(sequence - 1)
                .append(",\"legs\":")
                .append(legs(legs))
                .append(",\"why\":")
                .append(quoted(why)));
    }

    static byte[] discontinuity(long sequence, long atNs, int legs, String why) {
        return bytes(start(RecordKind.DISCONTINUITY, sequence, atNs)
                .append(",\"after\":")
                .append(sequence - 1)
                .append(",\"legs\":")
                .append(legs(legs))
                .append(",\"why\":")
                .append(quoted(why)));
    }

    static byte[] mark(long sequence, long atNs, String what, String text) {
        return bytes(start(RecordKind.MARK, sequence, atNs)
                .append(MARK)
                .append(quoted(what))
                .append(TEXT)
                .append(quoted(text)));
    }

    /** Whether this is what {@link #mark} made for {@code what}. */
    static boolean isMark(byte[] json, int length, String what) {
        final String text = new String(json, 0, length, StandardCharsets.UTF_8);
        final int at = text.indexOf(MARK);
        return at >= 0 && text.startsWith(quoted(what) + TEXT, at + MARK.length());
    }

    /** What {@link #mark} was given as text; characters that JSON escapes stay escaped. */
    static String textOfMark(byte[] json, int length) {
        final String text = new String(json, 0, length, StandardCharsets.UTF_8);
        final int at = text.lastIndexOf(TEXT) + TEXT.length() + 1;
        return text.substring(at, text.length() - 2);
    }

    static byte[] lost(long sequence, long atNs, int leg, long length, String digest, String why) {
        return bytes(start(RecordKind.LOST, sequence, atNs)
                .append(",\"leg\":")
                .append(leg)
                .append(",\"length\":")
                .append(length)
                .append(",\"digest\":")
                .append(quoted(digest))
                .append(",\"why\":")
                .append(quoted(why)));
    }

    /** For a record that was stored and can no longer be read. */
    static byte[] unreadable(long sequence, String why) {
        return bytes(new StringBuilder("{\"kind\":\"lost\",\"sequence\":")
                .append(sequence)
                .append(",\"why\":")
                .append(quoted(why)));
    }

    /** ISO-8601, UTC, with as many digits as it needs. */
    static String time(long ns) {
        return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_S), Math.floorMod(ns, NS_PER_S))
                .toString();
    }

    private static StringBuilder start(RecordKind kind, long sequence, long atNs) {
        return new StringBuilder("{\"kind\":\"")
                .append(kind.word())
                .append("\",\"sequence\":")
                .append(sequence)
                .append(",\"at\":\"")
                .append(time(atNs))
                .append('"');
    }

    private static byte[] bytes(StringBuilder json) {
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String legs(int bits) {
        return switch (bits & 3) {
            case 1 -> "[1]";
            case 2 -> "[2]";
            case 3 -> "[1,2]";
            default -> "[]";
        };
    }

    private static String quoted(String text) {
        final String shown = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
        final StringBuilder out = new StringBuilder(shown.length() + 2).append('"');
        for (int i = 0; i < shown.length(); i++) {
            final char c = shown.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
