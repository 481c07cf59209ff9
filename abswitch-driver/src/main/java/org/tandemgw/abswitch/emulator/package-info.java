/**
 * Emulated trunk switches: a program of its own, written from what is known and assumed of the boxes, and sharing no code with
 * the driver, so that one can prove the other wrong.
 *
 * <pre>
 *   TCP socket ───────┐                    ┌── Chassis: slots, cards, the true position of each relay
 *   pty (SerialLine) ─┼── EmulatedBox ─────┼── BoxWords: bytes to orders, one input per link, and the words of the answer
 *   SNMP (NbsAgent) ──┘     (pure)         └── BoxFaults
 *                              ▲
 *   control channel ───────────┘  faults, panel moves, power; never over the wire that the driver uses
 * </pre>
 */
package org.tandemgw.abswitch.emulator;
