package org.tandemgw.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * A place in the network that is looked at for the diagnosis: whether anything answers there.
 *
 * @param host as the file has it
 * @param port what is connected to where ICMP may not be sent
 * @param what it is, for people
 */
public record NetworkTarget(String host, int port, String what) {
    /** Echo. Hardly anything listens there, which is as good: the refusal is an answer. */
    private static final int ECHO = 7;

    /** All of a site, each host once. */
    public static List<NetworkTarget> of(SiteConfiguration site) {
        final Map<String, NetworkTarget> all = new LinkedHashMap<>();
        // Machines first: of those a port is known that a firewall lets us to.
        site.servers().forEach(server -> machine(server).ifPresent(each -> all.putIfAbsent(each.host, each)));
        site.network().gateways().forEach(host -> all.putIfAbsent(host, new NetworkTarget(host, ECHO, "gateway")));
        site.network()
                .netTest()
                .forEach((server, host) ->
                        all.putIfAbsent(host, new NetworkTarget(host, ECHO, "net-test of " + server)));
        return List.copyOf(all.values());
    }

    /** The machine of a server: that of its first icmp probe, else that of its first probe with an address. */
    public static Optional<NetworkTarget> machine(ServerConfig server) {
        final Optional<String> pinged = server.probes().stream()
                .filter(each -> each.kind() == ProbeConfig.Kind.ICMP)
                .map(ProbeConfig::target)
                .findFirst();
        final Optional<String> host = pinged.or(() -> server.probes().stream()
                .flatMap(each -> address(each).stream())
                .map(HostPort::host)
                .findFirst());
        return host.map(name -> new NetworkTarget(name, port(server, name), "machine of " + server.name()));
    }

    private static int port(ServerConfig server, String host) {
        return server.probes().stream()
                .filter(NetworkTarget::isTcp)
                .flatMap(each -> address(each).stream())
                .filter(each -> each.host().equals(host))
                .mapToInt(HostPort::port)
                .findFirst()
                .orElse(ECHO);
    }

    private static boolean isTcp(ProbeConfig probe) {
        return switch (probe.kind()) {
            case TCP, HTTP -> true;
            case SIP -> SipTarget.parse(probe.target()).tcp();
            case ICMP, SNMP, FEED, EXEC -> false;
        };
    }

    private static Optional<HostPort> address(ProbeConfig probe) {
        return switch (probe.kind()) {
            case TCP, SNMP -> Optional.of(HostPort.parse(probe.target()));
            case HTTP -> Optional.of(UrlAddress.of(probe.target()));
            case SIP -> Optional.of(SipTarget.parse(probe.target()).address());
            case ICMP, FEED, EXEC -> Optional.empty();
        };
    }
}
