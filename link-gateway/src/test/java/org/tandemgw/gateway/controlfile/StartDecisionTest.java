package org.tandemgw.gateway.controlfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.controlfile.StartDecision.Kind.CUT_TAIL;
import static org.tandemgw.gateway.controlfile.StartDecision.Kind.NEW_GENERATION;
import static org.tandemgw.gateway.controlfile.StartDecision.Kind.RESUME;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.journal.JournalSurvey;

/** Every row of the table in docs/adr/0009-control-file-and-starts.md. */
class StartDecisionTest {
    private static final String THEN = "boot-1";
    private static final String ANOTHER = "boot-2";

    // --- nothing is known of the journal ---

    @Test
    void shouldBeginWithGenerationOneWhereThereIsNothing() {
        final StartDecision first = decide(ControlFile.Condition.ABSENT, null, THEN, disk(0, 0));
        assertEquals(RESUME, first.kind());
        assertEquals(1, first.generation());
        assertNull(first.mark());
        assertNull(first.alarm("acd1"));
        assertEquals(
                4, decide(ControlFile.Condition.SOUND, null, THEN, disk(4, 0)).generation());
    }

    @Test
    void shouldTakeANewGenerationWhereRecordsAreAndNobodyKnowsWhoHasSeenThem() {
        for (final ControlFile.Condition control : ControlFile.Condition.values()) {
            final StartDecision decision = decide(control, null, THEN, disk(3, 90));
            assertEquals(NEW_GENERATION, decision.kind());
            assertEquals(4, decision.generation());
            assertEquals(0, decision.last());
            assertTrue(decision.alarm("acd1").contains("session acd1.4"), decision.alarm("acd1"));
        }
        assertEquals(
                "generation 2 begins, generation 1 ended with record 90: there is no control file or nothing in it, so it is not known"
                        + " what servers have seen of it",
                decide(ControlFile.Condition.ABSENT, null, THEN, disk(1, 90)).mark());
    }

    @Test
    void shouldResumeWhatWasRestoredOnANewMachine() {
        final JournalSurvey restored = new JournalSurvey(2, 91, 91, 0, 0, 0, true, null, JournalSurvey.Tail.PLAIN);
        final StartDecision decision = decide(ControlFile.Condition.ABSENT, null, THEN, restored);
        assertEquals(RESUME, decision.kind());
        assertEquals(2, decision.generation());
        assertEquals(91, decision.last());
    }

    @Test
    void shouldNameWhatANewGenerationCostsEachServer() {
        final ControlState.Acd known = new ControlState.Acd(
                "acd1",
                1,
                100,
                120,
                new ControlState.Run(THEN, "none", false),
                List.of(
                        new ControlState.Hold("ahead", 16_503, "acknowledged"),
                        new ControlState.Hold("east", 16_502, "acknowledged"),
                        new ControlState.Hold("began", 0, "confirmed"),
                        new ControlState.Hold("new", 0, "none"),
                        new ControlState.Hold("west", 6_101, "confirmed")),
                null,
                List.of());
        final StartDecision decision = sound(known, ANOTHER, disk(1, 16_502));
        final String costs = "; ahead has at least 1 to 16503 of generation 1, more than is left of it"
                + "; east has at least 1 to 16502 of generation 1, which is all of it"
                + "; began has nothing that is known, of generation 1, and what it lacks of 1 to 16502 does not reach it by its feed:"
                + " ask it for its last number N, or records are loaded twice; then"
                + " tandem journal export acd1 --generation 1 --from N+1 --to 16502"
                + "; new has nothing of generation 1, and what it lacks of 1 to 16502 does not reach it by its feed:"
                + " tandem journal export acd1 --generation 1 --from 1 --to 16502"
                + "; west has at least 1 to 6101 of generation 1, and what it lacks of 6102 to 16502 does not reach it by its feed:"
                + " ask it for its last number N, or records are loaded twice; then"
                + " tandem journal export acd1 --generation 1 --from N+1 --to 16502";
        assertTrue(decision.mark().endsWith(costs), decision.mark());
        assertTrue(decision.alarm("acd1").endsWith(costs), decision.alarm("acd1"));
        assertTrue(sound(known, THEN, disk(0, 0))
                .alarm("acd1")
                .endsWith("; west has at least 1 to 6101 of generation 1, of which nothing more is on the disk"));
    }

    // --- the process was killed, the machine was not ---

