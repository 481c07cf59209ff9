package org.tandemgw.gateway.notice;

import org.tandemgw.gateway.alarm.Alarm;

/**
 * One notification to one manager.
 *
 * @param number the manager's running number: up by one with each, over restarts too
 * @param alarm null if it is about no single alarm
 * @param text one or more sentences, at most {@link #MOST_CHARACTERS}
 */
public record Notice(Kind kind, long number, Alarm alarm, String text) {
    /** Longer texts are cut. */
    public static final int MOST_CHARACTERS = 255;

    /** What it tells. */
    public enum Kind {
        /** Tandem has started: compare your picture with the tables. */
        COLD_START,
        /** An alarm is raised. */
        RAISED,
        /** An alarm that the manager was told of is over. */
        CLEARED,
        /** More has changed than is told one by one: read the table. */
        SUMMARY,
        /** Nothing; it proves that notifications are taken. */
        SELF_TEST
    }

    /** Cuts the text. */
    public Notice {
        text = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 3) + "...";
    }
}
