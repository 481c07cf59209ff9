package org.tandemgw.gateway.feed;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's {@code {"have":n,"digest":"…"}}. Pure.
 *
 * @param have the last sequence that it has, and everything before
 * @param digest the chained digest through the last multiple of 1,000 that is not above {@code have}, lower-case hex, or null
 */
record HaveReport(long have, String digest) {
    private static final Pattern HAVE = Pattern.compile("\"have\"\\s*+:\\s*+(\\d{1,18})(?=[\\s,}])");
    private static final Pattern DIGEST = Pattern.compile("\"digest\"\\s*+:\\s*+\"([0-9a-fA-F]{64})\"");

    /**
     * Reads the payload of an unsequenced packet.
     *
     * @return null if it is anything else
     */
    static HaveReport parse(byte[] bytes, int offset, int length) {
        final String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1).strip();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return null;
        }
        final Matcher have = HAVE.matcher(text);
        if (!have.find()) {
            return null;
        }
        final Matcher digest = DIGEST.matcher(text);
        return new HaveReport(
                Long.parseLong(have.group(1)), digest.find() ? digest.group(1).toLowerCase(Locale.ROOT) : null);
    }

    /** The boundary that the digest is about. */
    long through() {
        return have - have % StreamDigest.BLOCK;
    }
}
