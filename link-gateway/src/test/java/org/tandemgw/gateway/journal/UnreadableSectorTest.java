package org.tandemgw.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.StartDecision;
import org.tandemgw.gateway.house.Chance;

/** The disk can no longer read part of a file that a start needs: the start goes on without it, and names it. */
@Tag("chance")
class UnreadableSectorTest {
    private static final int RECORDS = 3_000;
    private static final String WENT_ON = "room and all synced";

    private final long seed = Chance.seed();

    @TempDir
    Path folder;

    private SmallJournal journal;
    private Path last;

    @BeforeEach
    void write() throws Exception {
        assumeTrue(ChildJvm.canRun("strace", "-V"));
        journal = new SmallJournal(folder.resolve("data")).plain();
        journal.write(2, RECORDS / 2, new Random(seed));
        last = journal.rollFiles().get(1);
    }

    @Test
    void shouldGoOnInAnotherFileWhereTheLastOneCannotBeRead() throws Exception {
        for (final boolean killed : new boolean[] {false, true}) {
            if (killed) {
                Files.deleteIfExists(Seal.beside(last));
            }
            final SmallJournal image = journal.copy(folder.resolve("killed-" + killed));
            final String said = start(image, image.directory.resolve(last.getFileName()), "3+", "decided");
            assertTrue(said.contains(WENT_ON), said);
            assertTrue(said.contains(last.getFileName() + " is set aside to quarantine"), said);
            assertTrue(said.contains("cannot"), said);
        }
    }

    @Test
    void shouldBeginANewGenerationWhereNothingOfTheLastFileCanBeRead() throws Exception {
        Files.deleteIfExists(Seal.beside(last));
        final String said = start(journal, last, "1+", "decide");
        assertTrue(said.contains(WENT_ON), said);
        assertTrue(said.contains("nothing can be read in " + last.getFileName()), said);
        assertTrue(said.contains("NEW_GENERATION"), said);
    }

    @Test
    void shouldMakeTheNextFileAnewWhereWhatWasReservedCannotBeRead() throws Exception {
        final Path next = journal.directory.resolve(JournalRoom.NEXT);
        assertTrue(Files.exists(next));
        assertTrue(start(journal, next, "1+", "decided").contains(WENT_ON), "-Dtandem.seed=" + seed);
    }

    /** @param reads which of them fail, as strace counts those of one thread */
    private String start(SmallJournal of, Path unreadable, String reads, String how) throws Exception {
        final List<String> strace = List.of(
                "strace",
                "-f",
                "--seccomp-bpf", // nothing else is slowed down
                "-qq",
                "-o",
                "/dev/null",
                "-P",
                unreadable.toString(),
                "-e",
                "trace=read,pread64",
                "-e",
                "inject=read,pread64:error=EIO:when=" + reads);
        final Process child = ChildJvm.of(strace, Start.class, of.data.toString(), how)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = child.inputReader(UTF_8)) {
            return out.lines().collect(Collectors.joining("\n")) + "\n-Dtandem.seed=" + seed;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** Starts on the same boot and appends until the next roll file has begun. */
    static final class Start {
        private Start() {}

        public static void main(String[] args) throws IOException {
            final Path data = Path.of(args[0]);
            final JournalStart start = args[1].equals("decided")
                    ? new JournalStart(1, RECORDS, false, RECORDS, null, 0)
                    : decide(data).order(0);
            try (LinkJournal journal = JournalOpening.open(data, "acd1", JournalSync.GROUP, start)) {
                for (int n = 0; n < 100; n++) {
                    final long atNs = SmallJournal.AT + (n < 50 ? 3 : 5) * 600_000_000_000L;
                    journal.appendFrame(1, 0, atNs, -1, new byte[100], 0, 100);
                }
                journal.endOfBatch();
                org.awaitility.Awaitility.await()
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> journal.readable() == journal.last());
                final boolean went = journal.fault() == null && journal.roomFault() == null && journal.room() > 0;
                System.out.println(went ? WENT_ON : journal.fault() + " " + journal.roomFault());
            }
        }

        private static StartDecision decide(Path data) {
            final ControlState.Acd known = new ControlState.Acd(
                    "acd1",
                    1,
                    100,
                    RECORDS,
                    new ControlState.Run("boot-1", "group", false),
                    List.of(),
                    null,
                    List.of());
            final JournalSurvey found = JournalSurvey.of(data, "acd1", 1, StartDecision.lookFrom(known));
            final StartDecision decision = StartDecision.of(ControlFile.Condition.SOUND, known, "boot-1", found);
            System.out.println(decision);
            return decision;
        }
    }
}
