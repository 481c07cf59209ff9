package org.tandemgw.gateway.probe;

import org.tandemgw.gateway.config.NetworkTarget;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.profiles.yaml.HostPort;

/** Whether anything answers at an address: an echo request where it may be sent, else a TCP connect, to which a refusal is an answer too. */
final class NetworkLooker implements Looker {
    private final String how;
    private final Looker looker;

    NetworkLooker(HostNames names, Helpers helpers, Clock clock, NetworkTarget target, String icmpRefusal) {
        if (icmpRefusal == null) {
            how = "ICMP";
            looker = new IcmpLooker(names, helpers, clock, target.host(), null);
        } else {
            how = "TCP port " + target.port() + ", since " + icmpRefusal;
            looker = new TcpLooker(names, new HostPort(target.host(), target.port()));
        }
    }

    @Override
    public void look(Attempt attempt) {
        attempt.anyAnswerCounts(how);
        looker.look(attempt);
    }
}
