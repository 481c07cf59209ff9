package org.tandemgw.gateway.switchover.sim;

import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.Wish;

/** What Tandem is doing when a fault comes. */
enum MatrixColumn {
    WATCHING("all is well", null),
    SUSPECTING("active server failing", Phase.SUSPECTING),
    RECONNECTING("given time to come back", Phase.RECONNECTING),
    DEMOTING("demoting, asked for", Phase.DEMOTING),
    SELECTING("selecting", Phase.SELECTING),
    PROMOTING("promoting", Phase.PROMOTING),
    HOLD_DOWN("hold-down", null),
    HOLDING("holding", null),
    STARTING("starting", Phase.STARTING);

    /** The head of the column. */
    final String head;

    private final Phase phase;

    MatrixColumn(String head, Phase phase) {
        this.head = head;
        this.phase = phase;
    }

    /** Brings about what the column says; then, within half a second, comes the fault. */
    void reach(SimLife life, Runnable fault) {
        Runnable soon = () -> life.time.afterMs(life.dice.between(0, 400), fault);
        switch (this) {
            case WATCHING -> soon.run();
            case HOLD_DOWN -> {
                life.faults.begin(SimFault.SERVICE_DEAD, 20_000);
                life.pass(60_000);
                soon.run();
            }
            case HOLDING -> {
                life.faults.begin(SimFault.CARD_BY_HAND, 0);
                life.pass(20_000);
                soon.run();
            }
            case STARTING -> {
                life.onPhase(phase, () -> life.time.afterMs(life.dice.between(0, 40), fault));
                life.tandem.kill();
                life.pass(500);
                life.tandem.start();
            }
            default -> {
                boolean short_ = phase.switching();
                life.onPhase(phase, () -> life.time.afterMs(life.dice.between(0, short_ ? 20 : 150), fault));
                if (this == DEMOTING) {
                    String other = life.world.other(life.faults.active()).name;
                    life.tandem.ask(new Wish.Switch(other, false, false));
                } else {
                    life.faults.begin(SimFault.SERVICE_DEAD, 300_000);
                }
            }
        }
    }
}
