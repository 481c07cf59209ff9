package org.tandemgw.gateway.snmp;

import static org.tandemgw.gateway.snmp.MibMap.index;
import static org.tandemgw.gateway.snmp.MibValues.counter;
import static org.tandemgw.gateway.snmp.MibValues.gauge;
import static org.tandemgw.gateway.snmp.MibValues.integer;
import static org.tandemgw.gateway.snmp.MibValues.text;
import static org.tandemgw.gateway.snmp.MibValues.time;
import static org.tandemgw.gateway.snmp.MibValues.truth;
import static org.tandemgw.gateway.snmp.MibValues.unsigned;

import java.util.List;
import org.tandemgw.gateway.status.GatewayStatus;

/** The group {@code tandemManagers}. Pure. */
final class MibManagers {
    private static final int MANAGERS = 6;

    private MibManagers() {}

    static void fill(MibMap map, List<ManagerStatus> managers, long dropped) {
        for (int i = 0; i < managers.size(); i++) {
            final ManagerStatus each = managers.get(i);
            map.row(
                    MANAGERS,
                    1,
                    index(i + 1),
                    2,
                    text(each.manager().target().toString()),
                    text(each.isCommunity() ? null : each.manager().user()),
                    truth(each.manager().inform()),
                    integer(each.stateCode()),
                    unsigned(each.tally().lastNumber()),
                    counter(each.tally().sent()),
                    counter(each.tally().failed()),
                    counter(each.tally().untold()),
                    time(each.confirmedAt()),
                    time(each.testedAt()),
                    integer(each.testCode()));
        }
        map.scalars(MANAGERS, 2, counter(dropped));
    }

    /** The others who are told. */
    static void targets(MibMap map, List<GatewayStatus.Notified> notified) {
        int index = 0;
        for (final GatewayStatus.Notified each : notified) {
            if (!each.kind().startsWith("snmp/")) {
                map.row(
                        MANAGERS,
                        3,
                        index(++index),
                        2,
                        text(each.target()),
                        text(each.kind()),
                        text(each.state()),
                        unsigned(each.lastNumber()),
                        counter(each.sent()),
                        counter(each.failed()),
                        gauge(each.waiting()),
                        gauge(each.dropped()),
                        text(each.why()));
            }
        }
    }
}
