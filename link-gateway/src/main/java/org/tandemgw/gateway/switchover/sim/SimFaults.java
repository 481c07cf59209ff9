package org.tandemgw.gateway.switchover.sim;

import java.util.function.BooleanSupplier;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.Wish;

/** Makes faults come true, and go again. */
final class SimFaults {
    private final SimWorld world;
    private final SimTandem tandem;
    private final SimTrace trace;
    /** Rises when all is mended: what flaps stops. */
    private int mended;

    SimFaults(SimWorld world, SimTandem tandem, SimTrace trace) {
        this.world = world;
        this.tandem = tandem;
        this.trace = trace;
    }

    /** The server that has the active role by the control file, or else by where the trunks are. */
    SimServer active() {
        if (tandem.disk != null && tandem.disk.active() != null) {
            return world.server(tandem.disk.active());
        }
        int together = world.boxes.isEmpty() ? 0 : world.boxes.get(0).together();
        return world.servers.get(Math.max(0, together));
    }

    /** Begins; lasts for so long, where it is something that lasts. */
    void begin(SimFault fault, long forMs) {
        SimServer active = active();
        trace.note(world.time.nowMs(), fault + " for " + forMs + " ms, active " + active.name);
        switch (fault) {
            case NONE -> {}
            case SERVICE_DEAD -> dies(active, forMs);
            case STANDBY_DEAD -> dies(world.other(active), forMs);
            case BOTH_DEAD -> {
                dies(active, forMs);
                world.time.afterMs(world.dice.between(0, 4_000), () -> dies(world.other(active), forMs));
            }
            case STANDBY_WRONG -> serviceIs(world.other(active), SimServer.Service.WRONG, forMs);
            case SERVICE_HUNG -> serviceIs(active, SimServer.Service.HUNG, forMs);
            case SERVICE_WRONG -> serviceIs(active, SimServer.Service.WRONG, forMs);
            case SERVICE_RESTARTS_ONCE -> dies(active, world.dice.between(100, 4_000));
            case SERVICE_HICCUP -> serviceIs(active, SimServer.Service.HUNG, world.dice.between(50, 900));
            case SERVICE_RESTARTS ->
                again(until(forMs), 600, 8_000, () -> dies(active, world.dice.between(100, 3_000)));
            case SERVICE_FLAPS ->
                again(
                        until(forMs),
                        500,
                        5_000,
                        () -> serviceIs(active, SimServer.Service.HUNG, world.dice.between(200, 3_000)));
            case MACHINE_DEAD -> machineDies(active, forMs);
            case STANDBY_MACHINE_DEAD -> machineDies(world.other(active), forMs);
            case MAIN_PATH_CUT -> cut(active.main, forMs);
            case BOTH_PATHS_CUT, ONE_WAY -> {
                cut(active.main, forMs);
                cut(active.second, forMs);
            }
            case CABLE_PULLED -> {
                long pulledMs = world.dice.between(5_000, 30_000);
                cut(active.main, pulledMs);
                cut(active.second, pulledMs);
            }
            case PARTITION -> {
                cut(active.main, forMs);
                cut(active.second, forMs);
                cut(active.netTest, forMs);
            }
            case SLOW_PATH -> {
                slow(active.main, world.dice.between(100, 3_000), forMs);
                slow(active.second, world.dice.between(0, 3_000), forMs);
            }
            case LOSSY_PATH -> {
                lossy(active.main, 40, forMs);
                lossy(active.second, 40, forMs);
            }
            case OWN_CUT -> ownCut(forMs);
            case OWN_FLAPS -> again(until(forMs), 700, 6_000, () -> ownCut(world.dice.between(200, 4_000)));
            case OWN_NET_CUT -> cut(world.network.own[world.dice.below(world.network.nets)], forMs);
            case GATEWAY_DOWN -> cut(world.network.gateway[world.dice.below(world.network.nets)], forMs);
            case GATEWAYS_DOWN -> {
                cut(world.network.gateway[0], forMs);
                cut(world.network.gateway[1], forMs);
            }
            case NET_TEST_DOWN -> cut(active.netTest, forMs);
            case FEED_LOST -> feedCut(active, forMs);
            case STANDBY_FEED_LOST -> feedCut(world.other(active), forMs);
            case LEGS_LOST -> {
                world.network.legsCut = true;
                mendAfter(forMs, () -> world.network.legsCut = false);
            }
            case RELEASE_SKEW -> {
                SimServer standby = world.other(active);
                standby.release = "R22";
                mendAfter(forMs, () -> standby.release = "R21");
            }
            case BOX_SLOW -> mood(SimBox.Mood.SLOW, forMs);
            case BOX_STUCK -> mood(SimBox.Mood.STUCK, forMs);
            case BOX_ONE_STUCK -> mood(SimBox.Mood.ONE_STUCK, forMs);
            case BOX_LATE -> mood(SimBox.Mood.LATE, forMs);
            case BOX_UNKNOWN -> mood(SimBox.Mood.UNKNOWN, forMs);
            case BOX_CARD_PULLED -> mood(SimBox.Mood.CARD_PULLED, forMs);
            case BOX_UNREACHABLE -> mood(SimBox.Mood.UNREACHABLE, forMs);
            case BOX_MUTE -> mood(SimBox.Mood.MUTE, forMs);
            case BOX_REFUSES -> mood(SimBox.Mood.REFUSES, forMs);
            case CARD_BY_HAND -> byHand(1);
            case TRUNKS_BY_HAND -> byHand(Integer.MAX_VALUE);
            case DEMOTE_FAILS -> orders(true, forMs, order -> order.fails = true);
            case DEMOTE_HANGS -> orders(true, forMs, order -> order.hangs = true);
            case DEMOTE_SLOW -> orders(true, forMs, order -> order.slow = true);
            case DEMOTE_LATE -> orders(true, forMs, order -> order.late = true);
            case PROMOTE_FAILS -> orders(false, forMs, order -> order.fails = true);
            case PROMOTE_FAILS_ONCE ->
                orders(false, forMs, order -> {
                    order.fails = true;
                    order.once = true;
                });
            case PROMOTE_HANGS -> orders(false, forMs, order -> order.hangs = true);
            case PROMOTE_LATE -> orders(false, forMs, order -> order.late = true);
            case CRASH -> crash(world.dice.between(300, 8_000));
            case CRASH_LONG -> crash(world.dice.between(60_000, 400_000));
            case CRASH_BEFORE_WRITE -> dieAt(SimTandem.Death.BEFORE_WRITE);
            case CRASH_AFTER_WRITE -> dieAt(SimTandem.Death.AFTER_WRITE);
            case CRASH_BETWEEN_ACTS -> dieAt(SimTandem.Death.BETWEEN_ACTS);
            case CRASH_LOOP -> {
                crash(500);
                mendAfter(world.dice.between(700, 2_500), () -> crash(500));
                mendAfter(world.dice.between(3_000, 6_000), () -> crash(1_000));
            }
            case STALL -> tandem.stall(world.dice.between(500, 15_000));
            case CLOCK_JUMPS -> {
                tandem.clockOffsetMs += world.dice.between(-7_200_000, 7_200_000);
                tandem.clock(true);
                world.time.afterMs(world.dice.between(1_000, 20_000), () -> tandem.clock(false));
            }
            case STORE_FAILS -> {
                tandem.storeFails = true;
                mendAfter(forMs, () -> tandem.storeFails = false);
            }
            case OLDER_CONTROL_FILE -> {
                // Only where something else remembers the epoch; a start that finds the end of what is open in it holds
                // by itself.
                boolean remembered =
                        tandem.disk != null && world.boxes.stream().anyMatch(box -> box.epoch >= tandem.disk.epoch());
                crash(world.dice.between(300, 3_000));
                if (remembered && tandem.older != null && !tandem.hasEnded(tandem.older.open())) {
                    tandem.disk = tandem.older;
                }
            }
            case OTHER_FILE -> {
                SimSite.Other other = SimSite.Other.of(tandem.site(), world.dice);
                if (world.dice.oneIn(3)) {
                    tandem.file(other);
                    world.time.afterMs(world.dice.between(300, 3_000), tandem::start);
                } else {
                    tandem.nextFile = other;
                    dieAt(world.dice.of(SimTandem.Death.AFTER_WRITE, SimTandem.Death.BETWEEN_ACTS));
                }
                mendAfter(world.dice.between(10_000, 60_000), () -> {
                    tandem.file(null);
                    tandem.start();
                });
            }
            case BLIND -> {
                world.blind = true;
                mendAfter(forMs, () -> world.blind = false);
            }
            case ASK_SWITCH -> tandem.ask(new Wish.Switch(world.other(active).name, false, world.dice.oneIn(5)));
            case ASK_HELD_THEN_SWITCH -> {
                tandem.ask(new Wish.SetMode(Mode.HELD));
                mendAfter(500, () -> tandem.ask(new Wish.Switch(world.other(active()).name, false, false)));
            }
            case ASK_FORCE -> tandem.ask(new Wish.Switch(world.other(active).name, true, false));
            case ASK_BACK -> tandem.ask(new Wish.Switch(active.name, world.dice.oneIn(2), false));
            case ASK_MANUAL -> tandem.ask(new Wish.SetMode(Mode.MANUAL));
            case ASK_HELD -> tandem.ask(new Wish.SetMode(Mode.HELD));
            case ASK_AUTO -> tandem.ask(new Wish.SetMode(Mode.AUTO));
            case ASK_RESUME -> tandem.ask(new Wish.Resume());
            case ASK_ADOPT -> adopt();
        }
        world.changed();
    }

