package org.tandemgw.gateway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;

/** What is taken for the cause of what: every pair of alarms there is, with objects that are the same, one below the other, at its end, or strangers. */
class RootCausesTest {
    private static final String ROOT = "x";
    /** How the object of what may follow relates to that of the cause. */
    private static final Map<String, String> OBJECTS =
            new TreeMap<>(Map.of("same", "x", "below", "x/y", "behind", "w/x", "elsewhere", "z"));

    private static final String ANYWHERE = "behind below elsewhere same";

    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("linkLost", "legDown: below, legSilent: below"),
            Map.entry("journalFault", "legDown: below, legSilent: below, linkLost: same"),
            Map.entry("serverDown", "feedDown: below, feedLag: below, serverSuspect: same, unprotected: " + ANYWHERE),
            Map.entry(
                    "isolated",
                    String.join(
                            ", ",
                            List.of(
                                            "legDown",
                                            "legSilent",
                                            "feedDown",
                                            "feedLag",
                                            "serverSuspect",
                                            "probeBlind",
                                            "serverDown",
                                            "unprotected",
                                            "switchUnreachable",
                                            "pathLost",
                                            "positionUnknown",
                                            "managerUnreachable",
                                            "targetUnreachable")
                                    .stream()
                                    .map(name -> name + ": " + ANYWHERE)
                                    .toList())),
            Map.entry("switchUnreachable", "pathLost: below same, positionUnknown: below same"),
            Map.entry("positionMixed", "positionChanged: below"),
            Map.entry(
                    "switchFailed",
                    "holding: " + ANYWHERE + ", positionChanged: " + ANYWHERE + ", positionMixed: " + ANYWHERE
                            + ", positionUnknown: " + ANYWHERE),
            Map.entry(
                    "diskCritical",
                    "booksNotKept: " + ANYWHERE + ", decisionsNotKept: " + ANYWHERE + ", diskLow: " + ANYWHERE),
            Map.entry("newGeneration", "feedDown: behind, serverAhead: behind"),
            Map.entry("addressMissing", "feedDown: below, legDown: same"));

    @Test
    void shouldKnowTheseCausesAndNoOthers() {
        for (final AlarmName root : AlarmName.values()) {
            final Map<String, String> found = new TreeMap<>();
            for (final AlarmName name : AlarmName.values()) {
                final List<String> where = new ArrayList<>();
                OBJECTS.forEach((relation, object) -> {
                    if ((name != root || !object.equals(ROOT)) && follows(name, object, root)) {
                        where.add(relation);
                    }
                });
                if (!where.isEmpty()) {
                    found.put(name.toString(), String.join(" ", where));
                }
            }
            final Map<String, String> expected = new TreeMap<>();
            for (final String each : EXPECTED.getOrDefault(root.toString(), "").split(", ")) {
                if (!each.isEmpty()) {
                    expected.put(each.split(": ")[0], each.split(": ")[1]);
                }
            }
            assertEquals(expected, found, root.toString());
        }
    }

    @Test
    void shouldNeverHideSomethingBehindWhatMattersLess() {
        EXPECTED.forEach((root, followers) -> {
            for (final String each : followers.split(", ")) {
                assertTrue(
                        named(root)
                                        .severity()
                                        .compareTo(named(each.split(": ")[0]).severity())
                                <= 0,
                        root + " before " + each);
            }
        });
    }

    @Test
    void shouldBeAsTheManualTells() throws IOException {
        final String manual = Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "alarms.md"));
        final int from = manual.indexOf("**What follows from what.**");
        final String section = manual.substring(from, manual.indexOf("**Notifications.**", from));
        EXPECTED.keySet().forEach(root -> assertTrue(section.contains("`" + root + "`"), root));
    }

    private static boolean follows(AlarmName name, String object, AlarmName root) {
        final Alarm cause = alarm(1, root, ROOT);
        final Alarm other = alarm(2, name, object);
        return RootCauses.of(List.of(cause, other)).get(other) == cause;
    }

    private static Alarm alarm(long number, AlarmName name, String object) {
        return new Alarm(number, name, name.severity(), object, Instant.EPOCH, "because", null, null);
    }

    private static AlarmName named(String word) {
        for (final AlarmName name : AlarmName.values()) {
            if (name.toString().equals(word)) {
                return name;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
