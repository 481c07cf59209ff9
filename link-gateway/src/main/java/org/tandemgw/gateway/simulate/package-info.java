/**
 * What an operator may try without touching anything: what faults would lead to at his own site ({@link org.tandemgw.gateway.simulate.Rehearsal}), and what changed
 * thresholds would have done with what was really seen ({@code Hindsight}).
 *
 * <pre>
 * file ──► SiteOfFile ──► Rehearsal ──► CaseTally ──► Findings, each remedy tried ──► RehearsalReport
 * file, data/history, data/decisions ──► Hindsight ──► HindsightReport
 * </pre>
 */
package org.tandemgw.gateway.simulate;
