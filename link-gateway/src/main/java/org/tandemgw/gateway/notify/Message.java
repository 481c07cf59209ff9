package org.tandemgw.gateway.notify;

import java.time.Instant;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.notice.Notice;

/**
 * One message to one target, as it waits. The component names are the keys of the file.
 *
 * @param number the target's running number: up by one with each, over restarts too
 * @param kind coldStart, alarmRaised, alarmCleared, alarmSummary or selfTest
 * @param at when it was written, not when it is sent
 * @param text one or more sentences
 * @param alarm what it is about; null if about no single alarm
 */
record Message(long number, String kind, Instant at, String text, Subject alarm) {

    /** The alarm that a message is about. */
    record Subject(long number, String name, String severity, String object, Instant since) {
        private static Subject of(Alarm alarm) {
            return alarm == null
                    ? null
                    : new Subject(
                            alarm.number(),
                            alarm.name().toString(),
                            alarm.severity().toString(),
                            alarm.object(),
                            alarm.since());
        }
    }

    static Message of(Notice notice, long number, Instant at) {
        return new Message(number, kind(notice.kind()), at, notice.text(), Subject.of(notice.alarm()));
    }

    /** The same with another number. */
    Message numbered(long other) {
        return new Message(other, kind, at, text, alarm);
    }

    /** One sentence for people, which names the alarm. */
    String sentence() {
        if (alarm == null) {
            return text;
        }
        return (kind.equals("alarmCleared") ? "over: " : "") + alarm.severity() + " " + alarm.name() + " "
                + alarm.object() + ": " + text;
    }

    private static String kind(Notice.Kind kind) {
        return switch (kind) {
            case COLD_START -> "coldStart";
            case RAISED -> "alarmRaised";
            case CLEARED -> "alarmCleared";
            case SUMMARY -> "alarmSummary";
            case SELF_TEST -> "selfTest";
        };
    }
}
