package org.tandemgw.gateway.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.config.NetworkTarget;
import org.tandemgw.gateway.config.ProbeConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchoverConfig;
import org.tandemgw.gateway.deciding.Rules;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.sim.SimPace;
import org.tandemgw.gateway.switchover.sim.SimSense;
import org.tandemgw.gateway.switchover.sim.SimSite;

/**
 * The user's site as it is simulated: what his file says, and what had to be assumed because no file says it. Pure.
 *
 * @param assumed in sentences, for him to judge
 */
public record SiteOfFile(SimSite site, List<String> assumed) {
    /** Copies the list. */
    public SiteOfFile {
        assumed = List.copyOf(assumed);
    }

    /** @param wanted how long things take that the file does not say */
    public static SiteOfFile of(SiteConfiguration file, SimPace wanted) {
        final SimPace pace = pace(file, wanted);
        final List<String> assumed = new ArrayList<>();
        final SwitchoverRules written = Rules.of(file, false);
        if (file.switchover().mode() != SwitchoverConfig.Mode.AUTO) {
            assumed.add("mode auto, and a passed check --live: the file says mode " + written.mode()
                    + ", in which Tandem never switches by itself");
        }
        assumed.add("each server is the active one before half of the faults");
        final SwitchoverRules rules = Changed.auto(written);
        final int nets = nets(file);
        final List<Integer> mainNet =
                file.servers().stream().map(each -> net(each, file, nets)).toList();
        final boolean carry = !rules.gateways().isEmpty()
                && file.servers().stream().noneMatch(each -> besideAGateway(each, rules.gateways()));
        assumed.add(
                nets == 1
                        ? "Tandem is on one network, and so are both servers"
                        : "Tandem is on two networks; main path, machine and net-test neighbour of "
                                + file.servers().get(0).name() + " are on network " + (mainNet.get(0) + 1) + ", of "
                                + file.servers().get(1).name() + " on network " + (mainNet.get(1) + 1)
                                + "; what is second-path is on the other");
        final SimSite site = new SimSite(rules, nets, carry, mainNet, senses(file), pace);
        if (site.oneMachine()) {
            assumed.add(
                    "both servers are on one machine, for both are probed at "
                            + rules.servers().get(0).machine()
                            + ": its power and every path to it are lost for both at once, and no switchover helps against that");
        }
        if (carry) {
            assumed.add("the way to the servers leads through the gateways: their addresses begin with other numbers");
        }
        if (pace.stepMs() < 0) {
            assumed.add("promote and demote succeed after 20 to 600 ms (--promote-takes)");
        }
        if (!rules.switches().isEmpty() && wanted.cardMs() < 0) {
            assumed.add("a card of a trunk switch is moved and read back in " + Words.took(pace.cardMs())
                    + ", which is what the pauses of its profile make of it (--card-takes)");
        }
        assumed.add("the network adds " + pace.answerMs()
                + " ms to an answer (--answer-takes); a standby is at parity, and runs the same release");
        return new SiteOfFile(site, assumed);
    }

    /** What nobody has said of a card, its profile does: the slowest one's. */
    private static SimPace pace(SiteConfiguration file, SimPace wanted) {
        final long slowestMs = file.switches().stream()
                .mapToLong(each -> each.cardAtBest().toMillis())
                .max()
                .orElse(-1);
        return new SimPace(wanted.answerMs(), wanted.stepMs(), wanted.cardMs() < 0 ? slowestMs : wanted.cardMs());
    }

    private static int nets(SiteConfiguration file) {
        final boolean second = file.servers().stream()
                .flatMap(each -> each.probes().stream())
                .anyMatch(each -> each.secondPath().isPresent());
        return second || file.network().gateways().size() > 1 ? 2 : 1;
    }

    /** That of the gateway whose address is most like the server's. */
    private static int net(ServerConfig server, SiteConfiguration file, int nets) {
        final List<String> gateways = file.network().gateways();
        final String host =
                NetworkTarget.machine(server).map(NetworkTarget::host).orElse("");
        final boolean second =
                nets == 2 && gateways.size() > 1 && alike(host, gateways.get(1)) > alike(host, gateways.get(0));
        return second ? 1 : 0;
    }

    private static boolean besideAGateway(ServerConfig server, List<String> gateways) {
        final String host =
                NetworkTarget.machine(server).map(NetworkTarget::host).orElse(null);
        return host == null || gateways.stream().anyMatch(each -> alike(host, each) >= 3 || each.equals(host));
    }

    /** How many of the numbers of two addresses are the same, from the left. */
    private static int alike(String one, String other) {
        final String[] ones = one.split("[.:]");
        final String[] others = other.split("[.:]");
        int same = 0;
        while (same < Math.min(ones.length, others.length) && ones[same].equals(others[same])) {
            same++;
        }
        return same;
    }

    private static Map<String, SimSense> senses(SiteConfiguration file) {
        final Map<String, SimSense> senses = new HashMap<>();
        file.servers().forEach(server -> server.probes()
                .forEach(probe -> senses.put(server.name() + "/" + probe.name(), sense(probe))));
        return senses;
    }

    private static SimSense sense(ProbeConfig probe) {
        return switch (probe.kind()) {
            case TCP -> probe.hold() ? SimSense.TCP_HELD : SimSense.TCP;
            case FEED -> SimSense.FEED;
            case EXEC -> SimSense.PROGRAM;
            case HTTP, SIP, SNMP, ICMP -> SimSense.ASKED;
        };
    }
}
