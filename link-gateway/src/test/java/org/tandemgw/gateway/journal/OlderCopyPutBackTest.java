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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.StartDecision;
import org.tandemgw.gateway.house.Chance;

/** Somebody puts an older copy of the data folder back over the newer one, and the machine is booted again. */
@Tag("chance")
class OlderCopyPutBackTest {
    private final long seed = Chance.seed();
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
        assertEquals(
                journal.rollFiles().get(1).getFileName().toString(),
                found.tail().sealedBehind(),
                told());
        final StartDecision decision = decide(found);
        assertEquals(StartDecision.Kind.NEW_GENERATION, decision.kind(), told());
        assertTrue(decision.alarm("acd1").contains("an older copy was put back"), decision.alarm("acd1"));
    }

    @Test
    void shouldCutWhereNothingThatCameLaterWasFinished() throws Exception {
        final SmallJournal journal = new SmallJournal(folder.resolve("data")).plain();
        journal.write(1, 100, random);
        final Path file = journal.rollFiles().get(0);
        SmallJournal.flip(file, SmallJournal.places(file).get(59)[1] + 44, 1);
        final JournalSurvey found = JournalSurvey.of(journal.data, "acd1", 1, 51);
        assertEquals(60, found.firstBad(), told());
        assertNull(found.tail().sealedBehind(), "the file of the first bad record itself has one");
        assertEquals(StartDecision.Kind.CUT_TAIL, decide(found).kind(), told());
    }

    @Test
    void shouldNotUseSequencesAgainThatCameOverALongTime() throws Exception {
        final SmallJournal journal = new SmallJournal(folder.resolve("data")).plain();
        journal.write(2, 100, random); // ten minutes apart
        final List<Path> files = journal.rollFiles();
        SmallJournal.flip(files.get(0), SmallJournal.places(files.get(0)).get(59)[1] + 44, 1);
        Files.delete(Seal.beside(files.get(1)));
        final JournalSurvey found = JournalSurvey.of(journal.data, "acd1", 1, 51);
        assertNull(found.tail().sealedBehind());
        assertTrue(found.tail().spanNs() > 590_000_000_000L, found.toString());
        final StartDecision decision = decide(found);
        assertEquals(StartDecision.Kind.NEW_GENERATION, decision.kind(), told());
        assertTrue(decision.alarm("acd1").contains("an older copy was put back"), decision.alarm("acd1"));
    }

    @Test
    void shouldNotUseSequencesAgainWhereTheHoleBeginsBeforeTheWatermark() throws Exception {
        final SmallJournal journal = new SmallJournal(folder.resolve("data")).plain();
        journal.write(1, 100, random);
        final Path file = journal.rollFiles().get(0);
        Files.delete(Seal.beside(file));
        final List<long[]> places = SmallJournal.places(file);
        for (int record = 40; record < 60; record++) {
            SmallJournal.flip(file, places.get(record - 1)[1] + 44, 1);
        }
        assertEquals(
                StartDecision.Kind.NEW_GENERATION,
                decide(JournalSurvey.of(journal.data, "acd1", 1, 51)).kind(),
                told());
        SmallJournal.flip(file, places.get(50 - 1)[1] + 44, 1); // the last one synced is whole again
        assertEquals(
                StartDecision.Kind.CUT_TAIL,
                decide(JournalSurvey.of(journal.data, "acd1", 1, 51)).kind(),
                told());
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
