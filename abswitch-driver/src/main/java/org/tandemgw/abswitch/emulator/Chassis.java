package org.tandemgw.abswitch.emulator;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The slots of the box, and where each relay really is. Pure; times come from the caller. */
final class Chassis {
    static final int SLOTS = 16;
    static final long NS_PER_MS = 1_000_000L;

    private static final int DEFAULT_SETTLE_MS = 15;

    /** A fitted card. */
    static final class Card {
        private char position = 'A';
        private int settleMs = DEFAULT_SETTLE_MS;
        private boolean stuck;
        private boolean stuckButSaysMoved;
        private char heldAt;
        private char fallsBackTo;
        private int fallsBackAfterMs;
        private int pulses;
        private char commanded = 'A';

        char position() {
            return position;
        }

        int settleMs() {
            return settleMs;
        }

        int pulses() {
            return pulses;
        }

        /** What its controller believes after a select of this position. */
        char claimed(char wanted) {
            return heldAt != 0 || stuckButSaysMoved ? wanted : position;
        }

        /** Moves the relay if nothing keeps it where it is. */
        void pulse(char wanted) {
            commanded = wanted;
            if (heldAt == 0 && !stuck && position != wanted) {
                position = wanted;
                pulses++;
            }
        }

        void slow(int ms) {
            settleMs = ms;
        }

        void stick(boolean on, boolean saysMoved) {
            stuck = on;
            stuckButSaysMoved = on && saysMoved;
        }

        /** A contact closed for good: no command counts until it opens. 0: it opens. */
        void hold(char at) {
            heldAt = at;
            if (at != 0) {
                move(at);
            }
        }

        /** An alarm relay of its own: so long after a move away from here it goes back. 0: none. */
        void fallBack(char to, int afterMs) {
            fallsBackTo = to;
            fallsBackAfterMs = afterMs;
        }

        boolean fallsBackFrom(char at) {
            return fallsBackTo != 0 && fallsBackTo != at;
        }

        char fallsBackTo() {
            return fallsBackTo;
        }

        int fallsBackAfterMs() {
            return fallsBackAfterMs;
        }

        /** By hand, or by the power: nothing can keep it. */
        void move(char to) {
            position = to;
        }
    }

    private final Card[] cards = new Card[SLOTS];
    private String groups = "0".repeat(SLOTS);

    /** With cards in these slots, all at A. */
    Chassis(int... fitted) {
        Arrays.stream(fitted).forEach(this::insert);
    }

    /** What is in a slot, 1 to 16; null if it is empty. */
    Card card(int slot) {
        return cards[slot - 1];
    }

    void insert(int slot) {
        cards[slot - 1] = new Card();
    }

    void remove(int slot) {
        cards[slot - 1] = null;
    }

    /** Ports in a group follow a command to any of them: a letter for each slot, 0 for one that is by itself. */
    void groups(String letters) {
        groups = letters;
    }

    String groups() {
        return groups;
    }

    /** The slots that move when this one is commanded, the lowest first; of 0: all. */
    int[] following(int slot) {
        final char group = slot == 0 ? '0' : groups.charAt(slot - 1);
        return IntStream.rangeClosed(1, SLOTS)
                .filter(each -> slot == 0 || each == slot || group != '0' && groups.charAt(each - 1) == group)
                .toArray();
    }

    /** The power came back: each card is at {@code to}, or where it was if that is 0. */
    void powerUp(char to) {
        for (final Card card : cards) {
            if (card != null && to != 0) {
                card.move(to);
                card.commanded = to;
            }
        }
    }

    /** A, B, O for offline, or - for an empty slot, for slots 1 to 16: where each relay really is. */
    String positions() {
        return lettered(Card::position);
    }

    /** The same, as the controller would have it who never looks at a relay. */
    String commanded() {
        return lettered(card -> card.commanded);
    }

    private String lettered(Function<Card, Character> letter) {
        final StringBuilder all = new StringBuilder(SLOTS);
        for (final Card card : cards) {
            all.append(card == null ? '-' : letter.apply(card));
        }
        return all.toString();
    }
}
