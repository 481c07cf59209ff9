package org.tandemgw.gateway.snmp;

import static org.tandemgw.gateway.snmp.MibValues.integer;
import static org.tandemgw.gateway.snmp.MibValues.text;
import static org.tandemgw.gateway.snmp.MibValues.unsigned;
import static org.tandemgw.gateway.snmp.MibValues.word;

import java.util.List;
import org.snmp4j.PDU;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.notice.Notice;

/** A notice as the variables of a notification. Pure. */
final class NoticePdu {
    private static final int NOTIFIED = 7;

    private final OID module;

    NoticePdu(OID module) {
        this.module = module;
    }

    /** Fills a PDU of any version. */
    void fill(PDU pdu, Notice notice, List<Alarm> standing, long upTime) {
        pdu.add(new VariableBinding(SnmpConstants.sysUpTime, new TimeTicks(upTime & 0xffff_ffffL)));
        pdu.add(new VariableBinding(SnmpConstants.snmpTrapOID, kind(notice.kind())));
        pdu.add(notified(1, unsigned(notice.number())));
        switch (notice.kind()) {
            case RAISED, CLEARED -> {
                final Alarm alarm = notice.alarm();
                pdu.add(notified(2, unsigned(alarm.number())));
                pdu.add(notified(3, integer(alarm.name().code())));
                pdu.add(notified(4, word(alarm.severity())));
                pdu.add(notified(5, text(alarm.object())));
                pdu.add(notified(6, text(notice.text())));
            }
            case SUMMARY -> {
                final Variable[] counts = MibAlarms.counts(standing);
                for (int i = 0; i < counts.length; i++) {
                    pdu.add(new VariableBinding(object(MibAlarms.ALARMS, i + 1), counts[i]));
                }
                pdu.add(notified(6, text(notice.text())));
            }
            case SELF_TEST -> pdu.add(notified(6, text(notice.text())));
            case COLD_START -> {}
        }
    }

    private OID kind(Notice.Kind kind) {
        return switch (kind) {
            case COLD_START -> SnmpConstants.coldStart;
            case RAISED -> notification(1);
            case CLEARED -> notification(2);
            case SUMMARY -> notification(3);
            case SELF_TEST -> notification(4);
        };
    }

    private OID notification(int number) {
        return new OID(module).append(0).append(number);
    }

    private VariableBinding notified(int number, Variable value) {
        return new VariableBinding(object(NOTIFIED, number), value);
    }

    private OID object(int group, int number) {
        return new OID(module).append(1).append(group).append(number).append(0);
    }
}
