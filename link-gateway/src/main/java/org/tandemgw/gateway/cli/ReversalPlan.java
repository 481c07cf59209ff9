package org.tandemgw.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.config.SwitchoverConfig;
import org.tandemgw.gateway.control.SwitchAnswer;
import org.tandemgw.gateway.status.GatewayStatus;

/** What somebody is told before the roles are exchanged: everything that it touches. Pure. */
final class ReversalPlan {
    private ReversalPlan() {}

    /** @param would what a dry run of the switchover said; null: that is done already */
    static List<String> lines(
            SiteConfiguration site,
            GatewayStatus status,
            String initial,
            String to,
            ReversalNote note,
            SwitchAnswer would) {
        final List<String> lines = new ArrayList<>();
        if (note != null) {
            lines.add("This goes on with the exchange that was begun at " + note.at() + ".");
        }
        lines.add("This affects service. " + status.active() + " is active, " + initial + " is initial; afterwards "
                + to + " is both.");
        lines.add(
                initial.equals(to)
                        ? "  file    " + site.file() + " says initial: " + to + " already"
                        : "  file    " + site.file() + ": initial: " + initial + " -> " + to
                                + ", nothing else; a copy with today's date stays beside it");
        if (would == null) {
            lines.add("  switch  " + to + " is active already");
        } else {
            final ServerConfig old = server(site, status.active());
            final ServerConfig next = server(site, to);
            lines.add("  switch  "
                    + (old.demote().isPresent() ? old.name() + " is told to stop (demote); " : "")
                    + (site.switches().isEmpty()
                            ? "no trunk switch; "
                            : String.join(
                                            ", ",
                                            site.switches().stream()
                                                    .map(SwitchConfig::name)
                                                    .toList()) + " moved to " + to + " and read back; ")
                    + (next.promote().isPresent() ? to + " is told to start (promote)" : "nobody is told to start"));
            final Integer calls = would.decision() == null || would.decision().calls() == null
                    ? null
                    : would.decision().calls().inFlight();
            lines.add("          calls on moved trunks are cut; "
                    + (calls == null ? "how many are up is not known" : calls + " are up"));
        }
        lines.add("  after   " + failBack(site, to));
        return lines;
    }

    private static String failBack(SiteConfiguration site, String to) {
        final SwitchoverConfig.FailBack rule = site.switchover().failBack();
        final String policy = rule.policy() == SwitchoverConfig.FailBack.Policy.WINDOW
                ? rule.window().orElse("")
                : rule.policy().name().toLowerCase(Locale.ROOT);
        return "fail-back (" + policy + ") means going back to whom an automatic switch left: from now on that is " + to
                + "; this exchange itself is never undone by it";
    }

    private static ServerConfig server(SiteConfiguration site, String name) {
        return site.servers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
