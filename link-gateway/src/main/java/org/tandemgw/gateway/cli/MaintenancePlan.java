package org.tandemgw.gateway.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.switchover.SwitchoverView;

/** What somebody is told before he takes something out of service or puts it back. Pure. */
final class MaintenancePlan {
    private MaintenancePlan() {}

    /** @param server null: the whole site */
    static List<String> on(SwitchoverView now, String server, Duration planned) {
        final List<String> lines = new ArrayList<>();
        lines.add((now.active() == null ? "Nobody is known to be active" : now.active() + " is active") + ", mode "
                + now.mode() + ", the site is " + now.state() + ".");
        final String time = text(planned);
        if (server == null) {
            lines.add("  Nothing is switched by itself until  tandem maintenance off;  tandem switch  still is heard.");
            lines.add("  Modes are not touched: what is in effect now is in effect again afterwards.");
            lines.add("  Alarms are raised as ever; after " + time + " maintenanceOverdue reminds.");
            return lines;
        }
        lines.add("  " + server + " is out until  tandem maintenance off " + server
                + ":  it is never promoted, also if " + now.active() + " dies.");
        lines.add("  UNPROTECTED: should " + now.active() + " fail meanwhile, nothing is switched.");
        lines.add("  Its feeds go on; what it misses it gets when it is back, as far as it is kept.");
        lines.add("  What it lacks is one warning for " + time + "; after that it is told as ever.");
        return lines;
    }

    /** @param server null: the whole site */
    static List<String> off(SwitchoverView now, String server) {
        final List<String> lines = new ArrayList<>();
        now.maintenance().stream()
                .filter(each -> server == null ? each.server() == null : server.equals(each.server()))
                .forEach(each -> lines.add((server == null ? "The site" : server) + " is in maintenance, by "
                        + each.who() + ": " + each.why() + "."));
        lines.add(
                server == null
                        ? "  Modes count again: file " + now.modeFile()
                                + (now.modeOperator() == null ? "" : ", operator " + now.modeOperator()) + "."
                        : "  " + server + " counts as standby once it has been well and at parity for some seconds.");
        return lines;
    }

    private static String text(Duration planned) {
        return planned.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
