package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Sight;

/** A tired person types exactly what stands under TYPE NEXT, each of the ways that are offered, until somebody is active and nothing holds. */
class NextCommandTest {
    private static Rig site(String... words) {
        final RigRules rules = RigRules.site();
        Arrays.stream(words).forEach(rules::with);
        return Rig.of(rules).well();
    }

    private static Action.Answer asked(Rig rig, Wish wish) {
        rig.asked(wish);
        final List<Action.Answer> answers = rig.taken(Action.Answer.class);
        return answers.get(answers.size() - 1);
    }

    /** Every way of what is offered, one after the other. */
    private static void leadsOut(Rig rig) {
        final String next = rig.view().next();
        assertNotNull(next);
        final String[] steps = next.split("; ");
        final String[] ways = steps[steps.length - 1].split(", or ");
        for (final String way : ways) {
            final Rig typing = rig.copy();
            for (int i = 0; i < steps.length - 1; i++) {
                type(typing, steps[i]);
            }
            if (typing.phase() == Phase.HOLDING || typing.phase() == Phase.UNASSIGNED) {
                type(typing, way);
            }
            assertEquals(Phase.WATCHING, typing.phase(), () -> "typed " + way + " of: " + next);
            assertNotNull(typing.view().active(), () -> "typed " + way + " of: " + next);
        }
    }

    private static void type(Rig rig, String step) {
        final String command = step.substring(Math.max(0, step.indexOf("tandem ")));
        final String[] words = command.split(" ");
        switch (words[1]) {
            case "switch" -> switched(rig, words[2].equals("SERVER") ? WEST : words[2], command.contains(" --force "));
            case "resume" -> assertTrue(asked(rig, new Wish.Resume()).ok(), command);
            case "mode" -> assertTrue(asked(rig, new Wish.SetMode(Mode.MANUAL)).ok(), command);
            case "why", "why-not", "status" -> {
                // reads
            }
            case "maintenance" -> {
                final String server = words[3].startsWith("--") ? null : words[3];
                assertTrue(
                        asked(rig, new Wish.Maintain(server, false, 0, false)).ok(), command);
            }
            case "trunks" -> {
                if (words[2].equals("adopt")) {
                    asked(rig, new Wish.Adopted(words[3]));
                    over(rig);
                }
            }
            default -> throw new AssertionError("what is this: " + command);
        }
    }

    private static void switched(Rig rig, String server) {
        switched(rig, server, false);
    }

    private static void switched(Rig rig, String server, boolean force) {
        final Action.Answer answer = asked(rig, new Wish.Switch(server, force, false));
        assertTrue(answer.ok(), () -> server + ": " + answer.message());
        over(rig);
        assertEquals(server, rig.view().active());
    }

    /** Whatever was begun ends well. */
    private static void over(Rig rig) {
        if (rig.phase() == Phase.DEMOTING) {
            rig.stepOver(Step.DEMOTE, rig.machine().durable().open().from(), true);
        }
        if (rig.phase() == Phase.SELECTING) {
            final String to = rig.machine().durable().open().to();
            rig.trunksAt(to);
            rig.selectOver(SelectOutcome.OK);
        }
        if (rig.phase() == Phase.PROMOTING) {
            rig.stepOver(Step.PROMOTE, rig.machine().durable().active(), true);
        }
    }

    @Test
    void shouldNameTheFileWhereTheFileIsTheMoreCareful() {
        final Rig rig = site("mode=manual");

        assertEquals(
                "write  mode: auto  below  switchover:  in the file, and restart Tandem", command(rig.view(), "mode"));
        final Action.Answer answer = asked(rig, new Wish.SetMode(Mode.AUTO));
        assertTrue(answer.ok());
        assertEquals(command(rig.view(), "mode"), answer.remedy());
        asked(rig, new Wish.SetMode(Mode.HELD));
        assertEquals(answer.remedy(), command(rig.view(), "mode"), "auto of the operator would change nothing yet");
    }

    @Test
    void shouldAskTheOperatorBeforeItAsksForALiveCheck() {
        final Rig rig = new Rig(RigRules.site().rules(), null, 1_000_000);
        rig.trunksAt(EAST);
        assertEquals("tandem check --live", command(rig.view(), "mode"));
        asked(rig, new Wish.SetMode(Mode.HELD));
        assertEquals("tandem mode auto --reason …", command(rig.view(), "mode"));
        assertEquals(
                "tandem check --live", asked(rig, new Wish.SetMode(Mode.AUTO)).remedy());
    }

