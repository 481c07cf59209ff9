package org.tandemgw.gateway.dialect.esl;

import java.util.List;

/**
 * How a leg logs in, and what it asks then.
 *
 * @param events what is subscribed
 * @param snapshot the lists to ask for after the login, in order
 * @param keepAliveEveryMs 0: never
 */
record EslLogin(String user, String secret, String events, List<String> snapshot, long keepAliveEveryMs) {
    EslLogin {
        snapshot = List.copyOf(snapshot);
    }

    @Override
    public String toString() {
        return "user " + user; // never the secret
    }
}
