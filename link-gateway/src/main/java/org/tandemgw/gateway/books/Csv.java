package org.tandemgw.gateway.books;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One line of a CSV file, as RFC 4180 has it, but never with a line break in it: control characters in names of an ACD become spaces. */
public final class Csv {
    private static final long NS_PER_S = 1_000_000_000L;

    private final StringBuilder line = new StringBuilder(300);

    /** One more field. */
    public Csv add(String text) {
        if (line.length() > 0) {
            line.append(',');
        }
        final int from = line.length();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            quoted |= c == ',' || c == '"';
            line.append(c < ' ' || c == 127 ? ' ' : c);
            if (c == '"') {
                line.append('"');
            }
        }
        if (quoted) {
            line.insert(from, '"').append('"');
        }
        return this;
    }

    /** A number. */
    public Csv add(long number) {
        return add(Long.toString(number));
    }

    /** A span of time in seconds, to the nanosecond. */
    public Csv seconds(long ns) {
        if (line.length() > 0) {
            line.append(',');
        }
        final long abs = Math.abs(ns);
        final String part = Long.toString(NS_PER_S + abs % NS_PER_S); // its 1 makes room for the zeros
        line.append(ns < 0 ? "-" : "").append(abs / NS_PER_S).append('.').append(part, 1, part.length());
        return this;
    }

    /** A time, ISO 8601, UTC; empty for 0. */
    public Csv time(long ns) {
        return add(ns == 0 ? "" : Instant.ofEpochSecond(0, ns).toString());
    }

    /** With its end. */
    public String line() {
        return line + "\r\n";
    }

    /** The fields of a line without its end. */
    public static List<String> fields(String line) {
        final List<String> fields = new ArrayList<>();
        final StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            final char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** What {@link #seconds} wrote. */
    public static long ns(String seconds) {
        final int dot = seconds.indexOf('.');
        final long whole = Math.abs(Long.parseLong(seconds.substring(0, dot)));
        final long ns = whole * NS_PER_S + Long.parseLong(seconds.substring(dot + 1));
        return seconds.startsWith("-") ? -ns : ns;
    }
}
