package org.tandemgw.gateway.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/**
 * How one leg is passed through.
 *
 * @param leg 1 or 2
 * @param server the one server that has it
 * @param listen where that server dials us
 * @param mayDial who may dial us
 * @param dial the ACD
 * @param bind the local address to dial from, or null
 * @param times how long things may take
 */
public record RelaySettings(
        int leg,
        String server,
        InetSocketAddress listen,
        Predicate<InetAddress> mayDial,
        InetSocketAddress dial,
        InetAddress bind,
        Times times) {

    /**
     * How long things may take.
     *
     * @param connectMs a dial to the ACD
     * @param dialPauseMs the ACD is dialled at most once in so long, however often the server comes
     * @param endingMs when one end has closed: for so long the other one may take what is still on its way to it, and close too
     * @param listenAgainMs when an address cannot be listened at
     */
    public record Times(int connectMs, long dialPauseMs, long endingMs, long listenAgainMs) {
        /** For every site. */
        public static final Times DEFAULT = new Times(2_000, 250, 30_000, 1_000);
    }
}
