package org.tandemgw.gateway.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.sim.SimSense;
import org.tandemgw.gateway.switchover.sim.SimSite;

/**
 * One change of a file that may help.
 *
 * @param key where
 * @param text what to write there, and what it is now
 * @param site what comes of it
 */
record Remedy(String key, String text, SimSite site) {
    private static final String FAILURES = "servers[].probes[].failures";
    private static final String RECONNECT = "switchover.reconnect";

    /** Changes that make Tandem slower to act, the smallest first. */
    static List<Remedy> patience(SimSite site) {
        final SwitchoverRules rules = site.rules();
        final List<Remedy> all = new ArrayList<>();
        for (final long ms : new long[] {2_000, 5_000, 10_000, 30_000}) {
            if (rules.reconnectMs() < ms) {
                all.add(reconnect(site, ms));
            }
        }
        for (final int failures : new int[] {2, 3, 5}) {
            if (least(rules) < failures) {
                all.add(new Remedy(
                        FAILURES,
                        "failures: " + failures + " (is " + least(rules) + ")",
                        site.with(Changed.probes(rules, each -> failures(each, Math.max(failures, each.failures()))))));
            }
        }
        if (rules.servers().stream()
                .flatMap(each -> each.probes().stream())
                .anyMatch(each -> !each.secondPath() && !each.machine())) {
            all.add(new Remedy(
                    "servers[].probes[].second-path",
                    "second-path: another address of the same service, over another network",
                    site.with(Changed.probes(rules, each -> secondPath(each)))));
        }
        if (rules.gateways().isEmpty()) {
            all.add(new Remedy(
                    "network.gateways",
                    "gateways: the routers next to Tandem",
                    site.with(Changed.gateways(rules, List.of("gateway-1")))));
        }
        final RestartRules restarts = rules.restarts();
        if (Math.min(restarts.sequential(), restarts.inPeriod()) < 2) {
            all.add(new Remedy(
                    "switchover.restarts",
                    "restarts: { sequential: 2, in-period: 2 } (are " + restarts.sequential() + " and "
                            + restarts.inPeriod() + ")",
                    site.with(Changed.restarts(rules, new RestartRules(2, 2, restarts.periodMs())))));
        }
        return all;
    }

    /** Changes that make Tandem see more, or act sooner; the most telling first. */
    static List<Remedy> attention(SimSite site) {
        final SwitchoverRules rules = site.rules();
        final List<Remedy> all = new ArrayList<>();
        if (rules.servers().stream().anyMatch(each -> each.probes().isEmpty())) {
            final ProbeRules probe = new ProbeRules("app", 1_000, 500, 3, 200, false, false);
            all.add(new Remedy(
                    "servers[].probes",
                    "probes: at least one of the service, such as  { name: app, http: \"http://HOST:PORT/\" }",
                    told(site.with(Changed.servers(
                            rules, each -> each.probes().isEmpty() ? Changed.probes(each, List.of(probe)) : each)))));
        }
        if (site.senses().values().stream().anyMatch(each -> !each.seesHangs())) {
            all.add(new Remedy(
                    "servers[].probes",
                    "an http, sip or exec probe beside tcp: a connect succeeds while the process hangs",
                    site.withSenses(asked(site.senses()))));
        }
        if (rules.servers().stream().anyMatch(each -> each.probes().stream().allMatch(ProbeRules::machine))) {
            all.add(new Remedy(
                    "servers[].probes",
                    "a probe of the service (http, sip, tcp, exec) beside icmp: an echo says nothing of the service",
                    told(site.with(Changed.servers(rules, Remedy::withService)))));
        }
        if (rules.unreachablePings() < 0) {
            all.add(new Remedy(
                    "switchover.unreachable.pings",
                    "pings: 3 (is -1: never while merely unreachable), or network.net-test",
                    site.with(Changed.unreachable(rules, 3, rules.unreachableEveryMs()))));
        }
        if (rules.servers().stream().anyMatch(each -> each.netTest() == null)) {
            all.add(new Remedy(
                    "network.net-test",
                    "net-test: a neighbour of each server, which tells a dead machine from a cut network",
                    site.with(Changed.servers(rules, Remedy::withNetTest))));
        }
        if (rules.gateways().isEmpty()) {
            all.add(new Remedy(
                    "network.gateways",
                    "gateways: the routers next to Tandem, which prove that it is not Tandem's own network",
                    site.with(Changed.gateways(rules, List.of("gateway-1")))));
        }
        return all;
    }

