package org.tandemgw.gateway.snmp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What net-snmp's tools have walked over, compared with what the status says. */
public final class MibWalk {
    private MibWalk() {}

    /** What a walk has found, by object and index; without what the status does not have. */
    public static Map<String, String> read(List<String> walked, Set<String> without) {
        final Map<String, String> all = new LinkedHashMap<>();
        for (final String each : walked) {
            final String[] parts = each.replace("TANDEM-MIB::", "").split(" = ", 2);
            if (parts.length == 2 && !without.contains(parts[0].substring(0, parts[0].indexOf('.')))) {
                all.put(parts[0], parts[1].equals("\"\"") ? "" : parts[1]);
            }
        }
        return all;
    }

    /** What differs between a walk and what was true before and after it; of what moves, anything between. */
    public static List<String> differences(Map<String, String> walked, MibOfStatus before, MibOfStatus after) {
        final List<String> all = new ArrayList<>();
        final Set<String> objects = new TreeSet<>(walked.keySet());
        objects.addAll(before.expected().keySet());
        objects.addAll(after.expected().keySet());
        for (final String object : objects) {
            final String is = walked.get(object);
            final String was = before.expected().get(object);
            final String then = after.expected().get(object);
            if (is == null || !is.equals(was) && !is.equals(then) && !isBetween(was, is, then)) {
                all.add(object + " = " + is + ", status: " + was
                        + (then == null || then.equals(was) ? "" : " to " + then));
            }
        }
        return all;
    }

    private static boolean isBetween(String low, String value, String high) {
        if (low == null || high == null) {
            return false;
        }
        if (value.matches("-?\\d{1,18}") && low.matches("-?\\d{1,18}") && high.matches("-?\\d{1,18}")) {
            return Long.parseLong(low) <= Long.parseLong(value) && Long.parseLong(value) <= Long.parseLong(high);
        }
        return isTime(low)
                && isTime(value)
                && isTime(high)
                && inOrder(low).compareTo(inOrder(value)) <= 0
                && inOrder(value).compareTo(inOrder(high)) <= 0;
    }

    private static boolean isTime(String text) {
        return text.matches("\\d+-\\d+-\\d+,\\d+:\\d+:\\d+\\.\\d(,\\+0:0)?");
    }

    private static String inOrder(String time) {
        final StringBuilder text = new StringBuilder();
        for (final String part : time.split("[-,:.]")) {
            text.append(String.format(Locale.ROOT, "%5s", part));
        }
        return text.toString();
    }
}