    @Test
    void shouldSayWhatAModeOfNoneAndMonitorOnlyNeedBeforeAnything() {
        assertEquals(
                "write  mode: manual  below  switchover:  in the file, and restart Tandem",
                asked(site("mode=none"), new Wish.Switch(WEST, false, false)).remedy());
        assertEquals(
                "restart Tandem without --monitor-only",
                asked(site("monitor-only=yes"), new Wish.Switch(WEST, false, false))
                        .remedy());
    }

    @Test
    void shouldNameWhatEndsMaintenance() {
        final Rig rig = site();
        assertTrue(asked(rig, new Wish.Maintain(WEST, true, 60_000, false)).ok());
        assertTrue(asked(rig, new Wish.Maintain(null, true, 60_000, false)).ok());
        for (int i = 0; i < 2; i++) {
            type(rig, rig.view().next());
        }
        rig.pass(Standing.PROOF_MS);
        assertEquals("protected", rig.view().state());
        assertEquals(Mode.AUTO, rig.view().mode());
    }

    @Test
    void shouldPutBackBeforeItSwitchesToWhoIsOut() {
        final Rig rig = site();
        asked(rig, new Wish.Maintain(WEST, true, 60_000, false));
        final Action.Answer refused = asked(rig, new Wish.Maintain(EAST, true, 60_000, false));
        assertFalse(refused.ok());
        assertEquals(
                "tandem maintenance off cms-west --reason …; then tandem switch cms-west --reason …", refused.remedy());
        for (final String step : refused.remedy().split("; then ")) {
            type(rig, step);
        }
        assertEquals(WEST, rig.view().active());
    }

    @Test
    void shouldNotOfferToAdoptWhatLeadsToBoth() {
        final Rig rig = site();
        rig.trunksAt(null);
        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                "tandem switch cms-east --reason …, or tandem switch cms-west --reason …",
                rig.view().next());

