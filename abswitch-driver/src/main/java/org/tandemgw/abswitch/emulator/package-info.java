/**
 * An emulated A/B switch of the K-AB family: a program of its own, written from what is known and assumed of the boxes, and
 * sharing no code with the driver, so that one can prove the other wrong.
 *
 * <pre>
 *   TCP socket ──┐                 ┌── Chassis: slots, cards, the true position of each relay
 *                ├── KabBox ───────┼── FrameInput: bytes to requests, one per link
 *   pty (script) ┘   (pure)        └── ReplyDialect: the words of the answer
 *                      ▲
 *   control channel ───┘  faults, panel moves, power; never over the wire that the driver uses
 * </pre>
 */
package org.tandemgw.abswitch.emulator;
