/**
 * The appliance. The journey of one frame:
 *
 * <pre>
 *  ACD ── leg 1 ──► AcdLeg ─bytes─► LinkFrameDecoder ─┐
 *                                                     ├─► LineArbiter ──► LinkJournal
 *  ACD ── leg 2 ──► AcdLeg ─bytes─► LinkFrameDecoder ─┘                       │ each reader has its own position
 *                                                                   ┌─────────┴─────────┐
 *                                                                   ▼                   ▼
 *                                                            feed to server 1    feed to server 2
 * </pre>
 */
package org.tandemgw.gateway;
