package org.tandemgw.recovery;

import java.util.List;

/**
 * An interval, or a part of one where it was cut.
 *
 * @param fromNs the first nanosecond of it, UTC
 * @param toNs the first one behind it
 * @param began why it began there
 * @param sure false if frames may have been missed
 * @param server which server was active; empty if that is not known
 * @param sequence of the record behind which it was closed; one that is not over yet: of the last record
 * @param index how many parts were closed behind that record before this one
 * @param lines by kind and name; the last one is that of the whole ACD
 */
public record IntervalPart(
        long fromNs,
        long toNs,
        Cut began,
        boolean sure,
        String server,
        long sequence,
        int index,
        List<IntervalLine> lines) {
    public IntervalPart {
        lines = List.copyOf(lines);
    }
}
