package org.tandemgw.gateway.decision;

import org.tandemgw.gateway.switchover.Drill;

/**
 * A drill with what was done for it, as it is kept and as programs read it. Component names are JSON keys.
 *
 * @param out the switchover to the other server; null: none was begun, or its record is gone
 * @param home the newest one back; null likewise
 */
public record DrillReport(Drill drill, DecisionJson out, DecisionJson home) {}
