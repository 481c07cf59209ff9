package org.tandemgw.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tandemgw.profiles.yaml.HostPort;

/** The connections that a firewall must let through, from the configuration alone. */
final class FirewallRows {

    private static final String US = "tandem";
    private static final String LATER = " (not used in this version)";

    private final SiteConfiguration site;
    private final List<List<Object>> rows = new ArrayList<>();

    FirewallRows(SiteConfiguration site) {
        this.site = site;
    }

    Table table() {
        site.acds().forEach(this::legs);
        site.servers().forEach(this::feeds);
        site.servers().forEach(this::probes);
        network();
        site.switches().forEach(this::trunkSwitch);
        operations();
        return new Table(
                "firewall",
                "Firewall",
                List.of("from", "to", "port", "what"),
                rows,
                US + " stands for whatever local address the route gives");
    }

    private void legs(AcdConfig acd) {
        for (LegConfig leg : acd.legs()) {
            String what = acd.name() + " leg " + leg.number();
            leg.connect().ifPresent(to -> outwards(leg.bind().orElse(US), to, "tcp", what));
            String from = leg.allow().stream().map(Cidr::toString).collect(Collectors.joining(" "));
            leg.listen().ifPresent(at -> inwards(from.isEmpty() ? "any" : from, at, "tcp", what));
        }
    }

    private void feeds(ServerConfig server) {
        for (FeedConfig feed : server.feeds()) {
            String what = "feed of " + String.join(" ", feed.acds());
            if (feed instanceof FeedConfig.SoupBinTcp soup) {
                inwards(
                        server.name(),
                        soup.listen(),
                        "tcp",
                        what + (site.observers().isEmpty() ? "" : ", observers"));
            } else if (feed instanceof FeedConfig.Native played) {
                if (played.dial()) {
                    outwards(US, played.address(), "tcp", what + " to " + server.name());
                } else {
                    inwards(
                            server.name(),
                            played.address(),
                            "tcp",
                            what + (site.observers().isEmpty() ? "" : ", observers"));
                }
            } else if (feed instanceof FeedConfig.Relay relay) {
                String from = relay.allow().stream().map(Cidr::toString).collect(Collectors.joining(" "));
                inwards(
                        from.isEmpty() ? server.name() : from,
                        relay.listen(),
                        "tcp",
                        relay.acd() + " leg " + relay.leg() + ", passed through to " + server.name());
            }
        }
    }

    private void probes(ServerConfig server) {
        for (ProbeConfig probe : server.probes()) {
            String what = "probe " + server.name() + "/" + probe.name();
            probe(probe, probe.target(), what);
            probe.secondPath().ifPresent(to -> secondPath(probe, to, what + ", second path"));
        }
        server.promote().ifPresent(action -> post(action, "promote of " + server.name()));
        server.demote().ifPresent(action -> post(action, "demote of " + server.name()));
    }

    private void probe(ProbeConfig probe, String target, String what) {
        switch (probe.kind()) {
            case TCP -> outwards(US, HostPort.parse(target), "tcp", what);
            case SNMP -> outwards(US, HostPort.parse(target), "udp", what);
            case SIP -> {
                SipTarget asked = SipTarget.parse(target);
                outwards(US, asked.address(), asked.tcp() ? "tcp" : "udp", what);
            }
            case ICMP -> add(US, target, "icmp", what);
            case HTTP -> url(target, what);
            case FEED, EXEC -> {
                // Neither opens a connection that we know of.
            }
        }
    }

    private void secondPath(ProbeConfig probe, HostPort to, String what) {
        switch (probe.kind()) {
            case HTTP -> outwards(US, to, "tcp", what);
            case ICMP -> probe(probe, to.host(), what);
            default -> probe(probe, probe.target().replaceFirst("^[^;]*", to.toString()), what);
        }
    }

    private void post(ActionConfig action, String what) {
        if (action.kind() == ActionConfig.Kind.POST) {
            url(action.target(), what);
        }
    }

    private void trunkSwitch(SwitchConfig config) {
        String what = "trunk switch " + config.name();
        config.tcp().ifPresent(to -> outwards(US, to, "tcp", what));
        config.snmp().ifPresent(agent -> outwards(US, agent.target(), "udp", what));
    }

    /** ICMP is what should be let through; the port is for a process that may not send it. */
    private void network() {
        for (NetworkTarget target : NetworkTarget.of(site)) {
            add(US, target.host(), "icmp", target.what());
            add(US, target.host(), target.port() + "/tcp", target.what() + ", only where tandem may not send ICMP");
        }
    }

    private void operations() {
        site.snmp().ifPresent(snmp -> {
            inwards("managers", snmp.listen(), "udp", "SNMP");
            snmp.managers().forEach(m -> outwards(US, m.target(), "udp", "SNMP notifications"));
        });
        site.metrics().ifPresent(at -> inwards("Prometheus", at, "tcp", "metrics"));
        site.panel().ifPresent(panel -> inwards("operators", panel.listen(), "tcp", "panel" + LATER));
        for (NotifyConfig notifier : site.notifiers()) {
            switch (notifier.kind()) {
                case SYSLOG_UDP -> outwards(US, HostPort.parse(notifier.target()), "udp", "syslog");
                case SYSLOG_TCP -> outwards(US, HostPort.parse(notifier.target()), "tcp", "syslog");
                case WEBHOOK -> url(notifier.target(), "webhook");
            }
        }
        for (ActionConfig hook : site.switchover().hooks()) {
            if (hook.kind() == ActionConfig.Kind.POST) {
                url(hook.target(), "hook");
            }
        }
    }

    private void url(String url, String what) {
        outwards(US, UrlAddress.of(url), "tcp", what);
    }

    private void inwards(String from, HostPort at, String transport, String what) {
        add(from, at.host(), at.port() + "/" + transport, what);
    }

    private void outwards(String from, HostPort to, String transport, String what) {
        add(from, to.host(), to.port() + "/" + transport, what);
    }

    private void add(String from, String to, String port, String what) {
        rows.add(List.of(from, to, port, what));
    }
}
