package org.tandemgw.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.arbiter.LegTrack;
import org.tandemgw.gateway.calls.CallCounts;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.deciding.Deciding;
import org.tandemgw.gateway.feed.FeedServer;
import org.tandemgw.gateway.feed.FeedStatus;
import org.tandemgw.gateway.intake.AcdIntake;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.ledger.LedgerTotal;
import org.tandemgw.gateway.leg.AcdLeg;
import org.tandemgw.gateway.recovery.RecoverySession;
import org.tandemgw.gateway.recovery.RecoveryShelf;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.LegState;
import org.tandemgw.gateway.status.SiteState;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.trunks.Trunks;

/** Puts the present facts of all parts into one {@link GatewayStatus}. Status thread only. */
final class StatusPicture {
    private static final String VERSION = version();

    private final SiteConfiguration site;
    private final List<AcdParts> acds;
    private final List<FeedServer> feeds;
    private final SpaceKeeper space;
    private final Trunks trunks;
    private final Deciding deciding;
    private final NocParts noc;
    private final Reloads reloads;
    private final Clock clock;
    private final Instant upSince;
    private final long pid = ProcessHandle.current().pid();

    /** @param deciding null: this site does not switch */
    StatusPicture(
            SiteConfiguration site,
            List<AcdParts> acds,
            List<FeedServer> feeds,
            SpaceKeeper space,
            Trunks trunks,
            Deciding deciding,
            NocParts noc,
            Reloads reloads,
            Clock clock) {
        this.reloads = reloads;
        this.noc = noc;
        this.deciding = deciding;
        this.site = site;
        this.acds = acds;
        this.feeds = feeds;
        this.space = space;
        this.trunks = trunks;
        this.clock = clock;
        this.upSince = now();
    }

    GatewayStatus take(boolean started, List<Alarm> alarms) {
        final List<GatewayStatus.Acd> acdPictures = acds.stream().map(this::acd).toList();
        final DecidedPicture decided = DecidedPicture.of(deciding);
        final List<GatewayStatus.Server> serverPictures =
                site.servers().stream().map(server -> server(server, decided)).toList();
        final List<String> lacking = because(acds, serverPictures);
        final SiteState state = started
                ? decided.state(lacking.isEmpty() ? SiteState.PROTECTED : SiteState.UNPROTECTED)
                : SiteState.STARTING;
        final boolean outOfRoom = acds.stream().anyMatch(acd -> acd.intake().outOfRoom() != null);
        final String next = outOfRoom ? "df -h" : next(acdPictures);
        return new GatewayStatus(
                site.site(),
                VERSION,
                pid,
                upSince,
                now(),
                decided.mode(),
                decided.modeFile(),
                decided.modeOperator(),
                state,
                decided.phase(),
                decided.because(lacking),
                decided.active(),
                decided.epoch(trunks.epoch()),
                decided.decision(),
                decided.holdDownLeftMs(),
                state == SiteState.PROTECTED,
                decided.next() != null ? decided.next() : next,
                acdPictures,
                serverPictures,
                trunks.pictures(),
                calls(),
                space.disk(),
                alarms,
                noc.notified(),
                decided.maintenance(),
                decided.drills(),
                reloads.standing());
    }

    /** Protected is a site that takes in what its ACDs send, and loses nothing when it loses a server. What its legs are else is said by alarms of their own. */
    private static List<String> because(List<AcdParts> acds, List<GatewayStatus.Server> servers) {
        final List<String> because = new ArrayList<>();
        for (final AcdParts acd : acds) {
            final String why = acd.intake().outOfRoom();
            if (why != null) {
                because.add(
                        acd.relaying().isPresent()
                                ? "what passes on the legs of " + acd.config().name() + " is not put down: " + why
                                : "the legs of " + acd.config().name() + " are paused: " + why);
            }
        }
        for (final GatewayStatus.Server server : servers) {
            for (final GatewayStatus.Feed feed : server.feeds()) {
                if (!feed.connected()) {
                    because.add(server.name() + " is not connected to " + feed.acd());
                }
            }
        }
        return because;
    }

    private GatewayStatus.Calls calls() {
        final List<CallKeeper> keepers =
                acds.stream().flatMap(acd -> acd.calls().stream()).toList();
        final List<CallKeeper> all =
                acds.stream().flatMap(acd -> acd.keeper().stream()).toList();
        if (all.isEmpty()) {
            return GatewayStatus.Calls.NONE;
        }
        final CallCounts counts = CallCounts.of(keepers);
        final CallCounts troubles = CallCounts.of(all); // also of those who tell of ends only
        if (keepers.isEmpty()) {
            return new GatewayStatus.Calls(
                    null,
                    null,
                    null,
                    null,
                    null,
                    false,
                    null,
                    troubles.refusedQuestions(),
                    troubles.listsGivenUp(),
                    troubles.diskErrors(),
                    troubles.countedTogether(),
                    troubles.undecoded());
        }
        final String fault = counts.fault().isEmpty() ? "the table of the calls is still being read" : counts.fault();
        final boolean known = counts.known();
        final boolean listening = acds.stream().noneMatch(acd -> acd.intake().linkDown());
        final LedgerTotal.Counts switched = deciding == null
                ? LedgerTotal.Counts.NONE
                : deciding.newestLedger().orElse(LedgerTotal.Counts.NONE);
        return new GatewayStatus.Calls(
                known ? counts.inFlight() : null,
                switched.recovered(),
                switched.cut(),
                known ? counts.waiting() : null,
                known ? counts.agents() : null,
                known && counts.sure() && listening,
                known ? null : fault,
                troubles.refusedQuestions(),
                troubles.listsGivenUp(),
                troubles.diskErrors(),
                troubles.countedTogether(),
                troubles.undecoded());
    }

