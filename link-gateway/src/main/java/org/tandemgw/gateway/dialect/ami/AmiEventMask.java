package org.tandemgw.gateway.dialect.ami;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which events a client wants, by the classes that an event names in {@code Privilege}: as in Asterisk, all of them have to be wanted. An event that names none
 * goes to everybody who wants any.
 */
final class AmiEventMask {
    private static final byte[] PRIVILEGE = AmiLines.name("Privilege");
    private static final String EVERYTHING = "all";
    private static final byte[] EVERYTHING_BYTES = AmiMessage.latin(EVERYTHING);
    private static final int MOST_CLASSES = 64;

    private final boolean all;
    private final Set<String> classes;
    private final byte[][] wanted;
    private final AmiLines lines = new AmiLines();

    private AmiEventMask(boolean all, Set<String> classes) {
        this.all = all;
        this.classes = classes;
        this.wanted = classes.stream().map(AmiMessage::latin).toArray(byte[][]::new);
    }

    /** What {@code Events:} and {@code EventMask:} say: on, off, or classes between commas. Nothing is on. */
    static AmiEventMask of(String text) {
        final String word = text.strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "", "on", "yes", "true", "y", "t", "1", "-1" -> new AmiEventMask(true, Set.of());
            case "off", "no", "false", "n", "f", "0", "none" -> new AmiEventMask(false, Set.of());
            default -> ofClasses(word);
        };
    }

    private static AmiEventMask ofClasses(String list) {
        final Set<String> classes = new HashSet<>();
        for (final String each : list.split(",", MOST_CLASSES)) {
            classes.add(each.strip());
        }
        return new AmiEventMask(classes.contains(EVERYTHING), classes);
    }

    /** Whether it wants any at all. */
    boolean any() {
        return all || !classes.isEmpty();
    }

    boolean wants(String eventClass) {
        return all || classes.contains(eventClass);
    }

    boolean wants(byte[] frame, int offset, int length) {
        if (all || classes.isEmpty()) {
            return all;
        }
        lines.over(frame, offset, length);
        while (lines.next()) {
            if (lines.isNamed(PRIVILEGE)) {
                return wantsEach(frame, lines.valueFrom(), lines.valueTo());
            }
        }
        return true;
    }

    private boolean wantsEach(byte[] frame, int from, int to) {
        int start = from;
        for (int at = from; at <= to; at++) {
            if (at == to || frame[at] == ',') {
                if (!wantsOne(frame, start, at)) {
                    return false;
                }
                start = at + 1;
            }
        }
        return true;
    }

    /** Nothing, and the word that every event carries, are no class. */
    private boolean wantsOne(byte[] frame, int from, int to) {
        int start = from;
        while (start < to && frame[start] == ' ') {
            start++;
        }
        if (start == to || is(EVERYTHING_BYTES, frame, start, to)) {
            return true;
        }
        for (final byte[] each : wanted) {
            if (is(each, frame, start, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(byte[] word, byte[] frame, int from, int to) {
        return Arrays.equals(word, 0, word.length, frame, from, to);
    }
}
