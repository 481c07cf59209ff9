package org.tandemgw.profiles.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Where one value stands in the text of a file, so that it can be replaced while comments, order and layout stay as they are. Pure.
 *
 * @param from the first character of the value, its quote where it has one
 * @param to behind its last one
 * @param value what it says
 */
public record ScalarPlace(int from, int to, String value) {
    /**
     * Looks for it.
     *
     * @param text one YAML document
     * @param keys the way to the value, from the outermost map on
     * @return empty: there is no such value, or the text is no YAML
     */
    public static Optional<ScalarPlace> find(String text, String... keys) {
        LoadSettings settings = LoadSettings.builder()
                .setParseComments(false)
                .setCodePointLimit(Reading.SIZE_LIMIT_BYTES)
                .build();
        try {
            Walk walk = new Walk(List.of(keys));
            for (Event event : new Parse(settings).parseString(text)) {
                ScalarEvent found = walk.next(event);
                if (found != null) {
                    return place(text, found);
                }
            }
            return Optional.empty();
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    private static Optional<ScalarPlace> place(String text, ScalarEvent found) {
        if (found.getStartMark().isEmpty() || found.getEndMark().isEmpty()) {
            return Optional.empty();
        }
        int from = text.offsetByCodePoints(0, found.getStartMark().get().getIndex());
        int to = text.offsetByCodePoints(0, found.getEndMark().get().getIndex());
        return from == to ? Optional.empty() : Optional.of(new ScalarPlace(from, to, found.getValue()));
    }

    /**
     * The text with another value in this place, in quotes where the one before had quotes.
     *
     * @param text the one that it was found in
     * @param now a word that needs no escaping
     * @return the whole text
     */
    public String replaced(String text, String now) {
        char first = text.charAt(from);
        String quote = first == '"' || first == '\'' ? String.valueOf(first) : "";
        return text.substring(0, from) + quote + now + quote + text.substring(to);
    }

    /** Follows the keys through the events: what is not on the way is passed over. */
    private static final class Walk {
        private final List<String> keys;
        private final Deque<Boolean> maps = new ArrayDeque<>();
        private int matched;
        private boolean valueNext;
        private boolean onWay;

        Walk(List<String> keys) {
            this.keys = keys;
        }

        /** The value, once it is here. */
        ScalarEvent next(Event event) {
            switch (event.getEventId()) {
                case MappingStart -> begin(true);
                case SequenceStart -> begin(false);
                case MappingEnd, SequenceEnd -> {
                    maps.pop();
                    matched = Math.min(matched, Math.max(0, maps.size() - 1));
                    ended();
                }
                case Scalar -> {
                    ScalarEvent scalar = (ScalarEvent) event;
                    if (valueNext && onWay && maps.size() == keys.size()) {
                        return scalar;
                    }
                    scalar(scalar);
                }
                case Alias -> ended();
                default -> {
                    // Start and end of stream and document carry nothing.
                }
            }
            return null;
        }

        private void begin(boolean map) {
            if (valueNext && onWay) {
                matched = maps.size();
            }
            maps.push(map);
            valueNext = false;
            onWay = false;
        }

        private void scalar(ScalarEvent scalar) {
            boolean isKey = !maps.isEmpty() && maps.peek() && !valueNext;
            if (!isKey) {
                ended();
                return;
            }
            valueNext = true;
            onWay = matched == maps.size() - 1
                    && matched < keys.size()
                    && keys.get(matched).equals(scalar.getValue());
        }

        /** A value is over: in a map a key comes next. */
        private void ended() {
            valueNext = false;
            onWay = false;
        }
    }
}
