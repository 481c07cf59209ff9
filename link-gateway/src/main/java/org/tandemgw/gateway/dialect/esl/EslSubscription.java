package org.tandemgw.gateway.dialect.esl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.tandemgw.gateway.frame.EslHead;

/**
 * Which events a client wants: by {@code event} and {@code nixevent}, names and, behind CUSTOM, subclasses; and by {@code filter}, as FreeSWITCH has it: of the filters
 * whose header an event has, one has to say what the event says. Allocates nothing per frame.
 */
final class EslSubscription {
    private static final int MOST = 256;
    private static final byte[] NAME = latin("Event-Name");
    private static final byte[] SUBCLASS = latin("Event-Subclass");
    private static final byte[] CUSTOM = latin("CUSTOM");

    /** A header and what it has to say; or must not. */
    private record Filter(byte[] header, byte[] value, boolean wanted) {}

    private final EslHead head = new EslHead();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> subclasses = new LinkedHashSet<>();
    private byte[][] wantedNames = {};
    private byte[][] wantedSubclasses = {};
    private Filter[] filters = {};
    private boolean all;

    private int nameFrom;
    private int nameTo;
    private int subclassFrom;
    private int subclassTo;

    /** Adds or takes away what these words name. False if there is none, or too many. */
    boolean change(String[] words, int first, boolean add) {
        boolean custom = false;
        for (int i = first; i < words.length; i++) {
            final String word = words[i];
            if (custom) {
                change(subclasses, word, add);
            } else if (word.equalsIgnoreCase("ALL")) {
                all = add;
                if (!add) {
                    nothing();
                }
            } else {
                change(names, word.toUpperCase(Locale.ROOT), add);
                custom = word.equalsIgnoreCase("CUSTOM");
            }
        }
        wantedNames = names.stream().map(EslSubscription::latin).toArray(byte[][]::new);
        wantedSubclasses = subclasses.stream().map(EslSubscription::latin).toArray(byte[][]::new);
        return words.length > first;
    }

    private static void change(Set<String> set, String word, boolean add) {
        if (!add) {
            set.remove(word);
        } else if (set.size() < MOST) {
            set.add(word);
        }
    }

    void nothing() {
        all = false;
        names.clear();
        subclasses.clear();
        wantedNames = new byte[0][];
        wantedSubclasses = new byte[0][];
    }

    boolean any() {
        return all || !names.isEmpty();
    }

    /** False if there are too many. */
    boolean filter(String header, String value) {
        String said = value.strip();
        boolean wanted = true;
        while (!said.isEmpty() && "+- ".indexOf(said.charAt(0)) >= 0) {
            wanted = said.charAt(0) == '+' || said.charAt(0) != '-' && wanted;
            said = said.substring(1);
        }
        if (filters.length == MOST) {
            return false;
        }
        filters = Arrays.copyOf(filters, filters.length + 1);
        filters[filters.length - 1] = new Filter(latin(header), latin(said), wanted);
        return true;
    }

    /** @param value empty: all of this header */
    void unfilter(String header, String value) {
        final byte[] name = latin(header);
        final byte[] said = latin(value.strip());
        filters = header.equalsIgnoreCase("all")
                ? new Filter[0]
                : Arrays.stream(filters)
                        .filter(each -> !same(each.header, 0, each.header.length, name)
                                || said.length > 0 && !Arrays.equals(each.value, said))
                        .toArray(Filter[]::new);
    }

    boolean wants(byte[] frame, int offset, int length) {
        if (!any()) {
            return false;
        }
        final int inside = head.read(frame, offset, length);
        if (head.kind() != EslHead.Kind.EVENT) {
            return false; // nothing that a FreeSWITCH would say to him
        }
        find(frame, offset + inside, offset + length);
        return named(frame) && (filters.length == 0 || filtered(frame, offset + inside, offset + length));
    }

    private boolean named(byte[] frame) {
        if (all) {
            return true;
        }
        if (!isOneOf(wantedNames, frame, nameFrom, nameTo)) {
            return false;
        }
        return !Arrays.equals(frame, nameFrom, nameTo, CUSTOM, 0, CUSTOM.length)
                || subclassFrom == subclassTo
                || isOneOf(wantedSubclasses, frame, subclassFrom, subclassTo);
    }

    private static boolean isOneOf(byte[][] words, byte[] frame, int from, int to) {
        for (final byte[] word : words) {
            if (says(frame, from, to, word)) {
                return true;
            }
        }
        return false;
    }

    private void find(byte[] frame, int from, int end) {
        nameFrom = 0;
        nameTo = 0;
        subclassFrom = 0;
        subclassTo = 0;
        int line = from;
        while (line < end && frame[line] != '\n') {
            final int lineEnd = endOfLine(frame, line, end);
            final int colon = colon(frame, line, lineEnd);
            if (same(frame, line, colon, NAME)) {
                nameFrom = value(frame, colon, lineEnd);
                nameTo = withoutReturn(frame, nameFrom, lineEnd);
            } else if (same(frame, line, colon, SUBCLASS)) {
                subclassFrom = value(frame, colon, lineEnd);
                subclassTo = withoutReturn(frame, subclassFrom, lineEnd);
                return;
            }
            line = lineEnd + 1;
        }
    }

    private boolean filtered(byte[] frame, int from, int end) {
        boolean send = false;
        for (final Filter filter : filters) {
            int line = from;
            while (line < end && frame[line] != '\n') {
                final int lineEnd = endOfLine(frame, line, end);
                final int colon = colon(frame, line, lineEnd);
                if (same(frame, line, colon, filter.header)) {
                    final int value = value(frame, colon, lineEnd);
                    if (says(frame, value, withoutReturn(frame, value, lineEnd), filter.value)) {
                        if (!filter.wanted) {
                            return false;
                        }
                        send = true;
                    }
                    break;
                }
                line = lineEnd + 1;
            }
        }
        return send;
    }

    private static int endOfLine(byte[] frame, int line, int end) {
        int at = line;
        while (at < end && frame[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int colon(byte[] frame, int line, int end) {
        int at = line;
        while (at < end && frame[at] != ':') {
            at++;
        }
        return at;
    }

    private static int value(byte[] frame, int colon, int end) {
        int at = Math.min(end, colon + 1);
        while (at < end && frame[at] == ' ') {
            at++;
        }
        return at;
    }

    private static int withoutReturn(byte[] frame, int from, int end) {
        return end > from && frame[end - 1] == '\r' ? end - 1 : end;
    }

    /** The same name, whatever its letters' case. */
    private static boolean same(byte[] frame, int from, int to, byte[] name) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (lower(frame[from + i]) != lower(name[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the value is this, its percent signs decoded, whatever its letters' case. */
    private static boolean says(byte[] frame, int from, int to, byte[] value) {
        int at = from;
        for (final byte wanted : value) {
            if (at >= to) {
                return false;
            }
            int b = frame[at++];
            if (b == '%' && at + 1 < to) {
                final int high = Character.digit(frame[at], 16);
                final int low = Character.digit(frame[at + 1], 16);
                if (high >= 0 && low >= 0) {
                    b = (byte) (high << 4 | low);
                    at += 2;
                }
            }
            if (lower(b) != lower(wanted)) {
                return false;
            }
        }
        return at == to;
    }

    private static int lower(int b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
