package org.tandemgw.gateway.deciding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.DrillBook;
import org.tandemgw.gateway.switchover.DrillStage;
import org.tandemgw.gateway.switchover.DrillVerdict;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Maintenance;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.OpenAttempt;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.gateway.switchover.Trigger;

/** The control file is gone, damaged, older than others, or of a version that switched nothing. */
class LostRecordTest {
    private static final EpochSearch.Found NOTHING = found(0, 0, null, false);
    private static final Durable KEPT =
            new Durable(5, "east", Mode.AUTO, 0, null, List.of(), null, 9, "cafe", null, null);

    @TempDir
    Path data;

    @Test
    void shouldGoOnWithWhatIsKept() {
        assertSame(KEPT, FoundRecord.of(KEPT, false, 5, found(5, 9, null, false), 1));
        assertSame(KEPT, FoundRecord.of(KEPT, false, 7, found(7, 9, null, false), 1), "an order by hand came since");
    }

    @Test
    void shouldKnowNothingOfAFirstStartAndOfAnUpgrade() {
        assertNull(FoundRecord.of(null, false, 0, NOTHING, 1));
        assertNull(FoundRecord.of(null, false, 3, found(3, 0, null, false), 1), "trunks were moved by hand only");
    }

    @Test
    void shouldHoldAboveEveryEpochWhereTheFileIsLost() {
        final Durable lost = FoundRecord.of(null, true, 2, found(6, 11, null, false), 1);
        assertEquals(6, lost.epoch());
        assertEquals(11, lost.decision());
        assertNull(lost.active());
        assertNotNull(lost.holding());
        assertEquals(
                8, FoundRecord.of(null, true, 8, found(6, 11, null, false), 1).epoch());
    }

    @Test
    void shouldHoldWhereAnOlderFileWasPutBack() {
        final Durable older = FoundRecord.of(KEPT, false, 5, found(6, 9, null, false), 1);
        assertEquals(6, older.epoch());
        assertNull(older.active(), "who is active may have changed since");
        assertEquals(Mode.AUTO, older.mode());
        assertNotNull(
                FoundRecord.of(KEPT, false, 5, found(5, 10, null, false), 1).holding());
        assertNotNull(
                FoundRecord.of(null, false, 0, found(0, 1, null, false), 1).holding());
    }

    @Test
    void shouldCloseADrillThatNobodyKnowsTheEndOf() {
        final Drill away = new Drill(
                3,
                DrillStage.AWAY,
                "east",
                "west",
                "because",
                "jd",
                false,
                0,
                Instant.EPOCH,
                8,
                5,
                Instant.EPOCH,
                0,
                0,
                null,
                null,
                null,
                null,
                null);
        final Durable kept = KEPT.with(new DrillBook(3, away, null, 0, 0, 0, 0, null));
        final DrillBook older =
                FoundRecord.of(kept, false, 5, found(6, 9, null, false), 1).drills();
        assertNull(older.open());
        assertEquals(3, older.number());
        assertEquals(DrillVerdict.INTERRUPTED, older.newest().verdict());
    }

    @Test
    void shouldKeepWhatAnOperatorSaidLast() throws IOException {
        final EpochSearch.Found held = found(6, 11, Mode.HELD, true);
        assertEquals(Mode.HELD, FoundRecord.of(null, true, 2, held, 1).mode());
        final Durable older = FoundRecord.of(KEPT, false, 5, held, 1);
        assertEquals(Mode.HELD, older.mode(), "newer than that of the file that was put back");
        assertTrue(older.holding().why().contains("the operator's mode held was found in the audit file"));

        final Durable unknown = FoundRecord.of(null, true, 2, found(6, 11, null, false), 1);
        assertEquals(Mode.HELD, unknown.mode(), "nobody knows that he did not hold the site");
        assertTrue(unknown.holding().why().contains("is not known, so that it counts as held"));
        assertNull(FoundRecord.of(null, true, 2, found(6, 11, null, true), 1).mode());

        final String begins =
                "{\"who\":\"tandem\",\"action\":\"audit begins\",\"object\":\"audit.jsonl\",\"ok\":true}\n";
        Files.writeString(data.resolve("audit-2026-01-01.jsonl"), begins + mode("held", true));
        assertEquals(Mode.HELD, EpochSearch.in(data).mode());
        assertTrue(EpochSearch.in(data).whole());
        Files.writeString(
                data.resolve("audit.jsonl"),
                mode("manual", true)
                        + mode("auto", false)
                        + "{\"action\":\"switch\",\"reason\":\"\\\"action\\\":\\\"mode\\\"\",\"object\":\"auto\",\"ok\":true}\n"
                        + "{\"action\":\"mode\",\"object\":\"au");
        assertEquals(Mode.MANUAL, EpochSearch.in(data).mode());
    }

