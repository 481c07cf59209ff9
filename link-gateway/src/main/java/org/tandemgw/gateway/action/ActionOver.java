package org.tandemgw.gateway.action;

/**
 * How an action ended.
 *
 * @param ok whether it did what it was asked for
 * @param said what the program or server said last, or why it failed; one line
 * @param tookMs from the order to the end, waiting included
 */
public record ActionOver(boolean ok, String said, long tookMs) {}
