package org.tandemgw.abswitch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The moves of the last hour, for dwell and cap. Ages are kept by the monotonic clock, so that a step of the wall clock shortens no
 * dwell; only those of an earlier run come from the wall clock, and one from the future counts as made just now.
 */
final class Moves {
    private static final long HOUR_NS = Duration.ofHours(1).toNanos();

    private record Made(long atNs, Move move) {}

    private final ArrayDeque<Made> made = new ArrayDeque<>();

    Moves(List<Move> remembered, Instant wall, long nowNs) {
        for (Move move : remembered) {
            Duration age = Duration.between(move.at(), wall);
            if (age.compareTo(Duration.ofHours(1)) < 0) {
                made.add(new Made(nowNs - Math.max(0, age.toNanos()), move));
            }
        }
    }

    /** Notes what is about to be ordered. */
    void add(Move move, long nowNs) {
        made.add(new Made(nowNs, move));
        if (made.size() > Remembered.MOVES_MAX) {
            made.pollFirst();
        }
    }

    /** Takes back the newest one, which was not sent after all. */
    void takeBack() {
        made.pollLast();
    }

    List<Move> lastHour(long nowNs) {
        made.removeIf(m -> nowNs - m.atNs() >= HOUR_NS);
        return made.stream().map(Made::move).toList();
    }

    /** How long ago the card was last ordered to another position than this, or -1 if it was not. */
    long sinceOppositeNs(int card, String position, long nowNs) {
        Made last = null;
        for (Made m : made) {
            if (m.move().card() == card) {
                last = m;
            }
        }
        return last == null || last.move().position().equals(position) ? -1 : nowNs - last.atNs();
    }

    /** How many automatic moves the card made within the last hour. */
    long automatic(int card, long nowNs) {
        return made.stream()
                .filter(m -> m.move().card() == card && m.move().automatic() && nowNs - m.atNs() < HOUR_NS)
                .count();
    }
}
