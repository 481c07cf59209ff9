package org.tandemgw.recovery;

import java.util.Locale;

/** What ended a segment of a call. */
public enum SegmentEnd {
    /** The call went on with other parties. */
    TRANSFERRED,
    /** Somebody joined. */
    CONFERENCED,
    /** Another server took this call over. */
    RECOVERED,
    /** Another server has become the active one. */
    SWITCHED,
    /** The call ended, as the ACD said. */
    CLEARED,
    /** The call became part of another one. */
    MERGED,
    /** The call was not in the ACD's list of what there is: it has ended, nobody knows when. */
    ENDED_MEANWHILE,
    /** The table was full. Nobody knows what becomes of it. */
    GAVE_WAY;

    static SegmentEnd of(End end) {
        return switch (end) {
            case CLEARED -> CLEARED;
            case MERGED -> MERGED;
            case ENDED_MEANWHILE -> ENDED_MEANWHILE;
            case GAVE_WAY -> GAVE_WAY;
        };
    }

    static SegmentEnd of(CallEventKind kind) {
        return switch (kind) {
            case TRANSFERRED -> TRANSFERRED;
            case CONFERENCED -> CONFERENCED;
            default -> RECOVERED;
        };
    }

    /** As programs read it: {@code ended-meanwhile}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
