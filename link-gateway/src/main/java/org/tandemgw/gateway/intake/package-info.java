/**
 * Both legs of one ACD, from bytes to records, on one thread:
 *
 * <pre>
 *  AcdLeg 1 ─► LegInput 1 (decode, identify) ─┐
 *                                             ├─► LineArbiter ─► JournalSink ─► LinkJournal
 *  AcdLeg 2 ─► LegInput 2 (decode, identify) ─┘
 * </pre>
 */
package org.tandemgw.gateway.intake;
