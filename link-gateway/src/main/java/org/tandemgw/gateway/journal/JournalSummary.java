package org.tandemgw.gateway.journal;

/**
 * One generation of a journal in a line of {@code journal ls}.
 *
 * @param oldest the oldest sequence kept; 1 while empty
 * @param last the last sequence; 0 while empty
 * @param firstAtNs arrival of the oldest, UTC ns; -1 if there is none or it cannot be read
 * @param lastAtNs arrival of the last, likewise
 * @param diskBytes what the files really take; they look larger, for they have holes
 */
public record JournalSummary(long oldest, long last, long firstAtNs, long lastAtNs, long diskBytes) {}
