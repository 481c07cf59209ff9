package org.tandemgw.gateway;

import java.util.List;
import java.util.Optional;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.deciding.FactSource;
import org.tandemgw.gateway.feed.FeedServer;
import org.tandemgw.gateway.feed.FeedStatus;
import org.tandemgw.gateway.feed.Parity;
import org.tandemgw.gateway.probe.FeedFacts;
import org.tandemgw.gateway.relay.RelayLegStatus;
import org.tandemgw.gateway.trunks.TrunkSight;
import org.tandemgw.gateway.trunks.Trunks;

/** What feeds, legs, clock and trunk switches know, for whoever decides and looks. Any thread; never waits long. */
final class PresentFacts implements FactSource, FeedFacts {
    /** A leg that had no byte for longer is no witness that this machine hears anything. */
    private static final long ALIVE_MS = 5_000;

    /** What stands for less may be on its way. */
    private static final long OTHER_STANDS_MS = 1_000;

    private final SiteConfiguration site;
    private final List<AcdParts> acds;
    private final List<FeedServer> feeds;
    private final ClockGuard clockGuard;
    private final Trunks trunks;

    PresentFacts(
            SiteConfiguration site, List<AcdParts> acds, List<FeedServer> feeds, ClockGuard clockGuard, Trunks trunks) {
        this.site = site;
        this.acds = acds;
        this.feeds = feeds;
        this.clockGuard = clockGuard;
        this.trunks = trunks;
    }

    @Override
    public List<Fed> fed() {
        return site.servers().stream().map(server -> fed(server.name())).toList();
    }

    private Fed fed(String server) {
        final List<FeedStatus> all = feeds.stream()
                .map(FeedServer::status)
                .filter(each -> each.server().equals(server))
                .flatMap(each -> each.feeds().stream())
                .toList();
        final List<RelayLegStatus> legs = RelayPicture.legsOf(acds, server).toList();
        final boolean some = !all.isEmpty() || !legs.isEmpty();
        final boolean passing = legs.stream().allMatch(RelayLegStatus::isUp);
        return new Fed(
                server,
                some && passing && all.stream().allMatch(FeedStatus::connected),
                some
                        && passing
                        && all.stream().allMatch(feed -> feed.parity().standing() == Parity.Standing.AT_PARITY));
    }

    @Override
    public boolean legsAlive() {
        return acds.stream().anyMatch(acd -> alive(acd, 1) || alive(acd, 2));
    }

    private static boolean alive(AcdParts acd, int leg) {
        final Long silenceMs = acd.intake().silenceMs(leg);
        return silenceMs != null && silenceMs < ALIVE_MS;
    }

    @Override
    public Optional<String> clockSuspect() {
        return clockGuard.isSuspect()
                ? Optional.of(
                        clockGuard.condition().map(Condition::text).orElse("the clock cannot be read in one moment"))
                : Optional.empty();
    }

    /** Where an ACD tells of no calls, or nobody listens to it, nobody knows. */
    @Override
    public int callsInFlight() {
        int all = 0;
        for (final AcdParts acd : acds) {
            final int calls = acd.calls().map(CallKeeper::inFlight).orElse(CallKeeper.UNKNOWN);
            if (calls == CallKeeper.UNKNOWN || acd.intake().linkDown()) {
                return CallKeeper.UNKNOWN;
            }
            all += calls;
        }
        return all;
    }

    @Override
    public List<TrunkSight> trunks() {
        return trunks.sights();
    }

    @Override
    public Reading of(String server, String acd) {
        final List<FeedStatus> all =
                feeds.stream().flatMap(each -> each.status().feeds().stream()).toList();
        final boolean othersStand =
                all.stream().anyMatch(feed -> !feed.server().equals(server) && feed.standsMs() >= OTHER_STANDS_MS);
        return all.stream()
                .filter(feed -> feed.server().equals(server) && feed.acd().equals(acd))
                .findFirst()
                .map(feed ->
                        new Reading(feed.connected(), feed.cursor(), feed.lagFrames(), feed.standsMs(), othersStand))
                .orElseGet(() -> relayed(server, acd));
    }

    /** A server whose leg the ACD has ended is not to blame for that: nothing can be said of it then. */
    private Reading relayed(String server, String acd) {
        return acds.stream()
                .filter(each -> each.config().name().equals(acd))
                .flatMap(each -> RelayPicture.legsOf(List.of(each), server))
                .filter(leg -> leg.isUp() || !leg.ofAcd())
                .findFirst()
                .map(leg -> new Reading(leg.isUp(), 0, 0, 0, false))
                .orElse(null);
    }
}
