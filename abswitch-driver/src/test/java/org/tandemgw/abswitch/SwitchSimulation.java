package org.tandemgw.abswitch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * One life of a switch: a site, a box, its wires, people at its panel, and orders, all by the dice of one seed. Says what goes wrong by
 * throwing.
 */
final class SwitchSimulation {
    final SplittableRandom dice;
    final SimulatedTime time = new SimulatedTime();
    final SimulatedBox box;
    final List<SimulatedPath> paths = new ArrayList<>();
    final SwitchSettings settings;
    final SelectionOracle oracle;
    final double faults;
    Owner owner;
    Remembered stored = Remembered.nothing();
    private final boolean forgetful;
    private final ArrayDeque<SelectOrder> issued = new ArrayDeque<>();
    /** Whether only automatic orders are given, so many that the cap is met. */
    private final boolean driven;

    private boolean calm;
    private long epoch;

    SwitchSimulation(long seed) {
        dice = new SplittableRandom(seed);
        faults = new double[] {0, 0.02, 0.1, 0.3}[dice.nextInt(4)];
        box = new SimulatedBox(
                time,
                SimulatedBox.Dialect.values()[dice.nextInt(SimulatedBox.Dialect.values().length)],
                dice.nextBoolean());
        TreeSet<Integer> ours = new TreeSet<>();
        int count = 1 + dice.nextInt(4);
        while (ours.size() < count) {
            ours.add(1 + dice.nextInt(16));
        }
        BoxRules.Connection connection =
                dice.nextBoolean() ? BoxRules.Connection.PER_COMMAND : BoxRules.Connection.PERSISTENT;
        BoxRules rules = TestRules.rules(
                connection,
                0,
                box.dialect != SimulatedBox.Dialect.QUIET_SWITCH || dice.nextBoolean(),
                BoxRules.Verify.READ_BACK);
        settings = new SwitchSettings(
                "trunks",
                rules,
                TestRules.PASSWORD,
                dice.nextInt(50) == 0 ? null : "2026-11-21 jd",
                dice.nextInt(30) == 0,
                List.copyOf(ours),
                Duration.ofSeconds(10),
                2 + dice.nextInt(5));
        oracle = new SelectionOracle(this);
        boolean belated = dice.nextInt(3) == 0;
        boolean outlives = connection == BoxRules.Connection.PER_COMMAND && dice.nextInt(4) == 0;
        PathKind[][] choices = {
            {PathKind.TCP}, {PathKind.SERIAL}, {PathKind.TCP, PathKind.SERIAL}, {PathKind.SERIAL, PathKind.TCP}
        };
        for (PathKind kind : choices[dice.nextInt(choices.length)]) {
            SimulatedPath path = new SimulatedPath(kind, time, box, dice, oracle::sent);
            path.faults = faults;
            path.belated = belated;
            path.outlives = outlives;
            path.echoes = kind == PathKind.SERIAL && dice.nextInt(3) == 0;
            path.banner = dice.nextInt(4) == 0;
            path.closesAfterReply = dice.nextInt(2) == 0;
            paths.add(path);
        }
        forgetful = dice.nextInt(10) == 0;
        driven = dice.nextInt(5) == 0;
        ours.forEach(card -> box.card(card).fitted = true);
        for (SimulatedBox.Card card : box.cards.values()) {
            card.position = dice.nextInt(4) == 0 ? "B" : "A";
            card.slowMs = dice.nextInt(8) == 0 ? dice.nextInt(5_000) : 15;
            card.everSlow = card.slowMs > 15;
        }
        startOwner();
    }

    /** Orders amid faults, then calm, in which everything has to work. */
    void run() {
        int events = faults == 0 && dice.nextBoolean() ? 0 : dice.nextInt(14);
        for (int i = 0; i < events; i++) {
            time.afterMs(dice.nextLong(150_000), this::somethingHappens);
        }
        int orders = (driven ? 12 : 4) + dice.nextInt(6);
        for (int i = 0; i < orders; i++) {
            pass(dice.nextInt(3) == 0 ? 0 : dice.nextLong(15_000));
            issue(randomOrder());
            if (dice.nextInt(4) == 0) {
                issue(randomOrder());
            }
            if (dice.nextInt(8) == 0) {
                pass(dice.nextLong(3_000));
                restart();
            }
            until(issued::isEmpty, 3_600_000);
        }
        if (settings.confirmed() != null && !settings.monitorOnly()) {
            calm();
        }
    }

    private void calm() {
        calm = true;
        paths.forEach(path -> {
            path.faults = 0;
            path.unplugged = false;
        });
        box.on = true;
        box.mute = false;
        box.busy = false;
        box.password = TestRules.PASSWORD;
        settings.cards().forEach(card -> {
            box.fit(box.card(card), true);
            box.card(card).stuck = false;
            box.card(card).slowMs = 15;
        });
        pass(30_000);
        for (String position : new String[] {"A", "B"}) {
            issue(new SelectOrder(position, settings.cards(), ++epoch, false, true, false, "calm", "must work"));
            Selected selected = oracle.lastAfter(() -> until(issued::isEmpty, 600_000));
            if (selected.overall() != Overall.OK && !oracle.couldNotStore(selected)) {
                throw new AssertionError("in calm weather: " + selected);
            }
        }
        until(() -> owner.positions().reach() == Reach.REACHABLE, 700_000);
        if (owner.positions().position().equals("B")) {
            int card = settings.cards().get(0);
            box.set(box.card(card), "A", true);
            until(() -> oracle.movedWithoutUs.contains(card), 60_000);
            pass(200_000);
            if (!owner.positions().cards().get(0).position().equals("A")) {
                throw new AssertionError("fought a move by hand, or lost it: " + owner.positions());
            }
        }
    }

