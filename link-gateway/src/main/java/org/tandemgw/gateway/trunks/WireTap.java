package org.tandemgw.gateway.trunks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What went over the wires of one switch lately, for a person who commissions it: the password masked, the rest byte for byte.
 * Bounded: the last {@link #MOST} exchanges, {@link #MOST_BYTES} of each answer; older ones are forgotten, longer ones cut.
 * Any thread.
 */
final class WireTap {
    static final int MOST = 64;
    static final int MOST_BYTES = 1_024;

    private static final String MASK = "{password}";

    /**
     * One frame and what came until the next one.
     *
     * @param number rises by one with each frame
     * @param at when it was sent
     * @param path over which
     * @param sent the frame, printable
     * @param received what came, byte for byte but for the password, one character for each byte
     * @param bytes the same with the password as it came: for patterns only, never shown
     * @param end how the path ended meanwhile; null if it did not
     */
    record Seen(long number, Instant at, String path, String sent, String received, String bytes, String end) {}

    private static final class Exchange {
        private long number;
        private Instant at;
        private String path;
        private String sent;
        private String end;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    }

    private final String password;
    private final Supplier<Instant> now;
    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private long sentSoFar;

    /** Masks this password; null: there is none. */
    WireTap(String password, Supplier<Instant> now) {
        this.password = password == null || password.isEmpty() ? null : password;
        this.now = now;
    }

    synchronized void sent(String path, byte[] frame) {
        final Exchange exchange = new Exchange();
        exchange.number = ++sentSoFar;
        exchange.at = now.get();
        exchange.path = path;
        exchange.sent = printable(masked(new String(frame, StandardCharsets.ISO_8859_1)));
        exchanges.addLast(exchange);
        if (exchanges.size() > MOST) {
            exchanges.removeFirst();
        }
    }

    synchronized void received(String path, byte[] bytes) {
        final Exchange last = exchanges.peekLast();
        if (last != null && last.path.equals(path)) {
            last.received.write(bytes, 0, Math.min(bytes.length, MOST_BYTES - last.received.size()));
        }
    }

    synchronized void ended(String path, String how) {
        final Exchange last = exchanges.peekLast();
        if (last != null && last.path.equals(path) && last.end == null) {
            last.end = how;
        }
    }

    /** How many frames were sent since the start. */
    synchronized long frames() {
        return sentSoFar;
    }

    /** The exchanges after that frame, the oldest first. */
    synchronized List<Seen> after(long number) {
        final List<Seen> seen = new ArrayList<>();
        for (final Exchange each : exchanges) {
            if (each.number > number) {
                final String received = new String(each.received.toByteArray(), StandardCharsets.ISO_8859_1);
                seen.add(new Seen(each.number, each.at, each.path, each.sent, masked(received), received, each.end));
            }
        }
        return seen;
    }

    /** With the password masked. */
    String masked(String text) {
        return password == null ? text : text.replace(password, MASK);
    }

    /** What is not printable ASCII as a profile writes it. */
    static String printable(String text) {
        final StringBuilder out = new StringBuilder();
        for (final char each : text.toCharArray()) {
            switch (each) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default ->
                    out.append(
                            each >= 0x20 && each < 0x7F ? String.valueOf(each) : String.format("\\x%02x", (int) each));
            }
        }
        return out.toString();
    }
}
