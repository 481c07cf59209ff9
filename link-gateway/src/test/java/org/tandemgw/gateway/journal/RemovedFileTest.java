package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody deletes the file that the running site writes to. */
class RemovedFileTest {
    private static final int BEFORE = 300;

    @TempDir
    Path data;

    private final Random random = new Random(1);

    @Test
    void shouldSayItAndLoseNothingThatComesAfterwards() throws IOException {
        final SmallJournal journal = new SmallJournal(data).plain();
        final Path file;
        try (LinkJournal open = LinkJournal.open(data, "acd1");
                JournalReader follower = open.newReader()) {
            append(journal, open, BEFORE);
            await().until(() -> open.readable() == BEFORE);
            read(follower, BEFORE, 0);
            file = journal.rollFiles().get(0);
            await().until(() -> Files.exists(journal.directory.resolve(JournalRoom.NEXT))); // there is where to go on
            Files.delete(file);
            awaitAlarm(open, file.getFileName() + " was removed from " + file.getParent());
            append(journal, open, 100);
            await().until(() -> open.readable() == BEFORE + 100);
            read(follower, 100, 0);
            assertEquals(1, journal.rollFiles().size());
            assertFalse(journal.rollFiles().contains(file));
            assertEquals(null, open.fault());
        }
        try (LinkJournal open = journal.open()) {
            assertEquals(BEFORE + 100, open.last());
        }
        final JournalCheck check = journal.verify();
        assertTrue(check.sound(), check.toString());
        assertEquals(List.of(BEFORE + 1L, 100L), List.of(check.oldest(), check.records()));
    }

    @Test
    void shouldNotRunIntoAFaultWhereTheWholeFolderIsEmptied() throws IOException {
        final SmallJournal journal = new SmallJournal(data).plain();
        try (LinkJournal open = LinkJournal.open(data, "acd1")) {
            append(journal, open, BEFORE);
            await().until(() -> open.readable() == BEFORE);
            for (final Path each : List.of(journal.rollFiles().get(0), journal.directory.resolve(JournalRoom.NEXT))) {
                await().until(() -> Files.exists(each));
                Files.delete(each);
            }
            awaitAlarm(open, " was removed from ");
            append(journal, open, 100);
            await().until(() -> open.readable() == BEFORE + 100);
            assertEquals(null, open.fault());
        }
    }

    private static void awaitAlarm(LinkJournal open, String said) {
        await().untilAsserted(() ->
                assertTrue(open.damage().text().contains(said), open.damage().text()));
    }

    private void append(SmallJournal journal, LinkJournal open, int count) {
        for (int n = 0; n < count; n++) {
            journal.append(open, random);
        }
        open.endOfBatch();
    }

    private static void read(JournalReader reader, int count, int lost) {
        final JournalRecord record = new JournalRecord();
        int damaged = 0;
        for (int n = 0; n < count; n++) {
            assertTrue(reader.next(record));
            damaged += record.damaged() ? 1 : 0;
        }
        assertEquals(lost, damaged);
    }
}
