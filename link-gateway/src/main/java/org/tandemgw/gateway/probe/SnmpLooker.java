package org.tandemgw.gateway.probe;

import java.util.Random;
import org.snmp4j.PDU;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.VariableBinding;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.profiles.yaml.HostPort;

/** One SNMPv2c get over UDP. A time such as sysUpTime that begins again tells of a restart. On the loop. */
final class SnmpLooker implements Looker {
    /** Time ticks go round after 497 days; within an hour of that a beginning again is no restart. */
    private static final long GOES_ROUND = (1L << 32) - 360_000;

    private final HostNames names;
    private final HostPort address;
    private final String oid;
    private final String community;
    private final Random random;
    private long lastTicks = -1;
    private int life = 1;

    SnmpLooker(HostNames names, HostPort address, String oid, String community, Random random) {
        this.names = names;
        this.address = address;
        this.oid = oid;
        this.community = community;
        this.random = random;
    }

    @Override
    public void look(Attempt attempt) {
        final int requestId = random.nextInt() & Integer.MAX_VALUE;
        attempt.meanwhile("no answer; an agent does not answer a wrong community either");
        names.find(
                address.host(),
                attempt,
                host -> UdpAsk.ask(
                        attempt,
                        host,
                        address.port(),
                        ours -> SnmpGet.request(community, oid, requestId),
                        bytes -> heard(attempt, SnmpGet.response(bytes, requestId))));
    }

    private void heard(Attempt attempt, PDU response) {
        if (response == null) {
            return;
        }
        if (response.getErrorStatus() != PDU.noError) {
            attempt.over(Sight.WRONG, "error " + response.getErrorStatusText());
        } else if (response.size() != 1) {
            attempt.over(Sight.WRONG, response.size() + " values came for the one that was asked for");
        } else {
            read(attempt, response.get(0));
        }
    }

    private void read(Attempt attempt, VariableBinding value) {
        if (value.isException()) {
            attempt.over(Sight.WRONG, "the agent does not have " + oid + ": " + value.getVariable());
            return;
        }
        final String text = value.getVariable().toString().replaceAll("[^\\x20-\\x7e]", "?");
        attempt.over(
                Sight.ANSWERED,
                text.substring(0, Math.min(100, text.length())),
                value.getVariable() instanceof TimeTicks ticks ? new Told(life(ticks.toLong()), null) : Told.NOTHING);
    }

    private String life(long ticks) {
        if (ticks < lastTicks && lastTicks < GOES_ROUND) {
            life++;
        }
        lastTicks = ticks;
        return "life-" + life;
    }
}