    @Test
    void shouldResumeAfterAKillWithAllThatWasAppended() {
        for (final String sync : List.of("group", "none")) {
            final StartDecision decision = sound(known(sync, false, 50, 80), THEN, disk(1, 100));
            assertEquals(RESUME, decision.kind());
            assertEquals(100, decision.last());
            assertEquals(50, decision.synced());
            assertTrue(!decision.nextFile(), "in the same roll file");
            assertNull(decision.mark());
            assertNull(decision.alarm("acd1"));
        }
    }

    @Test
    void shouldKeepDamagedRecordsAfterAKillAsLost() {
        final StartDecision inside = sound(known("group", false, 50, 80), THEN, disk(1, 100, 100, 60, 2));
        assertEquals(RESUME, inside.kind());
        assertEquals(100, inside.last());
        assertTrue(inside.alarm("acd1").startsWith("2 records near the end cannot be read"), inside.alarm("acd1"));
        final StartDecision atTheEnd = sound(known("group", false, 50, 80), THEN, disk(1, 100, 98, 99, 2));
        assertEquals(100, atTheEnd.last());
        assertTrue(atTheEnd.nextFile());
    }

    @Test
    void shouldNotContinueAHistoryThatIsShorterThanWhatWasAppendedSinceTheBoot() {
        assertEquals(
                NEW_GENERATION,
                sound(known("group", false, 50, 80), THEN, disk(1, 79)).kind());
        assertEquals(
                NEW_GENERATION,
                sound(known("none", false, 0, 80), THEN, disk(1, 79)).kind());
        assertEquals(
                NEW_GENERATION,
                sound(known("group", false, 50, 80), THEN, unreadable(1, 90)).kind());
    }

    // --- the machine was booted since, or nobody knows ---

    @Test
    void shouldResumeAfterAPowerLossThatToreNothingInANewFile() {
        for (final String boot : List.of(ANOTHER, "")) {
            final StartDecision decision = sound(known("group", false, 50, 80), boot, disk(1, 70));
            assertEquals(RESUME, decision.kind());
            assertEquals(70, decision.last());
            assertTrue(decision.nextFile());
            assertNull(decision.mark());
        }
    }

    @Test
    void shouldTreatAnUnknownBootAsAnotherOne() {
        final ControlState.Acd noBoot = new ControlState.Acd(
                "acd1", 1, 5, 9, new ControlState.Run("", "none", false), List.of(), null, List.of());
        assertEquals(NEW_GENERATION, sound(noBoot, "", disk(1, 9)).kind());
    }

    @Test
    void shouldCutWhatAPowerLossTore() {
        final StartDecision decision = sound(known("group", false, 50, 80), ANOTHER, disk(1, 75, 75, 61, 3));
        assertEquals(CUT_TAIL, decision.kind());
        assertEquals(1, decision.generation());
        assertEquals(60, decision.last());
        assertTrue(decision.nextFile());
        assertEquals(
                "record 61 was torn by a power loss, and what follows up to 75 was not known to be synced: its sequences"
                        + " are used again from 61 on",
                decision.mark());
        assertEquals(decision.mark(), decision.alarm("acd1"));
    }

    @Test
    void shouldCutAWholeFileThatAPowerLossTore() {
        final StartDecision decision = sound(known("group", false, 50, 80), ANOTHER, unreadable(1, 50));
        assertEquals(CUT_TAIL, decision.kind());
        assertEquals(50, decision.last());
    }

    @Test
    void shouldNotTakeForATornTailWhatALaterFinishedFileFollows() {
        final String sealed = "20261121-0920X.cq4";
        final JournalSurvey.Tail tail = new JournalSurvey.Tail(sealed, false, 0);
        final JournalSurvey inside = new JournalSurvey(1, 900, 900, 0, 61, 3, false, null, tail);
        final JournalSurvey whole = new JournalSurvey(1, 50, 50, 0, 0, 0, false, "20261121-0910X.cq4", tail);
        for (final boolean clean : new boolean[] {false, true}) {
            for (final JournalSurvey disk : List.of(inside, whole)) {
                final StartDecision decision = sound(known("group", clean, 50, 50), ANOTHER, disk);
                assertEquals(NEW_GENERATION, decision.kind());
                assertEquals(2, decision.generation());
                assertEquals(0, decision.last());
                assertTrue(decision.mark().contains("20261121-0920X.cq4, which came later, had been finished"));
                assertTrue(decision.alarm("acd1").contains("an older copy was put back"), decision.alarm("acd1"));
            }
        }
        assertEquals(
                RESUME,
                sound(known("group", false, 50, 80), THEN, inside).kind(),
                "without a boot between, it has rotted and keeps its sequences");
    }

