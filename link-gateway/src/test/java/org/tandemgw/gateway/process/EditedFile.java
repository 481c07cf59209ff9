package org.tandemgw.gateway.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The configuration file of a site, made of places that each have several texts, some of them good for a running site, some only for a start. It can be edited at
 * random, and spoilt; it knows what a reload has to make of it.
 */
final class EditedFile {
    /** What is wrong with a spoilt file, and for whom. */
    enum Spoilt {
        SYNTAX("acds:\n", "acds: [\n"),
        UNKNOWN_KEY("servers:\n", "serverz: 1\nservers:\n"),
        WRONG_TYPE("switchover:\n", "statistics: { interval: soon }\nswitchover:\n"),
        REFUSED_TOGETHER("switchover:\n", "switchover:\n  fence: trunk-switch\n"),
        NO_SECRET("secret-file: east.secret", "secret-file: nowhere.secret"),
        OPEN_SECRET("secret-file: west.secret", "secret-file: open.secret"),
        ONE_LEG("      - #2 ", "      # "),
        /** A good file, and a leg that nobody answers: tried, and put back. */
        DEAD_LEG("", "");

        private final String from;
        private final String to;

        Spoilt(String from, String to) {
            this.from = from;
            this.to = to;
        }
    }

    /** One place: its texts; the key that waits when the text is another than the first; null: it never waits. */
    private record Place(List<String> texts, String waits) {}

    private final Path file;
    private final SortedMap<String, Place> places = new TreeMap<>();
    private final Map<String, String> now = new LinkedHashMap<>();
    private Map<String, String> inForce = Map.of();

    EditedFile(Path file) {
        this.file = file;
    }

    /** A place that a running site can change. */
    EditedFile live(String name, String... texts) {
        return place(name, null, texts);
    }

    /** A place that only a start can change; {@code key} is what waits while it is not the first. */
    EditedFile atStart(String name, String key, String... texts) {
        return place(name, key, texts);
    }

    private EditedFile place(String name, String key, String... texts) {
        places.put(name, new Place(List.of(texts), key));
        now.put(name, texts[0]);
        inForce = Map.copyOf(now);
        return this;
    }

    /** Another text at up to three places. */
    void edit(Random random) {
        final List<String> names = new ArrayList<>(places.keySet());
        for (int i = random.nextInt(3); i >= 0; i--) {
            final String name = names.get(random.nextInt(names.size()));
            final List<String> texts = places.get(name).texts();
            now.put(name, texts.get(random.nextInt(texts.size())));
        }
    }

    /** As it was when it was last in force. */
    void undo() {
        now.putAll(inForce);
    }

    /** It was taken. */
    void taken() {
        inForce = Map.copyOf(now);
    }

    /** The keys that wait for a start. */
    SortedSet<String> waiting() {
        final SortedSet<String> keys = new TreeSet<>();
        places.forEach((name, place) -> {
            if (place.waits() != null && !now.get(name).equals(place.texts().get(0))) {
                keys.add(place.waits());
            }
        });
        return keys;
    }

    String text(String name) {
        return now.get(name);
    }

    /** Writes it as an editor does: a new file in the place of the old one. */
    void write(String template, Spoilt how, String deadLeg) throws IOException {
        String text = template;
        for (final Map.Entry<String, String> each : now.entrySet()) {
            text = text.replace("<" + each.getKey() + ">", each.getValue());
        }
        if (how == Spoilt.DEAD_LEG) {
            text = text.replaceFirst("#1 \\{ connect: \"[^\"]*\"", "#1 { connect: \"" + deadLeg + "\"");
        } else if (how != null) {
            if (!text.contains(how.from)) {
                throw new IllegalStateException(how + " finds nothing to spoil in\n" + text);
            }
            text = text.replace(how.from, how.to);
        }
        final Path next = file.resolveSibling("tandem.yaml.next");
        Files.writeString(next, text.replaceAll("#[12] \\{", "{"));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
