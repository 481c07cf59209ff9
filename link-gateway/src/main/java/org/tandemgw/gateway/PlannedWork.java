package org.tandemgw.gateway;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.switchover.SwitchoverView;

/**
 * What a server that an operator has taken out lacks is one alarm, {@code maintenance}, until the time is over that was planned: nobody is woken by work that
 * somebody does. What is lost to it, and what is wrong with Tandem's own side, is told all the same. Pure.
 */
final class PlannedWork {
    private static final Set<AlarmName> OF_THE_SERVER = EnumSet.of(
            AlarmName.FEED_DOWN,
            AlarmName.FEED_LAG,
            AlarmName.SERVER_DOWN,
            AlarmName.SERVER_SUSPECT,
            AlarmName.PROBE_BLIND);

    private PlannedWork() {}

    /** @param view null: this site does not switch */
    static List<Condition> without(SwitchoverView view, List<Condition> all) {
        return view == null || view.maintenance().isEmpty()
                ? all
                : all.stream().filter(each -> !isExpected(view, each)).toList();
    }

    private static boolean isExpected(SwitchoverView view, Condition each) {
        final String server = each.object().replaceFirst("/.*", "");
        return OF_THE_SERVER.contains(each.name()) && view.isQuiet(server);
    }
}
