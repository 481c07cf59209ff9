package org.tandemgw.profiles.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * From the text of one YAML 1.2 document to {@link YamlNode}s. It works on the parser's events, not on loaded objects: an
 * alias is refused where it stands and never expanded, so that no small file can become a large one.
 */
final class YamlReader {

    /** Deeper nesting than any file of ours needs; at the limit the reading stops with a problem. */
    static final int DEPTH_LIMIT = 24;

    /** More entries in one map or list than any file of ours needs; at the limit the reading stops with a problem. */
    static final int ENTRY_LIMIT = 500;

    private final Reading reading;
    private Iterator<Event> events;

    YamlReader(Reading reading) {
        this.reading = reading;
    }

    /** The document, or null when there is none that could be read; the reading then holds the reason. */
    YamlNode read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(reading.file())
                .setParseComments(false)
                .setCodePointLimit(Reading.SIZE_LIMIT_BYTES)
                .build();
        try {
            events = new Parse(settings).parseString(text).iterator();
            return document();
        } catch (OutOfBounds outOfBounds) {
            reading.error(outOfBounds.line, "", "", outOfBounds.getMessage(), outOfBounds.remedy);
        } catch (MarkedYamlEngineException e) {
            reading.error(
                    lineOf(e),
                    "",
                    "",
                    "is not YAML here: " + said(e),
                    "mend the syntax; quote texts with : # [ { or @");
        } catch (YamlEngineException e) {
            reading.error(
                    lineOfUnprintable(text),
                    "",
                    "",
                    "holds a character that YAML does not allow",
                    "save it as plain UTF-8 text; in double quotes such a character is written \\x00");
        } catch (RuntimeException e) {
            // The parser is not ours: whatever it trips over is the file's problem, never a stack trace for the user.
            reading.error(
                    0, "", "", "cannot be read as YAML", "look for stray brackets, quotes, tabs or control characters");
        }
        return null;
    }

    private YamlNode document() {
        YamlNode root = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    if (root != null) {
                        reading.error(
                                line(event),
                                "",
                                "",
                                "is a second document in one file",
                                "keep one, without a line ---");
                        return root;
                    }
                    root = node(events.next(), "", 0);
                }
                default -> {
                    // Start and end of stream and document carry nothing.
                }
            }
        }
        return root;
    }

    private YamlNode node(Event event, String path, int depth) {
        int line = line(event);
        if (depth > DEPTH_LIMIT) {
            throw new OutOfBounds(
                    line,
                    "is nested more than " + DEPTH_LIMIT + " levels deep",
                    "no key of ours needs that; look for an unclosed bracket");
        }
        if (event instanceof AliasEvent) {
            reading.error(line, path, "", "is an alias (*name)", "write the value out where it is needed");
            return YamlNode.broken(line);
        }
        if (((NodeEvent) event).getAnchor().isPresent()) {
            reading.error(line, path, "", "carries an anchor (&name)", "remove it; aliases are not used here");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, path, line);
        }
        refuseTag(((CollectionStartEvent) event).getTag(), path, line);
        return event.getEventId() == Event.ID.MappingStart ? map(path, line, depth) : list(path, line, depth);
    }

    private YamlNode scalar(ScalarEvent scalar, String path, int line) {
        if (refuseTag(scalar.getTag(), path, line)) {
            return YamlNode.broken(line);
        }
        return YamlNode.text(line, scalar.getValue(), !scalar.isPlain());
    }

    private boolean refuseTag(Optional<String> tag, String path, int line) {
        tag.ifPresent(
                t -> reading.error(line, path, t, "carries a tag", "remove it; the key says what kind of value it is"));
        return tag.isPresent();
    }

    private YamlNode map(String path, int line, int depth) {
        Map<String, YamlNode> map = new LinkedHashMap<>();
        int entries = 0;
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlNode key = node(event, path, depth + 1);
            checkEntries(++entries, key.line());
            if (key.kind() != YamlNode.Kind.TEXT || key.isEmpty()) {
                if (key.kind() != YamlNode.Kind.BROKEN) {
                    reading.error(
                            key.line(),
                            path,
                            key.shown(),
                            "is not usable as a key",
                            "a key is one word before a colon");
                }
                node(events.next(), path, depth + 1);
                continue;
            }
            String name = key.text();
            YamlNode value = node(events.next(), Reading.join(path, name), depth + 1);
            if (map.containsKey(name)) {
                reading.error(
                        key.line(),
                        Reading.join(path, name),
                        "",
                        "stands here a second time, first in line "
                                + map.get(name).line(),
                        "keep one of the two");
            } else {
                map.put(name, value.at(key.line()));
            }
        }
        return YamlNode.map(line, map);
    }

    private YamlNode list(String path, int line, int depth) {
        List<YamlNode> list = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            list.add(node(event, path + "[" + (list.size() + 1) + "]", depth + 1));
            checkEntries(list.size(), line(event));
        }
        return YamlNode.list(line, list);
    }

    private static void checkEntries(int entries, int line) {
        if (entries > ENTRY_LIMIT) {
            throw new OutOfBounds(
                    line,
                    "is more than " + ENTRY_LIMIT + " entries long",
                    "no key of ours needs that many; shorten it");
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static int lineOfUnprintable(String text) {
        int line = 1;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (!StreamReader.isPrintable(text.codePointAt(at))) {
                return line;
            }
            line += text.charAt(at) == '\n' ? 1 : 0;
        }
        return 0;
    }

    private static int lineOf(MarkedYamlEngineException e) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        return mark.map(m -> m.getLine() + 1).orElse(0);
    }

    private static String said(MarkedYamlEngineException e) {
        return e.getProblem() != null ? e.getProblem() : String.valueOf(e.getContext());
    }

    /** Ends the reading of a document that is larger in some way than any of ours; caught in {@link #read}. */
    private static final class OutOfBounds extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final String remedy;

        OutOfBounds(int line, String wrong, String remedy) {
            super(wrong, null, false, false);
            this.line = line;
            this.remedy = remedy;
        }
    }
}