    /** Everything works again, at once. Positions, roles and modes stay as they are. */
    void mendAll() {
        mended++;
        trace.note(world.time.nowMs(), "all is mended");
        world.network.heal(world.servers);
        world.servers.forEach(SimServer::heal);
        world.boxes.forEach(box -> box.mood = SimBox.Mood.WELL);
        world.blind = false;
        tandem.storeFails = false;
        tandem.death = SimTandem.Death.NONE;
        tandem.clock(false);
        tandem.file(null);
        tandem.start();
        world.changed();
    }

    /** What {@code trunks adopt} does: each box is asked, and what it says is told as adopted. */
    void adopt() {
        SimTandem.Life life = tandem.life();
        if (life != null) {
            for (int i = 0; i < world.boxes.size(); i++) {
                if (life.driver.adopt(i)) {
                    tandem.ask(new Wish.Adopted(world.boxes.get(i).name));
                }
            }
        }
    }

    private void dies(SimServer server, long forMs) {
        if (server.service == SimServer.Service.RUNNING) {
            server.end();
            if (tandem.life() != null && server.machineUp && world.network.mainOpen(server)) {
                tandem.life().looks.reset(server);
            }
            world.changed();
            mendAfter(forMs, server::begin);
        }
    }

    private void serviceIs(SimServer server, SimServer.Service state, long forMs) {
        if (server.service == SimServer.Service.RUNNING) {
            server.service = state;
            world.changed();
            mendAfter(forMs, server::begin);
        }
    }

