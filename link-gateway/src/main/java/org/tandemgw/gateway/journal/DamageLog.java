package org.tandemgw.gateway.journal;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects the records of one journal that its readers could not read, each once however often it is met. Keeps at most 1,000
 * ranges of them, ten files, and ten ranges that no file has; beyond, a record that is met twice counts twice. Any thread.
 */
final class DamageLog {
    private static final int RANGES = 1_000;
    private static final int FILES = 10;

    private final RollFiles files;
    private final TreeMap<Long, Long> ranges = new TreeMap<>();
    private final TreeMap<Long, Long> missing = new TreeMap<>();
    private final Set<Path> where = new LinkedHashSet<>();
    private final Set<Path> removed = new LinkedHashSet<>();
    private long records;
    private long first;
    private long last;
    private volatile JournalDamage known;

    DamageLog(RollFiles files) {
        this.files = files;
        tell();
    }

    /** Records could not be read; {@code in} is the file that they are in, or null if no file has them. */
    synchronized void met(long from, long through, Path in) {
        final long before = ranges.isEmpty() ? 0 : covered(from, through);
        final long more = through - from + 1 - before;
        if (more == 0) {
            return;
        }
        merge(ranges, from, through, RANGES);
        if (in == null) {
            merge(missing, from, through, FILES);
        } else {
            records += more;
            first = first == 0 ? from : Math.min(first, from);
            last = Math.max(last, through);
            if (where.size() < FILES) {
                where.add(in);
            }
        }
        tell();
    }

    private long covered(long from, long through) {
        long covered = 0;
        for (Map.Entry<Long, Long> each = ranges.floorEntry(through);
                each != null && each.getValue() >= from;
                each = ranges.lowerEntry(each.getKey())) {
            covered += Math.min(each.getValue(), through) - Math.max(each.getKey(), from) + 1;
        }
        return covered;
    }

    private static void merge(TreeMap<Long, Long> ranges, long from, long through, int atMost) {
        long begin = from;
        long end = through;
        for (Map.Entry<Long, Long> each = ranges.floorEntry(through + 1);
                each != null && each.getValue() >= from - 1;
                each = ranges.floorEntry(through + 1)) {
            begin = Math.min(begin, each.getKey());
            end = Math.max(end, each.getValue());
            ranges.remove(each.getKey());
        }
        if (ranges.size() < atMost) {
            ranges.put(begin, end);
        }
    }

    /** Somebody has removed the file that is written to. False if that is known. */
    synchronized boolean removed(Path file) {
        if (removed.size() >= FILES || !removed.add(file)) {
            return false;
        }
        tell();
        return true;
    }

    /** Files were set aside. */
    synchronized void tell() {
        final List<JournalDamage.Missing> gone = missing.entrySet().stream()
                .map(each -> new JournalDamage.Missing(each.getKey(), each.getValue()))
                .toList();
        known = new JournalDamage(
                records, first, last, List.copyOf(where), files.quarantined(), gone, List.copyOf(removed));
    }

    JournalDamage known() {
        return known;
    }
}
