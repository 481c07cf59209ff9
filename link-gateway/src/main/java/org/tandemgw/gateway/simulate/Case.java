package org.tandemgw.gateway.simulate;

import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.sim.SimFault;
import org.tandemgw.gateway.switchover.sim.SimSense;
import org.tandemgw.gateway.switchover.sim.SimSite;

/** What may happen to a site, and what an operator wants of it then. The order is that of the report. */
public enum Case {
    SERVICE_DIES("the active service dies", Wanted.SWITCH, SimFault.SERVICE_DEAD),
    POWER_FAILS("the active machine loses its power", Wanted.SWITCH, SimFault.MACHINE_DEAD),
    SERVICE_HANGS("the active service hangs", Wanted.SWITCH, SimFault.SERVICE_HUNG),
    SERVICE_SICK("the active service says that it is not well", Wanted.EITHER, SimFault.SERVICE_WRONG),
    SERVER_CUT("every path to the active server is cut", Wanted.SWITCH, SimFault.BOTH_PATHS_CUT),
    NETWORK_CUT("the active server's whole network is cut off", Wanted.SWITCH, SimFault.PARTITION),
    CABLE_PULLED("its cables are pulled for 5 to 30 s", Wanted.EITHER, SimFault.CABLE_PULLED),
    MAIN_PATH_CUT("the main path alone is cut", Wanted.STAY, SimFault.MAIN_PATH_CUT),
    SERVICE_RESTARTS("the active service restarts once, away 0.1 to 4 s", Wanted.STAY, SimFault.SERVICE_RESTARTS_ONCE),
    RESTARTS_AGAIN("the active service restarts again and again", Wanted.EITHER, SimFault.SERVICE_RESTARTS),
    FLAPPING("the active service hangs and answers in turn", Wanted.EITHER, SimFault.SERVICE_FLAPS),
    HICCUP("the active service is silent for less than a second", Wanted.STAY, SimFault.SERVICE_HICCUP),
    LOSSY_PATH("the way to it loses two in five", Wanted.STAY, SimFault.LOSSY_PATH),
    FEED_LOST("the active server's feed is lost, its probes answer", Wanted.STAY, SimFault.FEED_LOST),
    OWN_CABLE("Tandem's own network is cut", Wanted.STAY, SimFault.OWN_CUT),
    OWN_CABLE_FLAPS("Tandem's own network comes and goes", Wanted.STAY, SimFault.OWN_FLAPS),
    GATEWAYS_DOWN("all gateways are gone", Wanted.STAY, SimFault.GATEWAYS_DOWN),
    NET_TEST_DOWN("the active server's neighbour is gone", Wanted.STAY, SimFault.NET_TEST_DOWN),
    ACD_GONE("the call distributor is gone", Wanted.STAY, SimFault.LEGS_LOST),
    STANDBY_DIES("the standby's service dies", Wanted.STAY, SimFault.STANDBY_DEAD),
    STANDBY_POWER("the standby's machine loses its power", Wanted.STAY, SimFault.STANDBY_MACHINE_DEAD),
    BOTH_DIE("both services die within seconds", Wanted.EITHER, SimFault.BOTH_DEAD),
    TANDEM_KILLED("Tandem is killed and started again", Wanted.STAY, SimFault.CRASH),
    TANDEM_STALLS("Tandem stands still for seconds", Wanted.STAY, SimFault.STALL),
    CLOCK_JUMPS("the clock jumps", Wanted.STAY, SimFault.CLOCK_JUMPS),
    DIES_TRUNKS_SLOW(
            "it dies, and the trunk switch takes seconds", Wanted.SWITCH, SimFault.SERVICE_DEAD, SimFault.BOX_SLOW),
    DIES_TRUNKS_AWAY(
            "it dies, and the trunk switch is unreachable",
            Wanted.EITHER,
            SimFault.SERVICE_DEAD,
            SimFault.BOX_UNREACHABLE),
    DIES_RELAY_STUCK("it dies, and one relay is stuck", Wanted.EITHER, SimFault.SERVICE_DEAD, SimFault.BOX_ONE_STUCK),
    DIES_DEMOTE_HANGS("it dies, and its demote hangs", Wanted.SWITCH, SimFault.SERVICE_DEAD, SimFault.DEMOTE_HANGS),
    DIES_PROMOTE_FAILS(
            "it dies, and the other's promote fails", Wanted.EITHER, SimFault.SERVICE_DEAD, SimFault.PROMOTE_FAILS),
    DIES_STANDBY_DEAD(
            "it dies, and the standby is dead already", Wanted.STAY, SimFault.SERVICE_DEAD, SimFault.STANDBY_DEAD),
    DIES_TANDEM_KILLED(
            "it dies, and Tandem is killed in the middle",
            Wanted.SWITCH,
            SimFault.SERVICE_DEAD,
            SimFault.CRASH_AFTER_WRITE);

