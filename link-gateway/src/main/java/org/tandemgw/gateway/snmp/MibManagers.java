package org.tandemgw.gateway.snmp;

import static org.tandemgw.gateway.snmp.MibMap.index;
import static org.tandemgw.gateway.snmp.MibValues.counter;
import static org.tandemgw.gateway.snmp.MibValues.integer;
import static org.tandemgw.gateway.snmp.MibValues.text;
import static org.tandemgw.gateway.snmp.MibValues.truth;
import static org.tandemgw.gateway.snmp.MibValues.unsigned;

import java.util.List;

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
                    counter(each.tally().untold()));
        }
        map.scalars(MANAGERS, 2, counter(dropped));
    }
}
