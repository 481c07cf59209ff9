package org.tandemgw.gateway.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of an audit file, as bytes: its running number and the hash of the line before are its last two keys, so that a line can be read without
 * knowing what it is about. Pure.
 */
final class AuditLine {
    /** What the very first line carries as hash of the one before. */
    static final String NOTHING_BEFORE = "0".repeat(64);

    private static final int LONGEST_LINK = 128;
    private static final Pattern LINK = Pattern.compile(",\"number\":([1-9]\\d{0,17}),\"before\":\"([0-9a-f]{64})\"}$");

    private final byte[] raw;
    private final boolean ended;
    private final long number;
    private final String before;

    private AuditLine(byte[] raw, boolean ended) {
        this.raw = raw;
        this.ended = ended;
        final String end = new String(
                raw,
                Math.max(0, raw.length - LONGEST_LINK),
                Math.min(raw.length, LONGEST_LINK),
                StandardCharsets.US_ASCII);
        final Matcher link = LINK.matcher(end);
        final boolean linked = link.find();
        number = linked ? Long.parseLong(link.group(1)) : 0;
        before = linked ? link.group(2) : null;
    }

    /** The entry with its place in the chain. */
    static String linked(String json, long number, String before) {
        return json.substring(0, json.length() - 1) + ",\"number\":" + number + ",\"before\":\"" + before + "\"}";
    }

    /** The lines of a file or of its end, the last one also if it was not ended. */
    static List<AuditLine> of(byte[] bytes) {
        final List<AuditLine> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                lines.add(new AuditLine(Arrays.copyOfRange(bytes, from, at), true));
                from = at + 1;
            }
        }
        if (from < bytes.length) {
            lines.add(new AuditLine(Arrays.copyOfRange(bytes, from, bytes.length), false));
        }
        return lines;
    }

    static String hash(byte[] bytes, int from, int to) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, to - from);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String hash() {
        return hash(raw, 0, raw.length);
    }

    /** Whether it stands in the chain. */
    boolean linked() {
        return before != null;
    }

    /** Its running number; 0 if it has none. */
    long number() {
        return number;
    }

    /** Null if it has none. */
    String before() {
        return before;
    }

    /** False for a last line that was not written to its end. */
    boolean ended() {
        return ended;
    }

    /** With the end of the line, if it has one. */
    int bytes() {
        return raw.length + (ended ? 1 : 0);
    }

    String text() {
        return new String(raw, StandardCharsets.UTF_8);
    }

    /** Whether it begins and ends like a whole entry. */
    boolean looksWhole() {
        return raw.length > 1 && raw[0] == '{' && raw[raw.length - 1] == '}';
    }
}
