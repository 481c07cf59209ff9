package org.tandemgw.gateway.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandemgw.gateway.config.ProbeConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SipTarget;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * A place in the network that is looked at for the diagnosis. Immutable.
 *
 * @param host as the configuration has it
 * @param port what is connected to where ICMP may not be sent
 */
public record NetworkTarget(String host, int port) {
    /** Echo. Hardly anything listens there, which is as good: the refusal is an answer. */
    static final int ECHO = 7;

    /** All of a site, each host once. */
    public static List<NetworkTarget> of(SiteConfiguration site) {
        final Map<String, NetworkTarget> all = new LinkedHashMap<>();
        // Machines first: of those a port is known that firewalls let us to.
        site.servers().forEach(server -> machine(server).ifPresent(each -> all.putIfAbsent(each.host(), each)));
        site.network().gateways().forEach(host -> all.putIfAbsent(host, new NetworkTarget(host, ECHO)));
        site.network().netTest().values().forEach(host -> all.putIfAbsent(host, new NetworkTarget(host, ECHO)));
        return new ArrayList<>(all.values());
    }

    /** The machine of a server: that of its first icmp probe, else of the first probe that has an address. */
    public static Optional<NetworkTarget> machine(ServerConfig server) {
        final List<HostPort> addresses =
                server.probes().stream().flatMap(each -> tcp(each).stream()).toList();
        final Optional<String> pinged = server.probes().stream()
                .filter(each -> each.kind() == ProbeConfig.Kind.ICMP)
                .map(ProbeConfig::target)
                .findFirst();
        final Optional<String> host = pinged.or(() -> server.probes().stream()
                .flatMap(each -> address(each).stream())
                .map(HostPort::host)
                .findFirst());
        return host.map(name -> new NetworkTarget(
                name,
                addresses.stream()
                        .filter(each -> each.host().equals(name))
                        .map(HostPort::port)
                        .findFirst()
                        .orElse(ECHO)));
    }

    private static Optional<HostPort> tcp(ProbeConfig probe) {
        return switch (probe.kind()) {
            case TCP, HTTP -> address(probe);
            case SIP -> SipTarget.parse(probe.target()).tcp() ? address(probe) : Optional.empty();
            case ICMP, SNMP, FEED, EXEC -> Optional.empty();
        };
    }

    private static Optional<HostPort> address(ProbeConfig probe) {
        return switch (probe.kind()) {
            case TCP, SNMP -> Optional.of(HostPort.parse(probe.target()));
            case HTTP -> Optional.of(HttpLooker.address(probe.target()));
            case SIP -> Optional.of(SipTarget.parse(probe.target()).address());
            case ICMP, FEED, EXEC -> Optional.empty();
        };
    }
}
