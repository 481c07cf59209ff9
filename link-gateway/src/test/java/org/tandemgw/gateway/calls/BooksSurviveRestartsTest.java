package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.books.BookSettings;
import org.tandemgw.gateway.books.Csv;
import org.tandemgw.gateway.books.IntervalFile;

/**
 * Calls of an Asterisk over more than a day, switchovers, gaps, kills at any point, lines torn in the middle: the files are those that one run without any of that would have
 * written. Row A12 of the reference systems: call records follow the active server by themselves, or are there for both.
 */
@Timeout(1_800)
class BooksSurviveRestartsTest {
    private static final int COLUMNS = 28;
    private static final long TICK_NS = Duration.ofSeconds(4).toNanos();

    private final long seed = Long.getLong("tandem.seed", 5);

    /** Null: they stay. */
    private Random lengths;

    private Duration length = Duration.ofMinutes(30);

    @TempDir
    Path data;

    @Test
    void shouldWriteEachLineOnceForTheActiveServer() throws Exception {
        run(24_000, false);
    }

    @Test
    void shouldWriteEachLineOnceForBothServers() throws Exception {
        run(6_000, true);
    }

    @Test
    @Tag("slow")
    void shouldWriteEachLineOnceForWeeks() throws Exception {
        run(400_000, false);
    }

    /** The configuration says another length at each start, also after a kill: what is made again is cut as it was. */
    @Test
    void shouldNeverLetPartsOverlapWhereTheirLengthIsChanged() throws Exception {
        lengths = new Random(seed);
        run(8_000, true);
        final Set<Long> seen = new HashSet<>();
        final Set<String> began = new HashSet<>();
        IntervalFile.read(data, "acd1", Long.MIN_VALUE, Long.MAX_VALUE, row -> {
            seen.add(row.intervalS());
            began.add(row.began());
            assertTrue(row.toNs() - row.fromNs() <= TimeUnit.SECONDS.toNanos(row.intervalS()), row::toString);
        });
        assertEquals(Set.of(900L, 1_800L, 3_600L), seen);
        assertTrue(began.contains("length"), began::toString);
    }

