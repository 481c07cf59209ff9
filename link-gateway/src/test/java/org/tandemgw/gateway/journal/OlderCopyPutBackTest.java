package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.StartDecision;

/** Somebody puts an older copy of the data folder back over the newer one, and the machine is booted again. */
class OlderCopyPutBackTest {
    private final long seed = Long.getLong("tandem.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @Test
    void shouldNotUseSequencesAgainThatFinishedFilesComeAfter() throws Exception {
        final SmallJournal journal = new SmallJournal(folder.resolve("data")).plain();
        journal.write(1, 100, random);
        final SmallJournal older = journal.copy(folder.resolve("older"));
        try (LinkJournal open = journal.open()) {
            for (int n = 0; n < 400; n++) {
                journal.append(open, random);
            }
        }
        journal.write(3, 100, random);
        putOver(older.directory, journal.directory);
        final JournalSurvey found = JournalSurvey.of(journal.data, "acd1", 1, 101);
        assertEquals(101, found.firstBad(), told());
        assertEquals(journal.rollFiles().get(1).getFileName().toString(), found.sealedBehindFirstBad(), told());
        final StartDecision decision = decide(found);
        assertEquals(StartDecision.Kind.NEW_GENERATION, decision.kind(), told());
        assertTrue(decision.alarm("acd1").contains("an older copy was put back"), decision.alarm("acd1"));
    }

    @Test
    void shouldCutWhereNothingThatCameLaterWasFinished() throws Exception {
        final SmallJournal journal = new SmallJournal(folder.resolve("data")).plain();
        journal.write(2, 100, random);
        final List<Path> files = journal.rollFiles();
        SmallJournal.flip(files.get(0), SmallJournal.places(files.get(0)).get(59)[1] + 50, 1);
        Files.delete(Seal.beside(files.get(1)));
        final JournalSurvey found = JournalSurvey.of(journal.data, "acd1", 1, 51);
        assertEquals(60, found.firstBad(), told());
        assertNull(found.sealedBehindFirstBad(), "the file of the first bad record itself has one");
        assertEquals(StartDecision.Kind.CUT_TAIL, decide(found).kind(), told());
    }

    private static StartDecision decide(JournalSurvey found) {
        final ControlState.Acd known = new ControlState.Acd(
                "acd1", 1, 50, 50, new ControlState.Run("boot-1", "group", false), List.of(), null, List.of());
        return StartDecision.of(ControlFile.Condition.SOUND, known, "boot-2", found);
    }

    private static void putOver(Path older, Path newer) throws IOException {
        try (Stream<Path> all = Files.list(older)) {
            for (final Path file : all.filter(Files::isRegularFile).toList()) {
                Files.copy(file, newer.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private String told() {
        return "-Dtandem.seed=" + seed;
    }
}
