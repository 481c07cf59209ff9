package org.tandemgw.gateway.snmp;

import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

/** Instances of objects in the order of their identifiers, as they are being collected. One thread. */
final class MibMap {
    private final OID objects;
    private final TreeMap<OID, Variable> values = new TreeMap<>();

    /** @param objects the identifier of {@code tandemObjects} */
    MibMap(OID objects) {
        this.objects = objects;
    }

    /** Objects without rows, from the first number on. */
    void scalars(int group, int first, Variable... each) {
        for (int i = 0; i < each.length; i++) {
            put(new int[] {group, first + i, 0}, each[i]);
        }
    }

    /** One row of a table; the columns from the first number on. */
    void row(int group, int table, int[] index, int first, Variable... columns) {
        for (int i = 0; i < columns.length; i++) {
            final int[] path = new int[4 + index.length];
            path[0] = group;
            path[1] = table;
            path[2] = 1;
            path[3] = first + i;
            System.arraycopy(index, 0, path, 4, index.length);
            put(path, columns[i]);
        }
    }

    NavigableMap<OID, Variable> values() {
        return values;
    }

    /** What tells rows apart: texts with their length before them, numbers as they are. */
    static int[] index(Object... parts) {
        final OID index = new OID();
        for (final Object part : parts) {
            if (part instanceof String text) {
                final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                index.append(bytes.length);
                for (final byte each : bytes) {
                    index.append(each & 0xff);
                }
            } else {
                index.append((int) ((Number) part).longValue());
            }
        }
        return index.getValue();
    }

    private void put(int[] path, Variable value) {
        final int[] base = objects.getValue();
        final int[] whole = new int[base.length + path.length];
        System.arraycopy(base, 0, whole, 0, base.length);
        System.arraycopy(path, 0, whole, base.length, path.length);
        values.put(new OID(whole), value);
    }
}
