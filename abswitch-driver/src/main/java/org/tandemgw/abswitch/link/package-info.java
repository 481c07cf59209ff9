/**
 * The wires: thin adapters from {@link org.tandemgw.abswitch.BoxPath} to TCP (Netty), serial lines (jSerialComm) and SNMP
 * (SNMP4J). They say what happened and decide nothing. None of them ever blocks or throws in {@code open}, {@code send} or
 * {@code close}: what can wait has a thread of its own here.
 */
package org.tandemgw.abswitch.link;
