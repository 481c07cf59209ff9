package org.tandemgw.gateway.switchover;

/**
 * One trunk switch.
 *
 * @param name unique
 * @param onPartial what to do when a select did not end with every card there
 * @param cards how many cards are moved
 * @param selectMs the longest that a select may take, all its tries and read-backs included
 * @param dwellMs least time between two selects that is not forced
 */
public record SwitchRules(String name, OnPartial onPartial, int cards, long selectMs, long dwellMs) {}
