package org.tandemgw.gateway.deciding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.OpenAttempt;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.gateway.switchover.Trigger;

/** The control file is gone, damaged, older than others, or of a version that switched nothing. */
class LostRecordTest {
    private static final EpochSearch.Found NOTHING = new EpochSearch.Found(0, 0);
    private static final Durable KEPT =
            new Durable(5, "east", Mode.AUTO, 0, null, List.of(), null, 9, "cafe", null, null);

    @TempDir
    Path data;

    @Test
    void shouldGoOnWithWhatIsKept() {
        assertSame(KEPT, FoundRecord.of(KEPT, false, 5, new EpochSearch.Found(5, 9), 1));
        assertSame(KEPT, FoundRecord.of(KEPT, false, 7, new EpochSearch.Found(7, 9), 1), "an order by hand came since");
    }

    @Test
    void shouldKnowNothingOfAFirstStartAndOfAnUpgrade() {
        assertNull(FoundRecord.of(null, false, 0, NOTHING, 1));
        assertNull(FoundRecord.of(null, false, 3, new EpochSearch.Found(3, 0), 1), "trunks were moved by hand only");
    }

    @Test
    void shouldHoldAboveEveryEpochWhereTheFileIsLost() {
        final Durable lost = FoundRecord.of(null, true, 2, new EpochSearch.Found(6, 11), 1);
        assertEquals(6, lost.epoch());
        assertEquals(11, lost.decision());
        assertNull(lost.active());
        assertNotNull(lost.holding());
        assertEquals(
                8,
                FoundRecord.of(null, true, 8, new EpochSearch.Found(6, 11), 1).epoch());
    }

    @Test
    void shouldHoldWhereAnOlderFileWasPutBack() {
        final Durable older = FoundRecord.of(KEPT, false, 5, new EpochSearch.Found(6, 9), 1);
        assertEquals(6, older.epoch());
        assertNull(older.active(), "who is active may have changed since");
        assertEquals(Mode.AUTO, older.mode());
        assertNotNull(
                FoundRecord.of(KEPT, false, 5, new EpochSearch.Found(5, 10), 1).holding());
        assertNotNull(
                FoundRecord.of(null, false, 0, new EpochSearch.Found(0, 1), 1).holding());
    }

    @Test
    void shouldNotFinishOnceMoreWhatTheAuditFileKnowsToBeOver() {
        final OpenAttempt open = new OpenAttempt(
                9,
                5,
                "west",
                "east",
                Trigger.AUTOMATIC,
                "",
                "",
                false,
                Step.SELECT,
                true,
                true,
                true,
                1,
                "cafe",
                List.of());
        final Durable amid = new Durable(5, "west", Mode.AUTO, 0, null, List.of(), null, 9, "cafe", open, null);
        assertSame(amid, FoundRecord.of(amid, false, 5, new EpochSearch.Found(5, 9, Set.of(8L)), 1));
        final Durable older = FoundRecord.of(amid, false, 5, new EpochSearch.Found(5, 9, Set.of(8L, 9L)), 1);
        assertNull(older.open());
        assertNull(older.active());
        assertNotNull(older.holding());
    }

    @Test
    void shouldFindTheNewestEpochInAuditFilesAndRecords() throws IOException {
        assertEquals(NOTHING, EpochSearch.in(data));
        Files.writeString(data.resolve("audit.jsonl"), "{\"action\":\"trunk command\",\"epoch\":3}\nnot JSON\n");
        Files.writeString(data.resolve("audit-2026-01-01.jsonl"), "{\"epoch\":9}\n");
        Files.writeString(data.resolve("audit-2026-02-01.jsonl"), "{\"epoch\":5,\"decision\":2}\n");
        assertEquals(new EpochSearch.Found(5, 2), EpochSearch.in(data), "of those set aside the newest");
        Files.createDirectories(data.resolve("decisions"));
        Files.writeString(
                data.resolve("decisions").resolve("000012.json"), "{\"decision\":{\"decision\":12,\"epoch\":8}}");
        assertEquals(new EpochSearch.Found(8, 12), EpochSearch.in(data));
        Files.writeString(
                data.resolve("audit.jsonl"),
                line("switchover begun", 11) + line("switchover", 11) + line("switchover begun", 12));
        assertEquals(new EpochSearch.Found(8, 12, Set.of(11L)), EpochSearch.in(data));
    }

    private static String line(String action, long number) {
        final Decision decision = new Decision(
                number,
                4L,
                "east",
                "west",
                Trigger.MANUAL,
                "a \"decision\": 99",
                "jd",
                false,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                -1,
                null,
                null);
        return JsonRecords.write(SwitchoverLine.of(Instant.EPOCH, action, decision, null)) + "\n";
    }
}
