package org.tandemgw.gateway.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.profiles.yaml.Outline;
import org.tandemgw.profiles.yaml.Problem;
import org.tandemgw.profiles.yaml.Problems;

/**
 * A configuration as others may see it. Shown is only what is known to be harmless: the value of a key that Tandem knows, that holds no
 * secret, and of a URL no more than its host. Comments are left out. On the way it learns which secrets the site has. Works on a file that is refused, too.
 */
public final class SharedConfiguration {
    private static final int LARGEST_SECRET_FILE = 1 << 16;
    private static final int MOST_PROFILES = 100;
    private static final Set<String> URLS = Set.of("post", "webhook", "http");
    private static final Pattern SECRET_FILE = Pattern.compile("(?:.*\\.)?(?:.*-file|tls\\.key)");
    private static final Pattern OF_A_PROFILE = Pattern.compile(
            "(name|title|evidence|hazards|silence|on-pause|(framing|identity|pairing|capacity|release)(\\..*|\\[].*)?"
                    + "|session\\.(dial|listen|login|events|snapshot)|keep-alive\\.every)");

    private final Path folder;
    private final KnownSecrets secrets;
    private final List<String> notes = new ArrayList<>();
    private final SortedSet<String> known;
    private final Problems problems;

    /**
     * Reads the file.
     *
     * @param secrets learns what the site keeps secret
     */
    public SharedConfiguration(Path file, KnownSecrets secrets) {
        this.folder = file.toAbsolutePath().normalize().getParent();
        this.secrets = secrets;
        final ConfigurationFile.Result result = ConfigurationFile.read(file);
        this.known = result.askedKeys();
        this.problems = result.problems();
    }

    /** The configuration, YAML again. */
    public List<String> lines(Path file) {
        return Outline.of(file, new Problems(), new Outline.Shown() {
            @Override
            public String key(String pattern, String key, int line) {
                return isKnown(pattern) ? key : "(a key that Tandem does not know, line " + line + ")";
            }

            @Override
            public String value(String pattern, String text) {
                return shared(pattern, text);
            }
        });
    }

    /** What is wrong with the file: where and what, without what it says there. */
    public List<String> problems() {
        return Stream.concat(problems.errors().stream(), problems.warnings().stream())
                .map(SharedConfiguration::oneLine)
                .toList();
    }

    /** What this user could not read, and so is not looked for. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** A profile of the site's own: nothing of what it sends and expects, which may hold a password. */
    public static List<String> profile(Path file) {
        return Outline.of(file, new Problems(), new Outline.Shown() {
            @Override
            public String key(String pattern, String key, int line) {
                return key;
            }

            @Override
            public String value(String pattern, String text) {
                return OF_A_PROFILE.matcher(pattern).matches() ? text : "(left out)";
            }
        });
    }

    /** The profiles of the site's own, at most {@value #MOST_PROFILES}. */
    public static List<Path> profiles(Path folder) {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .limit(MOST_PROFILES)
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private String shared(String pattern, String text) {
        final String key = pattern.substring(pattern.lastIndexOf('.') + 1);
        if (SECRET_FILE.matcher(pattern).matches()) {
            return secretFile(text);
        }
        if (URLS.contains(key)) {
            secrets.addUrl(text);
            return KnownSecrets.shown(text);
        }
        if (key.equals("communities") || !isLeaf(pattern)) {
            secrets.add(text);
            return "(left out)";
        }
        return text;
    }

    /** Who writes the secret where the name of its file belongs shall not find it here. */
    private String secretFile(String name) {
        final Path file = resolved(name);
        if (file == null || !Files.exists(file)) {
            secrets.add(name);
            return "(left out: there is no such file)";
        }
        try (InputStream in = Files.newInputStream(file)) {
            final String text = new String(in.readNBytes(LARGEST_SECRET_FILE), StandardCharsets.UTF_8);
            secrets.add(text.strip());
            secrets.addLines(text);
        } catch (IOException e) {
            notes.add("you may not read " + file + ": the secret in it was not looked for in what others have written");
        }
        return name;
    }

    private Path resolved(String name) {
        try {
            return folder.resolve(name);
        } catch (java.nio.file.InvalidPathException e) {
            return null;
        }
    }

    private boolean isKnown(String pattern) {
        return known.contains(pattern) || known.contains(parent(pattern) + ".*");
    }

    /** Whether a single value is meant to stand there. */
    private boolean isLeaf(String pattern) {
        return isKnown(pattern)
                && known.stream().noneMatch(each -> each.startsWith(pattern + ".") || each.startsWith(pattern + "[]"));
    }

    private static String parent(String pattern) {
        return pattern.contains(".") ? pattern.substring(0, pattern.lastIndexOf('.')) : "";
    }

    private static String oneLine(Problem problem) {
        final boolean unknown = problem.wrong().equals("is not a known key");
        return "line " + problem.line() + ": "
                + (problem.severity() == Problem.Severity.ERROR ? "error" : "warning") + ": "
                + (unknown ? "a key" : problem.key()) + ": " + problem.wrong();
    }
}
