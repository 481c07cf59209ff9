/**
 * The trunk switch: commands, read-back and outcome per card, over TCP, serial line and SNMP. Knows no sibling module.
 *
 * <p>Only the emulator of the K-AB family lives here yet: this version moves no trunks, and {@code tandem check} says so for a
 * file that names any.
 */
package org.tandemgw.abswitch;
