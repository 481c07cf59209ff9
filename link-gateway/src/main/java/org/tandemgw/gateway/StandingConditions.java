package org.tandemgw.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.arbiter.LegTrack;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.controlfile.Keeper;
import org.tandemgw.gateway.deciding.Deciding;
import org.tandemgw.gateway.feed.FeedServer;
import org.tandemgw.gateway.feed.FeedServerStatus;
import org.tandemgw.gateway.feed.FeedStatus;
import org.tandemgw.gateway.feed.Parity;
import org.tandemgw.gateway.intake.AcdIntake;
import org.tandemgw.gateway.leg.AcdLeg;
import org.tandemgw.gateway.leg.LegState;
import org.tandemgw.gateway.space.Deletion;
import org.tandemgw.gateway.space.Missing;
import org.tandemgw.gateway.space.SpaceFacts;
import org.tandemgw.gateway.status.DiskState;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.trunks.Trunks;

/** What is wrong at this moment, seen from the facts of all parts. Status thread only. */
final class StandingConditions {
    /** A connected server further behind than this is an alarm. */
    private static final long LAG_MS = 10_000;
    /** So long after the start nobody is blamed for not being there yet. */
    private static final long ARRIVAL_NS = TimeUnit.SECONDS.toNanos(5);

    private final List<AcdParts> acds;
    private final List<FeedServer> feeds;
    private final FeedAlarms feedAlarms;
    private final ClockGuard clockGuard;
    private final StartNotices notices;
    private final Keeper keeper;
    private final SpaceKeeper space;
    private final Clock clock;
    private final long startNs;
    private final Trunks trunks;
    private final Deciding deciding;
    private final NocParts noc;
    private final Reloads reloads;

    /** @param deciding null: this site does not switch */
    StandingConditions(
            List<AcdParts> acds,
            List<FeedServer> feeds,
            FeedAlarms feedAlarms,
            ClockGuard clockGuard,
            StartNotices notices,
            Keeper keeper,
            SpaceKeeper space,
            Trunks trunks,
            Deciding deciding,
            NocParts noc,
            Reloads reloads,
            Clock clock) {
        this.reloads = reloads;
        this.noc = noc;
        this.deciding = deciding;
        this.trunks = trunks;
        this.clock = clock;
        this.startNs = clock.nanoTime();
        this.space = space;
        this.notices = notices;
        this.keeper = keeper;
        this.acds = acds;
        this.feeds = feeds;
        this.feedAlarms = feedAlarms;
        this.clockGuard = clockGuard;
    }

    List<Condition> now() {
        final List<Condition> all = new ArrayList<>(feedAlarms.conditions());
        clockGuard.condition().ifPresent(all::add);
        for (final AcdParts acd : acds) {
            acd.merging().ifPresent(intake -> link(intake, all));
            all.addAll(RelayConditions.of(acd, stillArriving()));
            journal(acd, all);
            books(acd, all);
        }
        feeds.forEach(feed -> server(feed.status(), all));
        feeds.forEach(feed -> ahead(feed, all));
        all.addAll(notices.conditions());
        all.addAll(trunks.conditions());
        if (deciding != null) {
            addNew(deciding.conditions(), all);
        }
        if (AuditFile.sealTrouble() != null) {
            all.add(new Condition(AlarmName.DECISIONS_NOT_KEPT, "audit", AuditFile.sealTrouble()));
        }
        all.addAll(noc.conditions());
        all.addAll(reloads.conditions());
        if (keeper.fault() != null) {
            all.add(new Condition(
                    AlarmName.JOURNAL_FAULT, "control", "the control file cannot be written: " + keeper.fault()));
        }
        final GatewayStatus.Disk disk = space.disk();
        if (disk.state() != DiskState.OK) {
            all.add(new Condition(
                    disk.state() == DiskState.LOW ? AlarmName.DISK_LOW : AlarmName.DISK_CRITICAL,
                    "data",
                    Objects.requireNonNullElse(disk.why(), "")));
        }
        return PlannedWork.without(deciding == null ? null : deciding.view(), all);
    }

    /** Where two parts tell of the same thing, the one that is nearer to it has told first. */
    private static void addNew(List<Condition> told, List<Condition> all) {
        for (final Condition each : told) {
            if (all.stream()
                    .noneMatch(other ->
                            other.name() == each.name() && other.object().equals(each.object()))) {
                all.add(each);
            }
        }
    }

    /** The ACDs both of whose legs contribute. */
    Set<String> wholeLinks() {
        final Set<String> whole = new HashSet<>();
        for (final AcdParts acd : acds) {
            if (acd.merging()
                    .map(intake -> contributes(intake, 1) && contributes(intake, 2))
                    .orElseGet(() -> RelayConditions.isWhole(acd))) {
                whole.add(acd.config().name());
            }
        }
        return whole;
    }

