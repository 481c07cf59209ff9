package org.tandemgw.profiles.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A map of the file, asked key by key. A key that is absent, or whose value cannot be used, gives the default (which may be
 * null); the second case is also a problem of the reading. An absent section can be asked like a present one and gives
 * defaults only, so that the keys of every section are known whether the file uses it or not.
 */
public final class Section extends TypedValues {

    private static final Pattern MIGHT_BE_SECRET =
            Pattern.compile(".*(secret|passw|pass$|pwd|token|key|communit|auth|priv).*", Pattern.CASE_INSENSITIVE);

    private static final Pattern URL =
            Pattern.compile("([A-Za-z]{1,16}://)(?:[^/?#]*@)?([^/?#@]*)[^\\n]*", Pattern.DOTALL);

    private final Reading reading;
    private final YamlNode node;
    private final String path;
    private final String pattern;
    private final Set<String> known = new TreeSet<>();
    private final Map<String, Section> children = new LinkedHashMap<>();
    private boolean freeNames;

    Section(Reading reading, YamlNode node, String path, String pattern) {
        this.reading = reading;
        this.path = path;
        this.pattern = pattern;
        boolean isMap = node != null && node.kind() == YamlNode.Kind.MAP;
        this.node = isMap ? node : null;
        if (isMap) {
            reading.opened(this);
        } else if (node != null && node.kind() != YamlNode.Kind.BROKEN) {
            reading.error(
                    node.line(), path, node.shown(), "must hold keys and values", "write  key: value  lines below it");
        }
    }

    /** @return true when the file has this section */
    public boolean present() {
        return node != null;
    }

    /** @return the key path of this section, as messages show it */
    public String path() {
        return path;
    }

    /** @return the line where this section starts, 0 when absent */
    public int line() {
        return node == null ? 0 : node.line();
    }

    /**
     * Whether the file has this key, with whatever value.
     *
     * @param key the key
     * @return true when it is there
     */
    public boolean has(String key) {
        return find(key) != null;
    }

    /**
     * What the file says under a key, whatever it should be, without a complaint.
     *
     * @param key the key
     * @return the text, or null when there is none
     */
    public String peek(String key) {
        YamlNode found = find(key);
        return found == null || found.kind() != YamlNode.Kind.TEXT || found.isEmpty() ? null : found.text();
    }

    /**
     * Makes each missing or empty key of a present section a problem.
     *
     * @param keys what this section cannot do without
     * @return this section
     */
    public Section require(String... keys) {
        for (String key : keys) {
            if (present() && !has(key)) {
                int line = node.line();
                reading.error(line, Reading.join(path, key), "", "is missing", "add the key  " + key + ":");
            }
        }
        return this;
    }

    @Override
    public <T> T value(String key, T def, Function<String, T> parse, String remedy) {
        YamlNode found = find(key);
        return found == null ? def : parsed(found, Reading.join(path, key), key, def, parse, remedy);
    }

