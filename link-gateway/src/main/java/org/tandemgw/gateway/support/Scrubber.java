package org.tandemgw.gateway.support;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes secrets out of texts, whatever those texts are about: as they are, and as base64 (also inside of a longer text that was encoded
 * as a whole, as in an HTTP header), as hex and as percent-encoded or escaped text. Immutable; any thread.
 */
public final class Scrubber {
    private final List<Map.Entry<String, String>> forms;

    /** For the secrets that are known by now. */
    public Scrubber(KnownSecrets secrets) {
        final Map<String, String> all = new LinkedHashMap<>();
        secrets.replacements()
                .forEach((secret, replacement) -> formsOf(secret).forEach(form -> all.putIfAbsent(form, replacement)));
        forms = new ArrayList<>(all.entrySet());
        // The longest first: a secret may be a part of another.
        forms.sort(Comparator.comparingInt(
                        (Map.Entry<String, String> form) -> form.getKey().length())
                .reversed());
    }

    /** The text without them. */
    public String clean(String text) {
        String clean = text;
        for (final Map.Entry<String, String> form : forms) {
            clean = clean.replace(form.getKey(), form.getValue());
        }
        return clean;
    }

    /** Whether one of them is in the text, in any form. */
    boolean finds(String text) {
        return forms.stream().anyMatch(form -> text.contains(form.getKey()));
    }

    static Set<String> formsOf(String secret) {
        final byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        final Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"")); // JSON
        forms.add(secret.replace("'", "'\\''")); // a shell's
        final String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms.add(url);
        forms.add(url.replace("+", "%20"));
        forms.add(lowerHex(url));
        forms.add(lowerHex(url.replace("+", "%20")));
        for (final HexFormat hex : List.of(HexFormat.of(), HexFormat.of().withUpperCase())) {
            forms.add(hex.formatHex(bytes));
            forms.add(hex.withDelimiter(" ").formatHex(bytes));
            forms.add(hex.withDelimiter(":").formatHex(bytes));
            forms.add(hex.withPrefix("%").formatHex(bytes));
            forms.add(hex.withPrefix("\\x").formatHex(bytes));
        }
        for (int before = 0; before < 3; before++) {
            forms.add(base64(bytes, before));
            forms.add(base64(bytes, before).replace('+', '-').replace('/', '_'));
        }
        forms.removeIf(form -> form.length() < KnownSecrets.SHORTEST);
        return forms;
    }

    /** The letters of base64 that these bytes decide alone, behind so many other bytes. */
    private static String base64(byte[] bytes, int before) {
        final byte[] text = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, text, before, bytes.length);
        final String all = Base64.getEncoder().withoutPadding().encodeToString(text);
        final int from = (before * 8 + 5) / 6;
        final int to = text.length * 8 / 6;
        return all.substring(from, Math.max(from, to));
    }

    private static String lowerHex(String url) {
        final StringBuilder out = new StringBuilder(url);
        for (int i = 0; i + 2 < out.length(); i++) {
            if (out.charAt(i) == '%') {
                out.replace(i + 1, i + 3, out.substring(i + 1, i + 3).toLowerCase(Locale.ROOT));
            }
        }
        return out.toString();
    }
}