    private static boolean contributes(AcdIntake intake, int leg) {
        final LegTrack track = intake.arbiter().leg(leg);
        return intake.leg(leg).state() == LegState.UP
                && (track.state() == org.tandemgw.gateway.arbiter.LegState.UP || track.startsAtEnd())
                && track.isContributing();
    }

    private boolean stillArriving() {
        return clock.nanoTime() - startNs < ARRIVAL_NS;
    }

    private boolean stillArriving(AcdLeg leg) {
        return leg.lastError().isEmpty() && stillArriving();
    }

    private void link(AcdIntake intake, List<Condition> all) {
        for (int number = 1; number <= 2; number++) {
            final AcdLeg leg = intake.leg(number);
            final String object = intake.name() + "/leg-" + number;
            if (leg.addressMissing()) {
                all.add(new Condition(AlarmName.ADDRESS_MISSING, object, leg.lastError()));
            }
            if (leg.state() == LegState.UP) {
                if (!intake.arbiter().leg(number).isContributing()) {
                    all.add(
                            new Condition(
                                    AlarmName.LEG_SILENT,
                                    object,
                                    "connected, and does not carry the stream: redundancy is lost while the other leg carries it alone"));
                }
            } else if (leg.state() != LegState.BUSIED_OUT && leg.state() != LegState.PAUSED && !stillArriving(leg)) {
                all.add(new Condition(
                        AlarmName.LEG_DOWN, object, leg.lastError().isEmpty() ? "not connected yet" : leg.lastError()));
            }
        }
        if (!intake.paused()
                && !(stillArriving(intake.leg(1)) && stillArriving(intake.leg(2)))
                && intake.leg(1).state() != LegState.UP
                && intake.leg(2).state() != LegState.UP) {
            all.add(new Condition(
                    AlarmName.LINK_LOST, intake.name(), "neither leg is up: what the ACD sends now cannot be had"));
        }
    }

    private void journal(AcdParts acd, List<Condition> all) {
        final String name = acd.config().name();
        final String text = Stream.of(
                        acd.intake().fault(),
                        notices.damage(name),
                        acd.journal().damage().text())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
        if (!text.isEmpty()) {
            all.add(new Condition(AlarmName.JOURNAL_FAULT, name, text));
        }
    }

    private static void books(AcdParts acd, List<Condition> all) {
        acd.keeper()
                .map(CallKeeper::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .ifPresent(trouble -> all.add(
                        new Condition(AlarmName.BOOKS_NOT_KEPT, acd.config().name(), trouble)));
    }

    private void server(FeedServerStatus server, List<Condition> all) {
        if (server.listening() == FeedServerStatus.Listening.ADDRESS_MISSING) {
            all.add(new Condition(
                    AlarmName.ADDRESS_MISSING, server.server(), "the address of its feed is not on this machine"));
        }
        if (server.listening() == FeedServerStatus.Listening.PORT_IN_USE) {
            all.add(new Condition(
                    AlarmName.CONFIG_MISMATCH, server.server(), "the port of its feed is taken by another process"));
        }
        for (final FeedStatus feed : server.feeds()) {
            final String object = server.server() + "/" + feed.acd();
            if (!feed.connected() && !stillArriving()) {
                all.add(new Condition(AlarmName.FEED_DOWN, object, "the server is not connected"));
            } else if (feed.connected() && feed.lagMs() > LAG_MS) {
                all.add(new Condition(AlarmName.FEED_LAG, object, lagText(feed)));
            }
            lost(feed, object, all);
        }
    }

    /** As long as the claim stands, over restarts too. */
    private static void ahead(FeedServer feed, List<Condition> all) {
        feed.claims()
                .forEach((acd, claim) -> all.add(
                        new Condition(AlarmName.SERVER_AHEAD, feed.status().server() + "/" + acd, claim.alarm())));
    }

    /** Known from the journal and from what the server has, so that it is known after a restart too. */
    private void lost(FeedStatus feed, String object, List<Condition> all) {
        if (all.stream()
                .anyMatch(each ->
                        each.name() == AlarmName.SERVER_LOST && each.object().equals(object))) {
            return;
        }
        for (final AcdParts acd : acds) {
            final Deletion.Lost lost = acd.config().name().equals(feed.acd())
                    ? Missing.lost(
                            new SpaceFacts.Holder(feed.server(), feed.hold(), feed.connected()),
                            acd.journal().oldest())
                    : null;
            if (lost != null) {
                all.add(new Condition(
                        AlarmName.SERVER_LOST,
                        object,
                        "sequences " + lost.from() + " to " + lost.to()
                                + " were deleted for want of space: they are lost to it"));
            }
        }
    }

    private static String lagText(FeedStatus feed) {
        return "the server is more than 10 s behind"
                + (feed.parity().standing() == Parity.Standing.NOT_AT_THIS_LIMIT
                        ? " and will not catch up: the ACD sends more than its catch-up limit allows"
                        : "");
    }
}
