package org.tandemgw.gateway.trunks;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CommandRecord;
import org.tandemgw.abswitch.Move;
import org.tandemgw.abswitch.PathState;
import org.tandemgw.abswitch.QueryResult;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchListener;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.abswitch.SwitchSettings;
import org.tandemgw.abswitch.TrunkSwitch;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.config.SwitchRules;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.status.GatewayStatus;

/** One trunk switch of the site: the driver, what it was last ordered, and what goes over its wires. Any thread. */
final class SiteSwitch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SiteSwitch.class);

    private final SwitchConfig config;
    private final SwitchSettings settings;
    private final WireTap tap;
    private final TrunkMemories memories;
    private final CommandAudit audit;
    private final WallClock wall;
    private final Supplier<List<BoxPath>> paths;
    private volatile TrunkSwitch driver;
    private final boolean forgetful;
    private volatile long startedNs;
    private volatile boolean stopping;
    private volatile TrunkHistory history = TrunkHistory.NONE;
    private final AtomicBoolean askedAgain = new AtomicBoolean();
    private final List<UnderWay> waiting = new CopyOnWriteArrayList<>(); // the first one may have been begun
    private final StandingPositions standing = new StandingPositions();
    private final Runnable changed;

    private record UnderWay(SelectOrder wish, TrunkOrder order) {}

    /**
     * Starts nothing yet.
     *
     * @param changed told when what is known of it may be another, on any thread; never waits
     * @throws IllegalArgumentException that names what the driver refuses
     */
    SiteSwitch(
            SwitchConfig config,
            boolean monitorOnly,
            TrunkMemories memories,
            CommandAudit audit,
            WallClock wall,
            Supplier<List<BoxPath>> paths,
            Runnable changed) {
        this.changed = changed;
        this.config = config;
        this.settings = SwitchRules.settings(config, monitorOnly);
        this.memories = memories;
        this.audit = audit;
        this.wall = wall;
        this.paths = paths;
        this.forgetful = memories.of(config.name()).lost() != null;
        this.tap = new WireTap(settings.password(), wall::instant);
    }

    /** From now on the box is asked, if it is confirmed. */
    void start() {
        startedNs = wall.nanoTime();
        driver = TrunkSwitch.start(
                settings,
                paths.get().stream()
                        .map(path -> (BoxPath) new TappedPath(path, tap))
                        .toList(),
                new OrderMemory(memories, name(), this::underWay, audit::sending),
                new Told(),
                wall);
    }

    String name() {
        return config.name();
    }

    boolean isStarted() {
        return driver != null;
    }

    SwitchConfig config() {
        return config;
    }

    SwitchSettings settings() {
        return settings;
    }

    WireTap tap() {
        return tap;
    }

    SwitchPositions positions() {
        final TrunkSwitch running = driver;
        return running != null
                ? running.positions()
                : new SwitchPositions(name(), Reach.NOT_ASKED, "not started", null, List.of());
    }

    /** The newest epoch that an order to this switch carried. */
    long epoch() {
        return memory().driver().epoch();
    }

    TrunkMemory memory() {
        return memories.of(name());
    }

    /** How long nothing may be moved because nobody knows what was ordered before the start; 0 or less: not at all. */
    long unknownDwellMs() {
        return forgetful && driver != null ? config.dwell().toMillis() - (wall.nanoTime() - startedNs) / 1_000_000 : 0;
    }

    /** The newest epoch among orders that are not over, and so perhaps not stored yet; 0: there is none. */
    long newestWaiting() {
        return waiting.stream().mapToLong(each -> each.wish().epoch()).max().orElse(0);
    }

    CompletableFuture<Selected> select(SelectOrder wish, TrunkOrder order) {
        final UnderWay each = new UnderWay(wish, order);
        waiting.add(each);
        return driver.select(wish)
                .thenApply(selected -> {
                    history = history.after(selected);
                    final boolean cut = stopping
                            && selected.cards().stream()
                                    .anyMatch(card -> card.commanded() && card.outcome() == CardOutcome.UNKNOWN);
                    if (!cut) {
                        memories.note(name(), memory -> CutOff.over(memory, selected));
                    }
                    return selected;
                })
                .whenComplete((selected, fault) -> {
                    waiting.remove(each);
                    changed.run();
                });
    }

    CompletableFuture<QueryResult> query() {
        return driver.query();
    }

    CompletableFuture<QueryResult> adopt() {
        return driver.adopt().thenApply(result -> {
            final boolean asked = result.refusedBecause() == null;
            if (asked) {
                history = TrunkHistory.NONE;
            }
            if (asked && (result.complete() || result.positions().reach() == Reach.REACHABLE)) {
                memories.note(name(), TrunkMemory::adopted);
            }
            changed.run();
            return result;
        });
    }

    /** The order that this move belongs to. Orders are begun as they came. */
    private ControlState.OpenOrder underWay(long epoch, Move about) {
        return waiting.stream()
                .map(UnderWay::wish)
                .filter(wish -> wish.epoch() == epoch
                        && wish.position().equals(about.position())
                        && wish.cards().contains(about.card()))
                .findFirst()
                .map(wish -> CutOff.open(wish, about))
                .orElse(null);
    }

    TrunkSight sight() {
        final SwitchPositions now = positions();
        return new TrunkSight(
                name(),
                config.server(now.position()),
                Positions.told(now),
                now.reach() == Reach.REACHABLE,
                now.movedWithoutUs(),
                Math.max(epoch(), newestWaiting()));
    }

    /** So that what was not known is known soon. */
    void queryQuietly() {
        if (driver != null) {
            driver.query().whenComplete((result, fault) -> changed.run());
        }
    }

    /** Likewise; one at a time, so that none wait in a row for a box that hangs. */
    void askAgain() {
        if (driver != null && askedAgain.compareAndSet(false, true)) {
            driver.query().whenComplete((result, fault) -> {
                askedAgain.set(false);
                changed.run();
            });
        }
    }

    GatewayStatus.TrunkSwitch picture() {
        return TrunkPicture.of(config, positions(), epoch(), settings.monitorOnly(), wall.instant());
    }

    List<Condition> conditions() {
        final SwitchPositions positions = positions();
        return standing.of(
                TrunkConditions.of(config, positions, history, memory()),
                !waiting.isEmpty(),
                positions,
                (wall.nanoTime() - startedNs) / 1_000_000);
    }

    @Override
    public void close() {
        stopping = true;
        if (driver != null) {
            driver.close();
        }
    }

    /** What the driver tells, on its thread. */
    private final class Told implements SwitchListener {
        @Override
        public void positionsChanged(SwitchPositions positions) {
            changed.run();
            LOG.info("switch {}: {}", name(), Positions.shown(positions));
        }

        @Override
        public void movedWithoutUs(int card, String from, String to) {
            LOG.warn(
                    "switch {}: card {} went from {} to {} without an order",
                    name(),
                    card,
                    Positions.shown(from),
                    Positions.shown(to));
            changed.run();
        }

        @Override
        public void reach(Reach reach, String why) {
            LOG.info("switch {}: {}: {}", name(), TrunkPicture.word(reach), why);
            changed.run();
        }

        @Override
        public void pathChanged(PathState path) {
            if (path.isBad()) {
                LOG.warn("switch {}: {} is lost: {}", name(), path.describe(), path.trouble());
            } else {
                LOG.info("switch {}: {} answers", name(), path.describe());
            }
        }

        @Override
        public void commandDone(CommandRecord done) {
            audit.command(done);
            waiting.stream().filter(each -> each.wish() == done.order()).forEach(each -> each.order()
                    .commandDone(done));
        }
    }

    /** The time for the driver: what people read, and what a restart compares. */
    static final class WallClock extends java.time.Clock {
        private final org.tandemgw.gateway.time.Clock clock;

        WallClock(org.tandemgw.gateway.time.Clock clock) {
            this.clock = clock;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, clock.utcNs());
        }

        long nanoTime() {
            return clock.nanoTime();
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public java.time.Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
