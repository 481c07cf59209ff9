package org.tandemgw.gateway.feed;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who may log in at one address: the server's user, and the observers. Compares in constant time; immutable. */
final class Credentials {
    private record Entry(String name, byte[] user, byte[] password) {}

    private final List<Entry> entries = new ArrayList<>();

    Credentials(String user, String password, Map<String, String> observers) {
        if (observers.containsKey(user)) {
            throw new IllegalArgumentException("user " + user + " is both a server and an observer");
        }
        entries.add(entry(user, password));
        observers.forEach((name, secret) -> entries.add(entry(name, secret)));
    }

    /** Whose these are, or null. Looks at every entry, however early one matches. */
    String identify(byte[] user, byte[] password) {
        String found = null;
        for (Entry each : entries) {
            if (matches(each, user, password)) {
                found = each.name;
            }
        }
        return found;
    }

    private static boolean matches(Entry entry, byte[] user, byte[] password) {
        return MessageDigest.isEqual(entry.user, user) & MessageDigest.isEqual(entry.password, password);
    }

    private static Entry entry(String user, String password) {
        if (user.isBlank() || password.isEmpty()) {
            throw new IllegalArgumentException("a feed needs a user and a password");
        }
        return new Entry(
                user,
                SoupPackets.ascii(SoupPackets.padRight(user, SoupPackets.USER)),
                SoupPackets.ascii(SoupPackets.padRight(password, SoupPackets.PASSWORD)));
    }
}
