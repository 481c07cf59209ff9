package org.tandemgw.gateway.status;

import org.tandemgw.gateway.alarm.Severity;

/**
 * Which colour what has, and what the terminal can show.
 *
 * @param colours whether colours are wanted
 * @param unicode whether more than ASCII can be shown
 */
record LiveInk(boolean colours, boolean unicode) {

    String paint(Ink ink, String text) {
        return ink.paint(text, colours);
    }

    String arrow() {
        return unicode ? "→" : "->";
    }

    static Ink of(Severity severity) {
        return switch (severity) {
            case CRITICAL, MAJOR -> Ink.BAD;
            case MINOR, WARNING -> Ink.WARN;
        };
    }

    static Ink of(SiteState state) {
        return switch (state) {
            case PROTECTED -> Ink.GOOD;
            case STARTING, SUSPECTING, DIAGNOSING, RECONNECTING, SWITCHING, MAINTENANCE -> Ink.WARN;
            case UNPROTECTED, HOLDING, ISOLATED, ERROR -> Ink.BAD;
        };
    }

    static Ink of(LegState state) {
        return switch (state) {
            case UP -> Ink.GOOD;
            case CONNECTING, LOGIN, SNAPSHOT, HUNTING, BUSIED_OUT -> Ink.WARN;
            case DOWN, SILENT, PAUSED -> Ink.BAD;
        };
    }

    static Ink of(Health health) {
        return switch (health) {
            case UP -> Ink.GOOD;
            case SUSPECT -> Ink.WARN;
            case DOWN -> Ink.BAD;
            case UNKNOWN -> Ink.PLAIN;
        };
    }

    static Ink of(DiskState state) {
        return switch (state) {
            case OK -> Ink.GOOD;
            case LOW -> Ink.WARN;
            case CRITICAL, PAUSED -> Ink.BAD;
        };
    }
}
