package org.tandemgw.gateway.leg;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/**
 * How one leg is reached. Either {@code dial} or {@code listen} is given, the other is null.
 *
 * @param leg 1 or 2
 * @param dial the ACD's address
 * @param bind the local address to dial from, or null
 * @param listen where the ACD dials us
 * @param mayDial who may dial us
 * @param session how a session begins
 * @param connectTimeoutMs how long a dial may take
 * @param dscp how its packets are marked; 0: not
 */
public record LegSettings(
        int leg,
        InetSocketAddress dial,
        InetAddress bind,
        InetSocketAddress listen,
        Predicate<InetAddress> mayDial,
        LegSession.Plan session,
        int connectTimeoutMs,
        int dscp) {
    /** With packets that are not marked. */
    public LegSettings(
            int leg,
            InetSocketAddress dial,
            InetAddress bind,
            InetSocketAddress listen,
            Predicate<InetAddress> mayDial,
            LegSession.Plan session,
            int connectTimeoutMs) {
        this(leg, dial, bind, listen, mayDial, session, connectTimeoutMs, 0);
    }
}
