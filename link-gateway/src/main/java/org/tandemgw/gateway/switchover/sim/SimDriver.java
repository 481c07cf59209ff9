package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.CardLine;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.SelectOutcome;

/**
 * The driver of the trunk switches, as part of one life of Tandem: what it sends has its effect in the world whether that life goes on
 * or not; what it learns is told to that life only. It never lies: what it read back was true when it read it.
 */
final class SimDriver {
    private static final int UNSURE_AFTER_MS = 3_000;

    private final SimWorld world;
    private final SimOracle oracle;
    private final SimTandem.Life life;
    private final Told[] told;
    /** For each box when its last order ends. */
    private final long[] freeAtMs;

    /** What Tandem was told of a box last. */
    private static final class Told {
        int[] leadsTo;
        boolean reachable;
        boolean looking;
        int handMoves;
    }

    SimDriver(SimWorld world, SimOracle oracle, SimTandem.Life life) {
        this.world = world;
        this.oracle = oracle;
        this.life = life;
        this.told = new Told[world.boxes.size()];
        this.freeAtMs = new long[world.boxes.size()];
    }

    /** The first query. */
    void begin() {
        for (int i = 0; i < told.length; i++) {
            told[i] = new Told();
            look(i, world.boxes.get(i).mood == SimBox.Mood.UNREACHABLE ? 2_000 : world.dice.between(60, 900));
        }
    }

    /** Something changed: the next poll will see it. */
    void follow() {
        for (int i = 0; i < told.length; i++) {
            if (!told[i].looking && life.knows(world.boxes.get(i)) && differs(world.boxes.get(i), told[i])) {
                look(i, world.dice.between(100, 4_000));
            }
        }
    }

    private static boolean differs(SimBox box, Told told) {
        boolean reachable = box.mood != SimBox.Mood.UNREACHABLE;
        return told.leadsTo == null
                || reachable != told.reachable
                || reachable && !Arrays.equals(box.leadsTo, told.leadsTo);
    }

    private void look(int i, long afterMs) {
        told[i].looking = true;
        life.afterMs(afterMs, () -> {
            told[i].looking = false;
            SimBox box = world.boxes.get(i);
            if (differs(box, told[i])) {
                tell(i);
            }
        });
    }

    private void tell(int i) {
        SimBox box = world.boxes.get(i);
        if (!life.knows(box)) {
            return;
        }
        boolean reachable = box.mood != SimBox.Mood.UNREACHABLE;
        boolean first = told[i].leadsTo == null;
        boolean byHand = reachable && !first && box.handMoves != told[i].handMoves;
        told[i].reachable = reachable;
        if (reachable || first) {
            told[i].leadsTo = box.leadsTo.clone();
        }
        if (reachable) {
            told[i].handMoves = box.handMoves;
        }
        int together = box.together();
        boolean known = reachable;
        life.hear(new Event.TrunksSeen(
                box.name,
                known && together >= 0 ? world.servers.get(life.swapped() ? 1 - together : together).name : null,
                known ? box.positionText() : "unknown",
                reachable,
                byHand,
                box.epoch));
    }

    /** Asks the box where it stands and takes that for granted; false: it does not answer. */
    boolean adopt(int i) {
        if (world.boxes.get(i).mood == SimBox.Mood.UNREACHABLE) {
            return false;
        }
        told[i].handMoves = world.boxes.get(i).handMoves;
        tell(i);
        return true;
    }

    /** One order for all boxes. */
    void select(Action.Select order) {
        int to = world.server(order.server()).index;
        for (int i = 0; i < told.length; i++) {
            int box = i;
            long waitMs = Math.max(0, freeAtMs[i] - world.time.nowMs());
            freeAtMs[i] = Long.MAX_VALUE / 2;
            life.afterMs(waitMs, () -> begin(box, to, order));
        }
    }

