package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.LinkJournal;

/** Who sees no journal must not hear that all is well: a disk that is not mounted, a folder removed, a user without rights. */
class UnseenJournalsTest {
    private static final byte[] FRAME = "CALL 4711 CONNECTED\n".getBytes(StandardCharsets.UTF_8);
    private static final String[] ROOT_WITHOUT_POWER = {"setpriv", "--bounding-set", "-dac_override,-dac_read_search"};

    @TempDir
    Path folder;

    private OnTheConsole shell;
    private Path data;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("tandem.yaml"), "data: run\nacds:\n  - { name: acd1, profile: opaque-line }\n");
        data = Files.createDirectory(folder.resolve("run"));
        shell = new OnTheConsole(folder, null);
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            for (int n = 0; n < 20; n++) {
                journal.appendFrame(1, 0, 1_795_000_000_000_000_000L, -1, FRAME, 0, FRAME.length);
            }
            journal.endOfBatch();
        }
    }

    @Test
    void shouldRefuseADataFolderThatIsNotThere() throws IOException {
        remove(data);
        for (final String verb : List.of("verify", "ls")) {
            assertEquals(1, shell.type("journal", verb), shell.out());
            assertTrue(shell.err().contains("there is no folder " + data), shell.err());
            assertEquals("", shell.out());
        }
        assertEquals(1, shell.type("journal", "cat", "acd1"));
        assertTrue(shell.err().contains("there is no folder " + data), shell.err());
    }

    @Test
    void shouldListWhatWasSyncedWhereTheFolderOfAJournalIsGone() throws IOException {
        synced(20);
        remove(data.resolve("journal"));

        assertEquals(1, shell.type("journal", "verify"), shell.out());
        assertTrue(shell.out().contains("acd1 generation 1: empty, 0 files"), shell.out());
        assertTrue(shell.out().contains("DAMAGED, 20 records lost"), shell.out());
        assertTrue(shell.out().contains("  records 1 to 20: were synced and are missing"), shell.out());
        assertTrue(shell.out().contains("the next start begins a new generation"), shell.out());
        assertFalse(shell.out().contains("is served as lost"), shell.out());
        assertEquals(1, shell.type("journal", "verify", "acd1"), shell.out());
        assertEquals(1, shell.type("journal", "verify", "--json"), shell.err());
        final Map<String, Object> answer = JSON.std.mapFrom(shell.out());
        assertEquals(false, answer.get("sound"));
        assertEquals(20, ((Map<?, ?>) ((List<?>) answer.get("journals")).get(0)).get("missingAtEnd"));

        assertEquals(1, shell.type("journal", "ls"), shell.out());
        assertTrue(
                shell.err().contains("the journal of acd1, generation 1, is gone: records up to 20 were synced"),
                shell.err());
    }

    @Test
    void shouldSayThatRecordsMissingAtTheEndBeginANewGeneration() throws IOException {
        synced(25);
        assertEquals(1, shell.type("journal", "verify"), shell.out());
        assertTrue(shell.out().contains("records 21 to 25: were synced and are missing"), shell.out());
        assertTrue(shell.out().contains("the next start begins a new generation"), shell.out());
        assertFalse(shell.out().contains("is served as lost"), shell.out());
    }

    @Test
    void shouldProveNothingWhereThereIsNoJournal() throws IOException {
        remove(data.resolve("journal"));
        for (final String verb : List.of("verify", "ls")) {
            assertEquals(1, shell.type("journal", verb), shell.out());
            assertTrue(
                    shell.err()
                            .contains(
                                    "there is no journal of acd1 in " + data + ": if that is a mount point, mount it"),
                    shell.err());
        }
        assertEquals(1, shell.type("journal", "verify", "--json"), shell.err());
        assertEquals(false, JSON.std.mapFrom(shell.out()).get("sound"));
    }

    @Test
    void shouldNotMissTheJournalOfAnAcdThatTheSiteHasNotRunWith() throws IOException {
        synced(20);
        Files.writeString(
                folder.resolve("tandem.yaml"),
                "data: run\nacds:\n  - { name: acd1, profile: opaque-line }\n  - { name: acd2, profile: opaque-line }\n");
        assertEquals(0, shell.type("journal", "verify"), shell.err());
        assertEquals(0, shell.type("journal", "ls"), shell.err());
    }

    @Test
    void shouldProveNothingAboutTheEndWithoutAControlFile() throws IOException {
        final Path control = data.resolve("control");
        unknownEnd("there is no control file " + control);
        Files.write(control, new byte[200_000]);
        unknownEnd("there is no control file " + control);
        final byte[] nonsense = new byte[200_000];
        java.util.Arrays.fill(nonsense, (byte) 7);
        Files.write(control, nonsense);
        unknownEnd("the control file " + control + " is damaged");
    }

    private void unknownEnd(String why) throws IOException {
        assertEquals(1, shell.type("journal", "verify"), shell.err());
        assertTrue(shell.err().contains(why + ": whether records are missing at the end cannot be known"), shell.err());
        assertEquals(1, shell.type("journal", "verify", "acd1", "--json"), shell.err());
        final Map<String, Object> answer = JSON.std.mapFrom(shell.out());
        assertEquals(false, answer.get("sound"));
        assertTrue(((String) answer.get("unknown")).startsWith(why), shell.out());
    }

    @Test
    void shouldSayThatAUserMayNotLook() throws Exception {
        Files.createDirectory(folder.resolve("shelf"));
        for (final String closed : List.of("run", "run/journal", "run/journal/acd1", "run/journal/acd1/1")) {
            final Path path = folder.resolve(closed);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
            try {
                for (final String verb : closed.endsWith("journal")
                        ? List.of("verify", "ls", "cat", "export", "backup")
                        : List.of("verify")) {
                    final String said = withoutPower(verb);
                    assertTrue(said.startsWith("1 ") && said.contains("you may not look into " + path), verb + said);
                }
            } finally {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
            }
        }
    }

    @Test
    void shouldKeepOthersOut() throws IOException {
        synced(20);
        assertEquals("rw-r-----", rights(data.resolve("control")));
        Files.createDirectory(folder.resolve("shelf"));
        assertEquals(0, shell.type("journal", "backup", "--to", "shelf"), shell.err());
        assertEquals(0, shell.type("journal", "restore", "--from", "shelf", "--yes"), shell.err());
        for (final String made : List.of("journal", "journal/acd1", "journal/acd1/1", "journal/acd1/2")) {
            assertEquals("rwxr-x---", rights(data.resolve(made)), made);
        }
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** As somebody whom rights stop: root in a test is stopped by nothing. */
    private String withoutPower(String verb) throws Exception {
        final String config = folder.resolve("tandem.yaml").toString();
        final Stream<String> more =
                switch (verb) {
                    case "cat", "export" -> Stream.of("acd1");
                    case "backup" -> Stream.of("--to", "shelf");
                    default -> Stream.of();
                };
        final String[] words = Stream.concat(Stream.of("journal", verb), Stream.concat(more, Stream.of("-c", config)))
                .toArray(String[]::new);
        final boolean root = "root".equals(System.getProperty("user.name"));
        if (!root) {
            final int status = shell.type(words);
            return status + " " + shell.out() + shell.err();
        }
        assumeTrue(ChildJvm.canRun(
                Stream.concat(Stream.of(ROOT_WITHOUT_POWER), Stream.of("true")).toArray(String[]::new)));
        final Process process = ChildJvm.of(List.of(ROOT_WITHOUT_POWER), Tandem.class, words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }

    private void synced(long through) throws IOException {
        WrittenControl.synced(data, 1, through, "acd1");
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
