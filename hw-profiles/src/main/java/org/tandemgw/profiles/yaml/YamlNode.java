package org.tandemgw.profiles.yaml;

import java.util.List;
import java.util.Map;

/**
 * One value of a file, with its place in it.
 *
 * @param kind what it is
 * @param line the line where its key (or, in a list, the value itself) stands, from 1
 * @param text the text of a {@link Kind#TEXT}, else empty
 * @param quoted whether the text stood in quotes or as a block, so that an empty one was meant
 * @param map the entries of a {@link Kind#MAP} in the order of the file, else empty
 * @param list the elements of a {@link Kind#LIST}, else empty
 */
record YamlNode(Kind kind, int line, String text, boolean quoted, Map<String, YamlNode> map, List<YamlNode> list) {

    /** What a value is. */
    enum Kind {
        TEXT,
        MAP,
        LIST,
        /** Already reported (an alias, a bad tag); asking for it gives the default and no second complaint. */
        BROKEN
    }

    static YamlNode text(int line, String text, boolean quoted) {
        return new YamlNode(Kind.TEXT, line, text, quoted, Map.of(), List.of());
    }

    static YamlNode map(int line, Map<String, YamlNode> map) {
        return new YamlNode(Kind.MAP, line, "", false, map, List.of());
    }

    static YamlNode list(int line, List<YamlNode> list) {
        return new YamlNode(Kind.LIST, line, "", false, Map.of(), list);
    }

    static YamlNode broken(int line) {
        return new YamlNode(Kind.BROKEN, line, "", false, Map.of(), List.of());
    }

    YamlNode at(int otherLine) {
        return new YamlNode(kind, otherLine, text, quoted, map, list);
    }

    /** A key without a value, {@code ~} or {@code null}. */
    boolean isEmpty() {
        return kind == Kind.TEXT && !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    /** The value as a message may show it. */
    String shown() {
        return switch (kind) {
            case TEXT -> text;
            case MAP -> "{…}";
            case LIST -> "[…]";
            case BROKEN -> "";
        };
    }
}
