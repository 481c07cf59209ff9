package org.tandemgw.gateway.snmp;

import static org.tandemgw.gateway.snmp.MibMap.index;
import static org.tandemgw.gateway.snmp.MibValues.counter;
import static org.tandemgw.gateway.snmp.MibValues.counter64;
import static org.tandemgw.gateway.snmp.MibValues.gauge;
import static org.tandemgw.gateway.snmp.MibValues.integer;
import static org.tandemgw.gateway.snmp.MibValues.mode;
import static org.tandemgw.gateway.snmp.MibValues.orMinusOne;
import static org.tandemgw.gateway.snmp.MibValues.position;
import static org.tandemgw.gateway.snmp.MibValues.text;
import static org.tandemgw.gateway.snmp.MibValues.time;
import static org.tandemgw.gateway.snmp.MibValues.truth;
import static org.tandemgw.gateway.snmp.MibValues.unsigned;
import static org.tandemgw.gateway.snmp.MibValues.word;

import org.snmp4j.smi.Variable;
import org.tandemgw.gateway.status.GatewayStatus;

/** The groups {@code tandemSite}, {@code tandemLinks}, {@code tandemServers} and {@code tandemTrunks}: a picture of the gateway as objects. Pure. */
final class MibSite {
    private static final int SITE = 1;
    private static final int LINKS = 2;
    private static final int SERVERS = 3;
    private static final int TRUNKS = 4;

    private MibSite() {}

    static void fill(MibMap map, GatewayStatus status, LastSwitch lastSwitch) {
        map.scalars(
                SITE,
                1,
                text(status.site()),
                text(status.version()),
                time(status.upSince()),
                time(status.at()),
                word(status.state()),
                truth(status.protected_()),
                text(String.join("; ", status.because())),
                text(status.next()),
                mode(status.mode()),
                mode(status.modeFile()),
                mode(status.modeOperator()),
                text(status.active()),
                unsigned(status.epoch()),
                unsigned(status.decision()),
                time(lastSwitch.at()),
                text(lastSwitch.reason()),
                gauge((status.holdDownLeftMs() + 999) / 1000),
                orMinusOne(status.calls().inFlight()),
                orMinusOne(status.calls().recovered()),
                orMinusOne(status.calls().cut()),
                word(status.disk().state()),
                gauge(status.disk().freeBytes() >> 20),
                gauge(status.disk().journalBytes() >> 20),
                text(status.phase()),
                orMinusOne(status.calls().waiting()),
                orMinusOne(status.calls().agents()),
                truth(status.calls().sure()),
                text(status.disk().why()));
        MibPlans.fill(map, status);
        status.acds().forEach(acd -> acd(map, acd));
        status.servers().forEach(server -> server(map, server));
        status.switches().forEach(each -> trunkSwitch(map, each));
    }

    private static void acd(MibMap map, GatewayStatus.Acd acd) {
        map.row(
                LINKS,
                1,
                index(acd.name()),
                2,
                text(acd.profile()),
                text(acd.mode()),
                truth(acd.paused()),
                unsigned(acd.generation()),
                counter64(acd.sequence()),
                counter64(acd.synced()),
                counter64(acd.oldest()),
                counter(acd.gaps()),
                counter(acd.discontinuities()));
        for (final GatewayStatus.Leg leg : acd.legs()) {
            map.row(
                    LINKS,
                    2,
                    index(acd.name(), leg.leg()),
                    2,
                    word(leg.state()),
                    text(leg.peer()),
                    text(leg.why()),
                    counter64(leg.first()),
                    counter64(leg.confirmed()),
                    gauge(leg.owed()),
                    gauge(leg.lagMs()),
                    gauge(leg.silenceMs() == null ? 0 : leg.silenceMs()),
                    counter(leg.reconnects()),
                    counter(leg.badFrames()),
                    counter(leg.failedAttempts()),
                    counter(leg.refused()),
                    counter64(
                            leg.relayed() == null ? 0 : leg.relayed().fromAcd().bytes()),
                    counter64(leg.relayed() == null ? 0 : leg.relayed().toAcd().bytes()));
        }
    }

    private static void server(MibMap map, GatewayStatus.Server server) {
        map.row(
                SERVERS,
                1,
                index(server.name()),
                2,
                word(server.role()),
                word(server.health()),
                gauge(server.feeds().stream()
                        .filter(GatewayStatus.Feed::connected)
                        .count()),
                gauge(server.feeds().size()));
        for (final GatewayStatus.Probe probe : server.probes()) {
            map.row(
                    SERVERS,
                    2,
                    index(server.name(), probe.name()),
                    2,
                    word(probe.health()),
                    gauge(probe.failures()),
                    text(probe.said()),
                    time(probe.at()),
                    gauge(probe.lastMs() == null ? 0 : Math.round(probe.lastMs() * 1000)));
        }
        for (final GatewayStatus.Feed feed : server.feeds()) {
            map.row(
                    SERVERS,
                    3,
                    index(server.name(), feed.acd()),
                    1,
                    text(feed.kind()),
                    truth(feed.connected()),
                    text(feed.peer()),
                    counter64(feed.cursor()),
                    text(feed.cursorKind()),
                    counter64(feed.sent()),
                    gauge(feed.lagFrames()),
                    gauge(feed.lagMs()),
                    text(feed.parity()),
                    integer(feed.parityMs() == null ? -1 : (feed.parityMs() + 999) / 1000),
                    counter(feed.rejectedLogins()),
                    counter(feed.badPackets()),
                    text(feed.lastRefusal()));
        }
    }

    private static void trunkSwitch(MibMap map, GatewayStatus.TrunkSwitch each) {
        map.row(
                TRUNKS,
                1,
                index(each.name()),
                2,
                position(each.position()),
                text(each.leadsTo()),
                truth(each.reachable()),
                text(each.reachWhy()),
                text(each.boxProfile()),
                text(each.path()),
                truth(each.movedWithoutUs()),
                truth(each.monitorOnly()),
                unsigned(each.lastEpoch()),
                age(each.ageMs()));
        for (final GatewayStatus.Card card : each.cards()) {
            map.row(
                    TRUNKS,
                    2,
                    index(each.name(), card.card()),
                    2,
                    position(card.position()),
                    text(card.position()),
                    text(card.leadsTo()),
                    text(card.lastOutcome()),
                    truth(card.movedWithoutUs()),
                    age(card.ageMs()));
        }
    }

    private static Variable age(Long ms) {
        return orMinusOne(ms == null ? null : Long.valueOf(ms / 1000));
    }
}
