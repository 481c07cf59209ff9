package org.tandemgw.gateway.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordJson;
import org.tandemgw.gateway.journal.RecordKind;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.time.SystemClock;

/** A real {@code tandem run} is started on what an earlier one left, on the same boot of the machine and on another: row A21. */
@Timeout(600)
class MachineRestartTest {
    @TempDir
    private Path folder;

    /** It sends its last frames again when a leg connects. */
    private final AcdSimulator acd;

    private Site site;

    MachineRestartTest() throws IOException {
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 8).traffic(500, 0).manners(0, 30);
        acd = new AcdSimulator(settings, FrameSource.numbered(60), new SystemClock());
    }

    @AfterEach
    void close() {
        acd.close();
    }

    @Test
    @Tag("slow")
    void shouldResumeAfterAKillOnTheSameBoot() throws Exception {
        site = site("journal: { sync: none }");
        runAndKill(boot("boot-1"), 500);
        try (Site.Running again = site.runUnder(boot("boot-1"))) {
            assertEquals(1, site.acd().get("generation"));
            awaitMore();
            assertEquals(0, again.terminate());
        }
        assertEquals(List.of("gap"), notes(1));
        assertNoRepeat(1);
    }

    @Test
    void shouldBeginANewGenerationOnAnotherBootWithoutSync() throws Exception {
        site = site("journal: { sync: none }");
        try (TwoServers servers = new TwoServers(site, acd)) {
            try (Site.Running first = site.runUnder(boot("boot-1"))) {
                servers.awaitConnected();
                acd.resume();
                await().until(() -> servers.east().standing().frames() > 300);
                first.kill();
            }
            try (Site.Running again = site.runUnder(boot("boot-2"))) {
                assertEquals(2, site.acd().get("generation"));
                await().until(() -> site.alarms()
                        .containsAll(List.of("newGeneration acd1", "serverAhead east/acd1", "serverAhead west/acd1")));
                assertFalse(servers.east().standing().connected(), "it asks for a session that is over");
                final SoupClient.Login refused = login(site.eastPort(), "east", "acd1", 1);
                assertFalse(refused.accepted());
                assertTrue(refused.debug().toString().contains("the present one is acd1.2"), refused.toString());
                awaitMore();
                assertEquals(0, again.terminate());
            }
        }
        // It stands over a restart, until each server has logged in to the new session.
        try (Site.Running last = site.runUnder(boot("boot-2"))) {
            assertEquals(2, site.acd().get("generation"));
            await().until(() -> site.alarms().contains("newGeneration acd1"));
            assertEquals("acd1.2", login(site.eastPort(), "east", "acd1.2", 1).session());
            await().until(() -> cursor(0) != null);
            assertTrue(site.alarms().contains("newGeneration acd1"), "west is missing yet");
            try (SoupClient west = SoupClient.connect(new InetSocketAddress("127.0.0.1", site.westPort()), 30_000)) {
                assertTrue(west.login("west", Site.PASSWORD, "acd1.2", 1, 30_000, (s, f, b, o, l) -> {})
                        .accepted());
                await().until(() -> !site.alarms().contains("newGeneration acd1"));
            }
            awaitMore();
            assertEquals(0, last.terminate());
        }
        assertEquals(List.of("mark", "gap", "gap"), notes(2));
        final String mark = first(2);
        assertTrue(mark.contains("\"mark\":\"restart\",\"text\":\"generation 2 begins, generation 1 ended with"), mark);
        assertTrue(mark.contains("sync: none"), mark);
        assertNoRepeat(1, 2);
        assertGapBeginsWhereGenerationOneEnds();
    }

    @Test
    void shouldGoOnAfterACleanEndOnAnotherBootWithoutSync() throws Exception {
        site = site("journal: { sync: none }");
        try (Site.Running first = site.runUnder(boot("boot-1"))) {
            acd.resume();
            awaitMore();
            assertEquals(0, first.terminate());
        }
        try (Site.Running again = site.runUnder(boot("boot-2"))) {
            assertEquals(1, site.acd().get("generation"));
            awaitMore();
            assertEquals(0, again.terminate());
        }
        assertEquals(List.of("gap"), notes(1));
    }

    @Test
    @Tag("slow")
    void shouldBeginANewGenerationWhenRecordsOfTheOldOneAreGone() throws Exception {
        site = site();
        runAndKill(List.of(), 300);
        try (Stream<Path> files = Files.list(JournalFiles.directory(site.data(), "acd1", 1))) {
            for (final Path file :
                    files.filter(f -> f.toString().endsWith(".cq4")).toList()) {
                Files.delete(file);
            }
        }
        try (Site.Running again = site.run()) {
            assertEquals(2, site.acd().get("generation"));
            assertTrue(
                    site.alarms().contains("newGeneration acd1"), site.alarms().toString());
            awaitMore();
            assertEquals(0, again.terminate());
        }
        assertTrue(first(2).contains("were durable or sent"), first(2));
    }

    @Test
    void shouldBeginANewGenerationWhenTheControlFileIsGoneOrDamaged() throws Exception {
        site = site();
        runAndKill(List.of(), 300);
        Files.delete(site.data().resolve("control"));
        runAndKill(List.of(), 300);
        assertTrue(first(2).contains("there is no control file"), first(2));
        final byte[] control = Files.readAllBytes(site.data().resolve("control"));
        control[100] ^= 1;
        control[65_536 + 100] ^= 1;
        Files.write(site.data().resolve("control"), control);
        runAndKill(List.of(), 300);
        assertTrue(first(3).contains("the control file cannot be read"), first(3));
        assertTrue(Files.exists(site.data().resolve("control.damaged")));
    }

    @Test
    @Tag("slow")
    void shouldRefuseToStartOnAControlFileOfALaterVersion() throws Exception {
        site = site();
        runAndKill(List.of(), 100);
        final Path control = site.data().resolve("control");
        final byte[] bytes = Files.readAllBytes(control);
        for (final int slot : List.of(0, 65_536)) {
            bytes[slot + 11] = 2;
            final int length = java.nio.ByteBuffer.wrap(bytes).getInt(slot + 12);
            final java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
            crc.update(bytes, slot, 24);
            crc.update(bytes, slot + 32, length);
            java.nio.ByteBuffer.wrap(bytes).putInt(slot + 24, (int) crc.getValue());
        }
        Files.write(control, bytes);
        final Site.Ended refused = site.tandem("run", site.file().toString());
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("later version of Tandem"), refused.err());
    }

    /** As in a container: each time the gateway is process 1 of its own world. Chronicle alone would wait and then give up. */
    @Test
    void shouldStartAfterAKillWithTheSameProcessId() throws Exception {
        final List<String> world = List.of(
                "unshare",
                "--fork",
                "--kill-child",
                "--pid",
                "--mount-proc",
                "env",
                "JDK_JAVA_OPTIONS=-XX:-UsePerfData"); // or Java would name a file in /tmp after its process id
        assumeTrue(can(world), "needs root to make a pid namespace");
        site = site();
        runAndKill(world, 300);
        try (Site.Running again = site.runUnder(world)) {
            assertEquals(1, site.acd().get("generation"));
            assertEquals(1, site.status().get("pid"));
            awaitMore();
            killAll(again);
        }
    }

    @Test
    void shouldStillKnowHowFarAnAbsentServerIsBehind() throws Exception {
        site = site();
        final long had;
        try (Site.Running first = site.run()) {
            try (SoupClient east = SoupClient.connect(new InetSocketAddress("127.0.0.1", site.eastPort()), 30_000)) {
                assertTrue(east.login("east", Site.PASSWORD, "acd1", 1, 30_000, (s, f, b, o, l) -> {})
                        .accepted());
                acd.resume();
                awaitMore();
                while (((Number) cursor(0)).longValue() < 200) {
                    east.poll(20);
                }
            }
            await().until(() -> !(boolean) feed(0).get("connected"));
            had = ((Number) cursor(0)).longValue();
            awaitMore();
            site.awaitKept("east", had);
            first.kill();
        }
        try (Site.Running again = site.run()) {
            assertEquals(had, ((Number) cursor(0)).longValue());
            assertFalse((boolean) feed(0).get("connected"));
            final long synced = ((Number) site.acd().get("synced")).longValue();
            await().until(() -> ((Number) feed(0).get("lagFrames")).longValue() >= synced - had);
            assertTrue(((Number) feed(0).get("lagFrames")).longValue() > 100, feed(0).toString());
            assertEquals(0, ((Number) feed(1).get("lagFrames")).longValue() / 100_000, "west was never here");
            assertEquals(0, again.terminate());
        }
        Files.writeString(site.file(), Files.readString(site.file()).replace("- name: east", "- name: north"));
        final Site.Ended check = site.tandem("check", site.file().toString());
        assertEquals(0, check.status(), check.out());
        assertTrue(check.out().contains("east") && check.out().contains("no longer named"), check.out());
        try (Site.Running renamed = site.run()) {
            assertEquals(0, renamed.terminate());
        }
        assertTrue(site.logs().contains("nothing is held any more for east"), site.logs());
        assertFalse(
                site.tandem("check", site.file().toString()).out().contains("no longer named"),
                "it is forgotten at the start");
    }

    @Test
    @Tag("slow")
    void shouldRaiseAnAlarmWhileTheControlFileCannotBeWritten() throws Exception {
        assumeTrue(ChildJvm.canRun("strace", "true"), "strace is missing");
        site = site();
        runAndKill(List.of(), 100);
        final Path control = site.data().toRealPath().resolve("control");
        try (Site.Running running = site.runUnder(List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                folder.resolve("trace").toString(),
                "-P",
                control.toString(),
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=fdatasync:error=EIO:when=2..30"))) {
            await().until(() -> site.alarms().contains("journalFault control"));
            awaitMore();
            await().until(() -> !site.alarms().contains("journalFault control"));
            killAll(running);
        }
    }

    private Site site(String... more) throws Exception {
        return new Site(
                folder,
                AcdDialect.OPAQUE_LINE.profile(),
                acd.leg(1).address().getPort(),
                acd.leg(2).address().getPort(),
                more);
    }

    private void runAndKill(List<String> starter, long frames) throws Exception {
        try (Site.Running running = site.runUnder(starter)) {
            acd.resume();
            await().until(() -> ((Number) site.acd().get("sequence")).longValue() > frames);
            await().until(() -> site.legStates().equals(List.of("up", "up")));
            killAll(running);
        }
    }

    /** Together with what a starter has started. */
    private static void killAll(Site.Running running) throws InterruptedException {
        final List<ProcessHandle> all = running.process().descendants().toList();
        running.kill();
        all.forEach(ProcessHandle::destroyForcibly);
        await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private void awaitMore() throws Exception {
        final long before = ((Number) site.acd().get("sequence")).longValue();
        await().until(() -> ((Number) site.acd().get("sequence")).longValue() > before + 300);
    }

    /** Starts what follows where the kernel tells another boot. */
    private List<String> boot(String id) throws Exception {
        final Path file = Files.writeString(folder.resolve(id), id + "\n");
        final List<String> starter = List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind " + file + " /proc/sys/kernel/random/boot_id && exec \"$@\"",
                "sh");
        assumeTrue(can(starter), "needs root to mount");
        return starter;
    }

    private static boolean can(List<String> starter) throws InterruptedException {
        return ChildJvm.canRun(
                Stream.concat(starter.stream(), Stream.of("true")).toArray(String[]::new));
    }

    private static SoupClient.Login login(int port, String user, String session, long sequence) throws Exception {
        try (SoupClient client = SoupClient.connect(new InetSocketAddress("127.0.0.1", port), 30_000)) {
            return client.login(user, Site.PASSWORD, session, sequence, 30_000, (s, f, b, o, l) -> {});
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> feed(int server) throws Exception {
        final Map<String, Object> of =
                ((List<Map<String, Object>>) site.status().get("servers")).get(server);
        return ((List<Map<String, Object>>) of.get("feeds")).get(0);
    }

    private Object cursor(int server) throws Exception {
        return feed(server).get("cursor");
    }

    private List<String> notes(int generation) {
        return records(generation).stream()
                .filter(text -> text.startsWith("{"))
                .map(text -> text.substring(9, text.indexOf('"', 9)))
                .filter(kind -> !kind.equals("discontinuity")) // a leg may be ahead of the other when both are up again
                .toList();
    }

    private String first(int generation) {
        return records(generation).get(0);
    }

    private void assertNoRepeat(int... generations) {
        final Set<String> seen = new HashSet<>();
        for (final int generation : generations) {
            for (final String text : records(generation)) {
                assertTrue(text.startsWith("{") || seen.add(text), () -> "twice: " + text);
            }
        }
    }

    private void assertGapBeginsWhereGenerationOneEnds() {
        final String gap = records(2).get(1);
        final JournalRecord record = new JournalRecord();
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(site.data(), "acd1", 1));
                JournalReader reader = journal.newReader()) {
            assertTrue(reader.seek(journal.last()));
            assertTrue(reader.next(record));
            assertEquals(RecordKind.FRAME, record.kind());
            final String json = RecordJson.of(record);
            final String at = json.substring(json.indexOf("\"at\":\"") + 6, json.indexOf("\",\"leg\""));
            assertTrue(gap.contains("\"from\":\"" + at + "\""), () -> gap + " after " + at);
        }
    }

    /** Frames as they are, other records as JSON. */
    private List<String> records(int generation) {
        final List<String> all = new ArrayList<>();
        final JournalRecord record = new JournalRecord();
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(site.data(), "acd1", generation));
                JournalReader reader = journal.newReader()) {
            while (reader.next(record)) {
                all.add(new String(record.bytes(), 0, record.length(), UTF_8));
            }
        }
        return all;
    }
}
