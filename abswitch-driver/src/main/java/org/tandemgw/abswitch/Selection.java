package org.tandemgw.abswitch;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One order: first every card is asked where it is, then those elsewhere are moved one after the other, each read back before the
 * next. If one fails, the others are only asked, unless the order says otherwise: so a box that cannot be read moves nothing.
 */
final class Selection implements Job {
    private enum Phase {
        /** Asks; nothing has been sent that moves anything. */
        SURVEY,
        /** Moves and reads back, card by card; only asks, once a card has failed. */
        MOVING,
        OVER
    }

    private final SelectOrder order;
    private final Desk desk;
    private final Consumer<Selected> done;
    private final List<CardMove> cards;
    private final boolean readsBack;
    private final boolean stopsAtFailure;
    private final long startedNs;
    private Phase phase = Phase.SURVEY;
    private String refused;
    private long waitedNs;

    Selection(
            SelectOrder order, BoxRules rules, Desk desk, RandomGenerator jitter, long nowNs, Consumer<Selected> done) {
        this.order = order;
        this.desk = desk;
        this.done = done;
        this.startedNs = nowNs;
        // Where nothing can be proved, every card is unknown, and stopping at that would never move a second one.
        this.readsBack = rules.verify() == BoxRules.Verify.READ_BACK;
        this.stopsAtFailure = !order.carryOn() && readsBack;
        this.cards = order.cards().stream()
                .map(card -> new CardMove(card, order, rules, desk, jitter))
                .toList();
    }

    static Selected refused(SelectOrder order, String why) {
        return new Selected(
                Overall.REFUSED, why, order.epoch(), order.position(), List.of(), Duration.ZERO, Duration.ZERO);
    }

    @Override
    public Ask next(long nowNs) {
        while (phase != Phase.OVER) {
            stopAtFailure(nowNs);
            CardMove card = current();
            if (card != null) {
                Ask ask = card.next(nowNs);
                if (ask.kind() != Ask.Kind.OVER) {
                    return ask;
                }
            } else if (phase == Phase.SURVEY) {
                surveyed(nowNs);
            } else {
                phase = Phase.OVER;
            }
        }
        return Ask.OVER;
    }

    @Override
    public void began(Ask ask) {
        current().began(ask);
    }

    @Override
    public String permit() {
        return current().permit();
    }

    @Override
    public void took(Exchanged e, boolean retry, boolean elsewhere, long nowNs) {
        CardMove card = current();
        card.took(e, retry, elsewhere, nowNs);
        if (card.forbidden() != null && cards.stream().noneMatch(CardMove::isCommanded)) {
            refused = card.forbidden();
            phase = Phase.OVER;
        } else if (readsBack && card.isDone() && desk.mightDoHarm(e)) {
            cards.forEach(other -> other.spare("not asked: " + e.why(), nowNs));
        }
    }

    @Override
    public void finish(long nowNs) {
        Duration took = Duration.ofNanos(nowNs - startedNs);
        Duration own = Duration.ofNanos(Math.max(0, nowNs - startedNs - waitedNs));
        List<CardResult> results =
                refused == null ? cards.stream().map(CardMove::result).toList() : List.of();
        Overall overall = refused == null ? Overall.of(results) : Overall.REFUSED;
        done.accept(new Selected(overall, refused, order.epoch(), order.position(), results, took, own));
    }

    @Override
    public void stop(long nowNs) {
        cards.forEach(card -> card.stop(nowNs));
        phase = Phase.OVER;
        finish(nowNs);
    }

    @Override
    public void waited(long ns) {
        waitedNs += ns;
    }

    private CardMove current() {
        return cards.stream()
                .filter(card -> phase == Phase.SURVEY ? !card.isSurveyed() : !card.isDone())
                .findFirst()
                .orElse(null);
    }

    private void surveyed(long nowNs) {
        phase = Phase.MOVING;
        stopAtFailure(nowNs);
        if (cards.stream().noneMatch(CardMove::isReady)) {
            refused = desk.remember(order, null);
            phase = refused == null ? phase : Phase.OVER;
        }
    }

    private void stopAtFailure(long nowNs) {
        if (!stopsAtFailure || phase != Phase.MOVING) {
            return;
        }
        cards.stream()
                .filter(card -> card.isDone() && !card.result().outcome().isThere())
                .findFirst()
                .ifPresent(failed -> cards.stream()
                        .filter(CardMove::isReady)
                        .forEach(card -> card.lookOnly(
                                "not tried, because card " + failed.card() + " is "
                                        + failed.result().outcome(),
                                nowNs)));
    }
}