    private SelectOrder randomOrder() {
        List<Integer> cards = new ArrayList<>(settings.cards());
        if (cards.size() > 1 && dice.nextInt(3) == 0) {
            cards.remove(dice.nextInt(cards.size()));
        }
        if (dice.nextInt(40) == 0) {
            cards.add(1 + dice.nextInt(17));
        }
        long orderEpoch = dice.nextInt(6) == 0 ? Math.max(0, epoch - dice.nextInt(3)) : ++epoch;
        return new SelectOrder(
                dice.nextInt(60) == 0 ? "C" : dice.nextBoolean() ? "A" : "B",
                cards,
                orderEpoch,
                driven || dice.nextBoolean(),
                !driven && dice.nextInt(3) != 0,
                dice.nextInt(3) == 0,
                "dice",
                "simulated");
    }

    private void somethingHappens() {
        if (calm) {
            return;
        }
        SimulatedBox.Card card =
                box.card(settings.cards().get(dice.nextInt(settings.cards().size())));
        SimulatedPath path = paths.get(dice.nextInt(paths.size()));
        int forMs = 200 + dice.nextInt(20_000);
        switch (dice.nextInt(9)) {
            case 0 -> box.set(card, dice.nextBoolean() ? "A" : "B", true);
            case 1 -> {
                card.stuck = true;
                time.afterMs(forMs, () -> card.stuck = false);
            }
            case 2 -> {
                box.fit(card, false);
                time.afterMs(forMs, () -> box.fit(card, true));
            }
            case 3 -> {
                box.on = false;
                paths.forEach(SimulatedPath::boxWentOff);
                int keep = dice.nextInt(3);
                time.afterMs(forMs, () -> {
                    box.on = true;
                    if (keep != 0) {
                        box.cards.values().forEach(c -> box.set(c, keep == 1 ? "A" : "B", true));
                    }
                });
            }
            case 4 -> {
                box.busy = true;
                time.afterMs(forMs, () -> box.busy = false);
            }
            case 5 -> {
                box.mute = true;
                time.afterMs(forMs, () -> box.mute = false);
            }
            case 6 -> {
                box.password = "OTHER";
                time.afterMs(forMs, () -> box.password = TestRules.PASSWORD);
            }
            case 7 -> {
                path.unplug();
                time.afterMs(forMs, () -> path.unplugged = false);
            }
            default -> // a held contact pulls it back whenever it is moved
                hold(card, dice.nextBoolean() ? "A" : "B", time.nowNs() + forMs * 1_000_000L);
        }
    }

    private void hold(SimulatedBox.Card card, String position, long untilNs) {
        if (!calm && time.nowNs() < untilNs) {
            box.set(card, position, true);
            time.afterMs(70, () -> hold(card, position, untilNs));
        }
    }

    private void issue(SelectOrder order) {
        issued.add(order);
        oracle.issued(order);
        owner.select(order, selected -> {
            issued.removeFirstOccurrence(order);
            oracle.judge(order, selected);
        });
        owner.step();
    }

    /** The driver ends, in good order or by a crash, and is started again. */
    private void restart() {
        if (dice.nextBoolean()) {
            owner.stop();
        } else {
            issued.clear();
        }
        paths.forEach(SimulatedPath::driverDied);
        oracle.died();
        startOwner();
    }

    private void startOwner() {
        SwitchMemory memory = new SwitchMemory() {
            @Override
            public Remembered load() {
                return stored;
            }

            @Override
            public void store(Remembered remembered) throws IOException {
                if (forgetful && dice.nextInt(3) == 0) {
                    throw new IOException("disk full");
                }
                stored = remembered;
            }
        };
        owner = new Owner(settings, List.copyOf(paths), memory, oracle, time::nowNs, time::wall, dice);
        owner.step();
    }

    private void pass(long ms) {
        long untilNs = time.nowNs() + ms * 1_000_000;
        while (time.nowNs() < untilNs) {
            tick(untilNs);
        }
    }

    private void until(java.util.function.BooleanSupplier condition, long limitMs) {
        long limitNs = time.nowNs() + limitMs * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (time.nowNs() >= limitNs) {
                throw new AssertionError(
                        "waited " + limitMs + " ms in vain; issued " + issued + ", " + owner.positions());
            }
            tick(limitNs);
        }
    }

    private void tick(long untilNs) {
        long due = owner.dueNs();
        if (due <= time.nowNs() && time.nextNs() > time.nowNs()) {
            oracle.stepWithoutTime();
        } else {
            time.pass(Math.min(due, untilNs));
            oracle.timePassed();
        }
        owner.step();
    }
}
