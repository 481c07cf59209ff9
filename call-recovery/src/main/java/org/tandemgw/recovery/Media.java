package org.tandemgw.recovery;

import java.util.Locale;

/** What kind of interaction a call is. The numbers are in snapshots and never change. */
public enum Media {
    VOICE(1),
    MAIL(2),
    CHAT(3),
    CALLBACK(4),
    SMS(5),
    SOCIAL(6),
    DIRECT(7);

    private static final Media[] BY_CODE = new Media[8];

    static {
        for (final Media media : values()) {
            BY_CODE[media.code] = media;
        }
    }

    private final int code;

    Media(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The medium of that number, or null. */
    static Media of(int code) {
        return code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
    }

    /** As programs read it: {@code voice}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
