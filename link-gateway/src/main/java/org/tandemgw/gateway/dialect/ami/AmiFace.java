package org.tandemgw.gateway.dialect.ami;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What an Asterisk says of itself, as far as ours has said it.
 *
 * @param banner its first line
 * @param bootedAtNs when it booted, UTC; 0: it never said
 */
record AmiFace(String banner, long bootedAtNs) {
    private static final long SECOND_NS = 1_000_000_000L;
    /** From Asterisk 16 on, the interface's version is that of Asterisk less eleven. */
    private static final int VERSIONS_APART = 11;

    private static final int FIRST_OF_THEM = 5;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The version of the interface. */
    String amiVersion() {
        final int slash = banner.lastIndexOf('/');
        return slash < 0 ? "" : banner.substring(slash + 1).strip();
    }

    /** The version of Asterisk that goes with it: nobody has told it. */
    String asteriskVersion() {
        final String major = amiVersion().split("\\.", 2)[0];
        final int number = major.matches("[0-9]{1,3}") ? Integer.parseInt(major) : 0;
        return number < FIRST_OF_THEM ? "13.0.0" : number + VERSIONS_APART + ".0.0";
    }

    /** In whole seconds; -1 if it is not known. */
    long uptimeS(long utcNs) {
        return bootedAtNs == 0 ? -1 : Math.max(0, (utcNs - bootedAtNs) / SECOND_NS);
    }

    AmiAnswer settings(AmiAnswer answer) {
        return answer.add("AMIversion", amiVersion())
                .add("AsteriskVersion", asteriskVersion())
                .add("SystemName", "")
                .add("CoreMaxCalls", 0)
                .add("CoreMaxLoadAvg", "0.000000")
                .add("CoreRunUser", "")
                .add("CoreRunGroup", "")
                .add("CoreMaxFilehandles", 0)
                .add("CoreRealTimeEnabled", "No")
                .add("CoreCDRenabled", "Yes")
                .add("CoreHTTPenabled", "No");
    }

    /** Without what nobody has told. */
    AmiAnswer startup(AmiAnswer answer) {
        if (bootedAtNs == 0) {
            return answer;
        }
        final Instant booted = Instant.ofEpochSecond(0, bootedAtNs);
        return answer.add("CoreStartupDate", DATE.format(booted))
                .add("CoreStartupTime", TIME.format(booted))
                .add("CoreReloadDate", DATE.format(booted))
                .add("CoreReloadTime", TIME.format(booted));
    }
}
