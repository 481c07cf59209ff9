/**
 * What was decided, and why: kept, replayed and told.
 *
 * <pre>
 *  control ─event, opened, closed─► Recorder ─► DecisionLog ─► data/decisions/000007.json
 *                                                                  │
 *                                               Replay ◄───────────┼──────────► Story (why)
 *                                    (the same machine again)      └──────────► DecisionJson
 * </pre>
 *
 * A record holds all that the machine was told, in its own words, so that nothing but the record and the code is needed to decide again.
 */
package org.tandemgw.gateway.decision;
