package org.tandemgw.gateway.feed;

/**
 * How a native feed begins.
 *
 * @param live a client begins with the next frame, and nothing is held for it; else where it was
 * @param resend how many records before its cursor are sent again to one that comes back
 */
public record NativeSettings(boolean live, int resend) {
    /** More records than this are not sent again. */
    public static final int MOST_RESENT = 10_000;

    /** Checks them. */
    public NativeSettings {
        if (resend < 0 || resend > MOST_RESENT) {
            throw new IllegalArgumentException("resend of " + resend + " records; at most " + MOST_RESENT);
        }
    }
}
