package org.tandemgw.gateway.snmp;

import static org.tandemgw.gateway.snmp.MibMap.index;
import static org.tandemgw.gateway.snmp.MibValues.counter;
import static org.tandemgw.gateway.snmp.MibValues.gauge;
import static org.tandemgw.gateway.snmp.MibValues.integer;
import static org.tandemgw.gateway.snmp.MibValues.text;
import static org.tandemgw.gateway.snmp.MibValues.time;
import static org.tandemgw.gateway.snmp.MibValues.truth;
import static org.tandemgw.gateway.snmp.MibValues.unsigned;
import static org.tandemgw.gateway.snmp.MibValues.word;

import java.util.List;
import java.util.Map;
import org.snmp4j.smi.Variable;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.Severity;
import org.tandemgw.gateway.notice.RootCauses;

/** The group {@code tandemAlarms}. Pure. */
final class MibAlarms {
    static final int ALARMS = 5;
    static final int STANDING = 9;
    static final int HISTORY = 10;
    /** Rows of the table of what is over. */
    static final int MOST_HISTORY = 1_000;

    private MibAlarms() {}

    /** How many alarms of each kind there are: all, and of each severity. */
    static Variable[] counts(List<Alarm> standing) {
        final Variable[] counts = new Variable[1 + Severity.values().length];
        counts[0] = gauge(standing.size());
        for (final Severity severity : Severity.values()) {
            counts[1 + severity.ordinal()] = gauge(standing.stream()
                    .filter(alarm -> alarm.severity() == severity)
                    .count());
        }
        return counts;
    }

    static void fill(MibMap map, List<Alarm> standing, long lastNumber, long notRaised, int historyRows) {
        map.scalars(ALARMS, 1, counts(standing));
        map.scalars(ALARMS, 6, unsigned(lastNumber), counter(notRaised), gauge(historyRows));
        final Map<Alarm, Alarm> causes = RootCauses.of(standing);
        for (final Alarm alarm : standing) {
            final Alarm.Acknowledgement by = alarm.acknowledged();
            map.row(
                    ALARMS,
                    STANDING,
                    index(alarm.number()),
                    2,
                    integer(alarm.name().code()),
                    word(alarm.severity()),
                    text(alarm.object()),
                    time(alarm.since()),
                    text(alarm.text()),
                    unsigned(causes.containsKey(alarm) ? causes.get(alarm).number() : 0),
                    truth(by != null),
                    text(by == null ? null : by.who()),
                    text(by == null ? null : by.reason()),
                    time(by == null ? null : by.at()));
        }
    }

    static void history(MibMap map, List<Alarm> over) {
        for (final Alarm alarm : over) {
            final Alarm.Acknowledgement by = alarm.acknowledged();
            map.row(
                    ALARMS,
                    HISTORY,
                    index(alarm.number()),
                    2,
                    integer(alarm.name().code()),
                    word(alarm.severity()),
                    text(alarm.object()),
                    time(alarm.since()),
                    time(alarm.cleared()),
                    text(alarm.text()),
                    text(by == null ? null : by.who()),
                    text(by == null ? null : by.reason()));
        }
    }
}
