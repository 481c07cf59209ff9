package org.tandemgw.gateway.alarm;

import java.time.Instant;

/**
 * One alarm as operators and programs see it. The component names are its JSON keys.
 *
 * @param number never used twice, also not after a restart
 * @param object what it is about, like {@code acd1/leg-2} or {@code cms-east/acd1}
 * @param since when it was raised
 * @param cleared when it went; null while active
 * @param acknowledged by whom and why; null if by nobody
 */
public record Alarm(
        long number,
        AlarmName name,
        Severity severity,
        String object,
        Instant since,
        String text,
        Instant cleared,
        Acknowledgement acknowledged) {

    /** Who has taken notice, when, and why that is enough. */
    public record Acknowledgement(String who, String reason, Instant at) {}

    /** True until it is cleared. */
    public boolean active() {
        return cleared == null;
    }

    Alarm withText(String newText) {
        return new Alarm(number, name, severity, object, since, newText, cleared, acknowledged);
    }

    Alarm clearedAt(Instant at) {
        return new Alarm(number, name, severity, object, since, text, at, acknowledged);
    }

    Alarm acknowledgedBy(Acknowledgement by) {
        return new Alarm(number, name, severity, object, since, text, cleared, by);
    }
}
