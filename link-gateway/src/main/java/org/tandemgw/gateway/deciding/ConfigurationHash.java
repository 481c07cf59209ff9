package org.tandemgw.gateway.deciding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.tandemgw.gateway.config.AcdConfig;
import org.tandemgw.gateway.config.ActionConfig;
import org.tandemgw.gateway.config.FeedConfig;
import org.tandemgw.gateway.config.LegConfig;
import org.tandemgw.gateway.config.ProbeConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.config.SwitchoverConfig;

/**
 * What a passed live check stands for, as sixteen hex digits: everything of the configuration by which something is reached or
 * moved. The mode is left out, so that a site may be checked before it is set to {@code auto}; so are secrets, hooks, retention and
 * whatever else moves nothing. Pure; the same on every machine.
 */
public final class ConfigurationHash {
    private static final int DIGITS = 16;

    private ConfigurationHash() {}

    /** Of this configuration. */
    public static String of(SiteConfiguration site) {
        try {
            final byte[] text = String.join("\n", lines(site)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static List<String> lines(SiteConfiguration site) {
        final List<String> lines = new ArrayList<>();
        lines.add(line("site", site.site()));
        for (final AcdConfig acd : site.acds()) {
            lines.add(line("acd", acd.name(), acd.profile().name(), acd.mode(), acd.silence()));
            if (!acd.devices().isEmpty()) {
                lines.add(line("devices", acd.devices()));
            }
            for (final LegConfig leg : acd.legs()) {
                lines.add(line("leg", leg.number(), leg.connect(), leg.listen(), leg.bind()));
                marked("leg", leg.dscp(), lines);
            }
        }
        site.servers().forEach(server -> server(server, lines));
        site.switches().forEach(each -> trunkSwitch(each, lines));
        lines.add(line("gateways", site.network().gateways()));
        lines.add(line("net-test", site.network().netTest()));
        final SwitchoverConfig rules = site.switchover();
        lines.add(line(
                "switchover",
                rules.fence(),
                rules.reconnect(),
                rules.unreachable().pings(),
                rules.unreachable().every(),
                rules.restarts().sequential(),
                rules.restarts().inPeriod(),
                rules.restarts().period(),
                rules.releaseSkew()));
        return lines;
    }

    private static void server(ServerConfig server, List<String> lines) {
        lines.add(line(
                "server",
                server.name(),
                server.profile().name(),
                server.profile().release(),
                action(server.promote().orElse(null)),
                action(server.demote().orElse(null))));
        for (final FeedConfig feed : server.feeds()) {
            lines.add(line(
                    "feed",
                    feed.getClass().getSimpleName(),
                    feed.acds(),
                    feed instanceof FeedConfig.SoupBinTcp soup ? soup.listen() : "",
                    feed instanceof FeedConfig.Native played
                            ? played.address() + (played.dial() ? " dialled" : "")
                            : "",
                    feed instanceof FeedConfig.Relay relay
                            ? relay.listen() + " " + relay.leg() + " " + relay.allow()
                            : ""));
            marked(
                    "feed",
                    feed instanceof FeedConfig.SoupBinTcp soup
                            ? soup.dscp()
                            : feed instanceof FeedConfig.Native played ? played.dscp() : 0,
                    lines);
        }
        for (final ProbeConfig probe : server.probes()) {
            lines.add(line(
                    "probe",
                    probe.name(),
                    probe.kind(),
                    probe.target(),
                    probe.every(),
                    probe.timeout(),
                    probe.failures(),
                    probe.retry(),
                    probe.secondPath(),
                    probe.hold(),
                    probe.oid()));
            marked("probe", probe.dscp(), lines);
        }
    }

    private static void trunkSwitch(SwitchConfig each, List<String> lines) {
        lines.add(line(
                "switch",
                each.name(),
                each.profile().about().text(),
                each.tcp(),
                each.serial(),
                each.snmp().map(agent -> agent.target() + " " + agent.version()),
                each.confirmed(),
                each.cards(),
                each.positionA(),
                each.positionB(),
                each.dwell(),
                each.onPartial()));
        marked("switch", each.dscp(), lines);
    }

    /** Whoever marks nothing has the hash that he had before there were marks. */
    private static void marked(String what, int dscp, List<String> lines) {
        if (dscp != 0) {
            lines.add(line("dscp of " + what, dscp));
        }
    }

    private static String action(ActionConfig action) {
        return action == null ? "" : action.kind() + " " + action.target() + " " + action.timeout();
    }

    /** Lengths first: or two lists of values could read the same. */
    private static String line(Object... values) {
        final StringBuilder line = new StringBuilder();
        for (final Object value : values) {
            final String text = String.valueOf(value);
            line.append(text.length()).append(':').append(text).append(' ');
        }
        return line.toString();
    }
}
