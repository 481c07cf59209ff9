package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.abswitch.TestRules.forced;
import static org.tandemgw.abswitch.TestRules.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesOfSendingTest {
    @Test
    void shouldRefuseAPasswordThatBreaksTheFrame() {
        for (String bad : new String[] {null, "", "a\u0001", "a\u0002", "a\r", "\u001B", "a\u007F", "\u00E4"}) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> settings(bad, "x", false));
            assertTrue(e.getMessage().startsWith("secret-file"), e.getMessage());
        }
        assertFalse(settings("S3cret", "x", false).toString().contains("S3cret"));
    }

    @Test
    void shouldRefuseAProfileWithATogglingOrBareOrMovingFrame() {
        assertThrows(IllegalArgumentException.class, () -> new FrameTemplate("\r"));
        assertThrows(IllegalArgumentException.class, () -> new FrameTemplate(""));
        assertThrows(IllegalArgumentException.class, () -> profile("toggle {card}\r", "get {card}\r"));
        assertThrows(
                IllegalArgumentException.class, () -> profile("set {card} {position}\r", "set {card} {position}\r"));
    }

    @Test
    void shouldSendNothingAtAllToAnUnconfirmedBox() {
        SwitchSite site = new SwitchSite(settings("S3cret", null, false), SimulatedBox.Dialect.LINE, PathKind.TCP);
        site.pass(200_000);
        assertEquals(Overall.REFUSED, site.select(forced(order("B", 1, 1))).overall());
        assertFalse(site.query(false).complete());
        assertTrue(site.frames.isEmpty());
        assertEquals(Reach.UNCONFIRMED, site.owner.positions().reach());
    }

    @Test
    void shouldOnlyAskInMonitorOnly() {
        SwitchSite site = new SwitchSite(settings("S3cret", "x", true), SimulatedBox.Dialect.LINE, PathKind.TCP);
        assertTrue(site.query(false).complete());
        assertEquals(Overall.REFUSED, site.select(forced(order("B", 1, 1))).overall());
        assertTrue(site.commands().isEmpty());
    }

    @Test
    void shouldRefuseCardsAndPositionsThatAreNotOurs() {
        SwitchSite site = SwitchSite.overTcp();
        assertEquals(Overall.REFUSED, site.select(forced(order("B", 1, 5))).overall());
        assertEquals(
                Overall.REFUSED, site.select(forced(order("OFFLINE", 1, 1))).overall());
        assertEquals(Overall.REFUSED, site.select(forced(order("B", 1))).overall());
        assertTrue(site.commands().isEmpty());
    }

    @Test
    void shouldRefuseAnOlderEpochAcrossARestart() {
        SwitchSite site = SwitchSite.overTcp();
        assertEquals(Overall.OK, site.select(order("B", 7, 1)).overall());
        site.owner.stop();
        site.start();
        Selected old = site.select(forced(order("A", 6, 1)));
        assertEquals(Overall.REFUSED, old.overall());
        assertEquals("epoch 6 is older than 7", old.refusedBecause());
        assertEquals(Overall.OK, site.select(forced(order("A", 7, 1))).overall());
    }

    @Test
    void shouldSendNoCommandThatCouldNotBeStored() {
        SwitchSite site = SwitchSite.overTcp();
        site.diskFull = true;
        Selected selected = site.select(order("B", 1, 1));
        assertEquals(Overall.REFUSED, selected.overall());
        assertTrue(selected.refusedBecause().contains("no space left"));
        assertTrue(site.commands().isEmpty());
    }

    @Test
    void shouldKeepTheDwellBetweenOppositeMovesAlsoAcrossARestart() {
        SwitchSite site = SwitchSite.overTcp();
        site.select(order("B", 1, 1));
        assertEquals(Overall.REFUSED, site.select(order("A", 2, 1)).overall());
        site.owner.stop();
        site.start();
        assertEquals(Overall.REFUSED, site.select(order("A", 2, 1)).overall());
        assertEquals(Overall.OK, site.select(order("B", 2, 1)).overall(), "the same way is no opposite move");
        assertEquals(Overall.OK, site.select(forced(order("A", 2, 1))).overall());
        site.pass(11_000);
        assertEquals(Overall.OK, site.select(order("B", 3, 1)).overall());
    }

    @Test
    void shouldCapAutomaticMovesOnly() {
        SwitchSite site = SwitchSite.overTcp();
        for (int i = 0; i < 12; i++) {
            assertEquals(
                    Overall.OK,
                    site.select(automatic(i % 2 == 0 ? "B" : "A", i)).overall());
            site.pass(12_000);
        }
        Selected refused = site.select(automatic("B", 20));
        assertTrue(refused.refusedBecause().startsWith("moves-per-hour"), refused::toString);
        assertEquals(Overall.OK, site.select(order("B", 21, 1)).overall());
        site.pass(3_600_000);
        assertEquals(Overall.OK, site.select(automatic("A", 22)).overall());
    }

    @Test
    void shouldTakeAMoveFromTheFutureForOneMadeJustNow() {
        Instant now = Instant.parse("2026-11-21T06:00:00Z");
        Moves moves = new Moves(List.of(new Move(now.plusSeconds(86_400), 1, "A", false)), now, 5);
        assertEquals(0, moves.sinceOppositeNs(1, "B", 5));
    }

    @Test
    void shouldRefuseWhatNoLongerFitsTheQueue() {
        SwitchSite site = SwitchSite.overTcp();
        List<Selected> done = new ArrayList<>();
        for (int i = 0; i <= Owner.QUEUE_MAX; i++) {
            site.owner.select(order("B", 1, 1), done::add);
        }
        assertEquals(1, done.size());
        assertTrue(done.get(0).refusedBecause().startsWith("busy"));
    }

    private static SelectOrder automatic(String position, long epoch) {
        return new SelectOrder(position, List.of(1), epoch, true, false, false, "jd", "test");
    }

    private static SwitchSettings settings(String password, String confirmed, boolean monitorOnly) {
        return new SwitchSettings(
                "trunks",
                TestRules.rules(),
                password,
                confirmed,
                monitorOnly,
                List.of(1, 2),
                Duration.ofSeconds(10),
                12);
    }

    private static BoxRules profile(String select, String query) {
        BoxRules r = TestRules.rules();
        return new BoxRules(
                "x",
                new FrameTemplate(select),
                new FrameTemplate(query),
                1,
                16,
                r.positions(),
                r.otherPositions(),
                "",
                r.replies(),
                r.connection(),
                r.verify(),
                r.timing());
    }
}
