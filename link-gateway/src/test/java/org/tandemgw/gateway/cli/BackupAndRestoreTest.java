package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.InstanceLock;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.json.JsonRecords;

/** Backups of a stopped site, and what a restore makes of them: row A14. */
class BackupAndRestoreTest {
    /** 2026-11-21T05:00:00Z. */
    private static final long FIVE = 1_795_237_200_000_000_000L;

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private OnTheConsole shell;
    private Path shelf;
    private Path data;
    private long atNs = FIVE;

    @BeforeEach
    void site() throws IOException {
        Files.write(
                folder.resolve("tandem.yaml"),
                List.of("site: hq-east", "data: run", "acds:", "  - { name: acd1, profile: opaque-line }"));
        data = Files.createDirectory(folder.resolve("run"));
        shelf = Files.createDirectory(folder.resolve("shelf"));
        shell = new OnTheConsole(folder, null);
    }

    @Test
    void shouldLabelABackupSoThatItExplainsItself() throws IOException {
        append(2_500);
        assertEquals(0, shell.type("journal", "backup", "--to", "shelf", "--volume", "tape7"), shell.err());
        assertTrue(
                shell.out().startsWith("acd1.1.000001.full.backup  records 1 to 2500  2026-11-21T05:00:01Z to "),
                shell.out());
        final Path file = shelf.resolve("acd1.1.000001.full.backup");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        final Map<String, Object> label = label(file);
        assertEquals("hq-east", label.get("site"));
        assertTrue(((String) label.get("madeAt")).startsWith("20"), label.toString());
        assertEquals(1, label.get("number"));
        assertEquals("full", label.get("kind"));
        assertEquals("acd1", label.get("acd"));
        assertEquals("merge", label.get("mode"));
        assertEquals("opaque-line", label.get("profile"));
        assertEquals("tape7", label.get("volume"));
        assertEquals(1, label.get("generation"));
        assertEquals(List.of(1, 2_500), List.of(label.get("first"), label.get("last")));
        assertEquals("2026-11-21T05:00:01Z", label.get("firstAt"));
        assertEquals("2026-11-21T05:41:40Z", label.get("lastAt"));
        assertNull(label.get("previous"));
        assertTrue(label.containsKey("host") && label.containsKey("tandem"), label.toString());
    }

    @Test
    void shouldBackUpTheOthersWhereOneHasNoSuchGeneration() throws IOException {
        append(10);
        assertEquals(1, shell.type("journal", "backup", "acd0", "acd1", "--to", "shelf"));
        assertTrue(shell.err().contains("no backup of acd0: there is no journal of 'acd0'"), shell.err());
        assertEquals(List.of("acd1.1.000001.full.backup"), shelved());
    }

    @Test
    void shouldRestoreAFullBackupAndWhatContinuedItOnAFreshMachine() throws IOException {
        append(2_500);
        backup(0);
        append(1_200);
        backup(0, "--incremental");
        append(1);
        backup(0, "--incremental");
        backup(0, "--incremental");
        assertTrue(shell.out().contains("acd1  nothing new after record 3701"), shell.out());
        assertEquals(
                List.of(
                        "acd1.1.000001.full.backup",
                        "acd1.1.000002.incremental.backup",
                        "acd1.1.000003.incremental.backup"),
                shelved());
        final String original = cat("1", "3701");
        final String digest = digest(data, 3_000);
        remove(data);
        assertEquals(1, type(), "an unmounted disk looks like that");
        assertTrue(shell.err().contains("there is no folder " + data), shell.err());
        assertTrue(shell.err().contains("mount it, or make it if it is new"), shell.err());
        assertFalse(Files.exists(data));
        Files.createDirectory(data);

        final Map<String, Object> note = restore(0);

        assertEquals(2, note.get("generation"));
        assertEquals(List.of(1, 3_701), List.of(note.get("first"), note.get("last")));
        assertEquals("2026-11-21T05:00:01Z", note.get("firstAt"));
        assertEquals("2026-11-21T06:01:41Z", note.get("lastAt"));
        assertEquals(original, cat("1", "3701"));
        assertEquals(digest, digest(data, 3_000), "servers compare it");
        final Map<String, Object> mark = JSON.std.mapFrom(cat("3702", "3702"));
        assertEquals("source", mark.get("mark"));
        assertEquals("2026-11-21T06:01:41Z", mark.get("at"), "so that the gap of the next start begins there");
        assertTrue(
                ((String) mark.get("text")).contains("backup of acd1 of hq-east, generation 1: records 1 to 3701"),
                mark.toString());
        assertTrue(Files.readString(data.resolve("audit.jsonl")).contains("\"restore\""));
        assertTrue(Files.exists(data.resolve("journal/acd1/2/restored.json")));
    }

