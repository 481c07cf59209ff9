package org.tandemgw.gateway.alarm;

/**
 * Something that is wrong now. Its alarm is raised when it first holds and cleared when it does not any more.
 *
 * @param object what it is about, like {@code acd1/leg-2}; name and object together are its identity
 * @param text one sentence for the operator; may change while it holds
 */
public record Condition(AlarmName name, String object, String text) {}
