package org.tandemgw.abswitch;

import java.time.Duration;

/**
 * What became of a query of all our cards.
 *
 * @param complete whether every card was read, now
 * @param refusedBecause why nothing was sent, or null
 * @param positions afterwards: cards that were not read keep what was known, with its age
 * @param detail one sentence on what was not understood or not answered, or null
 * @param took from the moment its turn came
 */
public record QueryResult(
        boolean complete, String refusedBecause, SwitchPositions positions, String detail, Duration took) {}
