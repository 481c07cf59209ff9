package org.tandemgw.gateway.emulate;

import java.time.Duration;
import java.util.Set;

/** The options of {@code tandem emulate acd}. */
record EmulatorOptions(boolean help, AcdSettings settings, FrameSource traffic, int controlPort, Duration lasts) {
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
            "--form",
            "--dates",
            "--for");

    static EmulatorOptions parse(String... arguments) {
        final GivenOptions given = GivenOptions.parse(KNOWN, arguments);
        if (given.help()) {
            return new EmulatorOptions(true, null, null, 0, null);
        }
        final AcdDialect dialect = AcdDialect.of(given.text("--dialect", "opaque-line"));
        if (dialect == null) {
            throw new IllegalArgumentException(
                    "--dialect: " + AcdDialect.names() + ", not " + given.text("--dialect", ""));
        }
        final boolean dials = given.has("--connect1");
        if (dials != given.has("--connect2")) {
            throw new IllegalArgumentException("--connect1 and --connect2 belong together");
        }
        final String kind = dials ? "--connect" : "--listen";
        final AcdSettings settings = AcdSettings.listening(dialect, number(given, "--seed", 1, Long.MAX_VALUE))
                .at(given.address(kind + "1", "127.0.0.1:0"), given.address(kind + "2", "127.0.0.1:0"), dials)
                .traffic((int) number(given, "--rate", 200, 10_000_000), 0)
                .manners((int) number(given, "--swaps", 0, 500), (int) number(given, "--resend", 0, 100_000))
                .asterisk(new AmiSettings(
                        given.text("--user", AmiSettings.DEFAULT.user()),
                        given.text("--secret", AmiSettings.DEFAULT.secret()),
                        flag(given, "--timestamps", true),
                        flag(given, "--numbers", false)));
        final FrameSource traffic = dialect == AcdDialect.AVAYA_CDR
                ? new CdrTraffic(
                        settings.seed(), CdrForm.of(given.text("--form", "customised"), flag(given, "--dates", true)))
                : dialect.traffic(settings);
        return new EmulatorOptions(false, settings, traffic, (int) number(given, "--control", 0, 65_535), lasts(given));
    }

    private static long number(GivenOptions given, String option, long otherwise, long atMost) {
        final String text = given.text(option, Long.toString(otherwise));
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) > atMost) {
            throw new IllegalArgumentException(option + ": a number from 0 to " + atMost + ", not " + text);
        }
        return Long.parseLong(text);
    }

    private static boolean flag(GivenOptions given, String option, boolean otherwise) {
        final String text = given.text(option, otherwise ? "on" : "off");
        if (!text.equals("on") && !text.equals("off")) {
            throw new IllegalArgumentException(option + ": on or off, not " + text);
        }
        return text.equals("on");
    }

    private static Duration lasts(GivenOptions given) {
        return given.has("--for") ? DurationText.parse("--for", given.text("--for", "")) : null;
    }
}