    private void machineDies(SimServer server, long forMs) {
        server.machineUp = false;
        server.machineSaysNoWay = world.dice.oneIn(2);
        server.end();
        mendAfter(forMs, () -> {
            server.machineUp = true;
            mendAfter(world.dice.between(0, 5_000), server::begin);
        });
        SimServer other = world.other(server);
        if (other.machineUp && other.sharesMachine(server)) {
            machineDies(other, forMs);
            other.machineSaysNoWay = server.machineSaysNoWay;
        }
    }

    private void cut(SimPath path, long forMs) {
        path.cut = true;
        path.saysNoWay = world.dice.oneIn(2);
        world.changed();
        mendAfter(forMs, () -> path.cut = false);
    }

    private void ownCut(long forMs) {
        for (int net = 0; net < world.network.nets; net++) {
            cut(world.network.own[net], forMs);
        }
    }

    private void slow(SimPath path, long byMs, long forMs) {
        path.extraMs = (int) byMs;
        path.poorUntilMs = Math.max(path.poorUntilMs, world.time.nowMs() + forMs);
        mendAfter(forMs, () -> path.extraMs = 0);
    }

    private void lossy(SimPath path, int percent, long forMs) {
        path.lossPercent = percent;
        path.poorUntilMs = Math.max(path.poorUntilMs, world.time.nowMs() + forMs);
        mendAfter(forMs, () -> path.lossPercent = 0);
    }

    private void feedCut(SimServer server, long forMs) {
        server.feedCut = true;
        mendAfter(forMs, () -> server.feedCut = false);
    }

    private void mood(SimBox.Mood mood, long forMs) {
        if (!world.boxes.isEmpty()) {
            SimBox box = world.dice.of(world.boxes);
            box.mood = mood;
            mendAfter(forMs, () -> box.mood = SimBox.Mood.WELL);
        }
    }

    private void byHand(int cards) {
        if (!world.boxes.isEmpty()) {
            SimBox box = world.dice.of(world.boxes);
            for (int card = 0; card < Math.min(cards, box.leadsTo.length); card++) {
                world.moveByHand(box, card, 1 - box.leadsTo[card]);
            }
        }
    }

    private void orders(boolean demote, long forMs, java.util.function.Consumer<SimServer.Order> change) {
        for (SimServer server : world.servers) {
            SimServer.Order order = demote ? server.demote : server.promote;
            change.accept(order);
            mendAfter(forMs, order::heal);
        }
    }

    private void crash(long awayMs) {
        tandem.kill();
        world.time.afterMs(awayMs, tandem::start);
    }

    /** At that moment of the next decision, and back soon after. */
    private void dieAt(SimTandem.Death death) {
        tandem.death = death;
        startAgain(mended);
    }

    private void startAgain(int mine) {
        world.time.afterMs(world.dice.between(500, 4_000), () -> {
            if (mine == mended) {
                tandem.start();
                if (tandem.death != SimTandem.Death.NONE) {
                    startAgain(mine);
                }
            }
        });
    }

    private void mendAfter(long forMs, Runnable mend) {
        int mine = mended;
        world.time.afterMs(forMs, () -> {
            if (mine == mended) {
                mend.run();
                world.changed();
            }
        });
    }

    private BooleanSupplier until(long forMs) {
        long endMs = world.time.nowMs() + forMs;
        int mine = mended;
        return () -> mine == mended && world.time.nowMs() < endMs;
    }

    private void again(BooleanSupplier goesOn, long fromMs, long toMs, Runnable what) {
        if (goesOn.getAsBoolean()) {
            what.run();
            world.time.afterMs(world.dice.between(fromMs, toMs), () -> again(goesOn, fromMs, toMs, what));
        }
    }
}
