package org.tandemgw.gateway.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.gateway.control.IntervalReport;
import org.tandemgw.recovery.AccountKind;
import org.tandemgw.recovery.IntervalLine;

/** Adds up the parts of each interval, or keeps them as they are. */
final class IntervalSums {
    private record Key(String acd, long begin, AccountKind kind, String name) {}

    private final boolean parts;
    private final Map<Key, Sum> sums = new LinkedHashMap<>();

    /** @param parts whether parts stay parts */
    IntervalSums(boolean parts) {
        this.parts = parts;
    }

    /** In order; a part that is there already is passed over. */
    void add(IntervalFile.Row row, boolean over) {
        final long intervalNs = row.intervalS() * 1_000_000_000L;
        final long begin = parts ? row.fromNs() : row.fromNs() - row.fromNs() % intervalNs;
        final Key key = new Key(row.acd(), begin, row.line().kind(), row.line().name());
        final Sum sum = sums.get(key);
        if (sum == null) {
            sums.put(key, new Sum(row, over));
        } else if (row.fromNs() >= sum.toNs) {
            sum.add(row, over);
        }
    }

    /** By ACD and time, queues before agents before trunks. */
    List<IntervalReport> all() {
        return sums.entrySet().stream()
                .sorted(Map.Entry.comparingByKey((one, two) -> {
                    int order = one.acd.compareTo(two.acd);
                    order = order != 0 ? order : Long.compare(one.begin, two.begin);
                    order = order != 0 ? order : one.kind.compareTo(two.kind);
                    return order != 0 ? order : one.name.compareTo(two.name);
                }))
                .map(each -> each.getValue().report())
                .toList();
    }

    private static final class Sum {
        private final IntervalFile.Row first;
        private final List<String> servers = new ArrayList<>();
        private IntervalLine line;
        private long toNs;
        private int parts;
        private boolean over = true;
        private boolean sure = true;

        Sum(IntervalFile.Row first, boolean over) {
            this.first = first;
            add(first, over);
        }

        void add(IntervalFile.Row row, boolean isOver) {
            line = line == null ? row.line() : line.plus(row.line());
            toNs = row.toNs();
            parts++;
            over = isOver;
            sure &= row.sure();
            if (servers.isEmpty() || !servers.get(servers.size() - 1).equals(row.server())) {
                servers.add(row.server());
            }
        }

        IntervalReport report() {
            return IntervalReport.of(first, line, toNs, parts, over, sure, servers);
        }
    }
}