    private void run(int frames, boolean both) throws Exception {
        try (ListeningSite site =
                new ListeningSite(data, seed, TICK_NS, folder -> Optional.of(settings(folder, both)))) {
            final Random random = new Random(seed + 1);
            String active = "east";
            while (site.frames() < frames) {
                site.life(1 + random.nextInt(300));
                switch (random.nextInt(8)) {
                    case 0 -> site.outage(random.nextInt(60));
                    case 1 -> {
                        tear(random);
                        site.restart(true);
                    }
                    case 2 -> site.restart(false);
                    case 3, 4 -> {
                        active = active.equals("east") ? "west" : "east";
                        site.switchTo(active);
                    }
                    case 5 -> site.snapshot();
                    default -> {}
                }
            }
            site.end();
            if (lengths != null) {
                lengths = null;
                site.others("interval-lengths");
            }
            site.fromTheBeginning();
            assertSame(files(site.others()), files(data));
            recordsAreRight(both);
            intervalsAreRight();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("replay with -Dtandem.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    private void assertSame(Map<String, String> expected, Map<String, String> written) {
        assertEquals(expected.keySet(), written.keySet());
        expected.forEach((file, text) -> {
            final List<String> lines = text.lines().toList();
            final List<String> found = written.get(file).lines().toList();
            for (int i = 0; i < Math.min(lines.size(), found.size()); i++) {
                assertEquals(lines.get(i), found.get(i), file + " line " + i);
            }
            // Who looks at the journal anew finds that nobody has listened since: one gap more, and so one part.
            final long more = lines.stream()
                    .skip(found.size())
                    .filter(line -> line.contains(",acd,,"))
                    .count();
            assertTrue(
                    found.size() == lines.size()
                            || file.startsWith(IntervalFile.FOLDER) && found.size() < lines.size() && more == 1,
                    file + " has " + found.size() + " lines, not " + lines.size());
        });
    }

    @Test
    void shouldLoseNoRecordOfAServerThatTheConfigurationDoesNotName() throws Exception {
        final List<String> renamed = List.of("north", "south");
        try (ListeningSite site =
                new ListeningSite(data, seed, TICK_NS, folder -> Optional.of(settings(folder, false, renamed)))) {
            site.life(500);
            site.end();
        }
        assertTrue(records("north").stream().anyMatch(record -> record.get(4).equals("east")));
        assertEquals(records("north"), records("south"));
    }

    private BookSettings settings(Path folder, boolean both) {
        return settings(folder, both, List.of("east", "west"));
    }

    private BookSettings settings(Path folder, boolean both, List<String> servers) {
        return new BookSettings(
                folder.resolve(IntervalFile.FOLDER),
                interval(),
                400,
                Optional.of(new BookSettings.Records(both, folder.resolve("call-records"), 400)),
                servers,
                "east",
                0);
    }

    private Duration interval() {
        if (lengths != null) {
            length = Duration.ofMinutes(15L << lengths.nextInt(3));
        }
        return length;
    }

    /** Half a line, as a kill in the middle of writing leaves it. */
    private void tear(Random random) throws IOException {
        final List<Path> all =
                new ArrayList<>(files(data).keySet().stream().map(data::resolve).toList());
        final Path torn = all.get(random.nextInt(all.size()));
        Files.writeString(torn, "acd1,\"half of", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        newestOnly(torn);
    }

    /** Only the newest file of a folder is ever written to, so only that one can be torn. */
    private void newestOnly(Path torn) throws IOException {
        final List<Path> beside;
        try (Stream<Path> files = Files.list(torn.getParent())) {
            beside = files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
        if (!beside.get(beside.size() - 1).equals(torn)) {
            final String text = Files.readString(torn);
            Files.writeString(torn, text.substring(0, text.length() - "acd1,\"half of".length()));
        }
    }

    /** What is in each file. */
    private static Map<String, String> files(Path root) throws IOException {
        final Map<String, String> all = new TreeMap<>();
        for (final String folder : List.of(IntervalFile.FOLDER, "call-records")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (final Path file : files.filter(Files::isRegularFile).toList()) {
                    all.put(root.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return all;
    }

    private List<List<String>> records(String server) throws IOException {
        final List<List<String>> all = new ArrayList<>();
        for (final Map.Entry<String, String> file : files(data).entrySet()) {
            if (file.getKey().startsWith("call-records/" + server + "/")) {
                file.getValue().lines().skip(1).forEach(line -> all.add(Csv.fields(line)));
            }
        }
        return all;
    }

    private void recordsAreRight(boolean both) throws IOException {
        final List<List<String>> east = records("east");
        final List<List<String>> west = records("west");
        if (both) {
            assertEquals(east, west);
        } else {
            assertTrue(east.stream().allMatch(record -> record.get(4).equals("east")));
            assertTrue(west.stream().allMatch(record -> record.get(4).equals("west")));
            assertTrue(!east.isEmpty() && !west.isEmpty());
        }
        final Set<List<String>> places = new HashSet<>();
        final List<List<String>> all = new ArrayList<>(east);
        if (!both) {
            all.addAll(west);
        }
        for (final List<String> record : all) {
            assertTrue(places.add(record.subList(25, 28)), () -> "twice: " + record);
            assertEquals(COLUMNS, record.size());
        }
        assertTrue(all.stream().anyMatch(record -> record.get(3).equals("switched")));
        assertTrue(all.stream().anyMatch(record -> Integer.parseInt(record.get(2)) > 2));
    }

    /** Without a hole from the first to the last. */
    private void intervalsAreRight() throws IOException {
        final List<IntervalFile.Row> wholes = new ArrayList<>();
        IntervalFile.read(data, "acd1", Long.MIN_VALUE, Long.MAX_VALUE, row -> {
            assertTrue(row.line().balanced(), row::toString);
            if (row.line().name().isEmpty()) {
                wholes.add(row);
            }
        });
        for (int i = 1; i < wholes.size(); i++) {
            assertEquals(wholes.get(i - 1).toNs(), wholes.get(i).fromNs());
            assertEquals(wholes.get(i - 1).line().atEnd(), wholes.get(i).line().atBegin());
        }
        assertTrue(wholes.stream().anyMatch(row -> row.began().equals("switch")));
        assertTrue(wholes.stream().anyMatch(row -> row.began().equals("gap")));
        assertTrue(wholes.size() > 10, wholes.size() + " parts");
    }
}
