package org.tandemgw.gateway.journal;

/** What a journal record is. The code is on disk for ever. */
public enum RecordKind {
    /** One frame of the ACD, byte for byte. */
    FRAME(1),
    /** Nothing could be had: from one arrival to another. */
    GAP(2),
    /** Order or repeats cannot be proved at this place. */
    DISCONTINUITY(3),
    /** A note in the stream: epoch, source, pause, restart, clock. */
    MARK(4),
    /** Was stored and can no longer be read, or was too long to carry. */
    LOST(5);

    private static final RecordKind[] BY_CODE = {null, FRAME, GAP, DISCONTINUITY, MARK, LOST};

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    /** The number on disk. */
    public int code() {
        return code;
    }

    /** The word that programs read, as in {@code journal cat --json}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * The kind with this number.
     *
     * @return null if there is none
     */
    public static RecordKind of(int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
