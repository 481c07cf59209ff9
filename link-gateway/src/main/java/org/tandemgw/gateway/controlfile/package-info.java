/**
 * What must be known after any end of the process: the control file, the thread that keeps it, and the pure decision how each
 * journal goes on at a start.
 *
 * <pre>
 *    journals, feeds, clock ──► Keeper ──► ControlFile (two slots) ──► ControlState ─┐
 *                                                                                   ├─► StartDecision ──► JournalStart
 *    journal as it lies on disk ──► JournalSurvey ──────────────────────────────────┘
 * </pre>
 */
package org.tandemgw.gateway.controlfile;
