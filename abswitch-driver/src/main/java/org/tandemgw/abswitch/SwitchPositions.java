package org.tandemgw.abswitch;

import java.util.List;

/**
 * What is known of a box and our cards in it: a picture, never changed.
 *
 * @param name of the switch
 * @param reach how it can be reached
 * @param reachWhy one sentence
 * @param path over which it was asked last, or null
 * @param cards ours, in the order of their numbers
 * @param paths all ways to it, the preferred first
 */
public record SwitchPositions(
        String name, Reach reach, String reachWhy, String path, List<CardPosition> cards, List<PathState> paths) {
    /** The position of all cards together where they differ. */
    public static final String MIXED = "MIXED";

    /** The position of all cards together where one is not known. */
    public static final String UNKNOWN = "UNKNOWN";

    /** Copies the lists. */
    public SwitchPositions {
        cards = List.copyOf(cards);
        paths = List.copyOf(paths);
    }

    /** Of a switch whose paths have not been looked at. */
    public SwitchPositions(String name, Reach reach, String reachWhy, String path, List<CardPosition> cards) {
        this(name, reach, reachWhy, path, cards, List.of());
    }

    /** Where all cards are; {@link #MIXED} or {@link #UNKNOWN} where that is no one position. Never folds MIXED into a side. */
    public String position() {
        if (cards.isEmpty() || cards.stream().anyMatch(c -> c.position() == null)) {
            return UNKNOWN;
        }
        String first = cards.get(0).position();
        return cards.stream().allMatch(c -> c.position().equals(first)) ? first : MIXED;
    }

    /** Whether one way to the box is of no use, and another is. */
    public boolean hasLostAPath() {
        return paths.stream().anyMatch(PathState::isBad)
                && paths.stream().anyMatch(path -> path.state() == PathState.State.GOOD);
    }

    /** Whether any card changed without a command of ours, and nobody has adopted that yet. */
    public boolean movedWithoutUs() {
        return cards.stream().anyMatch(CardPosition::movedWithoutUs);
    }
}
