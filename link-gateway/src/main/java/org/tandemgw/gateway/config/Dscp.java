package org.tandemgw.gateway.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.profiles.yaml.Section;

/**
 * How the packets of one connection are marked for the network (RFC 2474): a number from 0 to 63, as a name or as such. A connection takes the key where its
 * socket is Tandem's own; elsewhere the key is refused. Pure.
 */
final class Dscp {
    private static final String KEY = "dscp";
    private static final int MOST = 63;
    private static final int PER_CLASS = 8;
    private static final Map<String, Integer> NAMES = names();

    private Dscp() {}

    /** As the file says; 0: not marked, like anything else. */
    static int read(Section section) {
        return section.value(KEY, 0, Dscp::parse, "write AF11 to AF43, EF, CS0 to CS7, or a number from 0 to 63");
    }

    /** @param why the socket is not Tandem's own; null: it is */
    static void refuse(Section section, String why, String remedy) {
        if (why != null && section.has(KEY)) {
            section.reject(KEY, why, remedy);
        }
    }

    /** A name may stand for addresses of both kinds, and the socket has to be made for one of them. */
    static void needsAddress(Section section, String key, int dscp, HostPort to) {
        if (dscp != 0 && to != null && !HostPort.isAddress(to.host())) {
            section.reject(key, "is a name, and its packets are to be marked", "write an IP address, or remove  dscp:");
        }
    }

    private static int parse(String text) {
        final Integer named = NAMES.get(text.toUpperCase(Locale.ROOT));
        if (named != null) {
            return named;
        }
        if (!text.matches("\\d{1,2}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException("is no marking");
        }
        return Integer.parseInt(text);
    }

    private static Map<String, Integer> names() {
        final Map<String, Integer> names = new TreeMap<>();
        for (int i = 0; i < PER_CLASS; i++) {
            names.put("CS" + i, i * PER_CLASS);
        }
        for (int level = 1; level <= 4; level++) {
            for (int drop = 1; drop <= 3; drop++) {
                names.put("AF" + level + drop, level * PER_CLASS + 2 * drop);
            }
        }
        names.put("EF", 46);
        return names;
    }
}
