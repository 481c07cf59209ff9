package org.tandemgw.gateway.snmp;

import static org.tandemgw.gateway.snmp.MibValues.text;
import static org.tandemgw.gateway.snmp.MibValues.time;

import java.util.stream.Collectors;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.DrillView;

/** What people have planned or begun, in the group {@code tandemSite}: maintenance, drills, a changed configuration. Pure. */
final class MibPlans {
    private static final int SITE = 1;
    private static final int FIRST = 29;

    private MibPlans() {}

    static void fill(MibMap map, GatewayStatus status) {
        final DrillView drills = status.drills() == null ? DrillView.NONE : status.drills();
        final Drill newest = drills.newest();
        final GatewayStatus.Configuration file = status.configuration();
        map.scalars(
                SITE,
                FIRST,
                text(status.maintenance().stream().map(MibPlans::out).collect(Collectors.joining("; "))),
                time(drills.next()),
                text(newest == null ? null : newest.stage().toString()),
                text(newest == null || newest.open() ? null : newest.verdict().toString()),
                time(drills.passedAt()),
                text(file == null ? null : String.join("; ", file.waiting())),
                text(file == null ? null : file.refused()));
    }

    private static String out(GatewayStatus.Maintenance each) {
        return (each.server() == null ? "the whole site" : each.server()) + " until " + each.until()
                + (each.overdue() ? ", overdue" : "");
    }
}
