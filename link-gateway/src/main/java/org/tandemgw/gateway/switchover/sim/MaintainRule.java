package org.tandemgw.gateway.switchover.sim;

import java.util.HashSet;
import java.util.Set;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Trigger;
import org.tandemgw.gateway.switchover.Wish;

/**
 * Planned work: what is out stays out over any death and any change of the file until an operator puts it back or forces it into control; meanwhile
 * nothing is switched by itself, or to it; and a changed file changes nothing of what is kept.
 */
final class MaintainRule {
    private static final long LOOK_EVERY_MS = 1_000;

    private final SimOracle oracle;
    private final History history;
    /** What may be written: what was, and what an operator has asked for since. */
    private Set<Set<String>> possible = Set.of(Set.of());
    /** The same before the wish that is heard now. */
    private Set<Set<String>> before = possible;

    private Set<String> written = Set.of();
    private long lookedMs;

    MaintainRule(SimOracle oracle, History history) {
        this.oracle = oracle;
        this.history = history;
    }

    void began(Durable found) {
        written = found == null ? Set.of() : Granted.names(found);
        possible = Set.of(written);
        before = possible;
    }

    void hears(Event event) {
        before = possible;
        if (event instanceof Event.Asked asked && asked.wish() instanceof Wish.Maintain wish && !wish.dryRun()) {
            Set<Set<String>> more = new HashSet<>(possible);
            for (Set<String> each : possible) {
                Set<String> changed = new HashSet<>(each);
                Granted.maintain(wish, changed);
                more.add(changed);
            }
            possible = more;
        }
    }

    void wrote(Durable state) {
        Set<String> now = Granted.names(state);
        require(!now.contains(state.active()), "the active server is out: " + state);
        boolean may = false;
        for (Set<String> each : possible) {
            Set<String> back = new HashSet<>(each);
            back.remove(state.active());
            may |= back.equals(now);
        }
        require(may, "out may be " + possible + ", and is now " + state);
        written = now;
        possible = Set.of(now);
    }

    void acts(Action action) {
        if (action instanceof Action.Opened opened) {
            opened(opened.decision());
        } else if (action instanceof Action.Answer answer && !answer.ok() && !before.equals(possible)) {
            possible = before;
        }
    }

    private void opened(Decision decision) {
        boolean itself = decision.trigger() != Trigger.MANUAL;
        Granted granted = history.granted();
        require(!itself || !granted.suspended(), "switched while the site is out: " + decision);
        require(itself || granted.withForce() || !granted.isOut(decision.to()), "to a server that is out: " + decision);
        require(!itself || !granted.isOut(decision.to()), "by itself to a server that is out: " + decision);
    }

    /** Nothing of what is kept is lost, begun or ended by another file. */
    void reloaded(Durable before, Durable after) {
        boolean same = before.epoch() == after.epoch()
                && java.util.Objects.equals(before.active(), after.active())
                && before.mode() == after.mode()
                && java.util.Objects.equals(before.holding(), after.holding())
                && java.util.Objects.equals(before.home(), after.home())
                && java.util.Objects.equals(before.checkedHash(), after.checkedHash())
                && java.util.Objects.equals(before.unstarted(), after.unstarted())
                && before.decision() == after.decision()
                && before.switched() == after.switched()
                && before.maintenance().equals(after.maintenance())
                && before.drills().equals(after.drills())
                && after.holdDownUntilMs() <= before.holdDownUntilMs()
                && before.mustClear().containsAll(after.mustClear());
        if (!same) {
            throw oracle.broken("reload", "another file makes " + after + " of " + before);
        }
    }

    /** Who is out protects nobody. */
    void check(SimTandem tandem) {
        if (written.isEmpty() || !tandem.running() || oracle.nowMs() - lookedMs < LOOK_EVERY_MS) {
            return;
        }
        lookedMs = oracle.nowMs();
        SwitchoverView view = tandem.life().core().view();
        boolean out = written.stream().anyMatch(each -> !each.equals(Granted.SITE));
        require(!out || !view.protected_() || tandem.storeFails, "protected by who is out: " + view);
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw oracle.broken("maintenance", what);
        }
    }
}
