/**
 * Deciding in the appliance: brings what is seen to the machine that decides, keeps what it decides, carries it out.
 *
 * <pre>
 *   Probes ──────────┐
 *   Trunks ──────────┤
 *   SwitchDesk ──────┼─► Inbox ──► Control ──► Switchover (pure)
 *   FactWatch ───────┤               │  ▲  └──► control file, durable
 *   ends of steps ───┘               ▼  └── LateWatch
 *                                  Deeds ──► demote, select, promote, hooks
 *                                    └─────► Recorder, audit file, answers
 * </pre>
 */
package org.tandemgw.gateway.deciding;
