package org.tandemgw.abswitch;

import java.time.Instant;

/**
 * A move that was ordered: remembered for dwell and cap.
 *
 * @param at when, by the wall clock
 * @param card its number
 * @param position where to
 * @param automatic whether no person asked for it
 */
public record Move(Instant at, int card, String position, boolean automatic) {}