    private static String next(List<GatewayStatus.Acd> acds) {
        for (final GatewayStatus.Acd acd : acds) {
            if (acd.paused()) {
                return "tandem acd resume " + acd.name() + " --reason ...";
            }
            for (final GatewayStatus.Leg leg : acd.legs()) {
                if (leg.state() == LegState.BUSIED_OUT) {
                    return "tandem leg release " + acd.name() + " " + leg.leg() + " --reason ...";
                }
            }
        }
        return null;
    }

    private GatewayStatus.Acd acd(AcdParts acd) {
        final LinkJournal journal = acd.journal();
        return new GatewayStatus.Acd(
                acd.config().name(),
                acd.config().profile().name(),
                acd.config().mode().name().toLowerCase(java.util.Locale.ROOT),
                acd.intake().paused(),
                journal.generation(),
                journal.last(),
                journal.synced(),
                journal.oldest(),
                journal.gaps(),
                journal.discontinuities(),
                acd.relaying().map(RelayPicture::legs).orElseGet(() -> acd.merging()
                        .map(intake -> List.of(leg(intake, 1), leg(intake, 2)))
                        .orElseThrow()),
                acd.shelf()
                        .map(RecoveryShelf::given)
                        .map(given -> recovery(given, journal.oldest()))
                        .orElse(null));
    }

    private static GatewayStatus.Recovery recovery(RecoverySession given, long oldest) {
        return new GatewayStatus.Recovery(
                given.name(),
                given.mark().to(),
                given.mark().epoch(),
                given.asOf(),
                given.frames(),
                given.lacks(oldest));
    }

    private GatewayStatus.Leg leg(AcdIntake intake, int number) {
        final AcdLeg leg = intake.leg(number);
        final var track = intake.arbiter().leg(number);
        final boolean outOfRoom = intake.outOfRoom() != null;
        final LegState state =
                leg.snapshotting() && !outOfRoom ? LegState.SNAPSHOT : state(leg.state(), track, outOfRoom);
        return new GatewayStatus.Leg(
                number,
                state,
                leg.peer(),
                track.first(),
                track.confirmed(),
                track.owed(),
                track.lagMs(),
                intake.silenceMs(number),
                Math.max(0, leg.sessions() - 1),
                intake.badFrames(number),
                leg.state() == org.tandemgw.gateway.leg.LegState.UP
                                || leg.lastError().isEmpty()
                        ? null
                        : leg.lastError(),
                leg.failures(),
                leg.replaced(),
                leg.refused(),
                intake.localFrames(number),
                track.jumps(),
                track.forcedEnds(),
                track.strays(),
                track.bufferDrops());
    }

    static LegState state(org.tandemgw.gateway.leg.LegState session, LegTrack track, boolean outOfRoom) {
        return switch (session) {
            case DOWN, PAUSED -> LegState.DOWN;
            case CONNECTING -> LegState.CONNECTING;
            case LOGIN -> LegState.LOGIN;
            case BUSIED_OUT -> LegState.BUSIED_OUT;
            case UP ->
                outOfRoom
                        ? LegState.PAUSED
                        : switch (track.state()) {
                            case DOWN, HUNTING -> track.startsAtEnd() ? LegState.UP : LegState.HUNTING;
                            case SILENT -> LegState.SILENT;
                            case UP -> LegState.UP;
                        };
        };
    }

    private GatewayStatus.Server server(ServerConfig server, DecidedPicture decided) {
        final List<GatewayStatus.Feed> pictures = new ArrayList<>();
        for (final FeedServer each : feeds) {
            if (each.status().server().equals(server.name())) {
                each.status().feeds().forEach(feed -> pictures.add(feed(each.kind(), feed)));
            }
        }
        pictures.addAll(RelayPicture.feeds(acds, server.name()));
        final boolean connected = pictures.stream().allMatch(GatewayStatus.Feed::connected);
        return new GatewayStatus.Server(
                server.name(),
                decided.role(server.name(), connected),
                decided.health(server.name()),
                decided.probes(server.name()),
                pictures);
    }

    private static GatewayStatus.Feed feed(String kind, FeedStatus feed) {
        return new GatewayStatus.Feed(
                feed.acd(),
                kind,
                feed.connected(),
                feed.peer().isEmpty() ? null : feed.peer(),
                Math.max(0, feed.cursor()),
                feed.cursorKind().word(),
                Math.max(0, feed.sent()),
                Math.max(0, feed.acknowledged()),
                feed.hold() < 0 ? null : feed.hold(),
                feed.lagFrames(),
                feed.lagMs(),
                feed.parity().standing().word(),
                feed.parity().ms() < 0 ? null : feed.parity().ms(),
                feed.parity().catchUpRate(),
                feed.rejectedLogins(),
                feed.badPackets(),
                feed.deniedActions(),
                feed.digestThrough() < 0 ? null : new GatewayStatus.Digest(feed.digestThrough(), feed.digest()),
                feed.lastRefusal().isEmpty() ? null : feed.lastRefusal());
    }

    private Instant now() {
        final long utcNs = clock.utcNs();
        return Instant.ofEpochSecond(utcNs / 1_000_000_000, utcNs % 1_000_000_000);
    }

    static String version() {
        final String version = StatusPicture.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }
}
