package org.tandemgw.abswitch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** A driver, a simulated box and its wires in good weather, for tests that break one thing. Cards 1 to 4 and 7 are fitted, all at A. */
final class SwitchSite implements SwitchListener, SwitchMemory {
    final SimulatedTime time = new SimulatedTime();
    final SimulatedBox box;
    final List<SimulatedPath.Frame> frames = new ArrayList<>();
    final List<SimulatedPath> paths = new ArrayList<>();
    final List<CommandRecord> audit = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<String> pathsTold = new ArrayList<>();
    Remembered stored = Remembered.nothing();
    boolean diskFull;
    SwitchSettings settings;
    Owner owner;

    SwitchSite(BoxRules rules, SimulatedBox.Dialect dialect, PathKind... kinds) {
        this(TestRules.settings(rules, 1, 2, 3, 4, 7), dialect, kinds);
    }

    SwitchSite(SwitchSettings settings, SimulatedBox.Dialect dialect, PathKind... kinds) {
        this.settings = settings;
        box = new SimulatedBox(time, dialect, true);
        for (int card : new int[] {1, 2, 3, 4, 7}) {
            box.card(card).fitted = true;
        }
        for (PathKind kind : kinds) {
            paths.add(new SimulatedPath(kind, time, box, new SplittableRandom(1), frames::add));
        }
        start();
    }

    static SwitchSite overTcp() {
        return new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.LINE, PathKind.TCP);
    }

    static SwitchSite overSerial() {
        return new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.LINE, PathKind.SERIAL);
    }

    /** A new process: it knows what was stored, and nothing else. */
    void start() {
        owner = new Owner(settings, List.copyOf(paths), this, this, time::nowNs, time::wall, new SplittableRandom(2));
        owner.step();
    }

    Selected select(SelectOrder order) {
        List<Selected> done = new ArrayList<>();
        owner.select(order, done::add);
        owner.step();
        until(() -> !done.isEmpty(), 300_000);
        return done.get(0);
    }

    QueryResult query(boolean adopt) {
        List<QueryResult> done = new ArrayList<>();
        owner.query(adopt, done::add);
        owner.step();
        until(() -> !done.isEmpty(), 300_000);
        return done.get(0);
    }

    void pass(long ms) {
        long untilNs = time.nowNs() + ms * 1_000_000;
        while (time.nowNs() < untilNs) {
            tick(untilNs);
        }
    }

    void until(BooleanSupplier condition, long limitMs) {
        long limitNs = time.nowNs() + limitMs * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (time.nowNs() >= limitNs) {
                throw new AssertionError("in vain: " + owner.positions());
            }
            tick(limitNs);
        }
    }

    private void tick(long untilNs) {
        time.pass(Math.min(Math.max(owner.dueNs(), time.nowNs()), untilNs));
        owner.step();
    }

    List<SimulatedPath.Frame> commands() {
        return frames.stream().filter(f -> !f.isQuery()).toList();
    }

    SimulatedPath path() {
        return paths.get(0);
    }

    @Override
    public Remembered load() {
        return stored;
    }

    @Override
    public void store(Remembered remembered) throws IOException {
        if (diskFull) {
            throw new IOException("no space left");
        }
        stored = remembered;
    }

    @Override
    public void positionsChanged(SwitchPositions positions) {}

    @Override
    public void movedWithoutUs(int card, String from, String to) {
        told.add("card " + card + " moved from " + from + " to " + to);
    }

    @Override
    public void reach(Reach reach, String why) {
        told.add(reach.name());
    }

    @Override
    public void pathChanged(PathState path) {
        pathsTold.add(path.describe() + " " + path.state());
    }

    @Override
    public void commandDone(CommandRecord done) {
        audit.add(done);
    }
}
