package org.tandemgw.gateway.control;

import java.time.Instant;
import java.util.List;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.recovery.AccountKind;
import org.tandemgw.recovery.IntervalLine;

/**
 * What was counted of one queue, agent, group of trunks, or of a whole ACD, in one interval or a part of one, as programs read it. What each number means for whom:
 * docs/intervals.md.
 *
 * @param began why it begins: start, interval, switch, gap, listed; of an interval of several parts, of its first one
 * @param parts of how many parts it is the sum
 * @param over false if it is not over yet
 * @param sure false if frames may have been missed
 * @param servers which servers were active, in order
 */
public record IntervalReport(
        String acd,
        Instant from,
        Instant to,
        long intervalS,
        String began,
        int parts,
        boolean over,
        boolean sure,
        List<String> servers,
        String kind,
        String name,
        long atBegin,
        long offered,
        long found,
        long answered,
        long abandoned,
        long left,
        long lost,
        long atEnd,
        long waitNs,
        long ringNs,
        long talkNs,
        long holdNs,
        long workNs,
        long presentNs) {
    /** Of one line. */
    public static IntervalReport of(IntervalFile.Row row, boolean over) {
        return of(row, row.line(), row.toNs(), 1, over, row.sure(), List.of(row.server()));
    }

    /**
     * Of several.
     *
     * @param first of the lines
     * @param line their sum
     */
    public static IntervalReport of(
            IntervalFile.Row first,
            IntervalLine line,
            long toNs,
            int parts,
            boolean over,
            boolean sure,
            List<String> servers) {
        return new IntervalReport(
                first.acd(),
                Instant.ofEpochSecond(0, first.fromNs()),
                Instant.ofEpochSecond(0, toNs),
                first.intervalS(),
                first.began(),
                parts,
                over,
                sure,
                servers,
                line.kind().word(),
                line.name(),
                line.atBegin(),
                line.offered(),
                line.found(),
                line.answered(),
                line.abandoned(),
                line.left(),
                line.lost(),
                line.atEnd(),
                line.waitNs(),
                line.ringNs(),
                line.talkNs(),
                line.holdNs(),
                line.workNs(),
                line.presentNs());
    }

    /** As a file has it. */
    public IntervalFile.Row row() {
        return new IntervalFile.Row(
                acd,
                ns(from),
                ns(to),
                intervalS,
                began,
                sure,
                servers.get(0),
                0,
                0,
                new IntervalLine(
                        AccountKind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
                        name,
                        atBegin,
                        atEnd,
                        offered,
                        found,
                        answered,
                        abandoned,
                        left,
                        lost,
                        waitNs,
                        ringNs,
                        talkNs,
                        holdNs,
                        workNs,
                        presentNs));
    }

    private static long ns(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }
}
