/**
 * The trunk switch: commands, read-back and outcome per card, over TCP, serial line and SNMP. Knows no sibling module.
 *
 * <pre>
 *  select, query ─► TrunkSwitch ─► owner: one queue, one frame in flight ─► Selection ─► Exchange ─► BoxPath ─► the box
 *                   (one thread)   rules of sending, paths, watch           per card     per frame   (TCP, serial, SNMP)
 * </pre>
 *
 * <p>{@link org.tandemgw.abswitch.TrunkSwitch} is the thin shell with a thread and a clock; everything behind it is pure: bytes
 * and time in, bytes and outcomes out.
 */
package org.tandemgw.abswitch;