    /** Changes that make Tandem act sooner. */
    static List<Remedy> haste(SimSite site) {
        final SwitchoverRules rules = site.rules();
        final List<Remedy> all = new ArrayList<>(attention(site));
        final long sum = Math.max(0, rules.unreachablePings()) * rules.unreachableEveryMs();
        if (sum > 30_000) {
            all.add(new Remedy(
                    "switchover.unreachable",
                    "unreachable: { pings: 3, every: 10s } (are " + rules.unreachablePings() + " and "
                            + Words.took(rules.unreachableEveryMs()) + ")",
                    site.with(Changed.unreachable(rules, 3, 10_000))));
        }
        for (final long ms : new long[] {10_000, 5_000}) {
            if (rules.reconnectMs() > ms) {
                all.add(reconnect(site, ms));
            }
        }
        if (rules.servers().stream()
                .flatMap(each -> each.probes().stream())
                .anyMatch(each -> each.failures() > 3 || each.everyMs() > 2_000 || each.timeoutMs() > 1_000)) {
            all.add(new Remedy(
                    "servers[].probes[]",
                    "every: 1s, timeout: 500ms, failures: 3, retry: 200ms",
                    site.with(Changed.probes(
                            rules,
                            each -> new ProbeRules(
                                    each.name(), 1_000, 500, 3, 200, each.secondPath(), each.machine())))));
        }
        return all;
    }

    private static Remedy reconnect(SimSite site, long ms) {
        final SwitchoverRules rules = site.rules();
        return new Remedy(
                RECONNECT,
                "reconnect: " + Words.took(ms) + " (is " + Words.took(rules.reconnectMs()) + ")",
                site.with(Changed.reconnect(rules, ms)));
    }

    /** Probes that are new are answered by the service itself. */
    private static SimSite told(SimSite site) {
        final Map<String, SimSense> senses = new HashMap<>(site.senses());
        site.rules().servers().forEach(server -> server.probes()
                .forEach(probe -> senses.putIfAbsent(server.name() + "/" + probe.name(), SimSense.ASKED)));
        return site.withSenses(senses);
    }

    private static int least(SwitchoverRules rules) {
        return rules.servers().stream()
                .flatMap(each -> each.probes().stream())
                .mapToInt(ProbeRules::failures)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private static ProbeRules failures(ProbeRules probe, int failures) {
        return new ProbeRules(
                probe.name(),
                probe.everyMs(),
                probe.timeoutMs(),
                failures,
                probe.retryMs(),
                probe.secondPath(),
                probe.machine());
    }

    private static ProbeRules secondPath(ProbeRules probe) {
        return new ProbeRules(
                probe.name(),
                probe.everyMs(),
                probe.timeoutMs(),
                probe.failures(),
                probe.retryMs(),
                !probe.machine(),
                probe.machine());
    }

    private static ServerRules withService(ServerRules server) {
        final List<ProbeRules> probes = new ArrayList<>(server.probes());
        if (probes.stream().allMatch(ProbeRules::machine)) {
            probes.add(new ProbeRules("simulated", 1_000, 500, 3, 200, false, false));
        }
        return Changed.probes(server, probes);
    }

    private static ServerRules withNetTest(ServerRules server) {
        return new ServerRules(
                server.name(),
                server.probes(),
                server.promoteMs(),
                server.demoteMs(),
                server.release(),
                server.netTest() == null ? "neighbour of " + server.name() : server.netTest(),
                server.machine());
    }

    private static Map<String, SimSense> asked(Map<String, SimSense> senses) {
        final Map<String, SimSense> changed = new HashMap<>(senses);
        final UnaryOperator<SimSense> all = each -> each.seesHangs() ? each : SimSense.ASKED;
        changed.replaceAll((probe, sense) -> all.apply(sense));
        return changed;
    }
}
