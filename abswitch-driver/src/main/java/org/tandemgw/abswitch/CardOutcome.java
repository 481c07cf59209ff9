package org.tandemgw.abswitch;

/** What became of one card. All but {@link #UNKNOWN} were read back from the box. */
public enum CardOutcome {
    /** It was elsewhere and is now where it was ordered to. */
    MOVED,
    /** It was there before anything was sent. */
    ALREADY_THERE,
    /** It is not where it was ordered to, or it was not tried because another card failed; the detail says which. */
    NOT_MOVED,
    /** There is no such card in the box. */
    ABSENT,
    /** The box did not say, or not in time, or contradicted itself. */
    UNKNOWN;

    /** Whether the card is where it was wanted. */
    public boolean isThere() {
        return this == MOVED || this == ALREADY_THERE;
    }
}
