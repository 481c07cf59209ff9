package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The site of the reference configuration, each of its secrets another one, all of them known to whoever looks for them. */
public final class SecretSite {
    private static final Pattern FILE_KEY = Pattern.compile("\\b([a-z-]*-file|key): ([A-Za-z0-9._-]+)");
    private static final Pattern URL = Pattern.compile("(https?://[0-9.:]+)(/[a-z]+)");

    private final Path folder;
    private final Map<String, String> secrets = new LinkedHashMap<>();

    SecretSite(Path folder) throws IOException {
        this.folder = folder;
        final String reference = Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "reference.yaml"));
        String text = reference
                .lines()
                .map(line -> line.startsWith("#") ? line : line.replaceFirst("\\s+#.*", ""))
                .reduce("", (a, b) -> a + b + "\n");
        text = numbered(text, FILE_KEY, (match, number) -> {
            final String file = "file" + number + ".secret";
            privateFile(file, secret("of " + match.group(1) + " " + number) + "\n");
            return match.group(1) + ": " + file;
        });
        text = numbered(
                text,
                URL,
                (match, number) -> match.group(1) + "/services/" + secret("path " + number) + "?t="
                        + URLEncoder.encode(secret("query " + number) + "&", StandardCharsets.UTF_8) + "&u=+"
                        + secret("word " + number));
        text = text.replace("communities: []", "communities: [" + secret("community") + "]");
        text = text.replace("data: /var/lib/tandem", "data: data").replaceFirst("profiles: .*", "profiles: own");
        assertTrue(text.contains("data: data") && text.contains("profiles: own"), text);
        for (final String program : List.of("look", "promote", "demote", "hook")) {
            final Path file = folder.resolve("scripts").resolve(program);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\ncurl -u admin:" + secret("program " + program) + " x\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        privateFile("panel.crt", "-----BEGIN CERTIFICATE-----\n");
        Files.createDirectories(folder.resolve("own/acd"));
        Files.writeString(
                folder.resolve("own/acd/desk.yaml"),
                "name: desk\ntitle: The desk\nframing: { delimiter: lf }\nsession:\n  dial: on\n  steps:\n    - { send: \"login "
                        + secret("step") + "\" }\n# " + secret("comment of a profile") + "\n");
        Files.writeString(folder.resolve("tandem.yaml"), "# formerly " + secret("comment") + "\n" + text);
        Files.createDirectories(folder.resolve("data"));
    }

    private interface Replacing {
        String with(Matcher match, int number) throws IOException;
    }

    private static String numbered(String text, Pattern pattern, Replacing replacing) throws IOException {
        final Matcher match = pattern.matcher(text);
        final StringBuilder out = new StringBuilder();
        int number = 0;
        while (match.find()) {
            match.appendReplacement(out, Matcher.quoteReplacement(replacing.with(match, ++number)));
        }
        assertTrue(number > 2, "nothing matched " + pattern);
        return match.appendTail(out).toString();
    }

    /** Ten characters, as many as a login has room for. */
    private String secret(String what) {
        final String secret = "z" + HexFormat.of().toHexDigits((int) (what.hashCode() * 2_654_435_761L)) + "q";
        secrets.put(what, secret);
        return secret;
    }

    private void privateFile(String name, String content) throws IOException {
        final Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    Map<String, String> secrets() {
        return secrets;
    }

    /** What somebody's log or record could say of these secrets, whole and coded. */
    List<String> chatter() {
        final List<String> lines = new ArrayList<>();
        for (final Map.Entry<String, String> each : secrets.entrySet()) {
            if (each.getKey().startsWith("program")
                    || each.getKey().contains("comment")
                    || each.getKey().equals("step")) {
                continue; // Tandem never sees these.
            }
            final byte[] bytes = each.getValue().getBytes(StandardCharsets.UTF_8);
            lines.add("login with " + each.getValue() + " failed");
            for (final String user : List.of("a", "ab", "abc")) {
                lines.add("Authorization: Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":" + each.getValue()).getBytes(StandardCharsets.UTF_8)));
            }
            lines.add(Base64.getUrlEncoder().encodeToString(bytes));
            lines.add(HexFormat.of().formatHex(bytes));
            lines.add(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes));
            lines.add(HexFormat.of().withPrefix("%").formatHex(bytes));
            lines.add("{\"message\":\"the \\\"" + each.getValue() + "\\\"\"}");
        }
        return lines;
    }

    /** Every entry of a zip file. */
    public static Map<String, String> unzipped(Path zip) throws IOException {
        final Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    /** No secret is in any entry, in any of the forms in which people and programs write one. */
    public static void assertNone(Map<String, String> entries, Map<String, String> secrets) {
        final List<String> found = new ArrayList<>();
        entries.forEach((name, text) -> secrets.forEach((what, secret) -> {
            final byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            final List<String> forms = new ArrayList<>(List.of(
                    secret,
                    HexFormat.of().formatHex(bytes),
                    HexFormat.ofDelimiter(" ").formatHex(bytes),
                    HexFormat.of().withPrefix("%").formatHex(bytes),
                    URLEncoder.encode(secret, StandardCharsets.UTF_8)));
            for (final String before : List.of("", "x", "xx")) {
                // The letters in the middle, which no neighbour can change.
                final String coded =
                        Base64.getEncoder().encodeToString((before + secret + "xx").getBytes(StandardCharsets.UTF_8));
                forms.add(coded.substring(4, coded.length() - 4));
            }
            for (final String form : forms) {
                if ((name + text)
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains(form.toLowerCase(java.util.Locale.ROOT))) {
                    found.add(name + " holds the secret " + what + " as " + form);
                }
            }
        }));
        assertEquals(List.of(), found.stream().limit(10).toList(), found.size() + " findings");
    }
}
