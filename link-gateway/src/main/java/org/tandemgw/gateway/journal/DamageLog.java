package org.tandemgw.gateway.journal;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects the records of one journal that its readers could not read, each once however often it is met. Keeps at most 1,000
 * ranges of them and ten files; beyond, a record that is met twice counts twice. Any thread.
 */
final class DamageLog {
    private static final int RANGES = 1_000;
    private static final int FILES = 10;

    private final RollFiles files;
    private final TreeMap<Long, Long> ranges = new TreeMap<>();
    private final Set<Path> where = new LinkedHashSet<>();
    private long records;
    private long first;
    private long last;
    private volatile JournalDamage known;

    DamageLog(RollFiles files) {
        this.files = files;
        tell();
    }

    /** A record could not be read; {@code map} is where it was looked for, or null. */
    synchronized void met(long sequence, RollFileMap map) {
        final Map.Entry<Long, Long> before = ranges.floorEntry(sequence);
        if (before != null && before.getValue() >= sequence) {
            return;
        }
        if (before != null && before.getValue() == sequence - 1) {
            ranges.put(before.getKey(), sequence);
        } else if (ranges.size() < RANGES) {
            ranges.put(sequence, sequence);
        }
        records++;
        first = first == 0 ? sequence : Math.min(first, sequence);
        last = Math.max(last, sequence);
        if (map != null && where.size() < FILES) {
            where.add(map.path());
        }
        tell();
    }

    /** Files were set aside. */
    synchronized void tell() {
        known = new JournalDamage(records, first, last, java.util.List.copyOf(where), files.quarantined());
    }

    JournalDamage known() {
        return known;
    }
}
