package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.abswitch.TestRules.order;

import org.junit.jupiter.api.Test;

/** Stuck, missing, busy, mute, and with another password. */
class BrokenBoxTest {
    @Test
    void shouldNameAStuckCardAfterTwoCommandsThatItTook() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.card(3).stuck = true;
        CardResult card = site.select(order("B", 1, 3)).cards().get(0);
        assertEquals(CardOutcome.NOT_MOVED, card.outcome());
        assertTrue(card.detail().startsWith("OVERRIDDEN_OR_STUCK"), card.detail());
        assertEquals(2, site.commands().size());
        assertEquals("B by line", site.audit.get(0).parsed(), "the box said that it moved");
        assertEquals("A", site.audit.get(0).readBack());
    }

    @Test
    void shouldWaitForASlowCardUntilTheDeadline() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.card(3).slowMs = 2_500;
        assertEquals(Overall.OK, site.select(order("B", 1, 3)).overall());
        assertEquals(1, site.commands().size());
    }

    @Test
    void shouldStopAtTheFirstCardThatFailsAndOnlyReadTheOthers() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.card(2).stuck = true;
        Selected selected = site.select(order("B", 1, 1, 2, 3));
        assertEquals(Overall.PARTIAL, selected.overall());
        assertEquals(CardOutcome.MOVED, selected.cards().get(0).outcome());
        assertEquals(CardOutcome.NOT_MOVED, selected.cards().get(2).outcome());
        assertFalse(selected.cards().get(2).commanded());
        assertEquals("B", site.box.truth(1), "nothing is rolled back");
    }

    @Test
    void shouldCarryOnWhereTheOrderSaysSo() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.card(2).stuck = true;
        SelectOrder o = order("B", 1, 1, 2, 3);
        Selected selected = site.select(new SelectOrder("B", o.cards(), 1, false, false, true, "jd", "test"));
        assertEquals(Overall.PARTIAL, selected.overall());
        assertEquals("B", site.box.truth(3));
    }

    @Test
    void shouldMoveNothingIfOneCardIsMissing() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.fit(site.box.card(4), false);
        Selected selected = site.select(order("B", 1, 1, 4));
        assertEquals(Overall.FAILED, selected.overall());
        assertEquals(CardOutcome.ABSENT, selected.cards().get(1).outcome());
        assertFalse(selected.commanded());
        assertTrue(site.commands().isEmpty());
    }

    @Test
    void shouldCallASilentBoxUnknownAndSuspectThePassword() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.password = "Other";
        Selected selected = site.select(order("B", 1, 1, 2));
        assertEquals(Overall.UNKNOWN, selected.overall());
        assertFalse(selected.commanded(), "a box that cannot be read is not commanded");
        site.pass(10_000);
        assertEquals(Reach.AUTH_SUSPECTED, site.owner.positions().reach());
        long card1 = site.frames.stream().filter(f -> f.card() == 1).count();
        assertTrue(card1 <= 2, "no retries on a suspected password: " + card1);
    }

    @Test
    void shouldNotTryASuspectedPasswordCardAfterCard() {
        SwitchSite silent = SwitchSite.overTcp();
        silent.box.password = "Other";
        silent.pass(10_000);
        int before = silent.frames.size();
        Selected selected = silent.select(order("B", 1, 1, 2, 3));
        assertEquals(1, silent.frames.size() - before);
        assertEquals(3, selected.cards().size());
        assertEquals(CardOutcome.UNKNOWN, selected.cards().get(2).outcome());
        before = silent.frames.size();
        assertFalse(silent.query(false).complete());
        assertEquals(1, silent.frames.size() - before);
        SwitchSite tells = new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.VERBOSE, PathKind.TCP);
        tells.query(false);
        tells.box.password = "Other";
        before = tells.frames.size();
        assertEquals(
                Overall.UNKNOWN, tells.select(order("B", 1, 1, 2, 3)).overall(), "also where it has answered before");
        assertEquals(1, tells.frames.size() - before);
    }

    @Test
    void shouldLookOnceMoreAndSoonBeforeASilentBoxThatWasNeverHeardIsSuspected() {
        SwitchSite wrong = SwitchSite.overTcp();
        wrong.box.password = "Other";
        wrong.pass(2_000);
        assertEquals(1, wrong.frames.size());
        assertEquals(Reach.NOT_ASKED, wrong.owner.positions().reach());
        wrong.pass(5_000);
        assertEquals(2, wrong.frames.size());
        assertEquals(Reach.AUTH_SUSPECTED, wrong.owner.positions().reach());
        wrong.pass(50_000);
        assertEquals(2, wrong.frames.size(), "only once");
        SwitchSite slow = SwitchSite.overTcp();
        slow.box.mute = true;
        slow.time.afterMs(1_600, () -> slow.box.mute = false);
        slow.until(() -> slow.owner.positions().reach() == Reach.REACHABLE, 8_000);
        assertFalse(slow.told.contains(Reach.AUTH_SUSPECTED.name()), slow.told::toString);
    }

    @Test
    void shouldAskABoxMoreAndMoreSeldomThatDoesNotAnswer() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.password = "Other";
        site.pass(3_600_000);
        assertTrue(site.frames.size() < 12, "" + site.frames.size());
        site.box.password = TestRules.PASSWORD;
        site.until(() -> site.owner.positions().reach() == Reach.REACHABLE, 600_000);
    }

    @Test
    void shouldRetryALossOnABoxThatHasAnsweredBefore() {
        SwitchSite site = SwitchSite.overTcp();
        site.query(false);
        site.box.mute = true;
        site.time.afterMs(1_600, () -> site.box.mute = false);
        assertEquals(Overall.OK, site.select(order("B", 1, 1)).overall());
    }

    @Test
    void shouldBelieveAComplaintAboutThePasswordAtOnce() {
        SwitchSite site =
                new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.VERBOSE, PathKind.TCP, PathKind.SERIAL);
        site.query(false);
        site.box.password = "Other";
        int before = site.frames.size();
        site.select(order("B", 1, 1));
        assertEquals(1, site.frames.size() - before, "neither again nor over the other path");
        assertEquals(Reach.AUTH_SUSPECTED, site.owner.positions().reach());
    }

    @Test
    void shouldBackOffFromABusyBoxAndSayThatSomebodyElseMayBeLoggedIn() {
        SwitchSite site = SwitchSite.overTcp();
        site.query(false);
        site.box.busy = true;
        site.time.afterMs(1_000, () -> site.box.busy = false);
        assertEquals(Overall.OK, site.select(order("B", 1, 1)).overall());
        site.box.busy = true;
        assertEquals(Overall.UNKNOWN, site.select(order("A", 1, 2)).overall());
        assertEquals(Reach.BUSY, site.owner.positions().reach());
        assertTrue(site.owner.positions().reachWhy().contains("busy"));
    }

    @Test
    void shouldKeepAFourthPositionApartFromBothSides() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.card(1).position = "OFF";
        site.query(false);
        assertEquals("OFFLINE", site.owner.positions().cards().get(0).position());
        assertEquals(SwitchPositions.MIXED, site.owner.positions().position());
        assertEquals(Overall.OK, site.select(order("B", 1, 1)).overall());
    }

    @Test
    void shouldNotGuessWhatAnAnswerMeansThatFitsNoPattern() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.card(1).position = "SIDEWAYS";
        Selected selected = site.select(order("B", 1, 1));
        assertEquals(Overall.UNKNOWN, selected.overall());
        assertEquals(Reach.NOT_UNDERSTOOD, site.owner.positions().reach());
        assertTrue(site.commands().isEmpty());
    }

    @Test
    void shouldNotReadHalfALineForHalfOfBusyIsAPosition() {
        ReplyReader reader = new ReplyReader(TestRules.rules());
        byte[] sent = TestRules.QUERY.render(TestRules.PASSWORD, 7, null);
        assertEquals(
                Reading.Kind.UNPARSED,
                reader.read(7, SimulatedBox.bytes("B"), sent).kind());
        assertEquals("B", reader.read(7, SimulatedBox.bytes("B\r"), sent).position());
        assertEquals(
                Reading.Kind.OTHER_CARD,
                reader.read(7, SimulatedBox.bytes("3 A\r\n"), sent).kind());
        assertEquals(
                Reading.Kind.UNPARSED,
                reader.read(7, SimulatedBox.bytes("7 A\r\n7 B\r\n"), sent).kind(),
                "it contradicts itself");
    }

    @Test
    void shouldSayOfAnUnknownCardWhetherACommandLeft() {
        SwitchSite site = SwitchSite.overTcp();
        site.query(false);
        site.path().afterSend = () -> site.box.mute = !site.commands().isEmpty();
        String sent = site.select(order("B", 1, 1)).cards().get(0).detail();
        assertTrue(
                sent.matches(".*no answer; a command was sent at 2026-11-21T06:\\d\\d:\\d\\dZ and not read back"),
                sent);
        String not = site.select(order("B", 2, 2)).cards().get(0).detail();
        assertTrue(not.endsWith("no answer; no command was sent"), not);
    }
}