    private void begin(int i, int to, Action.Select order) {
        SimBox box = world.boxes.get(i);
        if (order.epoch() < box.epoch) {
            over(
                    i,
                    2,
                    order,
                    new Outcome(
                            SelectOutcome.REFUSED, false, "an order with epoch " + box.epoch + " was there before"));
            return;
        }
        switch (box.mood) {
            case REFUSES -> over(i, 2, order, new Outcome(SelectOutcome.REFUSED, false, "dwell: moved 2 s ago"));
            case UNREACHABLE -> over(i, 1_500, order, new Outcome(SelectOutcome.UNKNOWN, false, null));
            case CARD_PULLED -> {
                boolean some = order.carryOn() || box.anyAt(to);
                SelectOutcome outcome = some ? SelectOutcome.PARTIAL : SelectOutcome.FAILED;
                over(i, 200, order, new Outcome(outcome, false, null));
            }
            case MUTE -> {
                box.epoch = order.epoch();
                freeAtMs[i] = world.time.nowMs() + 10_000;
                if (world.dice.oneIn(2)) {
                    moveAll(box, to, 40, box.leadsTo.length);
                }
            }
            case STUCK -> over(i, command(box, order, 1_200), order, null);
            case ONE_STUCK -> {
                int moves = box.leadsTo.length - 1;
                moveAll(box, to, 40, moves);
                over(i, command(box, order, 1_500), order, null);
            }
            case LATE -> {
                command(box, order, 0);
                long laterMs = UNSURE_AFTER_MS + world.dice.between(200, 20_000);
                world.time.afterMs(laterMs, () -> {
                    for (int card = 0; card < box.leadsTo.length; card++) {
                        world.moveByHand(box, card, to);
                    }
                });
                over(i, UNSURE_AFTER_MS, order, new Outcome(SelectOutcome.UNKNOWN, true, null));
            }
            case UNKNOWN -> {
                moveAll(box, to, 40, world.dice.below(box.leadsTo.length + 1));
                over(i, command(box, order, UNSURE_AFTER_MS), order, new Outcome(SelectOutcome.UNKNOWN, true, null));
            }
            default -> {
                long perCardMs =
                        box.mood == SimBox.Mood.SLOW ? world.dice.between(500, 2_500) : world.pace.cardMs(world.dice);
                moveAll(box, to, perCardMs, box.leadsTo.length);
                over(i, command(box, order, perCardMs * box.leadsTo.length + 20), order, null);
            }
        }
    }

    /** The first byte leaves: the box has the epoch from here on. */
    private long command(SimBox box, Action.Select order, long tookMs) {
        box.epoch = Math.max(box.epoch, order.epoch());
        return tookMs;
    }

    /** The relays move one after the other. If this life ends, those that were not commanded yet stay. */
    private void moveAll(SimBox box, int to, long perCardMs, int cards) {
        for (int card = 0; card < cards; card++) {
            int which = card;
            life.afterMs(perCardMs * (card + 1), () -> {
                if (box.leadsTo[which] != to) {
                    box.leadsTo[which] = to;
                    box.moves++;
                    world.changed();
                }
            });
        }
    }

    /** What an order came to where the read-back does not say it. */
    private record Outcome(SelectOutcome overall, boolean commanded, String refusedBecause) {}

    private void over(int i, long afterMs, Action.Select order, Outcome given) {
        freeAtMs[i] = world.time.nowMs() + afterMs;
        life.afterMs(afterMs, () -> {
            SimBox box = world.boxes.get(i);
            int to = world.server(order.server()).index;
            List<CardLine> cards = new ArrayList<>();
            int there = 0;
            for (int card = 0; card < box.leadsTo.length; card++) {
                boolean at = box.leadsTo[card] == to;
                there += at ? 1 : 0;
                cards.add(line(card, box, at, given));
            }
            SelectOutcome overall = given != null
                    ? given.overall()
                    : there == box.leadsTo.length
                            ? SelectOutcome.OK
                            : there == 0 ? SelectOutcome.FAILED : SelectOutcome.PARTIAL;
            boolean commanded = given == null || given.commanded();
            oracle.readBack(box, order, overall);
            boolean pictureFirst = world.dice.oneIn(2);
            if (pictureFirst) {
                tellAfter(i, given);
            }
            life.hear(new Event.SelectOver(
                    order.epoch(), box.name, overall, commanded, cards, given == null ? null : given.refusedBecause()));
            if (!pictureFirst) {
                tellAfter(i, given);
            }
            follow();
        });
    }

    /** The picture that a select leaves: what it read back, or that nothing is known. */
    private void tellAfter(int i, Outcome given) {
        if (given != null && given.overall() == SelectOutcome.UNKNOWN) {
            SimBox box = world.boxes.get(i);
            boolean reachable = box.mood != SimBox.Mood.UNREACHABLE;
            told[i].leadsTo = new int[0];
            told[i].reachable = reachable;
            told[i].handMoves = box.handMoves;
            life.hear(new Event.TrunksSeen(box.name, null, "unknown", reachable, false, box.epoch));
        } else {
            told[i].handMoves = world.boxes.get(i).handMoves;
            tell(i);
        }
    }

    private CardLine line(int card, SimBox box, boolean at, Outcome given) {
        boolean unknown = given != null && given.overall() == SelectOutcome.UNKNOWN;
        boolean pulled = box.mood == SimBox.Mood.CARD_PULLED && card == 0;
        String outcome = unknown ? "UNKNOWN" : pulled ? "ABSENT" : at ? "MOVED" : "NOT_MOVED";
        String read = unknown || pulled ? null : box.leadsTo[card] == 0 ? "A" : "B";
        return new CardLine(card + 1, outcome, read, 40, "");
    }
}
