package org.tandemgw.gateway.feed;

import java.net.InetSocketAddress;
import java.util.Map;

/**
 * One address where one server finds its feeds.
 *
 * @param server the server's name
 * @param address where to listen, port 0 takes any, for tests; or whom to dial
 * @param dial whether the server is dialled
 * @param user the server's user, at most 6 ASCII characters
 * @param password its password, at most 10 ASCII characters
 * @param continueOnLost {@code on-lost: continue}: a server that asks for what is no longer kept is accepted at the oldest
 * @param observers user to password; they read and have no cursor
 * @param confirmed per ACD the last sequence that the server is known to have, from the control file; absent: never connected
 * @param limits the bounds
 * @param dscp how packets to it are marked; 0: not
 */
public record FeedSettings(
        String server,
        InetSocketAddress address,
        boolean dial,
        String user,
        String password,
        boolean continueOnLost,
        Map<String, String> observers,
        Map<String, Long> confirmed,
        FeedLimits limits,
        int dscp) {
    /** Of a server that dials. */
    public FeedSettings(
            String server,
            InetSocketAddress listen,
            String user,
            String password,
            boolean continueOnLost,
            Map<String, String> observers,
            Map<String, Long> confirmed,
            FeedLimits limits) {
        this(server, listen, false, user, password, continueOnLost, observers, confirmed, limits, 0);
    }

    /** Copies the maps. */
    public FeedSettings {
        observers = Map.copyOf(observers);
        confirmed = Map.copyOf(confirmed);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "FeedSettings[" + server + " at " + address + " for " + user + "]";
    }
}
