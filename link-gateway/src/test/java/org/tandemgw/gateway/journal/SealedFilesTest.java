package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;

/** A sealed file is never written again: whatever runs, is killed, reads or rolls afterwards. */
@Tag("chance")
class SealedFilesTest {
    private final long seed = Chance.seed();
    private final Random random = new Random(seed);

    @TempDir
    Path data;

    @TempDir
    Path elsewhere;

    @Test
    void shouldStayAsTheyAreThroughRollsReadersRestartsAndKills() throws Exception {
        SmallJournal journal = new SmallJournal(data);
        for (int round = 0; round < 6; round++) {
            journal.write(2, 20 + random.nextInt(600), random);
            assertAllSealed(journal);
            assertEquals(List.of(), journal.lost(seeded()));
            if (round % 2 == 1) {
                journal = killed(journal, round);
            }
            if (round == 4) {
                Files.delete(journal.directory.resolve(Queues.METADATA));
            }
        }
    }

    /** What a killed process leaves: a copy of the files while it is running. */
    private SmallJournal killed(SmallJournal journal, int round) throws Exception {
        try (LinkJournal running = journal.open();
                JournalReader reader = running.newReader()) {
            final JournalRecord record = new JournalRecord();
            for (int n = 0; n < 50; n++) {
                journal.append(running, random);
                running.endOfBatch();
                while (reader.next(record)) {
                    assertFalse(record.damaged(), seeded());
                }
            }
            return journal.copy(elsewhere.resolve("round-" + round));
        }
    }

    private void assertAllSealed(SmallJournal journal) throws Exception {
        final JournalCheck check = journal.verify();
        assertTrue(check.sound(), () -> check + seeded());
        assertEquals(check.files(), check.sealed(), () -> check + seeded());
    }

    @Test
    void shouldBeSealedWhileRunningOnceTheyAreFinished() throws Exception {
        final SmallJournal journal = new SmallJournal(data).write(1, 100, random);
        final Path first = journal.rollFiles().get(0);
        assertNotNull(Seal.read(first));
        try (LinkJournal running = journal.open()) {
            assertFalse(Files.exists(Seal.beside(first)), "appending may go on in it");
            final byte[] frame = {1};
            running.appendFrame(1, 0, SmallJournal.AT + 600_000_000_000L, -1, frame, 0, 1);
            journal.frames.add(frame);
            await().until(() -> Seal.read(first) != null);
            assertTrue(journal.verify().sound(), () -> journal.verify() + seeded());
            assertEquals(1, journal.verify().sealed());
        }
    }

    @Test
    void shouldFindTheOneByteThatChanged() {
        final byte[] block = new byte[Seal.BLOCK];
        random.nextBytes(block);
        final java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(block);
        for (int round = 0; round < 200; round++) {
            final int at = random.nextInt(block.length);
            final byte was = block[at];
            block[at] ^= (byte) (1 + random.nextInt(255));
            final java.util.zip.CRC32C changed = new java.util.zip.CRC32C();
            changed.update(block);
            assertEquals(at, SingleByte.find((int) (crc.getValue() ^ changed.getValue()), block.length), seeded());
            block[at] = was;
        }
    }

    private String seeded() {
        return ", replay with -Dtandem.seed=" + seed;
    }
}
