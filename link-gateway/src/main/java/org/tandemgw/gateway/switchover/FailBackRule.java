package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** When Tandem goes back by itself to the server that an automatic switch left. */
final class FailBackRule {
    private static final int MINUTES_PER_DAY = 24 * 60;
    private static final int MINUTES_PER_HOUR = 60;
    private static final long MINUTE_MS = 60_000;

    private final Core core;
    private final Attempt attempt;
    private final Conditions conditions;
    private final ZoneId zone;

    FailBackRule(Core core, Attempt attempt, Conditions conditions) {
        this.core = core;
        this.attempt = attempt;
        this.conditions = conditions;
        zone = ZoneId.of(core.rules.timeZone());
    }

    /** Goes back if everything is as it must be. */
    void decide() {
        final String home = core.kept.home();
        if (!waits() || core.mode() != Mode.AUTO || core.facts.distrust(core.nowMs()) != null) {
            return;
        }
        final List<Condition> all = new ArrayList<>(conditions.always());
        all.addAll(conditions.target(home, 0));
        final boolean now = core.nowMs() >= core.kept.holdDownUntilMs()
                && moment()
                && !core.facts.diagnoser().gatewaysLost();
        if (now && Conditions.unmet(all).isEmpty()) {
            attempt.begin(
                    Plans.automatic(
                            core,
                            core.kept.active(),
                            home,
                            "fail-back to " + home + " ("
                                    + core.rules.failBack().policy() + ")",
                            all,
                            "nothing is wrong"),
                    false);
        }
    }

    private boolean waits() {
        final FailBack.Policy policy = core.rules.failBack().policy();
        final boolean itself = policy == FailBack.Policy.IDLE || policy == FailBack.Policy.WINDOW;
        return itself
                && core.kept.home() != null
                && !core.kept.home().equals(core.kept.active())
                && core.phases.is(Phase.WATCHING);
    }

    private boolean moment() {
        final FailBack failBack = core.rules.failBack();
        return failBack.policy() == FailBack.Policy.IDLE
                ? core.facts.calls() == 0
                : inside(failBack.fromMinute(), failBack.toMinute(), minuteOfDay());
    }

    private static boolean inside(int from, int to, int minute) {
        return from <= to ? from <= minute && minute < to : from <= minute || minute < to;
    }

    private int minuteOfDay() {
        final ZonedDateTime now = Instant.ofEpochMilli(core.utcMs()).atZone(zone);
        return now.getHour() * MINUTES_PER_HOUR + now.getMinute();
    }

    /** When it is to be looked at again. */
    long dueMs() {
        if (!waits()) {
            return Long.MAX_VALUE;
        }
        if (core.nowMs() < core.kept.holdDownUntilMs()) {
            return core.kept.holdDownUntilMs();
        }
        if (core.rules.failBack().policy() == FailBack.Policy.IDLE || moment()) {
            return Long.MAX_VALUE;
        }
        // A day whose clock is changed only makes it look too early, and again.
        final int minutes = Math.floorMod(core.rules.failBack().fromMinute() - minuteOfDay(), MINUTES_PER_DAY);
        final long wallMs = (core.utcMs() / MINUTE_MS + Math.max(1, minutes)) * MINUTE_MS;
        return core.nowMs() + wallMs - core.utcMs();
    }
}