        final Action.Answer answer = asked(rig, new Wish.Adopted("trunks"));
        assertFalse(answer.ok(), "it holds still");
        assertEquals("trunks is adopted; still holding: trunks is at mixed", answer.message());
        assertEquals(rig.view().next(), answer.remedy());
        leadsOut(rig);
    }

    @Test
    void shouldLeadOutWhereSomebodyMovedAllTrunks() {
        final Rig rig = site();
        rig.trunksAt(WEST);
        assertEquals(
                "tandem trunks adopt trunks, or tandem switch cms-east --reason …",
                rig.view().next());
        leadsOut(rig);
    }

    @Test
    void shouldLeadOutOnceTrunksWereOrderedBack() {
        final Rig rig = site();
        rig.trunksAt(null);
        rig.trunksAt(EAST);
        assertEquals("tandem resume --reason …", rig.view().next());
        leadsOut(rig);

        rig.now(new Event.TrunksSeen("trunks", EAST, "A", true, true, 0));
        assertEquals("tandem trunks adopt trunks", rig.view().next(), "by hand: ends the alarm, too");
        leadsOut(rig);
    }

    @Test
    void shouldFirstTakeBackWhatAnOperatorSaid() {
        final Rig rig = site();
        rig.trunksAt(null);
        asked(rig, new Wish.SetMode(Mode.HELD));
        assertTrue(rig.view().next().startsWith("tandem mode manual --reason …; then tandem switch cms-east"));
        leadsOut(rig);
    }

    @Test
    void shouldAdoptFirstWhereTheRecordIsLost() {
        for (final String lead : new String[] {EAST, WEST, null}) {
            final Holding lost = new Holding(Holding.Kind.RECORD_LOST, "the control file is gone", 1, null);
            final Rig rig = new Rig(
                    RigRules.site().rules(),
                    new Durable(4, null, null, 0, lost, List.of(), null, 7, null, null, null),
                    1_000_000);
            rig.wellNow();
            rig.trunksAt(lead);
            rig.pass(Standing.PROOF_MS);
            assertEquals(Phase.HOLDING, rig.phase());
            assertEquals(
                    "tandem trunks adopt trunks; then, if another server is to be active: tandem switch SERVER --reason …",
                    rig.view().next());
            leadsOut(rig);
            final Rig held = rig.copy();
            asked(held, new Wish.SetMode(Mode.HELD));
            assertTrue(
                    held.view().next().startsWith("tandem mode manual --reason …; tandem trunks adopt trunks; then"));
            leadsOut(held);
            if (lead == null) {
                final Action.Answer answer = asked(rig, new Wish.Adopted("trunks"));
                assertFalse(answer.ok());
                assertEquals("tandem switch SERVER --reason …", rig.view().next(), "it was adopted");
                assertEquals(rig.view().next(), answer.remedy());
            }
        }
    }

    /** Its client is refused, because the journal begins anew: who adopts is told what is missing, and the way over it. */
    @Test
    void shouldOfferForceWhereNothingElseIsMissing() {
        final Holding lost = new Holding(Holding.Kind.RECORD_LOST, "the control file is gone", 1, null);
        final Rig rig = new Rig(
                RigRules.site().rules(),
                new Durable(4, null, null, 0, lost, List.of(), null, 7, null, null, null),
                1_000_000);
        rig.wellNow();
        rig.now(new Event.FeedsSeen(EAST, false, false));

        final Action.Answer answer = asked(rig, new Wish.Adopted("trunks"));

        assertFalse(answer.ok());
        assertEquals("refused: feeds of cms-east: cms-east does not take its feed", answer.message());
        assertEquals("tandem status; if it must be: tandem switch cms-east --force --reason …", answer.remedy());
        assertEquals(
                "tandem trunks adopt trunks, or tandem switch SERVER --reason …",
                withFeed(rig, EAST).view().next(),
                "it was adopted, and takes its feed again");
        assertEquals(
                "tandem status; if it must be: tandem switch cms-east --force --reason …, or tandem switch cms-west --reason …",
                rig.view().next(),
                "it was adopted");
        leadsOut(rig);
        rig.now(new Event.FeedsSeen(WEST, false, false));
        assertEquals(
                "tandem status; if it must be: tandem switch cms-east --force --reason …",
                rig.view().next());
        leadsOut(rig);
        asked(rig, new Wish.SetMode(Mode.HELD));
        assertEquals(
                "tandem status; tandem mode manual --reason …; then if it must be: tandem switch cms-east --force --reason …",
                rig.view().next());
        leadsOut(rig);
    }

    private static Rig withFeed(Rig rig, String server) {
        final Rig fed = rig.copy();
        fed.now(new Event.FeedsSeen(server, true, true));
        return fed;
    }

    /** The control file is lost in the middle of a switch: neither server takes its feed before it is logged in anew. */
    @Test
    void shouldOfferForceWhereMixedTrunksHaveNoServerThatTakesItsFeed() {
        final Holding lost = new Holding(Holding.Kind.SELECT_UNFINISHED, "trunks: PARTIAL", 1, 1L);
        final Rig rig = new Rig(
                RigRules.site().rules(),
                new Durable(4, null, null, 0, lost, List.of(), null, 7, null, null, null),
                1_000_000);
        rig.wellNow();
        rig.trunksAt(null);
        rig.now(new Event.FeedsSeen(EAST, false, false));
        rig.now(new Event.FeedsSeen(WEST, false, false));
        assertEquals(
                "tandem trunks query trunks; then if it must be: tandem switch SERVER --force --reason …",
                rig.view().next());
        leadsOut(rig);
    }

    @Test
    void shouldNotNameAServerThatIsDownWhereTheOtherOneIsUp() {
        final Rig rig = Rig.of(RigRules.site().with("mode=manual")).well();
        asked(rig, new Wish.Switch(WEST, false, false));
        rig.trunksAt(WEST);
        rig.selectOver(SelectOutcome.OK);
        for (int i = 0; i < Attempt.MOST_PROMOTES; i++) {
            rig.stepOver(Step.PROMOTE, WEST, false);
            rig.pass(Attempt.PROMOTE_PAUSE_MS);
        }
        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                "tandem why 1; then tandem switch cms-west --reason …, or tandem switch cms-east --reason …",
                rig.view().next());
        leadsOut(rig);
        rig.refuse(WEST);
        assertEquals(
                "tandem why 1; then tandem switch cms-east --reason …",
                rig.view().next());
        leadsOut(rig);
    }

    @Test
    void shouldNotCallAHoldDownOverThatDidNotRun() {
        final Action.Answer answer = asked(site(), new Wish.Resume());
        assertTrue(answer.ok());
        assertEquals("nothing was holding, and no hold-down ran: nothing is changed", answer.message());
    }

    @Test
    void shouldSendToTheBoxWhereNothingElseHelps() {
        final Rig rig = site();
        rig.now(new Event.TrunksSeen("trunks", null, "unknown", false, false, 0));
        assertEquals("tandem trunks query trunks", rig.view().next());
        rig.refuse(EAST);
        rig.pass(10_000);
        assertEquals(Phase.BLOCKED, rig.phase());
        assertEquals(
                "tandem trunks query trunks; then tandem why-not", rig.view().next());
    }

    @Test
    void shouldNotOfferToSwitchToAServerThatIsDownToo() {
        final Rig rig = site();
        for (int i = 0; i < 3; i++) {
            rig.pass(200);
            rig.look(WEST, Sight.REFUSED);
        }
        rig.refuse(EAST);
        for (int i = 0; i < 3; i++) {
            rig.pass(200);
            rig.look(WEST, Sight.REFUSED);
        }
        rig.pass(10_000);
        assertEquals(Phase.BLOCKED, rig.phase());
        assertEquals(
                "tandem status; then bring cms-east or cms-west back",
                rig.view().next());
    }

    @Test
    void shouldNotOfferForceOverTrunksThatCannotBeRead() {
        final Rig rig = site();
        rig.now(new Event.TrunksSeen("trunks", null, "unknown", false, false, 0));
        final Action.Answer answer = asked(rig, new Wish.Switch(WEST, false, false));
        assertEquals("tandem trunks query trunks", answer.remedy());
    }

    /** The file names another server than the one that the open attempt was for. */
    @Test
    void shouldLeadOutWhereAServerWasRenamedInTheMiddleOfASwitch() {
        for (final boolean committed : new boolean[] {false, true}) {
            final OpenAttempt open = new OpenAttempt(
                    7,
                    4,
                    EAST,
                    "cms-north",
                    Trigger.AUTOMATIC,
                    "dead",
                    "tandem",
                    false,
                    committed ? Step.SELECT : Step.DEMOTE,
                    true,
                    committed,
                    true,
                    1,
                    "before",
                    List.of());
            final Rig rig = new Rig(
                    RigRules.site().with("demote=3s").rules(),
                    new Durable(4, EAST, null, 0, null, List.of(), null, 7, RigRules.HASH, open, null),
                    1_000_000);
            rig.wellNow();
            rig.pass(20_000);
            assertEquals(Phase.HOLDING, rig.phase());
            assertTrue(
                    rig.view().because().toString().contains("has no server cms-north any more"),
                    () -> rig.view().because().toString());
            leadsOut(rig);
            final Rig home = rig.copy();
            switched(home, EAST);
            assertEquals(EAST, home.view().active(), "told to stop, and told to start again");
        }
    }

    @Test
    void shouldOfferToResumeOnlyWhatCanBeResumed() {
        final Rig rig = site("mode=manual");
        asked(rig, new Wish.Switch(WEST, false, false));
        rig.selectOver(SelectOutcome.REFUSED);
        assertEquals(Phase.HOLDING, rig.phase());
        leadsOut(rig);

        rig.now(new Event.TrunksSeen("trunks", null, "mixed", true, true, 1));
        assertFalse(asked(rig, new Wish.Resume()).ok());
        assertFalse(rig.view().next().contains("resume"), rig.view().next());
        leadsOut(rig);
    }

    @Test
    void shouldNotCallAnAdoptDoneThatLeavesAnotherHolding() {
        final Rig rig = site("mode=manual");
        asked(rig, new Wish.Switch(WEST, false, false));
        rig.selectOver(SelectOutcome.REFUSED);

        final Action.Answer answer = asked(rig, new Wish.Adopted("trunks"));

        assertFalse(answer.ok());
        assertTrue(answer.message().contains("still holding: "), answer.message());
        assertEquals(rig.view().next(), answer.remedy());
    }

    private static String command(SwitchoverView view, String condition) {
        final Condition found = view.conditions().stream()
                .filter(each -> each.name().equals(condition))
                .findFirst()
                .orElseThrow();
        assertNotEquals(true, found.met());
        assertNotNull(found.command());
        return found.command();
    }
}
