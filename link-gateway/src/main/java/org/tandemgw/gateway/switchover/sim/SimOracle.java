package org.tandemgw.gateway.switchover.sim;

import java.util.Set;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.SelectOutcome;
import org.tandemgw.gateway.switchover.Wish;

/**
 * Knows what is true, and holds Tandem to its promises after each event. Shares nothing with the machine but the words of events and
 * actions. Each promise is a class of its own; this one passes on what happens.
 */
final class SimOracle {
    private final SimWorld world;
    private final SimTrace trace;
    private final History history;
    private final EpochRule epochs;
    private final FenceRule fence;
    private final AutomaticRule automatic;
    private final TimeToActRule timeToAct;
    private final WaitRule waits;
    private final RestRule rest;
    private final HoldingRule holding;
    private final FileRule file;
    private final StartedRule started;
    private final PractiseRule practise;
    private final MaintainRule maintain;

    SimOracle(SimWorld world, SimSite site, SimTrace trace) {
        this.world = world;
        this.trace = trace;
        history = new History(world, site);
        epochs = new EpochRule(this);
        fence = new FenceRule(this, world, history);
        automatic = new AutomaticRule(this, world, history);
        timeToAct = new TimeToActRule(this, world, history);
        waits = new WaitRule(this, site);
        holding = new HoldingRule(this);
        file = new FileRule(this);
        started = new StartedRule(this);
        practise = new PractiseRule(this, world, history);
        maintain = new MaintainRule(this, history);
        rest = new RestRule(this, world, history);
        world.watch(history::worldChanged);
    }

    /** What the oracle has seen itself. */
    History history() {
        return history;
    }

    SimViolation broken(String rule, String what) {
        return new SimViolation(rule, what, trace);
    }

    /** Whether the next life has another configuration than the site's. */
    void file(boolean other) {
        history.file(other);
        holding.file(other);
        file.file(other);
    }

    /**
     * Tandem begins.
     *
     * @param clockMovedMs how much further its clock is than in its last life
     */
    void began(Durable found, Durable state, long clockMovedMs) {
        holding.began(found, state);
        history.began(state, clockMovedMs);
        started.began(found);
        practise.began();
        maintain.began(found);
        waits.began(state);
    }

    void killed() {
        history.killed();
        fence.killed();
        waits.ended();
    }

    void stalled() {
        history.disturbed();
        waits.ended();
    }

    void hears(Event event) {
        holding.hears(event);
        started.hears(event);
        fence.hears(event);
        practise.hears(event);
        maintain.hears(event);
        history.granted().hears(event);
        history.hears(event);
        waits.hears(event);
    }

    void acts(Action action, Durable state) {
        waits.acts(action);
        practise.acts(action);
        maintain.acts(action);
        file.acts(action);
        if (action instanceof Action.Opened opened) {
            epochs.opened(opened.decision());
            automatic.opened(opened.decision());
            fence.opened(opened.decision());
        } else if (action instanceof Action.Closed closed) {
            fence.closed(closed.decision());
        } else if (action instanceof Action.Demote demote) {
            epochs.acts(demote.epoch(), state);
            fence.demotes(demote);
        } else if (action instanceof Action.Select select) {
            epochs.acts(select.epoch(), state);
            automatic.selects(select);
        } else if (action instanceof Action.Promote promote) {
            epochs.acts(promote.epoch(), state);
            epochs.promotes(promote);
            fence.ordered(promote);
        }
        history.acts(action);
    }

    void wrote(Durable state) {
        epochs.wrote(state);
        holding.wrote(state);
        started.wrote(state);
        practise.wrote(state);
        maintain.wrote(state);
        history.wrote(state);
        waits.wrote(state);
    }

    /**
     * The file was changed, and it goes on by the new one.
     *
     * @param anew {@code server/probe} of what asks otherwise
     * @param before what was kept before
     * @param after what is kept now
     * @param heardMs when it heard anything last: it knows of no later time
     */
    void reloaded(SimSite now, Set<String> anew, Durable before, Durable after, long heardMs) {
        maintain.reloaded(before, after);
        history.reloaded(now, anew, heardMs);
        waits.follow(now);
    }

    void phase(Phase now) {
        waits.phase(now);
    }

    void asked(long request, Wish wish) {
        history.granted().asked(request, wish);
    }

    /** A selection of a box has ended, and this is what its driver will say. */
    void readBack(SimBox box, Action.Select order, SelectOutcome outcome) {
        history.readBack(box, order, outcome);
    }

    /**
     * A server stops being the active one.
     *
     * @param unforeseen whether nobody who decides now can know that it still had to come
     */
    void demoted(SimServer server, long epoch, boolean unforeseen) {
        fence.demoted(server, epoch, unforeseen);
    }

    /** A server has become the active one. */
    void promoted(SimServer server, long epoch) {
        fence.promoted(server, epoch);
    }

    /** A promotion takes effect after it was given up. */
    void late(SimServer server) {
        fence.late(server);
    }

    /** After each event. */
    void check(SimTandem tandem) {
        rest.check(tandem);
        timeToAct.check(tandem);
        waits.check(tandem);
        practise.check(tandem);
        maintain.check(tandem);
    }

    long nowMs() {
        return world.time.nowMs();
    }
}
