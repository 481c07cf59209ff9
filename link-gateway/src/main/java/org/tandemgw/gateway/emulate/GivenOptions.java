package org.tandemgw.gateway.emulate;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeMap;

/** What stands on the line behind {@code tandem emulate acd} and {@code tandem emulate server}: {@code --name value} or {@code --name=value}. */
record GivenOptions(boolean help, TreeMap<String, String> values) {
    /** Throws IllegalArgumentException with a sentence for whoever typed it. */
    static GivenOptions parse(Set<String> known, String... arguments) {
        final TreeMap<String, String> given = new TreeMap<>();
        for (int i = 0; i < arguments.length; i++) {
            final String[] pair = arguments[i].split("=", 2);
            if (pair[0].equals("--help") || pair[0].equals("-h")) {
                return new GivenOptions(true, given);
            }
            if (!known.contains(pair[0])) {
                throw new IllegalArgumentException("Unknown option: " + pair[0]);
            }
            if (pair.length == 1 && i + 1 == arguments.length) {
                throw new IllegalArgumentException("A value is missing after " + pair[0]);
            }
            given.put(pair[0], pair.length == 2 ? pair[1] : arguments[++i]);
        }
        return new GivenOptions(false, given);
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    String text(String option, String otherwise) {
        return values.getOrDefault(option, otherwise);
    }

    String needed(String option) {
        if (!has(option)) {
            throw new IllegalArgumentException(option + " is missing");
        }
        return values.get(option);
    }

    InetSocketAddress address(String option, String otherwise) {
        final String text = text(option, otherwise);
        final int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException(option + ": HOST:PORT, not " + text);
        }
        final int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 65_535) {
            throw new IllegalArgumentException(option + ": no such port: " + port);
        }
        return new InetSocketAddress(text.substring(0, colon), port);
    }
}
