package org.tandemgw.gateway.health;

import java.util.List;

/**
 * Where the fault of a server is that is down: first what is ours, then what is the network's, then its machine, and only then
 * its service. Only what came after the verdict counts: what answered before may be gone.
 */
public final class Diagnoser {
    /** So long after the verdict what can still answer has had its time: two looks of a second, one after the other, and some. */
    public static final long LIMIT_MS = 2_500;

    private final List<String> gateways;
    private final Reach reach;

    /** Over what is known of these. */
    public Diagnoser(List<String> gateways, Reach reach) {
        this.gateways = List.copyOf(gateways);
        this.reach = reach;
    }

    /**
     * Whether it is proved, by something that came at this time or later, that it is not us who are cut off from this server:
     * something at its place answers, whatever it says; or every gateway does, for one that does not may be the one on its way;
     * without gateways, the other server; the legs of an ACD only where the other server is not looked at, for they may go
     * another way than the servers.
     *
     * @param netTest null: none is named
     * @param machine null: none is named
     */
    public boolean ownNetworkProved(
            ServerHealth down, ServerHealth other, String netTest, String machine, boolean legsAlive, long sinceMs) {
        if (down.reachedMs() >= sinceMs
                || reach.answeredSince(netTest, sinceMs)
                || reach.answeredSince(machine, sinceMs)) {
            return true;
        }
        if (!gateways.isEmpty()) {
            return gateways.stream().allMatch(each -> reach.answeredSince(each, sinceMs));
        }
        return other.probes().isEmpty() && legsAlive || other.reachedMs() >= sinceMs;
    }

    /** Whether every gateway has been silent for several looks. */
    public boolean gatewaysLost() {
        return !gateways.isEmpty() && gateways.stream().allMatch(reach::lost);
    }

    /**
     * Where the fault is.
     *
     * @param ownProved whether it is proved that it is not us
     * @param netTest null: none is named
     * @param machine null: none is named
     * @param verdictMs when it was found to be down
     */
    public Diagnosis diagnose(
            ServerHealth down, boolean ownProved, String netTest, String machine, long verdictMs, long nowMs) {
        final String name = down.name();
        final boolean over = nowMs >= verdictMs + LIMIT_MS;
        if (!ownProved) {
            return new Diagnosis(FaultKind.OWN_NETWORK, over, own(verdictMs));
        }
        if (down.hard(nowMs)) {
            return new Diagnosis(FaultKind.SERVICE, true, "the service of " + name + ": it said so itself");
        }
        if (down.reachedSince(verdictMs) || reach.answeredSince(machine, verdictMs)) {
            return new Diagnosis(FaultKind.SERVICE, true, "the service of " + name + ": its machine answers");
        }
        final boolean machineAsked = machine == null || reach.failedSince(machine, verdictMs);
        if (reach.answeredSince(netTest, verdictMs)) {
            return new Diagnosis(
                    FaultKind.MACHINE,
                    over || machineAsked,
                    "the machine of " + name + ": its neighbour " + netTest + " answers");
        }
        return new Diagnosis(
                FaultKind.NETWORK,
                over,
                netTest == null
                        ? "the network or the machine of " + name + ": there is no net-test neighbour to tell which"
                        : "the network to " + name + ": its neighbour " + netTest + " does not answer either");
    }

    /**
     * Since when that answers which shows that the fault is there and not on the way: what was asked before, and not answered, may
     * have been lost on the way.
     *
     * @param kind {@link FaultKind#MACHINE} or {@link FaultKind#SERVICE}
     */
    public long backMs(FaultKind kind, ServerHealth down, String netTest, String machine, long verdictMs) {
        return kind == FaultKind.MACHINE
                ? reach.backMs(netTest, verdictMs)
                : Math.min(down.backMs(verdictMs), reach.backMs(machine, verdictMs));
    }

    private String own(long verdictMs) {
        if (gateways.isEmpty()) {
            return "perhaps our own network: no server answers, and nothing else does";
        }
        final List<String> silent = gateways.stream()
                .filter(each -> !reach.answeredSince(each, verdictMs))
                .toList();
        return silent.size() == gateways.size()
                ? "our own network: no gateway answers (" + String.join(", ", gateways) + ")"
                : "perhaps our own network: " + String.join(", ", silent) + " does not answer either";
    }
}
