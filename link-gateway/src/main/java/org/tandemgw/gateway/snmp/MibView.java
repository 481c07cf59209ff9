package org.tandemgw.gateway.snmp;

import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.status.GatewayStatus;

/**
 * The instances of all objects, made anew when somebody asks and there is a newer picture: at most four times a second, and never on a thread that frames
 * wait for. The agent's threads that answer.
 */
final class MibView {
    private final OID objects;
    private final Supplier<GatewayStatus> status;
    private final Alarms alarms;
    private final Supplier<List<ManagerStatus>> managers;
    private final LongSupplier dropped;
    private final LastSwitchMemory lastSwitch;
    private GatewayStatus shown;
    private NavigableMap<OID, Variable> values = new TreeMap<>();
    private long historyOf = -1;
    private int historyRows;
    private NavigableMap<OID, Variable> history = new TreeMap<>();

    MibView(
            OID objects,
            Path data,
            Supplier<GatewayStatus> status,
            Alarms alarms,
            Supplier<List<ManagerStatus>> managers,
            LongSupplier dropped) {
        this.objects = objects;
        this.status = status;
        this.alarms = alarms;
        this.managers = managers;
        this.dropped = dropped;
        lastSwitch = new LastSwitchMemory(data);
    }

    /** Everything but the history. */
    synchronized NavigableMap<OID, Variable> values() {
        final GatewayStatus newest = status.get();
        if (newest != shown) {
            history();
            final MibMap map = new MibMap(objects);
            MibSite.fill(map, newest, lastSwitch.of(newest));
            MibAlarms.fill(map, newest.alarms(), alarms.lastNumber(), alarms.notRaised(), historyRows);
            MibManagers.fill(map, managers.get(), dropped.getAsLong());
            MibManagers.targets(map, newest.notified());
            values = map.values();
            shown = newest;
        }
        return values;
    }

    /** What is over: made anew only when an alarm has changed. */
    synchronized NavigableMap<OID, Variable> history() {
        final long now = alarms.changes();
        if (now != historyOf) {
            final List<Alarm> over = alarms.cleared(MibAlarms.MOST_HISTORY);
            final MibMap map = new MibMap(objects);
            MibAlarms.history(map, over);
            history = map.values();
            historyRows = over.size();
            historyOf = now;
        }
        return history;
    }
}
