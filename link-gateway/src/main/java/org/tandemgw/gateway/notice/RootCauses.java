package org.tandemgw.gateway.notice;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Severity;

/**
 * Which of the alarms that stand follow from another one that stands. Pure. An alarm never follows from one that matters less, so nothing grave hides behind
 * something small; every alarm stays in the table, only its notification is left out.
 */
public final class RootCauses {
    private RootCauses() {}

    /** For each alarm that follows from another: that one. */
    public static Map<Alarm, Alarm> of(Collection<Alarm> standing) {
        final Map<Alarm, Alarm> causes = new HashMap<>();
        final List<Alarm> roots = standing.stream()
                .filter(alarm -> alarm.severity() != Severity.WARNING)
                .toList();
        for (final Alarm alarm : standing) {
            for (final Alarm root : roots) {
                if (root != alarm && root.severity().compareTo(alarm.severity()) <= 0 && explains(root, alarm)) {
                    causes.put(alarm, root);
                    break;
                }
            }
        }
        return causes;
    }

    private static boolean explains(Alarm root, Alarm alarm) {
        final AlarmName name = alarm.name();
        return switch (root.name()) {
            case LINK_LOST -> isLeg(name) && below(alarm, root);
            case JOURNAL_FAULT ->
                (name == AlarmName.LINK_LOST && same(alarm, root)) || (isLeg(name) && below(alarm, root));
            case SERVER_DOWN ->
                (isFeed(name) && below(alarm, root))
                        || (name == AlarmName.SERVER_SUSPECT && same(alarm, root))
                        || name == AlarmName.UNPROTECTED;
            case ISOLATED -> isOfTheNetwork(name);
            case SWITCH_UNREACHABLE ->
                (name == AlarmName.PATH_LOST || name == AlarmName.POSITION_UNKNOWN)
                        && (same(alarm, root) || below(alarm, root));
            case POSITION_MIXED -> name == AlarmName.POSITION_CHANGED && below(alarm, root);
            case SWITCH_FAILED -> name == AlarmName.HOLDING || isOfPositions(name);
            case DISK_CRITICAL ->
                name == AlarmName.DISK_LOW || name == AlarmName.DECISIONS_NOT_KEPT || name == AlarmName.BOOKS_NOT_KEPT;
            case NEW_GENERATION ->
                (name == AlarmName.SERVER_AHEAD || name == AlarmName.FEED_DOWN)
                        && alarm.object().endsWith("/" + root.object());
            case ADDRESS_MISSING ->
                (name == AlarmName.LEG_DOWN && same(alarm, root))
                        || (name == AlarmName.FEED_DOWN && below(alarm, root));
            default -> false;
        };
    }

    private static boolean isLeg(AlarmName name) {
        return name == AlarmName.LEG_DOWN || name == AlarmName.LEG_SILENT;
    }

    private static boolean isFeed(AlarmName name) {
        return name == AlarmName.FEED_DOWN || name == AlarmName.FEED_LAG;
    }

    private static boolean isOfPositions(AlarmName name) {
        return name == AlarmName.POSITION_MIXED
                || name == AlarmName.POSITION_UNKNOWN
                || name == AlarmName.POSITION_CHANGED;
    }

    private static boolean isOfTheNetwork(AlarmName name) {
        return switch (name) {
            case LEG_DOWN,
                    LEG_SILENT,
                    FEED_DOWN,
                    FEED_LAG,
                    SERVER_SUSPECT,
                    SERVER_DOWN,
                    UNPROTECTED,
                    SWITCH_UNREACHABLE,
                    PATH_LOST,
                    POSITION_UNKNOWN,
                    PROBE_BLIND,
                    MANAGER_UNREACHABLE,
                    TARGET_UNREACHABLE -> true;
            default -> false;
        };
    }

    private static boolean same(Alarm alarm, Alarm root) {
        return alarm.object().equals(root.object());
    }

    private static boolean below(Alarm alarm, Alarm root) {
        return alarm.object().startsWith(root.object() + "/");
    }
}
