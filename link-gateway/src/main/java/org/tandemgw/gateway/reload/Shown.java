package org.tandemgw.gateway.reload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.tandemgw.gateway.config.Secret;
import org.tandemgw.gateway.config.SwitchoverConfig;
import org.tandemgw.gateway.support.KnownSecrets;
import org.tandemgw.profiles.AcdProfile;
import org.tandemgw.profiles.ProfileAbout;
import org.tandemgw.profiles.ServerProfile;
import org.tandemgw.profiles.SwitchProfile;

/** Values as people read them, and nothing that is secret. Pure. */
final class Shown {
    private static final long KIBI = 1_024;
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final Object[][] TIMES = {
        {Duration.ofDays(1), "d"},
        {Duration.ofHours(1), "h"},
        {Duration.ofMinutes(1), "m"},
        {Duration.ofSeconds(1), "s"},
    };

    private Shown() {}

    /** @param pattern of its key, which may say that it is a secret, or give the unit */
    static String of(String pattern, Object value) {
        if (pattern.equals("snmp.managers[].user")) {
            return "a user, or a community";
        }
        final String key = pattern.substring(pattern.lastIndexOf('.') + 1);
        if (value instanceof Secret secret) {
            return "the secret in " + secret.file().getFileName();
        }
        if (value instanceof Duration time) {
            return time(time);
        }
        if (value instanceof Enum<?> word) {
            return Outline.word(word);
        }
        if (value instanceof Boolean yes) {
            return yes ? "on" : "off";
        }
        if (value instanceof SwitchoverConfig.FailBack back) {
            return back.window().orElseGet(() -> Outline.word(back.policy()));
        }
        if (value instanceof List<?> list) {
            return key.equals("communities")
                    ? list.size() + " communities"
                    : list.stream().map(each -> of(key, each)).collect(Collectors.joining(", ", "[", "]"));
        }
        final ProfileAbout about = about(value);
        if (about != null) {
            return about.name();
        }
        return switch (key) {
            case "http", "post", "webhook" -> KnownSecrets.shown(value.toString());
            case "min-free", "at-most" -> size((Long) value);
            case "catch-up" -> value.equals(0L) ? "none" : value + "/s";
            default -> value instanceof Path path ? path.toString() : value.toString();
        };
    }

    /** What is compared. */
    static Object compared(Object value) {
        final ProfileAbout about = about(value);
        return about == null ? value : about.text();
    }

    /** Of a profile; null: it is none. */
    private static ProfileAbout about(Object value) {
        return value instanceof AcdProfile acd
                ? acd.about()
                : value instanceof ServerProfile server
                        ? server.about()
                        : value instanceof SwitchProfile box ? box.about() : null;
    }

    private static String time(Duration time) {
        for (final Object[] unit : TIMES) {
            final Duration one = (Duration) unit[0];
            if (!time.isZero() && time.toMillis() % one.toMillis() == 0) {
                return time.toMillis() / one.toMillis() + unit[1].toString();
            }
        }
        return time.toMillis() + "ms";
    }

    private static String size(long bytes) {
        long left = bytes;
        int unit = 0;
        while (left >= KIBI && left % KIBI == 0 && unit < SIZES.length - 1) {
            left /= KIBI;
            unit++;
        }
        return left + SIZES[unit];
    }
}
