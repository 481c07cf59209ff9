package org.tandemgw.gateway.recovery;

import org.tandemgw.recovery.CallTable;

/**
 * The calls of one ACD as it has just listed them. For the thread {@code calls-<acd>}, within the call.
 *
 * @param beganAfter the last record before the list began
 * @param acdAheadNs how far the ACD's clock, by which the table has its times, is before ours
 */
public record ListedTable(String acd, long beganAfter, long acdAheadNs, CallTable table) {}