    /**
     * A list of texts. One text alone counts as a list of one.
     *
     * @param key the key
     * @param parse from text to value; an IllegalArgumentException's message says what is wrong
     * @param remedy what to write instead
     * @param <T> the type of the values
     * @return the values that could be used, empty when the key is absent
     */
    public <T> List<T> list(String key, Function<String, T> parse, String remedy) {
        YamlNode found = find(key);
        if (found == null || found.kind() == YamlNode.Kind.BROKEN) {
            return List.of();
        }
        List<T> values = new ArrayList<>();
        List<YamlNode> elements = found.kind() == YamlNode.Kind.LIST ? found.list() : List.of(found);
        for (int i = 0; i < elements.size(); i++) {
            String at = Reading.join(path, key) + (found.kind() == YamlNode.Kind.LIST ? "[" + (i + 1) + "]" : "");
            T value = parsed(elements.get(i), at, key, null, parse, remedy);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    /**
     * The section under a key; absent when the file does not have it.
     *
     * @param key the key
     * @return a section, never null
     */
    public Section section(String key) {
        YamlNode found = find(key);
        return children.computeIfAbsent(key, k -> new Section(reading, found, Reading.join(path, key), patternOf(key)));
    }

    /**
     * The sections of a list.
     *
     * @param key the key
     * @return one section for each element, empty when the key is absent
     */
    public List<Section> sections(String key) {
        YamlNode found = find(key);
        if (found == null || found.kind() == YamlNode.Kind.BROKEN) {
            return List.of();
        }
        if (found.kind() != YamlNode.Kind.LIST) {
            reject(key, "must be a list", "start each element with  - ");
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < found.list().size(); i++) {
            String at = key + "[" + (i + 1) + "]";
            YamlNode element = found.list().get(i);
            sections.add(children.computeIfAbsent(
                    at, k -> new Section(reading, element, Reading.join(path, at), patternOf(key) + "[]")));
        }
        return sections;
    }

    /**
     * The keys of a section whose keys are names of the site's own; none of them is unknown.
     *
     * @return the names, in the order of the file
     */
    public List<String> names() {
        freeNames = true;
        return present() ? List.copyOf(node.map().keySet()) : List.of();
    }

    /**
     * Reports a value that was read but cannot stand; the file is refused.
     *
     * @param key the key in this section
     * @param wrong what is wrong
     * @param remedy what to do
     */
    public void reject(String key, String wrong, String remedy) {
        YamlNode found = find(key);
        String shown = found == null ? "" : safe(key, found);
        reading.error(found == null ? line() : found.line(), at(key), shown, wrong, remedy);
    }

    /**
     * Reports something that the reader should know; the file is accepted.
     *
     * @param key the key in this section, or empty for the section itself
     * @param wrong what there is to know
     * @param remedy what to do about it
     */
    public void warn(String key, String wrong, String remedy) {
        YamlNode found = key.isEmpty() ? null : find(key);
        String shown = found == null ? "" : safe(key, found);
        reading.warning(found == null ? line() : found.line(), at(key), shown, wrong, remedy);
    }

    /**
     * Reports something about this section as a whole; the file is refused.
     *
     * @param wrong what is wrong
     * @param remedy what to do
     */
    public void reject(String wrong, String remedy) {
        reading.error(line(), path, "", wrong, remedy);
    }

    void reportUnknownKeys() {
        if (freeNames) {
            return;
        }
        node.map().forEach((key, value) -> {
            if (!known.contains(key)) {
                String remedy = Nearest.to(key, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "known here: " + shown(known));
                reading.error(value.line(), Reading.join(path, key), safe(key, value), "is not a known key", remedy);
            }
        });
    }

    private static String shown(Collection<String> words) {
        return words.stream().sorted().collect(Collectors.joining(", "));
    }

    private <T> T parsed(YamlNode found, String at, String key, T def, Function<String, T> parse, String remedy) {
        if (found.kind() == YamlNode.Kind.BROKEN) {
            return def;
        }
        if (found.kind() != YamlNode.Kind.TEXT) {
            reading.error(found.line(), at, found.shown(), "must be a single value", remedy);
            return def;
        }
        if (found.isEmpty()) {
            reading.error(found.line(), at, "", "has no value", remedy);
            return def;
        }
        try {
            return parse.apply(found.text());
        } catch (IllegalArgumentException | ArithmeticException e) {
            String wrong = e instanceof ArithmeticException ? "is too large" : e.getMessage();
            reading.error(found.line(), at, safe(key, found), wrong, remedy);
            return def;
        }
    }

    private YamlNode find(String key) {
        known.add(key);
        reading.asked(patternOf(key));
        return node == null ? null : node.map().get(key);
    }

    private String at(String key) {
        return key.isEmpty() ? path : Reading.join(path, key);
    }

    private String patternOf(String key) {
        return Reading.join(pattern, freeNames ? "*" : key);
    }

    /**
     * What a message may show of a value: the name of a secret's file but no secret, and of a URL no more than its host, because
     * user, path and query often are secrets too.
     */
    private static String safe(String key, YamlNode value) {
        boolean namesAFile = key.endsWith("-file") || key.equals("cert");
        if (!namesAFile && MIGHT_BE_SECRET.matcher(key).matches()) {
            return "";
        }
        Matcher url = URL.matcher(value.shown());
        return url.matches() ? url.group(1) + url.group(2) + "/…" : value.shown();
    }
}
