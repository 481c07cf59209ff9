package org.tandemgw.gateway.config;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.profiles.yaml.Section;

/** Every address that the file wants to listen on. Two of them on one port of one address are a problem of the later one. */
final class Listeners {

    /** Transport of a listener: the same number may serve both. */
    enum Transport {
        TCP,
        UDP
    }

    private record Listener(Transport transport, HostPort address, String path) {}

    private final List<Listener> taken = new ArrayList<>();

    void take(Transport transport, HostPort address, Section section, String key) {
        if (address == null) {
            return;
        }
        for (Listener other : taken) {
            if (other.transport == transport && collide(other.address, address)) {
                section.reject(key, "is already used by " + other.path, "give each listener its own port");
                return;
            }
        }
        taken.add(new Listener(transport, address, section.path() + "." + key));
    }

    private static boolean collide(HostPort a, HostPort b) {
        boolean sameHost = host(a).equalsIgnoreCase(host(b)) || a.isAnyAddress() || b.isAnyAddress();
        return a.port() == b.port() && sameHost;
    }

    private static String host(HostPort address) {
        return address.host().equals("localhost") ? "127.0.0.1" : address.host();
    }
}
