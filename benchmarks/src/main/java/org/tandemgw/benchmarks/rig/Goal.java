package org.tandemgw.benchmarks.rig;

import java.util.Locale;

/** What a figure should be: itself, or its ratio to the peer of the same run. */
public record Goal(boolean ofRatio, boolean atMost, double limit) {
    /** Nobody has asked for anything. */
    public static final Goal NONE = new Goal(false, true, Double.NaN);

    /** The ratio to the peer is at most this. */
    public static Goal ratioAtMost(double limit) {
        return new Goal(true, true, limit);
    }

    /** The ratio to the peer is at least this. */
    public static Goal ratioAtLeast(double limit) {
        return new Goal(true, false, limit);
    }

    /** The figure itself is at most this. */
    public static Goal atMost(double limit) {
        return new Goal(false, true, limit);
    }

    boolean isSet() {
        return !Double.isNaN(limit);
    }

    boolean isMetBy(double value, double ratio) {
        final double judged = ofRatio ? ratio : value;
        return atMost ? judged <= limit : judged >= limit;
    }

    @Override
    public String toString() {
        final String number = limit == Math.rint(limit)
                ? String.format(Locale.ROOT, "%.0f", limit)
                : String.format(Locale.ROOT, "%s", limit);
        return !isSet() ? "" : (atMost ? "at most " : "at least ") + number + (ofRatio ? " times" : "");
    }
}
