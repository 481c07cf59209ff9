/**
 * Looks at servers and at the network, in a rhythm, and tells what each look saw. Counting, verdicts and decisions are somebody else's.
 *
 * <pre>
 * Probes ── Watch (one per probe: rhythm, second path) ──► Looker ──► Attempt ──► LookListener
 *                                                          │ TcpLooker, HeldTcp   one look: bounded
 *                                                          │ HttpLooker           in time and memory,
 *                                                          │ SipLooker, SnmpLooker   ends once
 *                                                          │ IcmpLooker, ExecLooker  (helper threads)
 *                                                          │ FeedLooker
 *                                                          └ NetworkLooker
 * </pre>
 *
 * Everything happens on the one loop thread {@code probe-net}, except what can only wait: echo requests, programs and host names have bounded helper
 * threads. What could not be asked is never told as the other side's silence.
 */
package org.tandemgw.gateway.probe;