    @Test
    void shouldNotTakeForATornTailWhatWasSyncedOrCameInALongTime() {
        final JournalSurvey.Tail over = new JournalSurvey.Tail(null, true, 0);
        final JournalSurvey holed = new JournalSurvey(1, 90, 90, 0, 51, 3, false, null, over);
        final StartDecision decision = sound(known("group", false, 50, 50), ANOTHER, holed);
        assertEquals(NEW_GENERATION, decision.kind());
        assertTrue(decision.mark().contains("neither can record 50, which was synced"), decision.mark());
        assertTrue(decision.alarm("acd1").contains("records from 51 on may be others"), decision.alarm("acd1"));
        assertEquals(
                CUT_TAIL,
                sound(known("group", false, 50, 50), ANOTHER, new JournalSurvey(1, 90, 90, 0, 52, 3, false, null, over))
                        .kind(),
                "what is synced may rot: the hole begins behind a record that is whole");

        final long limitNs = 30_000_000_000L;
        final JournalSurvey.Tail within = new JournalSurvey.Tail(null, false, limitNs);
        final JournalSurvey.Tail longer = new JournalSurvey.Tail(null, false, limitNs + 1);
        for (final long firstBad : new long[] {51, 61}) {
            assertEquals(
                    CUT_TAIL,
                    sound(
                                    known("group", false, 50, 50),
                                    ANOTHER,
                                    new JournalSurvey(1, 90, 90, 0, firstBad, 3, false, null, within))
                            .kind());
            assertEquals(
                    NEW_GENERATION,
                    sound(
                                    known("group", false, 50, 50),
                                    ANOTHER,
                                    new JournalSurvey(1, 90, 90, 0, firstBad, 3, false, null, longer))
                            .kind());
        }
        assertEquals(
                RESUME,
                sound(
                                known("group", false, 50, 50),
                                ANOTHER,
                                new JournalSurvey(1, 90, 90, 0, 0, 0, false, null, longer))
                        .kind(),
                "where all can be read, nothing is used again");
    }

    @Test
    void shouldNotTakeForATornTailWhatCameAfterACleanEnd() {
        final StartDecision decision = sound(known("group", true, 50, 50), ANOTHER, disk(1, 75, 75, 61, 3));
        assertEquals(NEW_GENERATION, decision.kind());
        assertTrue(decision.mark().contains("ended in order with record 50"), decision.mark());
    }

    @Test
    void shouldNotContinueAHistoryThatIsShorterThanWhatWasSyncedOrSent() {
        for (final String boot : List.of(THEN, ANOTHER)) {
            assertEquals(
                    NEW_GENERATION,
                    sound(known("group", false, 50, 50), boot, disk(1, 49)).kind());
            assertEquals(
                    NEW_GENERATION,
                    sound(known("group", true, 50, 50), boot, disk(1, 0)).kind());
            assertEquals(
                    NEW_GENERATION,
                    sound(known("group", false, 50, 50), boot, unreadable(1, 40))
                            .kind());
            final ControlState.Acd held = new ControlState.Acd(
                    "acd1",
                    1,
                    10,
                    10,
                    new ControlState.Run(THEN, "none", false),
                    List.of(new ControlState.Hold("east", 60, "sent")),
                    null,
                    List.of());
            assertEquals(NEW_GENERATION, sound(held, boot, disk(1, 59)).kind());
        }
        final StartDecision told = sound(known("group", false, 50, 50), ANOTHER, disk(1, 49));
        assertEquals(2, told.generation());
        assertTrue(told.mark().startsWith("generation 2 begins, generation 1 ended with record 49: the journal ends"));
    }

    @Test
    void shouldTakeANewGenerationAfterAPowerLossWithoutSync() {
        final StartDecision decision = sound(known("none", false, 0, 80), ANOTHER, disk(1, 80));
        assertEquals(NEW_GENERATION, decision.kind());
        assertTrue(decision.mark().contains("with sync: none"), decision.mark());
        assertEquals(
                RESUME, sound(known("none", false, 0, 0), ANOTHER, disk(1, 0)).kind(), "nobody can have seen anything");
    }

    @Test
    void shouldResumeAfterACleanEndWhateverTheBoot() {
        for (final String sync : List.of("group", "none")) {
            for (final String boot : List.of(THEN, ANOTHER, "")) {
                final StartDecision decision = sound(known(sync, true, 80, 80), boot, disk(1, 80));
                assertEquals(RESUME, decision.kind());
                assertEquals(80, decision.last());
                assertTrue(!decision.nextFile());
                assertNull(decision.mark());
            }
        }
    }

