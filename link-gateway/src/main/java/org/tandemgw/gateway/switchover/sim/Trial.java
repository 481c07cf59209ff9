package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Trigger;

/**
 * A site that is well, something that happens to it, and what the machine that decides does about it, while every promise is watched. The same site, fault and seed
 * give the same result, to the last millisecond. One thread; makes everything anew at each run.
 */
public final class Trial {
    private static final SimOptions QUICK = new SimOptions(SimCore.TRUE, true, false, 0);
    private static final long SEEN_MS = 8_000;
    private static final long PROOF_MS = 30_000;
    private static final long AFTERWARDS_MS = 10_000;
    private static final long SLICE_MS = 2_000;

    private final SimSite site;
    private final int calls;

    /**
     * What happens.
     *
     * @param before what is so some seconds before it
     * @param fault it; lasts until the end unless it is over by itself
     * @param lastsMs so long at most
     * @param watchedMs from the fault to the end of the trial
     */
    public record Happening(List<SimFault> before, SimFault fault, long lastsMs, long watchedMs) {
        /** Copies the list. */
        public Happening {
            before = List.copyOf(before);
        }
    }

    /** @param calls in flight all the time */
    public Trial(SimSite site, int calls) {
        this.site = site;
        this.calls = calls;
    }

    /**
     * Lets it happen.
     *
     * @param told is told what happens, line for line; null: nobody is
     */
    public TrialResult run(Happening what, long seed, Consumer<String> told) {
        final SimLife life = new SimLife(seed, dice -> site, QUICK);
        final Seen seen = new Seen(life);
        boolean ready = false;
        List<String> because = List.of();
        String broken = null;
        try {
            life.tandem.calls(calls);
            life.begin();
            life.pass(settleMs(life.dice));
            ready = ready(life);
            because = because(life);
            seen.begin(told);
            for (final SimFault each : what.before()) {
                life.faults.begin(each, SEEN_MS + what.watchedMs());
            }
            life.pass(what.before().isEmpty() ? 0 : SEEN_MS);
            seen.fault(what.fault());
            life.faults.begin(what.fault(), what.lastsMs());
            watch(life, seen, what.watchedMs());
            because = ready ? because(life) : because;
        } catch (SimViolation violation) {
            broken = violation.getMessage();
        }
        final boolean held = life.tandem.disk != null && life.tandem.disk.holding() != null;
        seen.end();
        life.tandem.kill();
        return new TrialResult(
                seed,
                ready,
                because,
                seen.begunMs < 0 ? null : seen.begunMs,
                seen.switchedMs < 0 ? null : seen.switchedMs,
                seen.switches,
                seen.falsely,
                held,
                life.world.boxes.stream().mapToLong(each -> each.moves).sum(),
                seen.twoActive,
                broken);
    }

    /** To the end, or until what had to come has come. */
    private static void watch(SimLife life, Seen seen, long forMs) {
        final long endMs = life.time.nowMs() + forMs;
        long heldSinceMs = Long.MAX_VALUE;
        while (life.time.nowMs() < endMs && seen.sinceSwitchedMs() < AFTERWARDS_MS) {
            final boolean holding = life.tandem.disk != null && life.tandem.disk.holding() != null;
            heldSinceMs = holding ? Math.min(heldSinceMs, life.time.nowMs()) : Long.MAX_VALUE;
            if (holding && life.time.nowMs() - heldSinceMs >= AFTERWARDS_MS) {
                return;
            }
            life.pass(Math.min(SLICE_MS, endMs - life.time.nowMs()));
        }
    }

    /** Until everybody has been seen to be well, and to a moment anywhere in the rhythm. */
    private long settleMs(Dice dice) {
        long everyMs = 1_000;
        for (int i = 0; i < 2; i++) {
            for (final ProbeRules each : site.rules().servers().get(i).probes()) {
                everyMs = Math.max(everyMs, each.everyMs() * (each.failures() + 1));
            }
        }
        return Math.max(0, everyMs - PROOF_MS) + dice.between(0, 2 * everyMs);
    }

    private static boolean ready(SimLife life) {
        return life.tandem.running()
                && life.tandem.phase() == Phase.WATCHING
                && life.tandem.life().core().view().protected_();
    }

    private static List<String> because(SimLife life) {
        if (!life.tandem.running()) {
            return List.of("Tandem does not run");
        }
        final SwitchoverView view = life.tandem.life().core().view();
        final List<String> all = new ArrayList<>(view.because());
        view.conditions().stream()
                .filter(each -> !each.met())
                .map(Condition::missing)
                .forEach(all::add);
        return all;
    }

    /** What Tandem did after the fault. */
    private static final class Seen {
        private final SimLife life;
        private Timeline timeline;
        private long faultMs;
        private long begunMs = -1;
        private long switchedMs = -1;
        private int switches;
        private int falsely;
        private boolean twoActive;

        Seen(SimLife life) {
            this.life = life;
        }

        void begin(Consumer<String> told) {
            faultMs = life.time.nowMs();
            life.tandem.onAction(this::acts);
            if (told != null) {
                timeline = new Timeline(life, told);
                life.trace.tell(timeline);
                life.world.watch(timeline::truth);
            }
        }

        void fault(SimFault fault) {
            faultMs = life.time.nowMs();
            if (timeline != null) {
                timeline.fault(fault, life.faults.active().name);
            }
        }

        long sinceSwitchedMs() {
            return switchedMs < 0 ? -1 : life.time.nowMs() - faultMs - switchedMs;
        }

        void end() {
            if (timeline != null) {
                timeline.end();
                life.trace.tell(null);
            }
        }

        private void acts(Action action) {
            if (action instanceof Action.Closed closed && closed.decision().outcome() == Outcome.SWITCHED) {
                switches++;
                switchedMs = switchedMs < 0 ? life.time.nowMs() - faultMs : switchedMs;
                twoActive |= life.world.boxes.isEmpty()
                        && life.world.servers.stream().allMatch(each -> each.promoted && each.serves());
            } else if (action instanceof Action.Opened opened) {
                begunMs = begunMs < 0 ? life.time.nowMs() - faultMs : begunMs;
                if (opened.decision().trigger() == Trigger.AUTOMATIC) {
                    final SimServer from =
                            life.world.other(life.world.server(opened.decision().to()));
                    final boolean reached = life.world.network.mainOpen(from) || life.world.network.secondOpen(from);
                    falsely += from.serves() && reached ? 1 : 0;
                }
            }
        }
    }
}
