package org.tandemgw.gateway.dialect.csta;

import java.util.List;

/**
 * How an association begins, what is monitored, and what is asked then.
 *
 * @param switchFirst whether the ACD tells its status first; else we ask for an application session
 * @param application the id of our application
 * @param secret its password; null: it has none
 * @param protocol the version that is asked for
 * @param devices what is monitored
 * @param snapshot the lists that are asked for
 * @param aliveEveryMs how often something keeps it alive; 0: never
 */
record CstaLogin(
        boolean switchFirst,
        String application,
        String secret,
        String protocol,
        List<String> devices,
        List<String> snapshot,
        long aliveEveryMs) {
    CstaLogin {
        devices = List.copyOf(devices);
        snapshot = List.copyOf(snapshot);
    }

    @Override
    public String toString() {
        return "session of " + application; // never the secret
    }
}
