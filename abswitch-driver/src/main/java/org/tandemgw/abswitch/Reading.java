package org.tandemgw.abswitch;

/**
 * What an answer says of the card that was asked for.
 *
 * @param kind what it is
 * @param position of that card; only with {@link Kind#POSITION}
 * @param by the pattern that matched, or null
 */
record Reading(Kind kind, String position, String by) {
    enum Kind {
        POSITION,
        BUSY,
        PASSWORD_WRONG,
        ERROR,
        /** It speaks of other cards only. */
        OTHER_CARD,
        /** Something came, and no pattern matches, or it contradicts itself. */
        UNPARSED,
        /** Nothing came, or only line ends and our own echo. */
        NOTHING;

        /** Whether the box has said something about what it was asked. */
        boolean isAnswer() {
            return switch (this) {
                case POSITION, BUSY, PASSWORD_WRONG, ERROR -> true;
                case OTHER_CARD, UNPARSED, NOTHING -> false;
            };
        }
    }

    static Reading of(Kind kind) {
        return new Reading(kind, null, null);
    }

    @Override
    public String toString() {
        return (position == null ? kind.name() : position) + (by == null ? "" : " by " + by);
    }
}
