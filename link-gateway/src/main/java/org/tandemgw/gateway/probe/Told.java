package org.tandemgw.gateway.probe;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a service tells of itself beside being well.
 *
 * @param identity which life of it answered, the same until it restarts; null: not told
 * @param release which release it is; null: not told
 */
record Told(String identity, String release) {
    static final Told NOTHING = new Told(null, null);
    static final int LONGEST = 64;

    Told {
        identity = short_(identity);
        release = short_(release);
    }

    /** From lines {@code identity: X} and {@code release: Y}. */
    static Told fromLines(List<String> lines) {
        return new Told(value(lines, "identity:"), value(lines, "release:"));
    }

    /** Whether a line says that the program knows it from the server itself. */
    static boolean isHardEvidence(List<String> lines) {
        return "hard".equals(short_(value(lines, "evidence:")));
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst()
                .orElse(null);
    }

    /** From an object's keys {@code identity} and {@code release}; from anything else nothing. */
    static Told fromJson(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return NOTHING;
        }
        try {
            final Map<String, Object> object = JSON.std.mapFrom(text);
            return new Told(simple(object.get("identity")), simple(object.get("release")));
        } catch (IOException e) {
            return NOTHING;
        }
    }

    private static String simple(Object value) {
        return value instanceof String || value instanceof Number ? value.toString() : null;
    }

    /** What this tells, and beside it what the other one tells. */
    Told or(Told other) {
        return new Told(identity == null ? other.identity : identity, release == null ? other.release : release);
    }

    private static String short_(String text) {
        if (text == null) {
            return null;
        }
        final String printable = text.replaceAll("[^\\x20-\\x7e]", "?").strip();
        return printable.isEmpty() ? null : printable.substring(0, Math.min(LONGEST, printable.length()));
    }
}
