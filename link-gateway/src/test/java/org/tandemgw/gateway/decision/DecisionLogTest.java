package org.tandemgw.gateway.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of decisions on the disk. */
class DecisionLogTest {
    @TempDir
    Path data;

    @Test
    void shouldBringARecordBackAsItWas() throws IOException {
        final DecisionLog log = new DecisionLog(data);
        for (final DecisionRecord record : List.of(
                Decisions.record(Decisions.switched(7)),
                Decisions.record(Decisions.refused(8)),
                Decisions.record(Decisions.opened(9)))) {
            log.write(record);
            assertEquals(record, DecisionLog.read(log.file(record.number())));
        }
        assertEquals("000007.json", log.file(7).getFileName().toString());
        assertEquals(new DecisionLog.Newest(12, 9), log.newest());
    }

    @Test
    void shouldNameEachDamageAndTellTheOthers() throws IOException {
        final DecisionLog log = new DecisionLog(data);
        for (long number = 1; number <= 4; number++) {
            log.write(Decisions.record(Decisions.switched(number)));
        }
        Files.write(log.file(2), new byte[0]);
        final byte[] cut = Files.readAllBytes(log.file(3));
        Files.write(log.file(3), Arrays.copyOf(cut, cut.length - 10));

        final DecisionLog.Found found = log.newest(10);
        assertEquals(
                List.of(4L, 1L),
                found.records().stream().map(DecisionRecord::number).toList());
        assertEquals(2, found.damaged().size());
        assertTrue(found.damaged().get(0).contains("000003.json"), found::toString);
        assertEquals(4, log.newest().decision());
    }

    @Test
    void shouldKnowEveryByteThatIsNotWhatWasWritten() throws IOException {
        final DecisionLog log = new DecisionLog(data);
        log.write(Decisions.record(Decisions.refused(1)));
        final Path file = log.file(1);
        final byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length - 1; at += 7) {
            final byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            final int where = at;
            assertTrue(assertThrows(IOException.class, () -> DecisionLog.read(file), () -> "byte " + where)
                    .getMessage()
                    .contains(file.toString()));
        }
    }

    @Test
    void shouldKeepNoMoreThanItsLimitsAndAlwaysTheNewest() throws IOException {
        final DecisionLog few = new DecisionLog(data, 3, Long.MAX_VALUE);
        for (long number = 1; number <= 8; number++) {
            few.write(Decisions.record(Decisions.switched(number)));
        }
        few.prune();
        assertEquals(List.of(6L, 7L, 8L), few.numbers());

        new DecisionLog(data, 3, 2 * Files.size(few.file(8))).prune();
        assertEquals(List.of(7L, 8L), few.numbers());

        new DecisionLog(data, 3, 1).prune();
        assertEquals(List.of(8L), few.numbers());
    }

    @Test
    void shouldSayWhatIsNoRecord() throws IOException {
        final Path file = data.resolve("notes.txt");
        assertTrue(message(file).startsWith("there is no file"));
        Files.writeString(file, "{}");
        assertTrue(message(file).contains("no whole record"), message(file));
    }

    private static String message(Path file) {
        return assertThrows(IOException.class, () -> DecisionLog.read(file)).getMessage();
    }
}
