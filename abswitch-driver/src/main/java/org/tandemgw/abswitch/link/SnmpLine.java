package org.tandemgw.abswitch.link;

import java.util.List;
import org.snmp4j.PDU;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/**
 * SNMP as lines of text: {@code get OID}, {@code set OID i NUMBER}, {@code set OID s TEXT}; answered by {@code OID value} or
 * {@code error NAME} with the names of RFC 3416, or those of RFC 3414 where the box did not accept who asked. Pure.
 */
final class SnmpLine {
    private static final OID REPORTS = new OID("1.3.6.1.6.3.15.1.1");
    private static final List<String> REPORT_NAMES = List.of(
            "unsupportedSecurityLevel",
            "notInTimeWindow",
            "unknownUserName",
            "unknownEngineID",
            "wrongDigest",
            "decryptionError");
    private static final List<String> ERROR_NAMES = List.of(
            "noError",
            "tooBig",
            "noSuchName",
            "badValue",
            "readOnly",
            "genErr",
            "noAccess",
            "wrongType",
            "wrongLength",
            "wrongEncoding",
            "wrongValue",
            "noCreation",
            "inconsistentValue",
            "resourceUnavailable",
            "commitFailed",
            "undoFailed",
            "authorizationError",
            "notWritable",
            "inconsistentName");

    private SnmpLine() {}

    /** Makes the request of a line. */
    static void fill(PDU request, String line) {
        final String[] words = line.split(" ", 4);
        final boolean get = words[0].equals("get") && words.length == 2;
        if (!get && !(words[0].equals("set") && words.length == 4)) {
            throw new IllegalArgumentException("neither 'get OID' nor 'set OID i NUMBER' nor 'set OID s TEXT'");
        }
        request.setType(get ? PDU.GET : PDU.SET);
        final OID oid = oid(words[1]);
        if (get) {
            request.add(new VariableBinding(oid));
        } else if (words[2].equals("i")) {
            request.add(new VariableBinding(oid, new Integer32(Integer.parseInt(words[3]))));
        } else if (words[2].equals("s")) {
            request.add(new VariableBinding(oid, new OctetString(words[3])));
        } else {
            throw new IllegalArgumentException("a value is i NUMBER or s TEXT, not " + words[2]);
        }
    }

    private static OID oid(String text) {
        if (!text.matches("\\d+(\\.\\d+){1,100}")) {
            throw new IllegalArgumentException("not an OID: " + text);
        }
        return new OID(text);
    }

    /** What an answer says, a line for each variable. */
    static String answer(PDU response) {
        if (response.getType() == PDU.REPORT) {
            return "error " + report(response) + "\n";
        }
        if (response.getErrorStatus() != PDU.noError) {
            return "error " + name(ERROR_NAMES, response.getErrorStatus()) + "\n";
        }
        final StringBuilder lines = new StringBuilder();
        for (final VariableBinding each : response.getVariableBindings()) {
            lines.append(each.isException() ? "error " + each.getVariable() : each.getOid() + " " + value(each))
                    .append('\n');
        }
        return lines.toString();
    }

    /** A line must stay a line, whatever the box puts into a string. */
    private static String value(VariableBinding binding) {
        return binding.getVariable().toString().replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static String report(PDU response) {
        final OID oid = response.size() == 0 ? REPORTS : response.get(0).getOid();
        return oid.startsWith(REPORTS) && oid.size() > REPORTS.size()
                ? name(REPORT_NAMES, oid.get(REPORTS.size()) - 1)
                : "report " + oid;
    }

    private static String name(List<String> names, int number) {
        return number >= 0 && number < names.size() ? names.get(number) : "number " + number;
    }
}
