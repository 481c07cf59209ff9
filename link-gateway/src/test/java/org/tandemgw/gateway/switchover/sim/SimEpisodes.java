package org.tandemgw.gateway.switchover.sim;

import java.util.List;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Maintenance;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Wish;

/** Episodes: some faults at some moments, their end, an operator who puts things right, and a site that must then be whole again. */
final class SimEpisodes {
    private static final List<SimFault> GRAVE = List.of(
            SimFault.SERVICE_DEAD,
            SimFault.SERVICE_HUNG,
            SimFault.SERVICE_WRONG,
            SimFault.SERVICE_RESTARTS,
            SimFault.MACHINE_DEAD,
            SimFault.ASK_SWITCH,
            SimFault.ASK_FORCE);
    private static final int ROUNDS = 12;

    private final SimLife life;
    private final Dice dice;
    private int number;

    SimEpisodes(SimLife life) {
        this.life = life;
        this.dice = life.dice;
    }

    void run(int episodes) {
        life.tandem.calls(dice.of(0, 0, 5, -1));
        life.begin();
        for (int i = 0; i < episodes; i++) {
            episode();
        }
        life.tandem.kill();
    }

    private void episode() {
        if (life.works) {
            practise();
            plannedWork();
        }
        if (dice.oneIn(2)) {
            fault(dice.of(GRAVE));
        }
        if (dice.oneIn(10)) {
            fault(SimFault.OTHER_FILE);
        }
        int more = 1 + dice.below(3);
        for (int i = 0; i < more; i++) {
            fault(dice.of(SimFault.values()));
        }
        if (dice.oneIn(3)) {
            int mine = number;
            life.onPhase(
                    Phase.HOLDING,
                    () -> life.time.afterMs(dice.between(1_000, 6_000), () -> {
                        if (mine == number) {
                            life.tandem.ask(new Wish.Resume());
                        }
                    }));
        }
        life.pass(dice.between(8_000, 30_000));
        life.forget();
        number++;
        life.faults.mendAll();
        life.pass(dice.between(500, 10_000));
        help();
    }

    /** Somewhere in the trouble; a while before it, often enough for the trouble to come in the middle of a drill. */
    private void practise() {
        if (dice.oneIn(2)) {
            life.tandem.calls(0);
        }
        sometime(() -> life.tandem.ask(new Wish.Drill(dice.oneIn(20))));
    }

    /** A server or the site is taken out, and perhaps put back; the file is changed. Before, in, or after the trouble. */
    private void plannedWork() {
        if (dice.oneIn(3)) {
            String server = dice.oneIn(4) ? null : dice.of(life.world.servers).name;
            long forMs = dice.between(1_000, 60_000);
            sometime(() -> life.tandem.ask(new Wish.Maintain(server, true, forMs, dice.oneIn(20))));
            if (dice.oneIn(2)) {
                sometime(() -> life.tandem.ask(new Wish.Maintain(server, false, 0, false)));
            }
        }
        for (int i = dice.below(3); i > 0; i--) {
            sometime(() -> {
                life.tandem.reload(SimSites.changed(life.tandem.site(), dice));
                if (dice.oneIn(2)) {
                    life.tandem.ask(
                            new Wish.LiveChecked(life.tandem.site().rules().configHash()));
                }
            });
        }
    }

    private void sometime(Runnable what) {
        if (dice.oneIn(3)) {
            life.onPhase(dice.of(Phase.values()), what);
        } else {
            life.time.afterMs(dice.between(0, 20_000), what);
        }
    }

    private void fault(SimFault fault) {
        long forMs = dice.oneIn(3) ? dice.between(100, 4_000) : dice.between(4_000, 60_000);
        int mine = number;
        Runnable begins = () -> {
            if (mine == number) {
                life.faults.begin(fault, forMs);
            }
        };
        if (SimFault.LASTING.contains(fault) && !dice.oneIn(3)) {
            life.time.afterMs(dice.between(0, 2_000), () -> {
                if (mine == number) {
                    life.faults.begin(fault, dice.between(8_000, 60_000));
                }
            });
        } else if (dice.oneIn(2)) {
            life.time.afterMs(dice.between(0, 12_000), begins);
        } else {
            long waitMs = dice.oneIn(2) ? 0 : dice.between(0, 400);
            life.onPhase(dice.of(Phase.values()), () -> life.time.afterMs(waitMs, begins));
        }
    }

    /** Nothing is broken any more: with the commands that the manual names, the site gets well. */
    private void help() {
        for (int round = 0; round < ROUNDS; round++) {
            if (well()) {
                rest();
                return;
            }
            helpOnce(round);
            // What was restarted often counts as down until that is long ago.
            life.pass(
                    round == ROUNDS - 2 ? life.tandem.site().rules().restarts().periodMs() : 8_000);
        }
        SwitchoverView view = life.tandem.life().core().view();
        throw life.oracle.broken("recovery", "all is mended, and the site does not get well: " + view);
    }

    private boolean well() {
        SwitchoverView view = life.tandem.life().core().view();
        return view.phase() == Phase.WATCHING && view.protected_() && view.mode() == Mode.AUTO;
    }

    private void helpOnce(int round) {
        Durable state = life.tandem.life().core().durable();
        if (state.open() != null) {
            return;
        }
        for (Maintenance each : state.maintenance()) {
            life.tandem.ask(new Wish.Maintain(each.server(), false, 0, false));
        }
        if (life.oracle.history().mode() != Mode.AUTO) {
            life.tandem.ask(new Wish.SetMode(Mode.AUTO));
            life.tandem.ask(new Wish.LiveChecked(life.tandem.site().rules().configHash()));
        }
        if (state.holding() == null && state.active() != null && round > 2) {
            life.tandem.ask(new Wish.Switch(state.active(), false, false));
        }
        if (state.holding() != null || state.active() == null) {
            switch (round % 3) {
                case 0 -> life.faults.adopt();
                case 1 -> life.tandem.ask(new Wish.Resume());
                default -> life.tandem.ask(new Wish.Switch(trunkServer(), round > 4, false));
            }
        }
    }

    private String trunkServer() {
        for (SimBox box : life.world.boxes) {
            if (box.together() >= 0) {
                return life.world.servers.get(box.together()).name;
            }
        }
        return dice.of(life.world.servers).name;
    }

    /** Until the next episode. */
    private void rest() {
        switch (dice.below(5)) {
            case 0 -> life.pass(dice.between(0, 20_000));
            case 1 -> life.pass(life.tandem.site().rules().holdDownMs() + dice.between(1_000, 10_000_000));
            default -> {
                life.tandem.ask(new Wish.Resume());
                life.pass(dice.between(6_000, 20_000));
            }
        }
        if (dice.oneIn(3)) {
            life.tandem.calls(dice.of(0, 3, -1));
        }
    }
}
