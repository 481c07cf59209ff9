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

    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.equals(text.strip()) && text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private static Entry entry(String user, String password) {
        if (!isPlain(user) || !isPlain(password)) {
            throw new IllegalArgumentException(
                    "user and password of a feed must be there and be ASCII, without blanks at the ends");
        }
        return new Entry(
                user,
                SoupPackets.ascii(SoupPackets.padRight(user, SoupPackets.USER)),
                SoupPackets.ascii(SoupPackets.padRight(password, SoupPackets.PASSWORD)));
    }
}
