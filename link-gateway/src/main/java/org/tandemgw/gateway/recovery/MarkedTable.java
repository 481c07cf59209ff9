package org.tandemgw.gateway.recovery;

import org.tandemgw.recovery.CallTable;

/**
 * The calls of one ACD as of a mark. For the thread {@code calls-<acd>}, within the call.
 *
 * @param sequence of the mark's record
 * @param atNs the record's time, by our clock
 * @param acdAheadNs how far the ACD's clock, by which the table has its times, is before ours
 * @param table as it is behind the mark
 */
public record MarkedTable(String acd, SwitchMark mark, long sequence, long atNs, long acdAheadNs, CallTable table) {
    /** When the mark was written, by the ACD's clock. */
    public long acdNowNs() {
        return atNs + acdAheadNs;
    }
}
