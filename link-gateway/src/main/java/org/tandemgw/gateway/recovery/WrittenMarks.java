package org.tandemgw.gateway.recovery;

/**
 * The marks of the newest switchover in the journal of an ACD, as the next start has to know them.
 *
 * @param newest what the first of them says
 * @param commence its sequence
 * @param switched the sequence of the second one; 0: there is none
 */
public record WrittenMarks(SwitchMark newest, long commence, long switched) {}
