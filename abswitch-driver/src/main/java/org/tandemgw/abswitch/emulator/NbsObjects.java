package org.tandemgw.abswitch.emulator;

import java.util.Map;
import java.util.TreeMap;
import org.snmp4j.PDU;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * What the agent of a Black Box NBS with one rack shows below {@code 1.3.6.1.4.1.9477.1.4}: the gang of all ports ({@code 1}),
 * the rack with its own gang, groups and the ports present ({@code 2}), the ports ({@code 3}). The places are documented; that
 * positions are strings of one letter, and that an empty slot has no row, is assumed. Pure.
 *
 * <p>The gangs lie, as documented: A if any port is there, B only if all are, nothing if there is none.
 */
final class NbsObjects {
    private static final OID ROOT = new OID("1.3.6.1.4.1.9477.1.4");
    private static final OID GANG = below("1.0");
    private static final OID RACK_INDEX = below("2.1.1.1");
    private static final OID RACK_GANG = below("2.1.2.1");
    private static final OID RACK_GROUPS = below("2.1.8.1");
    private static final OID RACK_PRESENT = below("2.1.9.1");
    private static final OID PORT_INDEX = below("3.1.1");
    private static final OID PORT = below("3.1.2");

    private final Chassis chassis;

    NbsObjects(Chassis chassis) {
        this.chassis = chassis;
    }

    private static OID below(String places) {
        final OID all = new OID(ROOT);
        return all.append(new OID(places));
    }

    /** What a request means to the box; the refusal is an SNMP error status. */
    BoxOrder order(PDU asked) {
        if (asked.getType() != PDU.SET) {
            return new BoxOrder(0, BoxOrder.QUERY, null, "get " + oids(asked));
        }
        final VariableBinding wanted = asked.size() == 1 ? asked.get(0) : null;
        final String text = "set " + (wanted == null ? oids(asked) : wanted.getOid() + " " + wanted.getVariable());
        if (wanted == null) {
            return refused(PDU.genErr, text);
        }
        if (wanted.getOid().equals(RACK_GROUPS)) {
            return new BoxOrder(0, BoxOrder.QUERY, null, text);
        }
        final int slot = slot(wanted.getOid());
        if (slot < 0 || slot > 0 && chassis.card(slot) == null) {
            return refused(PDU.notWritable, text);
        }
        if (!(wanted.getVariable() instanceof OctetString)) {
            return refused(PDU.wrongType, text);
        }
        final String letter = wanted.getVariable().toString();
        return letter.equals("A") || letter.equals("B")
                ? new BoxOrder(slot, letter.charAt(0), null, text)
                : refused(PDU.wrongValue, text);
    }

    private static BoxOrder refused(int status, String text) {
        return new BoxOrder(0, BoxOrder.QUERY, Integer.toString(status), text);
    }

    private static String oids(PDU asked) {
        return asked.getVariableBindings().stream()
                .map(each -> each.getOid().toString())
                .reduce((left, right) -> left + " " + right)
                .orElse("nothing");
    }

    /** 1 to 16: a port; 0: a gang; -1: nothing that can be set. */
    private static int slot(OID oid) {
        if (oid.equals(GANG) || oid.equals(RACK_GANG)) {
            return 0;
        }
        final boolean port = oid.startsWith(PORT) && oid.size() == PORT.size() + 1;
        return port && oid.last() >= 1 && oid.last() <= Chassis.SLOTS ? oid.last() : -1;
    }

    /** What is answered once the order was carried out. */
    PDU answer(PDU asked, BoxOrder order, String claimed) {
        final PDU answer = NbsAgent.answerTo(asked);
        if (asked.getType() == PDU.SET) {
            final VariableBinding set = asked.get(0);
            if (set.getOid().equals(RACK_GROUPS)) {
                return group(asked, answer, set.getVariable().toString());
            }
            return answer; // an agent repeats what was set, whatever came of it
        }
        final TreeMap<OID, Variable> all = objects(claimed);
        for (int i = 0; i < answer.size(); i++) {
            final OID oid = answer.get(i).getOid();
            final Map.Entry<OID, Variable> found = asked.getType() == PDU.GET
                    ? all.containsKey(oid) ? Map.entry(oid, all.get(oid)) : null
                    : all.higherEntry(oid);
            answer.set(
                    i,
                    found == null
                            ? new VariableBinding(
                                    oid, asked.getType() == PDU.GET ? Null.noSuchInstance : Null.endOfMibView)
                            : new VariableBinding(found.getKey(), found.getValue()));
        }
        return answer;
    }

    private PDU group(PDU asked, PDU answer, String letters) {
        if (letters.length() != Chassis.SLOTS) {
            return error(asked, PDU.wrongLength);
        }
        final StringBuilder groups = new StringBuilder(chassis.groups());
        for (int i = 0; i < letters.length(); i++) {
            if (letters.charAt(i) != 'X') { // X: as it was
                groups.setCharAt(i, letters.charAt(i));
            }
        }
        chassis.groups(groups.toString());
        return answer;
    }

    /** An answer that refuses. */
    static PDU error(PDU asked, int status) {
        final PDU answer = NbsAgent.answerTo(asked);
        answer.setErrorStatus(status);
        answer.setErrorIndex(1);
        return answer;
    }

    private TreeMap<OID, Variable> objects(String positions) {
        final TreeMap<OID, Variable> all = new TreeMap<>();
        final Variable gang = new OctetString(gang(positions));
        all.put(GANG, gang);
        all.put(RACK_INDEX, new Integer32(1));
        all.put(RACK_GANG, gang);
        all.put(RACK_GROUPS, new OctetString(chassis.groups()));
        all.put(RACK_PRESENT, new OctetString(positions.replaceAll("[^-]", "1").replace('-', '0')));
        for (int slot = 1; slot <= Chassis.SLOTS; slot++) {
            if (positions.charAt(slot - 1) != '-') {
                all.put(new OID(PORT_INDEX).append(slot), new Integer32(slot));
                all.put(new OID(PORT).append(slot), new OctetString(positions.substring(slot - 1, slot)));
            }
        }
        return all;
    }

    private static String gang(String positions) {
        if (positions.indexOf('A') >= 0) {
            return "A";
        }
        return positions.indexOf('B') >= 0 ? "B" : "";
    }
}