    @Test
    void shouldGoOnBehindARestoredRange() throws IOException {
        append(4_100);
        backup(0);
        final String original = cat("1500", "3500");
        final String digest = digest(data, 4_000);

        final Map<String, Object> note =
                restore(0, "--start", "2026-11-21T05:25:00Z", "--stop", "2026-11-21T05:58:20.999Z");

        assertEquals(List.of(1_500, 3_500), List.of(note.get("first"), note.get("last")));
        assertEquals(original, cat("1500", "3500"));
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals("acd1.2", journal.session());
            assertEquals(List.of(1_500L, 3_501L), List.of(journal.oldest(), journal.last()));
            assertEquals(2, journal.generation());
        }
        append(600);
        assertEquals(digest(data, 2_000), digestOf(1, 2_000));
        assertNotEquals(digest, digest(data, 4_000), "the mark took the place of a record");
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            assertEquals(4_101, journal.last());
        }
        backup(0, "--incremental");
        assertTrue(shelved().contains("acd1.2.000002.full.backup"), "another generation is another history");
        assertEquals(0, shell.type("journal", "backups", "shelf"), shell.out());
    }

    @Test
    void shouldKnowTheEdgesOfATimeRange() throws IOException {
        append(10);
        backup(0);
        assertEquals(List.of(3, 5), range("2026-11-21T05:00:03Z", "2026-11-21T05:00:05Z"));
        assertEquals(List.of(4, 5), range("2026-11-21T05:00:03.000000001Z", "2026-11-21T06:00:05.5+01:00"));
        assertEquals(List.of(1, 10), range("2026-11-21T05:00Z", "2030-01-01T00:00Z"));
        assertEquals(List.of(10, 10), range("2026-11-21T05:00:10Z", "2026-11-21T05:00:10Z"));
        assertEquals(1, type("--stop", "2026-11-21T05:00Z"));
        assertEquals(2, type("--start", "2026-11-21T05:00"));
        assertTrue(shell.err().contains("write it like 2026-11-21T05:13Z (UTC)"), shell.err());
        assertEquals(List.of(1, 10), wholeHour());
    }

    @Test
    void shouldSayWhichRecordsAreInNoBackup() throws IOException {
        append(1_000);
        backup(0);
        append(1_000);
        final List<Path> files = rollFiles();
        Files.delete(files.get(0));
        Files.delete(files.get(1));
        final String oldest = firstOf(cat(null, null));
        assertTrue(Long.parseLong(oldest) > 1_001, oldest);
        backup(1, "--incremental");
        assertTrue(
                shell.err()
                        .contains("acd1: records 1001 to " + (Long.parseLong(oldest) - 1)
                                + " are no longer kept and in no backup after acd1.1.000001.full.backup"),
                shell.err());
        assertTrue(shelved().contains("acd1.1.000002.full.backup"), shelved().toString());
        assertEquals(1, shell.type("journal", "backups", "shelf"));
        assertTrue(shell.out().contains("are in none of the files"), shell.out());

        assertEquals(1, type());
        assertTrue(shell.err().contains("MISSING: records 1001 to "), shell.err());
        assertTrue(shell.err().contains("--partial"), shell.err());
        final Map<String, Object> note = restore(0, "--partial");
        assertEquals(Integer.valueOf(oldest), note.get("first"));
        assertEquals(2_000, note.get("last"));
    }

    @Test
    void shouldNotJoinTwoHistories() throws IOException {
        append(100);
        backup(0);
        remove(data.resolve("journal"));
        atNs += 5;
        append(150);
        backup(1, "--incremental");
        assertTrue(shell.err().contains("they are not of one history"), shell.err());
        assertEquals(1, type("--partial"), "they overlap, and record 100 is two records");
        assertTrue(shell.err().contains("are not of one history"), shell.err());
        assertFalse(Files.exists(data.resolve("journal/acd1/2")), "nothing is left of it");
        assertFalse(Files.exists(data.resolve("journal/acd1/restoring")));
    }

    @Test
    void shouldBearBackupsThatOverlap() throws IOException {
        append(100);
        backup(0);
        append(100);
        backup(0);
        append(100);
        backup(0, "--incremental");
        append(100);
        backup(0);
        final String original = cat("1", "400");
        Files.delete(shelf.resolve("acd1.1.000002.full.backup"));
        assertEquals(List.of(1, 400), range("2026-11-21T05:00Z", "2027-01-01T00:00Z"));
        Files.delete(shelf.resolve("acd1.1.000004.full.backup"));

        assertEquals(1, type(), "1 to 100 and 201 to 300 are two journals");
        assertTrue(shell.err().contains("MISSING: records 101 to 200 are in none of the files"), shell.err());
        Files.delete(shelf.resolve("acd1.1.000001.full.backup"));
        assertEquals(1, type());
        assertTrue(shell.err().contains("MISSING: records up to 200 are in none of the files"), shell.err());
        final Map<String, Object> note = restore(0, "--partial");
        assertEquals(List.of(201, 300), List.of(note.get("first"), note.get("last")));
        assertEquals(
                original.lines().skip(200).limit(100).toList(),
                cat("201", "300").lines().toList());
    }

    @Test
    void shouldBearIncrementalBackupsThatOverlap() throws IOException {
        append(100);
        backup(0);
        append(100);
        backup(0, "--incremental");
        final Path away = folder.resolve("away");
        Files.move(shelf.resolve("acd1.1.000002.incremental.backup"), away);
        append(50);
        backup(0, "--incremental");
        Files.move(away, shelf.resolve("acd1.1.000007.incremental.backup"));
        append(50);
        backup(0, "--incremental");
        assertTrue(shell.out().startsWith("acd1.1.000008.incremental.backup  records 251 to 300"), shell.out());
        final String original = cat("1", "300");
        final Map<String, Object> note = restore(0);
        assertEquals(List.of(1, 300), List.of(note.get("first"), note.get("last")));
        assertEquals(original, cat("1", "300"));
    }

    @Test
    void shouldRestoreADamagedBackupOnlyWhenTold() throws IOException {
        append(1_000);
        backup(0);
        final Path file = shelf.resolve("acd1.1.000001.full.backup");
        final byte[] whole = Files.readAllBytes(file);
        final int at = new String(whole, StandardCharsets.ISO_8859_1).indexOf("frame 500.");

        whole[at] ^= 1;
        Files.write(file, whole);
        assertEquals(1, shell.type("journal", "backups", "shelf"));
        assertTrue(shell.out().contains("DAMAGED: bytes do not match their checksum, at record 500"), shell.out());
        assertEquals(1, type());
        assertTrue(shell.err().contains("1 of its records become lost records"), shell.err());
        assertFalse(Files.exists(data.resolve("journal/acd1/2")));
        Map<String, Object> note = restore(0, "--partial");
        assertEquals(List.of(1, 1_000, 1), List.of(note.get("first"), note.get("last"), note.get("lost")));

        whole[at - 30] ^= 1;
        Files.write(file, whole);
        assertEquals(1, type());
        assertTrue(shell.err().contains("nothing of it can be used behind record 499"), shell.err());
        note = restore(0, "--partial");
        assertEquals(List.of(1, 499, 0), List.of(note.get("first"), note.get("last"), note.get("lost")));
        note = restore(0, "--stop", "2026-11-21T05:08:18.999Z");
        assertEquals(498, note.get("last"), "what was asked for is before the damage");

        Files.write(file, new byte[] {'{'});
        assertEquals(1, type("--partial"));
        assertEquals(1, shell.type("journal", "backups", "shelf"));
        assertTrue(shell.out().contains("DAMAGED: it has no label"), shell.out());
    }

    @Test
    void shouldRestoreNothingWhileTheSiteRuns() throws IOException {
        append(10);
        backup(0);
        final InstanceLock held = InstanceLock.take(data);
        try {
            assertEquals(1, type());
            assertTrue(
                    shell.err()
                            .contains("in use by process "
                                    + ProcessHandle.current().pid()),
                    shell.err());
        } finally {
            held.close();
        }
        assertEquals(0, type());
    }

    @Test
    void shouldAskBeforeItRestores() throws IOException {
        append(10);
        backup(0);
        assertEquals(2, shell.type("journal", "restore", "acd1", "--from", "shelf"));
        assertTrue(shell.err().contains("  records 1 to 10, 2026-11-21T05:00:01Z to "), "the plan: " + shell.err());
        final OnTheConsole person = new OnTheConsole(folder, "n\ny\n");
        assertEquals(1, person.type("journal", "restore", "acd1", "--from", "shelf"));
        assertFalse(Files.exists(data.resolve("journal/acd1/2")));
        assertEquals(0, person.type("journal", "restore", "--from", "shelf", "--reason", "disk replaced"));
        assertTrue(person.out().contains("session is called acd1.2 from now on"), person.out());
        assertTrue(Files.readString(data.resolve("audit.jsonl")).contains("disk replaced"));
    }

    @Test
    void shouldNameWhatIsWrongWithAFolder() throws IOException {
        append(10);
        assertEquals(1, shell.type("journal", "backup", "--to", "nowhere"));
        assertTrue(shell.err().contains("or mount the medium"), shell.err());
        assertEquals(2, shell.type("journal", "backup", "--to", "run/journal"));
        assertEquals(1, type(), "an empty folder");
        assertTrue(shell.err().contains("there is no backup of site hq-east"), shell.err());
        backup(0);
        Files.writeString(
                folder.resolve("tandem.yaml"),
                Files.readString(folder.resolve("tandem.yaml")).replace("hq-east", "hq-west"));
        assertEquals(1, type());
        assertTrue(shell.err().contains("there are some of hq-east"), shell.err());
    }

    @Test
    void shouldCarryDamagedRecordsAsLostOnes() throws IOException {
        append(300);
        damage("frame 17.");

        backup(1);
        assertTrue(shell.err().contains("1 records cannot be read in the journal"), shell.err());
        final Map<String, Object> note = restore(0);
        assertEquals(1, note.get("lost"));
        assertTrue(cat("17", "17").startsWith("{\"kind\":\"lost\",\"sequence\":17,"), shell.out());
        assertEquals(300, cat("1", "300").lines().count());
    }

    @Test
    void shouldNotContinueABackupWhereItsLastRecordCanNoLongerBeRead() throws IOException {
        append(300);
        backup(0);
        append(100);
        damage("frame 300.");
        backup(1, "--incremental");
        assertTrue(
                shell.err()
                        .contains("record 300 cannot be read in the journal any more, and nothing else proves that the"
                                + " journal goes on where acd1.1.000001.full.backup ends; so this backup is full"),
                shell.err());
        assertTrue(shelved().contains("acd1.1.000002.full.backup"), shelved().toString());
        backup(0, "--incremental");
        assertTrue(shell.out().contains("nothing new after record 400"), shell.out());
    }

    @Test
    void shouldAnswerProgramsAlsoWhereItRefuses() throws IOException {
        assertRefused(1, "there is no folder", "journal", "backup", "--to", "nowhere", "--json");
        assertRefused(1, "there are no journals", "journal", "backup", "--to", "shelf", "--json");
        append(10);
        assertRefused(1, "there is no backup of site hq-east", "journal", "restore", "--from", "shelf", "--json");
        backup(0);
        assertRefused(2, "there is no terminal to ask at", "journal", "restore", "--from", "shelf", "--json");
        assertRefused(
                2,
                "--stop is before --start",
                "journal",
                "restore",
                "--from",
                "shelf",
                "--json",
                "--start",
                "2026-11-21T06:00Z",
                "--stop",
                "2026-11-21T05:00Z");
        Files.delete(folder.resolve("tandem.yaml"));
        assertRefused(2, "", "journal", "restore", "--from", "shelf", "--json");
    }

    private void assertRefused(int status, String why, String... words) {
        assertEquals(status, shell.type(words), () -> shell.out() + shell.err());
        final Answer answer = JsonRecords.read(shell.out(), Answer.class);
        assertFalse(answer.ok());
        assertTrue(answer.message().contains(why), answer.toString());
        assertTrue(shell.err().contains("tandem: " + answer.message()), "for people: " + shell.err());
    }

    /** Flips a bit in the bytes of a record. */
    private void damage(String frame) throws IOException {
        final Path file = rollFiles().get(0);
        final byte[] all = Files.readAllBytes(file);
        final int at = new String(all, StandardCharsets.ISO_8859_1).indexOf(frame);
        all[at] ^= 1;
        Files.write(file, all, StandardOpenOption.WRITE);
    }

    private List<Object> range(String start, String stop) throws IOException {
        final Map<String, Object> note = restore(0, "--start", start, "--stop", stop);
        return List.of(note.get("first"), note.get("last"));
    }

    private List<Object> wholeHour() throws IOException {
        final Map<String, Object> note =
                restore(0, "--start", "2026-11-21T05:00:04Z", "--stop", "2026-11-21T05:00:04Z", "--interval", "1h");
        return List.of(note.get("first"), note.get("last"));
    }

    private void backup(int status, String... more) {
        final String[] words = Stream.concat(Stream.of("journal", "backup", "acd1", "--to", "shelf"), Stream.of(more))
                .toArray(String[]::new);
        assertEquals(status, shell.type(words), () -> shell.out() + shell.err());
    }

    private int type(String... more) {
        return shell.type(Stream.concat(
                        Stream.of("journal", "restore", "acd1", "--from", "shelf", "--yes", "--json"), Stream.of(more))
                .toArray(String[]::new));
    }

    private Map<String, Object> restore(int status, String... more) throws IOException {
        assertEquals(status, type(more), () -> shell.out() + shell.err());
        final Object note = JSON.std.listFrom(shell.out()).get(0);
        return JSON.std.mapFrom(JSON.std.asString(note));
    }

    private String cat(String from, String to) {
        final List<String> words = from == null
                ? List.of("journal", "cat", "acd1", "--json")
                : List.of("journal", "cat", "acd1", "--json", "--from", from, "--to", to);
        assertEquals(0, shell.type(words.toArray(String[]::new)), shell.err());
        return shell.out();
    }

    private static String firstOf(String lines) throws IOException {
        return JSON.std
                .mapFrom(lines.lines().findFirst().orElseThrow())
                .get("sequence")
                .toString();
    }

    private static Map<String, Object> label(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return JSON.std.mapFrom(lines.findFirst().orElseThrow());
        }
    }

    private List<String> shelved() throws IOException {
        try (Stream<Path> files = Files.list(shelf)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("backup.lock"))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> rollFiles() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("journal/acd1/1"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    /** One a second. */
    private void append(int count) {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            for (int i = 0; i < count; i++) {
                final byte[] frame = ("frame " + (journal.last() + 1) + ".\n").getBytes(StandardCharsets.US_ASCII);
                atNs += SECOND;
                journal.appendFrame(1 + i % 2, 0, atNs, -1, frame, 0, frame.length);
            }
            journal.endOfBatch();
        }
    }

    private String digest(Path of, long through) {
        try (LinkJournal journal = LinkJournal.open(of, "acd1")) {
            return journal.digest(through);
        }
    }

    /** Of another generation than the newest: from its file. */
    private String digestOf(int generation, long through) throws IOException {
        final byte[] entries = Files.readAllBytes(data.resolve("journal/acd1/" + generation + "/digests"));
        final int at = (int) (through / 1_000 - 1) * 48;
        return java.util.HexFormat.of().formatHex(entries, at, at + 32);
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (final Path path :
                    all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
