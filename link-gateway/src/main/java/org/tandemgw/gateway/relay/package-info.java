/**
 * Legs that are passed through, each to one server, both directions byte for byte, on one thread per ACD:
 *
 * <pre>
 *  ACD ◄──► leg 1 ─┐ RelaySession 1 ┌─ server 1
 *                  └──── RelayBook ─┘      │ each chunk with its leg and its direction
 *  ACD ◄──► leg 2 ─┐ RelaySession 2 ┌─ server 2
 *                  └──── RelayBook ─┘  ──► LinkJournal
 * </pre>
 *
 * Nothing is understood, merged or held back: a chunk is appended, which waits for nothing, and goes on at once. docs/adr/0037-relay.md.
 */
package org.tandemgw.gateway.relay;
