package org.tandemgw.gateway.dialect;

import java.util.Arrays;
import java.util.List;

/** Tells the frames that belong to one leg's session from those that belong to the stream. */
public final class LocalFrames {
    /**
     * One way to know a local frame.
     *
     * @param bytes how it begins
     * @param whole true if it is exactly these bytes
     */
    public record Rule(byte[] bytes, boolean whole) {}

    private final Rule[] rules;

    /** Frames that match any of the rules are local. */
    public LocalFrames(List<Rule> rules) {
        this.rules = rules.toArray(Rule[]::new);
    }

    /** Whether this frame stays out of the stream. */
    public boolean contains(byte[] buffer, int offset, int length) {
        for (final Rule rule : rules) {
            final int size = rule.bytes.length;
            if (size <= length
                    && (!rule.whole || size == length)
                    && Arrays.equals(rule.bytes, 0, size, buffer, offset, offset + size)) {
                return true;
            }
        }
        return false;
    }
}
