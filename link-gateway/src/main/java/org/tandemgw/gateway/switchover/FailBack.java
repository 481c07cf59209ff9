package org.tandemgw.gateway.switchover;

import java.util.Locale;

/**
 * When to go back to the server that an automatic switch left.
 *
 * @param policy when
 * @param fromMinute of the day, in the site's time zone; for a window only
 * @param toMinute likewise; less than {@code fromMinute}: the window crosses midnight
 */
public record FailBack(Policy policy, int fromMinute, int toMinute) {
    /** When to go back. */
    public enum Policy {
        /** Never by itself. */
        NEVER,
        /** When an operator says so: he is told that it can be done. */
        MANUAL,
        /** When it is known that no calls are up. */
        IDLE,
        /** In a window of the day. */
        WINDOW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Never by itself. */
    public static final FailBack NEVER = new FailBack(Policy.NEVER, 0, 0);
}
