package org.tandemgw.gateway.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.control.NetworkPlace;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.Health;
import org.tandemgw.gateway.status.LegState;

/** What {@code check --live} finds in a picture of the running site. Pure. */
final class LiveCheck {
    /**
     * One thing that has to work before Tandem may switch by itself.
     *
     * @param passed null: not known yet, ask again
     * @param found what was found
     * @param remedy what to do; null where it passed
     */
    record Item(String name, Boolean passed, String found, String remedy) {}

    private final GatewayStatus status;
    private final List<NetworkPlace> network;
    private final Instant since;
    private final List<Item> items = new ArrayList<>();

    private LiveCheck(GatewayStatus status, List<NetworkPlace> network, Instant since) {
        this.network = network;
        this.status = status;
        this.since = since;
    }

    /** Only what was looked at after this time counts. */
    static List<Item> of(GatewayStatus status, List<NetworkPlace> network, Instant since) {
        return new LiveCheck(status, network, since).look();
    }

    private List<Item> look() {
        status.acds().forEach(acd -> acd.legs().forEach(leg -> leg(acd, leg)));
        status.servers().forEach(this::server);
        network.forEach(this::place);
        status.switches().forEach(this::trunkSwitch);
        return items;
    }

    /** An ACD that says nothing lets no leg find its place: that is no fault. */
    private void leg(GatewayStatus.Acd acd, GatewayStatus.Leg leg) {
        final boolean up = leg.state() == LegState.UP || leg.state() == LegState.HUNTING;
        add(
                "leg " + acd.name() + "/leg-" + leg.leg(),
                up,
                leg.state() + (leg.why() == null ? "" : ": " + leg.why()),
                leg.state() == LegState.BUSIED_OUT
                        ? "tandem leg release " + acd.name() + " " + leg.leg()
                        : "cable, address and service of the ACD: tandem alarms");
    }

    private void server(GatewayStatus.Server server) {
        for (final GatewayStatus.Feed feed : server.feeds()) {
            add(
                    "feed " + server.name() + "/" + feed.acd(),
                    feed.connected(),
                    feed.connected()
                            ? "connected"
                            : feed.lastRefusal() == null ? "not connected" : "not connected: " + feed.lastRefusal(),
                    feed.lastRefusal() == null
                            ? "start the client on " + server.name() + ", see docs/feeds.md"
                            : "have the client on " + server.name()
                                    + " ask for what it may have: the present session, from 1 or 0; see docs/feeds.md");
        }
        if (server.probes().isEmpty()) {
            add("probes of " + server.name(), false, "none", "give it probes in the file: nobody watches it");
        }
        for (final GatewayStatus.Probe probe : server.probes()) {
            final String name = "probe " + server.name() + "/" + probe.name();
            final String said = probe.said() == null ? probe.health().toString() : probe.said();
            if (probe.at() == null || probe.at().isBefore(since)) {
                items.add(new Item(name, null, "has not looked yet", "is the target's address right? tandem status"));
            } else {
                add(
                        name,
                        probe.health() == Health.UP && probe.failures() == 0,
                        probe.health() + ", " + said,
                        "the service on " + server.name() + ", or the probe's address in the file");
            }
        }
    }

    /** A gateway that never answers makes Tandem take itself for cut off, and a neighbour that never does a cut network of a dead machine. */
    private void place(NetworkPlace place) {
        final String name = place.what() + " " + place.host();
        if (place.at() == null || place.at().isBefore(since)) {
            items.add(new Item(name, null, "was not looked at yet", "is its address right? tandem status"));
        } else {
            add(
                    name,
                    place.reached(),
                    (place.reached() ? "answers, " : "does not answer: ") + place.said(),
                    "is it on, and does it answer ping? Else take it out of  network:  in the file, or name another");
        }
    }

    private void trunkSwitch(GatewayStatus.TrunkSwitch trunk) {
        if (!trunk.reachable()) {
            add(
                    "switch " + trunk.name(),
                    false,
                    trunk.reach() + (trunk.reachWhy() == null ? "" : ": " + trunk.reachWhy()),
                    "tandem trunks query " + trunk.name());
            return;
        }
        for (final GatewayStatus.Card card : trunk.cards()) {
            final String name = "switch " + trunk.name() + " card " + card.card();
            final boolean fresh = card.ageMs() != null
                    && !status.at().minus(Duration.ofMillis(card.ageMs())).isBefore(since);
            if (!fresh) {
                items.add(new Item(name, null, "was not read back yet", "tandem trunks query " + trunk.name()));
            } else {
                add(
                        name,
                        card.leadsTo() != null && !card.movedWithoutUs(),
                        "read back at " + card.position()
                                + (card.leadsTo() == null ? "" : ", which leads to " + card.leadsTo())
                                + (card.movedWithoutUs() ? ", moved without an order" : ""),
                        card.movedWithoutUs()
                                ? "tandem trunks adopt " + trunk.name()
                                : "tandem trunks select " + trunk.name() + " A|B");
            }
        }
    }

    private void add(String name, boolean passed, String found, String remedy) {
        items.add(new Item(name, passed, found, passed ? null : remedy));
    }
}
