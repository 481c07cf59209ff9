package org.tandemgw.recovery;

/**
 * One leg of a call.
 *
 * @param id the ACD's own; empty in dialects that name none
 * @param sure false if frames may have been missed since its state was told
 */
public record LegSummary(String id, CallState state, String party, String agent, String trunk, boolean sure) {}
