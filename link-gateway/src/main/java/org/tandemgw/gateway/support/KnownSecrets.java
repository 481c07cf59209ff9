package org.tandemgw.gateway.support;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secrets of a site, as far as this user may read them, each with what stands in its place. One thread. */
public final class KnownSecrets {
    /** Shorter ones are in every text by chance; only that they are nowhere written down keeps them out. */
    public static final int SHORTEST = 4;

    private static final int TOKEN = 8;
    private static final int LONG_TOKEN = 20;
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#]*@)?([^/?#@]*)(.*)", Pattern.DOTALL);
    private static final String REPLACED = "(secret)";

    private final Map<String, String> replacements = new LinkedHashMap<>();
    private int tooShort;

    /** A secret as it is used. */
    public void add(String secret) {
        add(secret, REPLACED);
    }

    /** The content of a file that holds secrets: each of its lines, and each word of them that looks like one. */
    public void addLines(String text) {
        final StringBuilder joined = new StringBuilder();
        for (final String line : text.split("\\R")) {
            if (line.startsWith("-----")) {
                continue; // the head or the end of a key in PEM
            }
            joined.append(line.strip());
            if (line.strip().length() >= TOKEN) {
                add(line.strip());
            }
            for (final String word : line.split("[\\s:\"',{}\\[\\]]+")) {
                addToken(word);
            }
        }
        if (joined.length() >= LONG_TOKEN) {
            add(joined.toString());
        }
    }

    /** What of a URL is nobody else's business: all behind its host, and who logs in. */
    public void addUrl(String url) {
        final Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return;
        }
        add(url, shown(url));
        final String rest = parts.group(3);
        if (rest.length() > 1) {
            add(parts.group(2) + rest, parts.group(2) + "/…");
        }
        final int at = url.indexOf('@', parts.group(1).length());
        if (at > 0 && at < url.length() - parts.group(2).length() - rest.length()) {
            final String login = url.substring(parts.group(1).length(), at);
            add(login);
            add(login.substring(login.indexOf(':') + 1));
        }
        for (final String word : (rest + "/" + decoded(rest)).split("[^A-Za-z0-9_.~-]+")) {
            addToken(word);
        }
        final int query = rest.indexOf('?');
        for (final String pair :
                query < 0 ? new String[0] : rest.substring(query + 1).split("[&;#]")) {
            final String value = pair.substring(pair.indexOf('=') + 1);
            add(value);
            add(decoded(value));
        }
    }

    /** A URL as others may see it: its scheme and its host. */
    public static String shown(String url) {
        final Matcher parts = URL.matcher(url);
        return parts.matches()
                ? parts.group(1) + parts.group(2) + (parts.group(3).isEmpty() ? "" : "/…")
                : REPLACED;
    }

    /** How many there are that are too short to be looked for. */
    public int tooShort() {
        return tooShort;
    }

    Map<String, String> replacements() {
        return replacements;
    }

    /** A word of a longer text is a secret if it looks made up: long, or with letters and digits. */
    private void addToken(String word) {
        final boolean mixed =
                word.chars().anyMatch(Character::isDigit) && word.chars().anyMatch(Character::isLetter);
        if (word.length() >= LONG_TOKEN || word.length() >= TOKEN && mixed) {
            add(word);
        }
    }

    private void add(String secret, String replacement) {
        if (secret.length() >= SHORTEST) {
            replacements.putIfAbsent(secret, replacement);
        } else if (!secret.isEmpty()) {
            tooShort++;
        }
    }

    private static String decoded(String word) {
        try {
            return URLDecoder.decode(word, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return word; // a percent sign that escapes nothing
        }
    }
}
