package org.tandemgw.gateway.health;

/**
 * Where the fault is, and how that is known.
 *
 * @param kind where
 * @param certain whether everything that could still answer has had its time; until then it may change
 * @param sentence for the operator
 */
public record Diagnosis(FaultKind kind, boolean certain, String sentence) {}
