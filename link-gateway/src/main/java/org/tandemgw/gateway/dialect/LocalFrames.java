package org.tandemgw.gateway.dialect;

import java.util.Arrays;
import java.util.List;

/** Tells local frames by how they begin, or by all of their bytes. */
public final class LocalFrames implements LegFrames {
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

    @Override
    public boolean isLocal(byte[] buffer, int offset, int length, long atNs) {
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