    @Test
    void shouldKeepOutWhoeverWasTakenOut() throws IOException {
        Files.writeString(
                data.resolve("audit.jsonl"),
                maintenance("on for PT8H", true)
                        + maintenance("on west for PT2H", true)
                        + maintenance("on east for PT2H", false)
                        + maintenance("dry run off west", true)
                        + maintenance("off", true)
                        + "{\"action\":\"maintenance\",\"object\":\"off we");
        final List<Maintenance> out =
                FoundRecord.of(null, true, 2, EpochSearch.in(data), 1).maintenance();
        final long sinceMs = 1_795_240_800_000L;
        assertEquals(List.of(new Maintenance("west", "jd", "patch", sinceMs, sinceMs + 7_200_000)), out);
    }

    /** Of an audit file only the end is read: what it says of one is no word about another. */
    @Test
    void shouldKeepTheSiteOutWhereOnlyAServerIsSaidToBeBack() throws IOException {
        final Maintenance site = new Maintenance(null, "jd", "cabling", 1, 2);
        final Maintenance west = new Maintenance("west", "jd", "patch", 1, 2);
        final Durable kept = new Durable(
                5, "east", Mode.AUTO, 0, null, List.of(), null, 9, "cafe", null, null, 0, List.of(site, west), null);
        Files.writeString(data.resolve("audit.jsonl"), maintenance("off west", true));
        assertEquals(List.of(site), FoundRecord.of(kept, false, 5, newer(), 1).maintenance());
        Files.writeString(data.resolve("audit.jsonl"), maintenance("off", true));
        assertEquals(List.of(west), FoundRecord.of(kept, false, 5, newer(), 1).maintenance());
        Files.writeString(data.resolve("audit.jsonl"), maintenance("on west for PT2H", true));
        assertEquals(
                List.of("jd: cabling", "jd: patch"),
                FoundRecord.of(kept, false, 5, newer(), 1).maintenance().stream()
                        .map(each -> each.who() + ": " + each.why())
                        .toList());
    }

    /** What the audit file says, with a decision that the control file does not know. */
    private EpochSearch.Found newer() {
        return new EpochSearch.Found(6, 9, Set.of(), null, EpochSearch.in(data).maintenance(), false);
    }

    @Test
    void shouldBelieveTheAuditFileThatNobodyIsOutAnyMore() throws IOException {
        final Maintenance west = new Maintenance("west", "jd", "patch", 1, 2);
        final Durable kept = new Durable(
                5, "east", Mode.AUTO, 0, null, List.of(), null, 9, "cafe", null, null, 0, List.of(west), null);
        final EpochSearch.Found unsaid = found(6, 9, null, false);
        assertEquals(
                List.of(west), FoundRecord.of(kept, false, 5, unsaid, 1).maintenance(), "the audit file has no word");
        Files.writeString(
                data.resolve("audit.jsonl"), maintenance("on west for PT2H", true) + maintenance("off west", true));
        assertEquals(List.of(), FoundRecord.of(kept, false, 5, newer(), 1).maintenance());
    }

    private static String maintenance(String object, boolean ok) {
        return mode(object, ok).replace("\"mode\"", "\"maintenance\"");
    }

    private static EpochSearch.Found found(long epoch, long decision, Mode mode, boolean whole) {
        return new EpochSearch.Found(epoch, decision, Set.of(), mode, whole);
    }

    private static String mode(String mode, boolean ok) {
        return "{\"at\":\"2026-11-21T06:00:00Z\",\"who\":\"jd\",\"action\":\"mode\",\"object\":\"" + mode
                + "\",\"reason\":\"patch\",\"ok\":" + ok + ",\"message\":\"…\"}\n";
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
        assertSame(amid, FoundRecord.of(amid, false, 5, new EpochSearch.Found(5, 9, Set.of(8L), null, false), 1));
        final Durable older =
                FoundRecord.of(amid, false, 5, new EpochSearch.Found(5, 9, Set.of(8L, 9L), null, false), 1);
        assertNull(older.open());
        assertNull(older.active());
        assertNotNull(older.holding());
        final Durable held =
                FoundRecord.of(amid, false, 5, new EpochSearch.Found(5, 9, Set.of(9L), Mode.HELD, false), 1);
        assertEquals(Mode.HELD, held.mode(), "said since");
    }

    @Test
    void shouldFindTheNewestEpochInAuditFilesAndRecords() throws IOException {
        assertEquals(NOTHING, EpochSearch.in(data));
        Files.writeString(data.resolve("audit.jsonl"), "{\"action\":\"trunk command\",\"epoch\":3}\nnot JSON\n");
        Files.writeString(data.resolve("audit-2026-01-01.jsonl"), "{\"epoch\":9}\n");
        Files.writeString(data.resolve("audit-2026-02-01.jsonl"), "{\"epoch\":5,\"decision\":2}\n");
        assertEquals(found(5, 2, null, false), EpochSearch.in(data), "of those set aside the newest");
        Files.createDirectories(data.resolve("decisions"));
        Files.writeString(
                data.resolve("decisions").resolve("000012.json"), "{\"decision\":{\"decision\":12,\"epoch\":8}}");
        assertEquals(found(8, 12, null, false), EpochSearch.in(data));
        Files.writeString(
                data.resolve("audit.jsonl"),
                line("switchover begun", 11) + line("switchover", 11) + line("switchover begun", 12));
        assertEquals(new EpochSearch.Found(8, 12, Set.of(11L), null, false), EpochSearch.in(data));
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
