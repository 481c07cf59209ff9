package org.tandemgw.benchmarks.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.benchmarks.rig.Child;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;
import org.tandemgw.benchmarks.rig.Scratch;
import org.tandemgw.gateway.journal.JournalSync;

/**
 * {@code ./tandem bench intake}: from the bytes of both legs to records, for each dialect and each way to sync, beside what takes as many bytes and does less: Chronicle's bare
 * {@code writeBytes}, a mapped file, Aeron from one thread to another, a recording of Aeron's archive, and, for what is synced, a plain file with an {@code fdatasync} for each 64 frames. Each is a
 * process of its own; they take turns, round by round, so that whatever else the machine does hits all alike.
 */
public final class IntakeBench {
    private static final int FRAMES = 409_600;
    private static final int SMOKE_FRAMES = 12_800;
    private static final int WARM_ROUNDS = 5;
    private static final int ROUNDS = 11;
    private static final double GOAL_RATIO = 1.5;
    /** The smallest object has 16: with less than one nothing was made for each frame. */
    private static final double ONE_BYTE = 1;
    /** What maps a block or ends a block of the digest may allocate: a sixteenth of the batches. */
    private static final double SOME_BATCHES = 0.125;

    private static final Map<String, String> PEERS = peers();

    /** What came of one contender, round by round. */
    private static final class Course {
        private final List<Double> ns = new ArrayList<>();
        private final List<Double> cpuNs = new ArrayList<>();
        private double bytes;
        private double batches;

        private void add(String line, int frames) {
            final String[] fields = line.split(" ");
            ns.add(Double.parseDouble(fields[1]));
            cpuNs.add(Double.parseDouble(fields[2]));
            bytes = Double.parseDouble(fields[3]);
            batches = Double.parseDouble(fields[4]) * IntakeContender.BATCH / frames;
        }
    }

    private IntakeBench() {}

    private static Map<String, String> peers() {
        final Map<String, String> peers = new LinkedHashMap<>();
        peers.put("writeBytes", "Chronicle writeBytes");
        peers.put("mmap", "a mapped file");
        peers.put("ipc", "Aeron IPC");
        peers.put("archive", "a recording of Aeron Archive");
        peers.put("file", "a file, fdatasync each 64 frames");
        return peers;
    }

    /** Status 0 if no contender failed and nothing is allocated per frame. */
    public static int run(boolean smoke) throws IOException {
        final Figures figures = new Figures("intake", smoke);
        final Map<String, Course> courses = new LinkedHashMap<>();
        final int frames = smoke ? SMOKE_FRAMES : FRAMES;
        try (Scratch scratch = new Scratch()) {
            final Map<String, Child> children = new LinkedHashMap<>();
            try {
                for (final Map.Entry<String, List<String>> each :
                        contenders(smoke).entrySet()) {
                    final List<String> arguments = new ArrayList<>(List.of(
                            scratch.folder()
                                    .resolve(each.getKey().replace(' ', '-'))
                                    .toString(),
                            Integer.toString(frames)));
                    arguments.addAll(each.getValue());
                    children.put(
                            each.getKey(),
                            new Child(
                                    List.of("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"), // Aeron's
                                    IntakeContender.class,
                                    arguments.toArray(String[]::new)));
                    children.get(each.getKey()).line("ready");
                    courses.put(each.getKey(), new Course());
                }
                for (int round = smoke ? WARM_ROUNDS : 0; round < WARM_ROUNDS + (smoke ? 1 : ROUNDS); round++) {
                    for (final Map.Entry<String, Child> each : children.entrySet()) {
                        each.getValue().go();
                        final String line = each.getValue().line("round");
                        if (round >= WARM_ROUNDS) {
                            courses.get(each.getKey()).add(line, frames);
                        }
                    }
                }
            } finally {
                children.values().forEach(Child::close);
            }
        }
        tell(figures, courses);
        figures.end();
        return smoke || allocatesNothing(courses) ? 0 : 1;
    }

    private static Map<String, List<String>> contenders(boolean smoke) {
        final Map<String, List<String>> all = new LinkedHashMap<>();
        PEERS.keySet().forEach(peer -> all.put(peer, List.of(peer)));
        for (final JournalSync sync : JournalSync.values()) {
            for (final BenchedDialect each : BenchedDialect.ALL) {
                if (!smoke || sync == JournalSync.NONE) {
                    all.put(name(each, sync), List.of(each.profile(), sync.name()));
                }
            }
        }
        return all;
    }

    private static String name(BenchedDialect dialect, JournalSync sync) {
        return dialect.profile() + ", " + (sync == JournalSync.NONE ? "none" : "group");
    }

    private static void tell(Figures figures, Map<String, Course> courses) {
        final double plain = Figures.median(courses.get("writeBytes").ns);
        final double file = Figures.median(courses.get("file").ns);
        for (final BenchedDialect each : BenchedDialect.ALL) {
            final Course none = courses.get(name(each, JournalSync.NONE));
            figures.add(
                    name(each, JournalSync.NONE),
                    Figures.median(none.ns),
                    "ns/frame",
                    PEERS.get("writeBytes"),
                    plain,
                    Goal.ratioAtMost(GOAL_RATIO));
        }
        for (final BenchedDialect each : BenchedDialect.ALL) {
            final Course group = courses.get(name(each, JournalSync.GROUP));
            if (group != null) {
                figures.add(
                        name(each, JournalSync.GROUP),
                        Figures.median(group.ns),
                        "ns/frame",
                        PEERS.get("file"),
                        file,
                        Goal.NONE);
            }
        }
        for (final Map.Entry<String, String> each : PEERS.entrySet()) {
            if (!each.getKey().equals("writeBytes")) {
                figures.add(
                        each.getValue(),
                        Figures.median(courses.get(each.getKey()).ns),
                        "ns/frame",
                        PEERS.get("writeBytes"),
                        plain,
                        Goal.NONE);
            }
        }
        courses.forEach((name, course) -> figures.add(
                PEERS.getOrDefault(name, name) + ": processor time of all its threads",
                Figures.median(course.cpuNs),
                "ns/frame"));
        for (final Map.Entry<String, Course> each : courses.entrySet()) {
            if (!PEERS.containsKey(each.getKey())) {
                figures.add(
                        each.getKey() + ": allocated on the way in",
                        each.getValue().bytes,
                        "B/frame",
                        Goal.atMost(ONE_BYTE));
                figures.add(
                        each.getKey() + ": batches of 64 that allocated anything",
                        each.getValue().batches * 100,
                        "%",
                        Goal.atMost(SOME_BATCHES * 100));
            }
        }
    }

    /** Whether a frame costs no object, in all contenders of ours. */
    private static boolean allocatesNothing(Map<String, Course> courses) {
        return courses.entrySet().stream()
                .filter(each -> !PEERS.containsKey(each.getKey()))
                .map(Map.Entry::getValue)
                .allMatch(each -> each.bytes < ONE_BYTE && each.batches < SOME_BATCHES);
    }
}
