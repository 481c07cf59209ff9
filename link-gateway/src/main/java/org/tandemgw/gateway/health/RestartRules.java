package org.tandemgw.gateway.health;

/**
 * How many restarts count as a failure.
 *
 * @param sequential in a row: seen by so many looks one after the other
 * @param inPeriod within {@code periodMs}
 * @param periodMs how long a restart is remembered
 */
public record RestartRules(int sequential, int inPeriod, long periodMs) {}