    // --- the generation on the disk is another one ---

    @Test
    void shouldResumeAGenerationThatSomebodyMadeMeanwhile() {
        final JournalSurvey restored = new JournalSurvey(2, 30, 30, 0, 0, 0, true, null, JournalSurvey.Tail.PLAIN);
        final StartDecision decision = sound(known("group", true, 80, 80), ANOTHER, restored);
        assertEquals(RESUME, decision.kind());
        assertEquals(2, decision.generation());
        assertEquals(30, decision.last());
        assertEquals(-1, decision.synced());
        assertEquals(
                NEW_GENERATION,
                sound(known("group", true, 80, 80), THEN, unreadable(2, 0)).kind());
    }

    @Test
    void shouldTellOfAGenerationThatAKilledStartBeganAndDidNotTell() {
        for (final ControlState.Acd known : new ControlState.Acd[] {known("group", true, 80, 80), null}) {
            final StartDecision empty = sound(known, THEN, disk(2, 0));
            assertEquals(NEW_GENERATION, empty.kind());
            assertEquals(2, empty.generation(), "the folder is there, and nothing in it");
            assertEquals(0, empty.last());
            assertTrue(empty.mark().startsWith("generation 2 begins"), empty.mark());
            assertTrue(empty.alarm("acd1").contains("session acd1.2"), empty.alarm("acd1"));
        }
        final StartDecision marked = sound(known("group", true, 80, 80), THEN, disk(2, 1));
        assertEquals(NEW_GENERATION, marked.kind());
        assertEquals(2, marked.generation());
        assertEquals(1, marked.last(), "behind the mark");
        assertNull(marked.mark(), "which is not written twice");
        assertTrue(marked.alarm("acd1").contains("session acd1.2"), marked.alarm("acd1"));
    }

    @Test
    void shouldNeverUseAGenerationTwice() {
        final ControlState.Acd third = new ControlState.Acd(
                "acd1", 3, 8, 8, new ControlState.Run(THEN, "group", true), List.of(), null, List.of());
        assertEquals(4, sound(third, THEN, disk(2, 500)).generation());
        assertEquals(NEW_GENERATION, sound(third, THEN, disk(0, 0)).kind());
        final ControlState.Acd empty = new ControlState.Acd(
                "acd1", 3, 0, 0, new ControlState.Run(THEN, "group", true), List.of(), null, List.of());
        assertEquals(RESUME, sound(empty, THEN, disk(0, 0)).kind());
        assertEquals(3, sound(empty, THEN, disk(0, 0)).generation());
    }

    // --- how far it has to be looked ---

    @Test
    void shouldLookFromTheWatermarkOnWhereThereIsOne() {
        assertEquals(51, StartDecision.lookFrom(known("group", false, 50, 80)));
        assertEquals(51, StartDecision.lookFrom(known("none", true, 50, 50)));
        assertEquals(0, StartDecision.lookFrom(known("none", false, 50, 80)));
        assertEquals(0, StartDecision.lookFrom(null));
    }

    private static ControlState.Acd known(String sync, boolean clean, long synced, long appended) {
        return new ControlState.Acd(
                "acd1",
                1,
                synced,
                appended,
                new ControlState.Run(THEN, sync, clean),
                List.of(new ControlState.Hold("east", Math.min(5, synced), "confirmed")),
                null,
                List.of());
    }

    private static JournalSurvey disk(int generation, long end) {
        return disk(generation, end, end, 0, 0);
    }

    private static JournalSurvey disk(int generation, long end, long lastSound, long firstBad, long bad) {
        return new JournalSurvey(generation, end, lastSound, 0, firstBad, bad, false, null, JournalSurvey.Tail.PLAIN);
    }

    private static JournalSurvey unreadable(int generation, long end) {
        return new JournalSurvey(generation, end, end, 0, 0, 0, false, "20261121-0910X.cq4", JournalSurvey.Tail.PLAIN);
    }

    private static StartDecision sound(ControlState.Acd known, String boot, JournalSurvey disk) {
        return decide(ControlFile.Condition.SOUND, known, boot, disk);
    }

    private static StartDecision decide(
            ControlFile.Condition control, ControlState.Acd known, String boot, JournalSurvey disk) {
        return StartDecision.of(control, known, boot, disk);
    }
}