    /** What an operator wants. */
    public enum Wanted {
        /** The other server takes over by itself. */
        SWITCH,
        /** Nothing is moved. */
        STAY,
        /** It depends on what he would rather risk. */
        EITHER
    }

    private final String meaning;
    private final Wanted wanted;
    private final SimFault fault;
    private final List<SimFault> before;

    Case(String meaning, Wanted wanted, SimFault fault, SimFault... before) {
        this.meaning = meaning;
        this.wanted = wanted;
        this.fault = fault;
        this.before = List.of(before);
    }

    /** In an operator's words. */
    public String meaning() {
        return meaning;
    }

    SimFault fault() {
        return fault;
    }

    List<SimFault> before() {
        return before;
    }

    /** As options and programs write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it can happen at this site, and is another thing than the cases before. */
    boolean mayHappen(SimSite site) {
        final SwitchoverRules rules = site.rules();
        return switch (this) {
            case MAIN_PATH_CUT -> anySecondPath(rules);
            case GATEWAYS_DOWN -> !rules.gateways().isEmpty();
            case NET_TEST_DOWN -> rules.servers().stream().anyMatch(each -> each.netTest() != null);
            case DIES_TRUNKS_SLOW, DIES_TRUNKS_AWAY, DIES_RELAY_STUCK ->
                !rules.switches().isEmpty();
            case DIES_DEMOTE_HANGS -> rules.servers().stream().anyMatch(each -> each.demoteMs() > 0);
            case DIES_PROMOTE_FAILS -> rules.servers().stream().anyMatch(each -> each.promoteMs() > 0);
            default -> true;
        };
    }

    /** Whether it takes the machine or the way to it: both servers', where they are one machine. */
    boolean takesTheMachine() {
        return this == POWER_FAILS || this == SERVER_CUT || this == NETWORK_CUT;
    }

    /** What is wanted at this site. */
    Wanted wanted(SimSite site) {
        final SwitchoverRules rules = site.rules();
        return switch (this) {
            case SERVER_CUT, NETWORK_CUT -> rules.unreachablePings() < 0 ? Wanted.EITHER : wanted;
            case MAIN_PATH_CUT -> everySecondPath(rules) ? wanted : Wanted.EITHER;
            case DIES_DEMOTE_HANGS -> rules.fence() == FencePolicy.DEMOTE ? Wanted.EITHER : wanted;
            case FEED_LOST -> site.senses().containsValue(SimSense.FEED) ? Wanted.EITHER : wanted;
            default -> wanted;
        };
    }

    private static boolean anySecondPath(SwitchoverRules rules) {
        return rules.servers().stream().flatMap(each -> each.probes().stream()).anyMatch(ProbeRules::secondPath);
    }

    private static boolean everySecondPath(SwitchoverRules rules) {
        return rules.servers().stream()
                .map(ServerRules::probes)
                .flatMap(List::stream)
                .filter(each -> !each.machine())
                .allMatch(ProbeRules::secondPath);
    }
}
