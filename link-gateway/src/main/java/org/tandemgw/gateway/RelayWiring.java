package org.tandemgw.gateway;

import java.util.List;
import java.util.stream.Stream;
import org.tandemgw.gateway.config.AcdConfig;
import org.tandemgw.gateway.config.FeedConfig;
import org.tandemgw.gateway.config.LegConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.relay.RelaySettings;
import org.tandemgw.profiles.yaml.HostPort;

/** From what the configuration says of legs that are passed through to the settings of the relay. No decisions of its own. */
final class RelayWiring {
    private RelayWiring() {}

    static List<RelaySettings> legs(SiteConfiguration site, AcdConfig acd) {
        return acd.legs().stream().map(leg -> leg(site, acd, leg)).toList();
    }

    private static RelaySettings leg(SiteConfiguration site, AcdConfig acd, LegConfig leg) {
        for (final ServerConfig server : site.servers()) {
            for (final FeedConfig.Relay feed : of(server).toList()) {
                if (feed.acd().equals(acd.name()) && feed.leg() == leg.number()) {
                    return new RelaySettings(
                            leg.number(),
                            server.name(),
                            feed.listen().toSocketAddress(),
                            from -> feed.allow().isEmpty()
                                    || feed.allow().stream().anyMatch(block -> block.contains(from)),
                            leg.connect().map(HostPort::toSocketAddress).orElseThrow(),
                            leg.bind().map(Wiring::address).orElse(null),
                            RelaySettings.Times.DEFAULT);
                }
            }
        }
        throw new IllegalStateException("the configuration was checked, and yet: nobody has leg " + leg.number());
    }

    /** The legs that a server has. */
    static Stream<FeedConfig.Relay> of(ServerConfig server) {
        return server.feeds().stream()
                .filter(FeedConfig.Relay.class::isInstance)
                .map(FeedConfig.Relay.class::cast);
    }
}
