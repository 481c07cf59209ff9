package org.tandemgw.gateway.deciding;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.trunks.TrunkSight;

/** Turns what the rest of the appliance knows into events: all of it at first, then what has changed. Thread {@code control}. */
final class FactWatch {
    /** A number of calls that has changed a little is told at each so many-th look only: each time it is told costs a place in the records of decisions. */
    private static final int LOOKS_PER_NUMBER = 4;

    private final FactSource facts;
    private final AtomicBoolean trunksAgain = new AtomicBoolean();
    private final Map<String, FactSource.Fed> fed = new HashMap<>();
    private final Map<String, TrunkSight> trunks = new HashMap<>();
    private int calls = -1;
    private int looks;
    private Boolean legsAlive;
    private Optional<String> clock;

    FactWatch(FactSource facts) {
        this.facts = facts;
    }

    /** Every trunk switch is told of again at the next look, changed or not. Any thread. */
    void tellTrunksAgain() {
        trunksAgain.set(true);
    }

    void look(Consumer<Event> told) {
        final Optional<String> suspect = facts.clockSuspect();
        if (clock == null || clock.isPresent() != suspect.isPresent()) {
            clock = suspect;
            told.accept(new Event.ClockSeen(suspect.isPresent(), suspect.orElse(null)));
        }
        for (final FactSource.Fed each : facts.fed()) {
            if (!each.equals(fed.put(each.server(), each))) {
                told.accept(new Event.FeedsSeen(each.server(), each.connected(), each.atParity()));
            }
        }
        final boolean alive = facts.legsAlive();
        if (legsAlive == null || legsAlive != alive) {
            legsAlive = alive;
            told.accept(new Event.LegsSeen(alive));
        }
        calls(told);
        final boolean again = trunksAgain.getAndSet(false); // before they are read
        for (final TrunkSight each : facts.trunks()) {
            final boolean changed = !each.equals(trunks.put(each.name(), each));
            if (changed || again) {
                told.accept(new Event.TrunksSeen(
                        each.name(),
                        each.leadsTo(),
                        each.position(),
                        each.reachable(),
                        each.movedWithoutUs(),
                        each.epoch()));
            }
        }
    }

    private void calls(Consumer<Event> told) {
        final int now = facts.callsInFlight();
        final boolean little = now > 0 && calls > 0;
        if (now != calls && (!little || looks % LOOKS_PER_NUMBER == 0)) {
            calls = now;
            told.accept(new Event.CallsSeen(now));
        }
        looks++;
    }
}
