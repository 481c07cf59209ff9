package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start walks through the newest roll file once, and again if anybody has touched it in between. */
class WalkedFileTest {
    private static final int RECORDS = 700;

    @TempDir
    private Path data;

    private SmallJournal journal;
    private Path newest;

    @BeforeEach
    void write() throws IOException {
        journal = new SmallJournal(data).plain().write(2, RECORDS, new Random(7));
        final RollFiles files = files();
        final int[] cycles = files.cycles();
        newest = files.path(cycles[cycles.length - 1]);
    }

    @Test
    void shouldNotBeWalkedThroughAgainWhereNobodyTouchedIt() throws IOException {
        final JournalSurvey found = survey();
        final FileTime modified = Files.getLastModifiedTime(newest);
        damageAHeader();
        Files.setLastModifiedTime(newest, modified);

        assertEquals(0, irregularAfter(found));
    }

    @Test
    void shouldBeWalkedThroughAgainWhereItWasWrittenTo() throws IOException {
        final JournalSurvey found = survey();
        final FileTime modified = Files.getLastModifiedTime(newest);
        damageAHeader();
        Files.setLastModifiedTime(newest, FileTime.fromMillis(modified.toMillis() + 1));

        assertTrue(irregularAfter(found) > 0);
    }

    @Test
    void shouldBeWalkedThroughAgainWhereAnotherFileWasPutInItsPlace() throws IOException {
        final JournalSurvey found = survey();
        final Path other = data.resolve("other");
        Files.copy(newest, other, StandardCopyOption.COPY_ATTRIBUTES);
        final FileTime modified = Files.getLastModifiedTime(newest);
        Files.move(other, newest, StandardCopyOption.REPLACE_EXISTING);
        damageAHeader();
        Files.setLastModifiedTime(newest, modified);

        assertTrue(irregularAfter(found) > 0);
    }

    @Test
    void shouldNotBeHandedOnWhereSomethingInItIsDamaged() throws IOException {
        assertNotNull(survey().walked());

        damageAHeader();

        assertNull(survey().walked());
    }

    @Test
    void shouldGoOnBehindTheLastRecordAllTheSame() {
        final JournalSurvey found = survey();
        try (LinkJournal opened =
                JournalOpening.open(data, "acd1", JournalSync.NONE, JournalStart.behindTheLastSound(found))) {
            assertEquals(2 * RECORDS, opened.last());
            journal.append(opened, new Random(8));
        }

        assertEquals(2 * RECORDS + 1, survey().end());
        assertEquals(List.of(), journal.lost(""));
    }

    private JournalSurvey survey() {
        return JournalSurvey.of(data, "acd1", 1, 0);
    }

    private long irregularAfter(JournalSurvey found) {
        final RollFiles files = files();
        final SequenceIndex index = new SequenceIndex(files);
        found.walked().handTo(index, files);
        final int[] cycles = files.cycles();
        final RollFileMap map = index.map(cycles[cycles.length - 1]);
        assertEquals(2 * RECORDS, map.last());
        return map.irregular();
    }

    private RollFiles files() {
        return new RollFiles(journal.directory, Queues.ROLL_CYCLE);
    }

    /** Whoever walks through the file sees it. */
    private void damageAHeader() throws IOException {
        SmallJournal.flip(newest, SmallJournal.places(newest).get(RECORDS / 2)[1] + Integer.BYTES + 9, 1);
    }
}
