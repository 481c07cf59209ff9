package org.tandemgw.profiles.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file written out again without its comments, each value as somebody else wants it shown: for whoever must pass a file on and may not
 * pass on all of it. Any thread; reads the file once.
 */
public final class Outline {

    /** Says what becomes of keys and values. */
    public interface Shown {

        /**
         * A key.
         *
         * @param pattern its path, places in lists written {@code []}; a key with a dot or bracket in it is a {@code ?} there
         * @param line where it stands
         * @return what is written in its place
         */
        String key(String pattern, String key, int line);

        /**
         * A single value.
         *
         * @param pattern the path of its key; an element of a list has that of the list
         * @return what is written in its place
         */
        String value(String pattern, String text);
    }

    private final Shown shown;
    private final List<String> lines = new ArrayList<>();

    private Outline(Shown shown) {
        this.shown = shown;
    }

    /**
     * Writes a file out.
     *
     * @param file what is read
     * @param problems where it goes if it is not YAML
     * @param shown says what becomes of its parts
     * @return the lines, YAML again; empty if it could not be read
     */
    public static List<String> of(Path file, Problems problems, Shown shown) {
        return of(Reading.of(file, problems).node(), shown);
    }

    /**
     * The same of a document in memory.
     *
     * @param name what messages call it
     * @param bytes its content, UTF-8
     * @param problems where it goes if it is not YAML
     * @param shown says what becomes of its parts
     * @return the lines, YAML again; empty if it could not be read
     */
    public static List<String> of(String name, byte[] bytes, Problems problems, Shown shown) {
        return of(Reading.of(name, bytes, problems).node(), shown);
    }

    private static List<String> of(YamlNode root, Shown shown) {
        Outline outline = new Outline(shown);
        if (root != null) {
            outline.node(root, "", "", "");
        }
        return List.copyOf(outline.lines);
    }

    /** Writes a value below or behind what {@code lead} holds. */
    private void node(YamlNode node, String pattern, String lead, String indent) {
        switch (node.kind()) {
            case TEXT -> lines.add(lead + (node.isEmpty() ? "" : quoted(shown.value(pattern, node.text()))));
            case BROKEN -> lines.add(lead + quoted("(could not be read)"));
            case MAP -> map(node, pattern, lead, indent);
            case LIST -> list(node, pattern, lead, indent);
        }
    }

    private void map(YamlNode node, String pattern, String lead, String indent) {
        if (!lead.isBlank()) {
            lines.add((lead + (node.map().isEmpty() ? "{}" : "")).stripTrailing());
        }
        for (Map.Entry<String, YamlNode> entry : node.map().entrySet()) {
            // A key with a dot in it could pass for the path of another one.
            String at = Reading.join(pattern, entry.getKey().matches("[^.\\[\\]]+") ? entry.getKey() : "?");
            String key = shown.key(at, entry.getKey(), entry.getValue().line());
            node(entry.getValue(), at, indent + plain(key) + ": ", indent + "  ");
        }
    }

    private void list(YamlNode node, String pattern, String lead, String indent) {
        if (!lead.isBlank()) {
            lines.add((lead + (node.list().isEmpty() ? "[]" : "")).stripTrailing());
        }
        for (YamlNode element : node.list()) {
            boolean single = element.kind() == YamlNode.Kind.TEXT || element.kind() == YamlNode.Kind.BROKEN;
            node(element, single ? pattern : pattern + "[]", indent + "- ", indent + "  ");
        }
    }

    private static String plain(String key) {
        return key.matches("[A-Za-z0-9][A-Za-z0-9_.-]*") ? key : quoted(key);
    }

    /** In double quotes, as YAML and JSON both read it. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }
}
