package org.tandemgw.gateway.switchover;

/**
 * What became of one card in a select.
 *
 * @param card its number
 * @param outcome MOVED, ALREADY_THERE, NOT_MOVED, ABSENT or UNKNOWN
 * @param read the position last read; null: none
 * @param tookMs from its command to its proof
 * @param detail for the operator; null: nothing to add
 */
public record CardLine(int card, String outcome, String read, double tookMs, String detail) {}
