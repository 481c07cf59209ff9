package org.tandemgw.gateway;

import java.util.List;
import java.util.stream.Stream;
import org.tandemgw.gateway.leg.LegState;
import org.tandemgw.gateway.relay.RelayIntake;
import org.tandemgw.gateway.relay.RelayLegStatus;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.Relayed;

/** Legs that are passed through, as the status shows them: as legs of their ACD, and as feeds of their servers. Any thread. */
final class RelayPicture {
    private RelayPicture() {}

    static List<GatewayStatus.Leg> legs(RelayIntake relay) {
        return List.of(leg(relay.leg(1)), leg(relay.leg(2)));
    }

    private static GatewayStatus.Leg leg(RelayLegStatus leg) {
        return new GatewayStatus.Leg(
                leg.leg(),
                state(leg.state()),
                leg.acdPeer(),
                leg.fromAcd().chunks(),
                0,
                0,
                0,
                leg.fromAcd().silenceMs(),
                Math.max(0, leg.sessions() - 1),
                0,
                leg.why().isEmpty() ? null : leg.why(),
                leg.failures(),
                leg.replaced(),
                leg.refused(),
                0,
                0,
                0,
                0,
                0,
                new Relayed(
                        leg.server(),
                        leg.serverPeer(),
                        flow(leg.fromAcd()),
                        flow(leg.toAcd()),
                        leg.undeliveredBytes(),
                        leg.unrecordedBytes()));
    }

    private static Relayed.Flow flow(RelayLegStatus.Flow flow) {
        return new Relayed.Flow(
                flow.bytes(),
                flow.chunks(),
                flow.largest(),
                flow.minuteBytes(),
                flow.minuteChunks(),
                flow.silenceMs(),
                flow.stalledMs());
    }

    private static org.tandemgw.gateway.status.LegState state(LegState state) {
        return switch (state) {
            case DOWN, PAUSED, LOGIN -> org.tandemgw.gateway.status.LegState.DOWN;
            case CONNECTING -> org.tandemgw.gateway.status.LegState.CONNECTING;
            case BUSIED_OUT -> org.tandemgw.gateway.status.LegState.BUSIED_OUT;
            case UP -> org.tandemgw.gateway.status.LegState.UP;
        };
    }

    /** Nothing is held for such a server, and it has no cursor: either bytes pass, or they do not. */
    static List<GatewayStatus.Feed> feeds(List<AcdParts> acds, String server) {
        return acds.stream()
                .flatMap(acd -> legsOf(List.of(acd), server)
                        .map(leg -> feed(acd.config().name(), leg)))
                .toList();
    }

    private static GatewayStatus.Feed feed(String acd, RelayLegStatus leg) {
        return new GatewayStatus.Feed(
                acd,
                "relay",
                leg.isUp(),
                leg.isUp() ? leg.serverPeer() : null,
                0,
                "none",
                0,
                0,
                null,
                0,
                leg.fromAcd().stalledMs(),
                leg.isUp() ? "atParity" : "away",
                leg.isUp() ? 0L : null,
                0,
                leg.refused(),
                0,
                0,
                null,
                leg.isUp() ? null : leg.why());
    }

    /** Those that are this server's. */
    static Stream<RelayLegStatus> legsOf(List<AcdParts> acds, String server) {
        return acds.stream()
                .flatMap(acd -> acd.relaying().stream())
                .flatMap(relay -> Stream.of(relay.leg(1), relay.leg(2)))
                .filter(leg -> leg.server().equals(server));
    }
}
