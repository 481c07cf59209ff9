package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.books.BookSettings;
import org.tandemgw.gateway.books.Csv;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.gateway.calls.StoredTable;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.AmiTraffic;
import org.tandemgw.gateway.time.SystemClock;

/**
 * A real {@code tandem run} switches over again and again within calls, and is killed in between: what it has written down is what one look at its journal makes. Rows C5 (the
 * start of a call stays), C6 (segments are numbered), C7 (intervals are cut at the switchover) and A12 (records follow the active server).
 */
@Timeout(900)
class KilledBooksTest {
    /** Most of a short life is spent compiling. */
    private static final List<String> QUICK_START = List.of("env", "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1");

    private final long seed = Long.getLong("tandem.seed", 3);

    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    @Test
    void shouldGoOnWithItsBooksAfterItWasKilled() throws Exception {
        killed(2);
    }

    @Test
    @Tag("slow")
    void shouldGoOnWithItsBooksHoweverOftenItIsKilled() throws Exception {
        killed(30);
    }

    private void killed(int rounds) throws Exception {
        final AmiSettings manager = new AmiSettings("tandem", Site.PASSWORD, true, false);
        final AcdSettings settings = AcdSettings.listening(AcdDialect.ASTERISK_AMI, seed)
                .traffic(50, 0)
                .asterisk(manager);
        final Random random = new Random(seed);
        try (AcdSimulator acd = new AcdSimulator(settings, new AmiTraffic(seed, manager), new SystemClock())) {
            final Site site = new Site(
                    folder,
                    AcdDialect.ASTERISK_AMI,
                    acd,
                    AcdDialect.ASTERISK_AMI.profile(),
                    "switchover: { mode: manual, initial: east, fence: none, hold-down: 0s }",
                    "call-records: { for: active, folder: records }");
            acd.resume();
            try (TwoServers servers = new TwoServers(site, acd)) {
                String active = "east";
                for (int round = 0; round < rounds; round++) {
                    try (Site.Running running = site.runUnder(QUICK_START)) {
                        servers.awaitConnected();
                        for (int switches = 0; switches < 2; switches++) {
                            active = active.equals("east") ? "west" : "east";
                            switchTo(site, active);
                            awaitRecords(site, 20 + random.nextInt(100));
                        }
                        running.kill();
                    } catch (Exception | AssertionError e) {
                        throw new AssertionError("seed " + seed + ", Tandem said:\n" + site.logs(), e);
                    }
                }
                try (Site.Running running = site.runUnder(QUICK_START)) {
                    awaitRecords(site, 100);
                    acd.stop();
                    assertEquals(0, running.terminate());
                }
            }
            final BookSettings books = new BookSettings(
                    other.resolve(IntervalFile.FOLDER),
                    Duration.ofMinutes(30),
                    400,
                    Optional.of(new BookSettings.Records(false, other.resolve("records"), 400)),
                    List.of("east", "west"),
                    "east",
                    0);
            StoredTable.booksMadeAnew(site.data(), "acd1", other, books);
            assertEquals(files(other.resolve("records")), files(folder.resolve("records")), "seed " + seed);
            final Map<String, String> written = files(site.data().resolve(IntervalFile.FOLDER));
            files(other.resolve(IntervalFile.FOLDER)).forEach((file, made) -> {
                // Who looks at the journal anew finds that nobody has listened since: one gap more, and so one part.
                assertTrue(made.startsWith(written.get(file)), () -> "seed " + seed + ": " + made + written);
                final long more = made.substring(written.get(file).length())
                        .lines()
                        .filter(line -> line.contains(",acd,,"))
                        .count();
                assertTrue(more <= 1, more + " parts are missing");
            });
            twiceWithinOneCall();
        }
    }

    /** A call that went through two switchovers has one start, and numbered segments that follow each other and the active server. */
    private void twiceWithinOneCall() throws IOException {
        final Map<String, List<List<String>>> calls = new TreeMap<>();
        for (final String file : files(folder.resolve("records")).values()) {
            file.lines().skip(1).map(Csv::fields).forEach(record -> calls.computeIfAbsent(
                            record.get(1), none -> new ArrayList<>())
                    .add(record));
        }
        int twice = 0;
        for (final List<List<String>> records : calls.values()) {
            records.sort((one, two) -> Integer.compare(Integer.parseInt(one.get(2)), Integer.parseInt(two.get(2))));
            // A call that became one with an older call has that one's start.
            final boolean alone = records.stream()
                    .allMatch(record ->
                            record.get(3).equals("switched") || record.get(3).equals("cleared"));
            final long starts =
                    records.stream().map(record -> record.get(7)).distinct().count();
            assertTrue(starts == 1 || !alone, () -> "two starts: " + records);
            if (alone
                    && records.stream()
                                    .filter(record -> record.get(3).equals("switched"))
                                    .count()
                            > 1) {
                twice++;
                for (int i = 1; i < records.size(); i++) {
                    assertTrue(Integer.parseInt(records.get(i).get(2))
                            > Integer.parseInt(records.get(i - 1).get(2)));
                }
            }
        }
        assertTrue(twice > 0, "no call went through two switchovers, seed " + seed);
    }

    private static void switchTo(Site site, String server) {
        final ControlClient client = new ControlClient(site.data().resolve("tandem.sock"), 30_000);
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    if (server.equals(site.status().get("active"))) {
                        return true;
                    }
                    client.post("/v1/switch/" + server, "jd", "because of a test");
                    return false;
                });
    }

    /** So many more than there were. */
    private static void awaitRecords(Site site, long more) throws IOException {
        final long before = ((Number) site.acd().get("sequence")).longValue();
        await().until(() -> ((Number) site.acd().get("sequence")).longValue() >= before + more);
    }

    private static Map<String, String> files(Path root) throws IOException {
        final Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return all;
    }
}
