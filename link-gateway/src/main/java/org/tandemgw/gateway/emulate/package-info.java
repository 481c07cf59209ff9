/**
 * An ACD to test and to show with: two legs over real TCP, seeded traffic, faults on command, and an oracle that knows
 * what was sent.
 *
 * <pre>
 *  FrameSource ─► AcdSimulator ─┬─► SimulatedLeg 1 ─► socket ─►
 *                      │        └─► SimulatedLeg 2 ─► socket ─►   the gateway … its servers
 *                      ▼                                                        │ what they received
 *                  AcdOracle ◄──────────────── StreamComparison ◄───────────────┘
 * </pre>
 */
package org.tandemgw.gateway.emulate;
