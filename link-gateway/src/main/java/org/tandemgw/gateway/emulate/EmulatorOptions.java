package org.tandemgw.gateway.emulate;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;

/** The options of {@code tandem emulate acd}. */
record EmulatorOptions(boolean help, AcdSettings settings, int controlPort, Duration lasts) {
    private static final Set<String> KNOWN = Set.of(
            "--dialect",
            "--listen1",
            "--listen2",
            "--connect1",
            "--connect2",
            "--control",
            "--rate",
            "--swaps",
            "--resend",
            "--seed",
            "--user",
            "--secret",
            "--timestamps",
            "--numbers",
            "--for");

    static EmulatorOptions parse(String... arguments) {
        final TreeMap<String, String> given = new TreeMap<>();
        for (int i = 0; i < arguments.length; i++) {
            final String[] pair = arguments[i].split("=", 2);
            if (pair[0].equals("--help") || pair[0].equals("-h")) {
                return new EmulatorOptions(true, null, 0, null);
            }
            if (!KNOWN.contains(pair[0])) {
                throw new IllegalArgumentException("Unknown option: " + pair[0]);
            }
            if (pair.length == 1 && i + 1 == arguments.length) {
                throw new IllegalArgumentException("A value is missing after " + pair[0]);
            }
            given.put(pair[0], pair.length == 2 ? pair[1] : arguments[++i]);
        }
        final AcdDialect dialect = AcdDialect.of(given.getOrDefault("--dialect", "opaque-line"));
        if (dialect == null) {
            throw new IllegalArgumentException("--dialect: " + AcdDialect.names() + ", not " + given.get("--dialect"));
        }
        final boolean dials = given.containsKey("--connect1");
        if (dials != given.containsKey("--connect2")) {
            throw new IllegalArgumentException("--connect1 and --connect2 belong together");
        }
        final String kind = dials ? "--connect" : "--listen";
        final AcdSettings settings = AcdSettings.listening(dialect, number(given, "--seed", 1, Long.MAX_VALUE))
                .at(address(given, kind + "1"), address(given, kind + "2"), dials)
                .traffic((int) number(given, "--rate", 200, 10_000_000), 0)
                .manners((int) number(given, "--swaps", 0, 500), (int) number(given, "--resend", 0, 100_000))
                .asterisk(new AmiSettings(
                        given.getOrDefault("--user", AmiSettings.DEFAULT.user()),
                        given.getOrDefault("--secret", AmiSettings.DEFAULT.secret()),
                        flag(given, "--timestamps", true),
                        flag(given, "--numbers", false)));
        return new EmulatorOptions(false, settings, (int) number(given, "--control", 0, 65_535), lasts(given));
    }

    private static long number(TreeMap<String, String> given, String option, long otherwise, long atMost) {
        final String text = given.getOrDefault(option, Long.toString(otherwise));
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) > atMost) {
            throw new IllegalArgumentException(option + ": a number from 0 to " + atMost + ", not " + text);
        }
        return Long.parseLong(text);
    }

    private static boolean flag(TreeMap<String, String> given, String option, boolean otherwise) {
        final String text = given.getOrDefault(option, otherwise ? "on" : "off");
        if (!text.equals("on") && !text.equals("off")) {
            throw new IllegalArgumentException(option + ": on or off, not " + text);
        }
        return text.equals("on");
    }

    private static InetSocketAddress address(TreeMap<String, String> given, String option) {
        final String text = given.getOrDefault(option, "127.0.0.1:0");
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

    private static Duration lasts(TreeMap<String, String> given) {
        return given.containsKey("--for") ? DurationText.parse("--for", given.get("--for")) : null;
    }
}
