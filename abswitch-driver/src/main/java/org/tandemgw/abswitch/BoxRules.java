package org.tandemgw.abswitch;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a profile says of a kind of box. Everything that is assumed about one stands here and nowhere in the code.
 *
 * @param id of the profile
 * @param select the frame that moves one card
 * @param query the frame that asks for one card
 * @param firstCard lowest number of a card
 * @param lastCard highest number of a card
 * @param positions name of a position → what stands for it in a frame; only these can be ordered
 * @param otherPositions names of positions that the box may report and nobody can order, as OFFLINE or FAULT
 * @param forbiddenInPassword bytes that would break a frame, beyond control characters
 * @param replies how answers read
 * @param connection how long a TCP connection lives
 * @param verify how a move is proved
 * @param timing the profile's times
 */
public record BoxRules(
        String id,
        FrameTemplate select,
        FrameTemplate query,
        int firstCard,
        int lastCard,
        Map<String, String> positions,
        Set<String> otherPositions,
        String forbiddenInPassword,
        ReplyRules replies,
        Connection connection,
        Verify verify,
        BoxTiming timing) {
    /** What is read where no card is. */
    public static final String ABSENT = "ABSENT";

    /** How long a TCP connection lives. */
    public enum Connection {
        /** One for each frame. */
        PER_COMMAND,
        /** Kept until one side closes it. */
        PERSISTENT
    }

    /** How a move is proved. */
    public enum Verify {
        /** By a query that says so. */
        READ_BACK,
        /** Not at all: every card that was sent a command is UNKNOWN, and no order is ever OK. */
        NONE
    }

    /** Copies, checks. Messages name the key. */
    public BoxRules {
        positions = Map.copyOf(positions);
        otherPositions = Set.copyOf(otherPositions);
        if (firstCard < 0 || lastCard < firstCard) {
            throw new IllegalArgumentException("cards: " + firstCard + " to " + lastCard + " is no range");
        }
        if (!select.hasPosition()) {
            throw new IllegalArgumentException(
                    "frame.select: names no {position}: a toggle is never used, since it cannot be repeated");
        }
        if (positions.size() < 2 || new HashSet<>(positions.values()).size() != positions.size()) {
            throw new IllegalArgumentException(
                    "positions: name at least two, each with bytes of its own: a toggle is never used");
        }
        if (positions.values().stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("positions: each needs what stands for it in a frame");
        }
        if (!select.hasCard() && lastCard > firstCard) {
            throw new IllegalArgumentException("frame.select: names no {card}, though there are several");
        }
        if (verify == Verify.READ_BACK) {
            if (query == null) {
                throw new IllegalArgumentException("frame.query: missing; without it verify must be none");
            }
            if (query.hasPosition() || query.equals(select)) {
                throw new IllegalArgumentException("frame.query: names a {position}, so it would move the card");
            }
            if (!query.hasCard() && lastCard > firstCard) {
                throw new IllegalArgumentException("frame.query: names no {card}, though there are several");
            }
            if (replies.patterns().stream().noneMatch(p -> p.meaning() == ReplyPattern.Meaning.POSITION)) {
                throw new IllegalArgumentException(
                        "reply.patterns: none says a position; without one verify must be none");
            }
        }
        for (String position : replies.words().values()) {
            if (!positions.containsKey(position) && !otherPositions.contains(position) && !position.equals(ABSENT)) {
                throw new IllegalArgumentException("reply.words: " + position + " is no position of this profile");
            }
        }
    }

    void checkPassword(String password) {
        boolean needed = select.hasPassword() || query != null && query.hasPassword();
        if (!needed) {
            return;
        }
        if (password == null || password.isEmpty()) {
            throw new IllegalArgumentException("secret-file: the password is empty");
        }
        for (char c : password.toCharArray()) {
            if (c < 0x20 || c > 0x7E || forbiddenInPassword.indexOf(c) >= 0) {
                throw new IllegalArgumentException(String.format(
                        "secret-file: the password holds the byte %02X, which would break the frame", (int) c));
            }
        }
    }
}
