/**
 * What is written down about calls: interval statistics and call records, each once, in files that people and programs read. The thread {@code calls-<acd>} writes, as
 * it folds the table; the command line reads.
 *
 * <pre>
 *  CallTable ── segments that end ──► CallRecords ──┐
 *      │                                            ├──► DayFiles: one file a day, each line once through any end of the process
 *      └──► IntervalBook ── parts ──► CallBooks ────┘         ▲
 *                                                          LinePosition: what the newest line says of where it came from
 * </pre>
 */
package org.tandemgw.gateway.books;
