package org.tandemgw.benchmarks.rig;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One figure of a run.
 *
 * @param peer what it is compared with; empty: nothing
 * @param peerValue the same of the peer, in the same run
 * @param breaks in how many places frames were missing, double or out of order; {@link #UNCOUNTED} where there is no order of frames
 */
public record Figure(String what, double value, String unit, String peer, double peerValue, Goal goal, long breaks) {
    static final long UNCOUNTED = -1;

    /** How many times the peer's. */
    public double ratio() {
        return value / peerValue;
    }

    Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("figure", what);
        map.put("value", value);
        map.put("unit", unit);
        if (!peer.isEmpty()) {
            map.put("peer", peer);
            map.put("peerValue", peerValue);
            map.put("ratio", ratio());
        }
        if (goal.isSet()) {
            map.put("goal", goal.toString());
            map.put("met", goal.isMetBy(value, ratio()));
        }
        if (breaks != UNCOUNTED) {
            map.put("breaks", breaks);
        }
        return map;
    }

    /** What a row says beside its name about frames that were missing, double or out of order; nothing where none was. */
    public static String remark(long breaks) {
        return breaks <= 0
                ? ""
                : " (frames missing, double or out of order in " + breaks + (breaks == 1 ? " place)" : " places)");
    }

    /** Three digits that count. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        final double size = Math.abs(value);
        final String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
