package org.tandemgw.gateway.trunks;

import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.CommandRecord;
import org.tandemgw.abswitch.QueryResult;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchListener;
import org.tandemgw.abswitch.SwitchMemory;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.abswitch.SwitchSettings;
import org.tandemgw.abswitch.TrunkSwitch;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.config.SwitchRules;
import org.tandemgw.gateway.status.GatewayStatus;

/** One trunk switch of the site: the driver, what it was last ordered, and what goes over its wires. Any thread. */
final class SiteSwitch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SiteSwitch.class);

    private final SwitchConfig config;
    private final SwitchSettings settings;
    private final WireTap tap;
    private final SwitchMemory memory;
    private final CommandAudit audit;
    private final WallClock wall;
    private final Supplier<List<BoxPath>> paths;
    private volatile TrunkSwitch driver;
    private volatile Selected lastOrder;
    /** By the very order: two may carry the same epoch. */
    private final Map<SelectOrder, TrunkOrder> waiting = Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * Starts nothing yet.
     *
     * @throws IllegalArgumentException that names what the driver refuses
     */
    SiteSwitch(
            SwitchConfig config,
            boolean monitorOnly,
            SwitchMemory memory,
            CommandAudit audit,
            WallClock wall,
            Supplier<List<BoxPath>> paths) {
        this.config = config;
        this.settings = SwitchRules.settings(config, monitorOnly);
        this.memory = memory;
        this.audit = audit;
        this.wall = wall;
        this.paths = paths;
        this.tap = new WireTap(settings.password(), wall::instant);
    }

    /** From now on the box is asked, if it is confirmed. */
    void start() {
        driver = TrunkSwitch.start(
                settings,
                paths.get().stream()
                        .map(path -> (BoxPath) new TappedPath(path, tap))
                        .toList(),
                memory,
                new Told(),
                wall);
    }

    String name() {
        return config.name();
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
        return memory.load().epoch();
    }

    /** The newest epoch among orders that are not over, and so perhaps not stored yet; 0: there is none. */
    long newestWaiting() {
        synchronized (waiting) {
            return waiting.keySet().stream().mapToLong(SelectOrder::epoch).max().orElse(0);
        }
    }

    CompletableFuture<Selected> select(SelectOrder wish, TrunkOrder order) {
        waiting.put(wish, order);
        return driver.select(wish)
                .whenComplete((selected, fault) -> waiting.remove(wish))
                .thenApply(selected -> {
                    if (selected.commanded()) {
                        lastOrder = selected;
                    }
                    return selected;
                });
    }

    CompletableFuture<QueryResult> query() {
        return driver.query();
    }

    CompletableFuture<QueryResult> adopt() {
        return driver.adopt().thenApply(result -> {
            if (result.refusedBecause() == null) {
                lastOrder = null;
            }
            return result;
        });
    }

    GatewayStatus.TrunkSwitch picture() {
        return TrunkPicture.of(config, positions(), epoch(), settings.monitorOnly(), wall.instant());
    }

    List<Condition> conditions() {
        return TrunkConditions.of(config, positions(), lastOrder);
    }

    @Override
    public void close() {
        if (driver != null) {
            driver.close();
        }
    }

    /** What the driver tells, on its thread. */
    private final class Told implements SwitchListener {
        @Override
        public void positionsChanged(SwitchPositions positions) {
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
        }

        @Override
        public void reach(Reach reach, String why) {
            LOG.info("switch {}: {}: {}", name(), TrunkPicture.word(reach), why);
        }

        @Override
        public void commandDone(CommandRecord done) {
            audit.command(done);
            final TrunkOrder order = waiting.get(done.order());
            if (order != null) {
                order.commandDone(done);
            }
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
