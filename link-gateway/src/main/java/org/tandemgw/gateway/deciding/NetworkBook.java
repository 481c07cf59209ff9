package org.tandemgw.gateway.deciding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.NetworkPlace;
import org.tandemgw.gateway.health.Look;

/** The newest look at each gateway and neighbour that the file names, for who asks whether they answer. As many as the file names. Any thread. */
final class NetworkBook {
    private record Seen(Look look, Instant at) {}

    private volatile Map<String, List<String>> uses = Map.of();
    private final Map<String, Seen> newest = new ConcurrentHashMap<>();

    NetworkBook(SiteConfiguration site) {
        follow(site);
    }

    /** The file names these now; of one that it named before, what was seen stays. */
    void follow(SiteConfiguration site) {
        final Map<String, List<String>> named = new LinkedHashMap<>();
        site.network().gateways().forEach(host -> use(named, host, "gateway"));
        site.network().netTest().forEach((server, host) -> use(named, host, "net-test of " + server));
        newest.keySet().retainAll(named.keySet());
        uses = named;
    }

    private static void use(Map<String, List<String>> named, String host, String what) {
        named.computeIfAbsent(host, none -> new ArrayList<>()).add(what);
    }

    void looked(String host, Look look, Instant at) {
        if (uses.containsKey(host)) {
            newest.put(host, new Seen(look, at));
        }
    }

    List<NetworkPlace> places() {
        return uses.entrySet().stream()
                .map(each -> place(each.getKey(), String.join(", ", each.getValue())))
                .toList();
    }

    private NetworkPlace place(String host, String what) {
        final Seen seen = newest.get(host);
        return seen == null
                ? new NetworkPlace(host, what, false, null, null)
                : new NetworkPlace(
                        host,
                        what,
                        seen.look().sight().reached(),
                        seen.look().said() == null
                                ? seen.look().sight().toString()
                                : seen.look().said(),
                        seen.at());
    }
}
