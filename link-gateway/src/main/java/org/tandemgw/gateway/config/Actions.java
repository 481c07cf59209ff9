package org.tandemgw.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tandemgw.profiles.yaml.Nearest;
import org.tandemgw.profiles.yaml.Section;

/** Reads what is run or posted: {@code promote}, {@code demote}, hooks; and the programs and URLs of other keys. */
final class Actions {

    private static final int LONGEST_URL = 2_048;

    private final Path folder;

    Actions(Path folder) {
        this.folder = folder;
    }

    /** An action without events of its own. */
    Optional<ActionConfig> read(Section section) {
        return read(section, List.of());
    }

    /** An action with its events. */
    Optional<ActionConfig> readHook(Section section) {
        section.require("on");
        return read(section, section.list("on", Actions::event, "write events: " + words()));
    }

    private Optional<ActionConfig> read(Section section, List<ActionConfig.Event> events) {
        String run = program(section, "run");
        String post = url(section, "post");
        Duration timeout =
                section.duration("timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(10));
        if (section.present() && section.has("run") == section.has("post")) {
            section.reject("needs either run or post", "run names a program, post a URL");
        }
        if (run != null) {
            return Optional.of(new ActionConfig(events, ActionConfig.Kind.RUN, run, timeout));
        }
        return Optional.ofNullable(post)
                .map(target -> new ActionConfig(events, ActionConfig.Kind.POST, target, timeout));
    }

    /** A program to run, absolute; null when the key is absent or there is no such program. */
    String program(Section section, String key) {
        Path program = section.value(key, null, folder::resolve, "write the path of a program");
        if (program != null && !(Files.isRegularFile(program) && Files.isExecutable(program))) {
            section.reject(key, "is not a program that can be run", "create it and make it executable: " + program);
        }
        return program == null ? null : program.toString();
    }

    /** A URL; null when the key is absent or holds none. */
    String url(Section section, String key) {
        return section.value(
                key, null, Actions::checkedUrl, "write a URL such as https://host/path, without user or password");
    }

    private static String checkedUrl(String text) {
        URI uri = uri(text);
        boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!web || uri.getHost() == null) {
            throw new IllegalArgumentException("is not a URL of http or https");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("holds a user or password");
        }
        return text;
    }

    private static URI uri(String text) {
        try {
            return new URI(text.length() <= LONGEST_URL ? text : "");
        } catch (URISyntaxException e) {
            // The exception's own message would show the whole URL, and with it what may be a secret.
            throw new IllegalArgumentException("is not a URL", e);
        }
    }

    private static ActionConfig.Event event(String text) {
        return Arrays.stream(ActionConfig.Event.values())
                .filter(event -> Section.wordOf(event).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is not a known event"
                        + Nearest.to(text, List.of(words().split(", ")))
                                .map(n -> ", did you mean " + n + "?")
                                .orElse("")));
    }

    private static String words() {
        return String.join(
                ", ",
                Arrays.stream(ActionConfig.Event.values()).map(Section::wordOf).toList());
    }
}
