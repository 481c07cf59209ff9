package org.tandemgw.gateway.probe;

import java.util.Map;
import java.util.Random;
import org.tandemgw.gateway.config.ProbeConfig;
import org.tandemgw.gateway.config.Secret;
import org.tandemgw.gateway.config.SipTarget;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.profiles.yaml.HostPort;

/** From what the file says of a probe to what looks. */
final class Lookers {
    private final Parts parts;
    private final String site;
    private final String server;

    /** What all of a site's lookers share. */
    record Parts(HostNames names, Helpers helpers, Clock clock, Random random, FeedFacts feeds, String icmpRefusal) {}

    Lookers(Parts parts, String site, String server) {
        this.parts = parts;
        this.site = site;
        this.server = server;
    }

    /** @param lost called when something shows between two looks that it is time to look */
    Looker main(ProbeConfig probe, Runnable lost) {
        if (probe.kind() == ProbeConfig.Kind.TCP && probe.hold()) {
            return marked(probe, new HeldTcpLooker(parts.names, HostPort.parse(probe.target()), parts.clock, lost));
        }
        return marked(probe, at(probe, null));
    }

    /** Null where there is none. */
    Looker second(ProbeConfig probe) {
        return probe.secondPath().map(path -> marked(probe, at(probe, path))).orElse(null);
    }

    private static Looker marked(ProbeConfig probe, Looker looker) {
        return probe.dscp() == 0 ? looker : new MarkedLooker(looker, probe.dscp());
    }

    private Looker at(ProbeConfig probe, HostPort instead) {
        final String target = probe.target();
        return switch (probe.kind()) {
            case TCP -> new TcpLooker(parts.names, address(target, instead));
            case ICMP ->
                new IcmpLooker(
                        parts.names,
                        parts.helpers,
                        parts.clock,
                        instead == null ? target : instead.host(),
                        parts.icmpRefusal);
            case HTTP -> new HttpLooker(parts.names, target, instead);
            case SIP -> {
                final SipTarget asked = SipTarget.parse(target);
                yield new SipLooker(
                        parts.names, instead == null ? asked : new SipTarget(instead, asked.tcp()), parts.random);
            }
            case SNMP ->
                new SnmpLooker(
                        parts.names,
                        address(target, instead),
                        probe.oid().orElseThrow(),
                        probe.community().map(Secret::value).orElseThrow(),
                        parts.random);
            case FEED -> new FeedLooker(parts.feeds, server, target);
            case EXEC ->
                new ExecLooker(
                        parts.helpers,
                        parts.clock,
                        target,
                        Map.of("TANDEM_SITE", site, "TANDEM_SERVER", server, "TANDEM_PROBE", probe.name()));
        };
    }

    private static HostPort address(String target, HostPort instead) {
        return instead == null ? HostPort.parse(target) : instead;
    }
}
