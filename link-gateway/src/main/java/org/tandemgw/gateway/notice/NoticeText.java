package org.tandemgw.gateway.notice;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.Severity;

/** The sentences of notices. Pure. */
final class NoticeText {
    private static final int MOST_NAMED = 4;

    private NoticeText() {}

    /** The alarm's own text, and what follows from it. */
    static String raised(Alarm alarm, Map<Alarm, Alarm> causes) {
        final List<String> following = causes.entrySet().stream()
                .filter(each -> each.getValue().number() == alarm.number())
                .map(each -> name(each.getKey()))
                .sorted()
                .toList();
        return following.isEmpty() ? alarm.text() : alarm.text() + "; with it: " + listed(following);
    }

    /** What changed and is not told one by one. */
    static String summary(List<Notice> due, List<Alarm> standing, long untold) {
        final String standingNow = Stream.of(Severity.values())
                .map(severity -> Map.entry(
                        severity,
                        standing.stream()
                                .filter(alarm -> alarm.severity() == severity)
                                .count()))
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return "read the table of alarms: " + (standingNow.isEmpty() ? "none stands" : standingNow)
                + (untold > 0 ? "; came and went: " + untold : "")
                + "; new: "
                + listed(due.stream()
                        .map(notice -> (notice.kind() == Notice.Kind.CLEARED ? "over " : "") + name(notice.alarm()))
                        .toList());
    }

    private static String listed(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
    }

    private static String name(Alarm alarm) {
        return alarm.name() + " " + alarm.object();
    }
}
