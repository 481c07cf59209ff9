package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.abswitch.TestRules.order;

import java.util.List;
import org.junit.jupiter.api.Test;

class MovedByHandTest {
    @Test
    void shouldTellAndNotFightAMoveAtThePanelUntilSomebodyAdoptsIt() {
        SwitchSite site = SwitchSite.overTcp();
        site.query(false);
        site.box.set(site.box.card(2), "B", true);
        site.pass(3_600_000);
        assertTrue(site.told.contains("card 2 moved from A to B"), site.told::toString);
        assertTrue(site.commands().isEmpty());
        assertEquals(SwitchPositions.MIXED, site.owner.positions().position());
        assertTrue(site.owner.positions().movedWithoutUs());
        site.query(true);
        assertFalse(site.owner.positions().movedWithoutUs());
        assertEquals("B", site.box.truth(2));
    }

    @Test
    void shouldAdoptWhatIsThereAtTheStartAndDriveNothingToADefault() {
        SwitchSite site = SwitchSite.overTcp();
        site.box.cards.values().forEach(card -> card.position = "B");
        site.pass(120_000);
        assertEquals("B", site.owner.positions().position());
        assertTrue(site.commands().isEmpty());
        assertEquals(List.of("REACHABLE"), site.told);
    }

    @Test
    void shouldTellWhatAPowerCycleDid() {
        SwitchSite site = SwitchSite.overSerial();
        site.query(false);
        site.box.on = false;
        site.pass(40_000);
        assertEquals(Reach.UNREACHABLE, site.owner.positions().reach());
        site.box.set(site.box.card(1), "B", true);
        site.box.on = true;
        site.pass(40_000);
        assertTrue(site.told.contains("card 1 moved from A to B"), site.told::toString);
        assertEquals(Reach.REACHABLE, site.owner.positions().reach());
    }

    @Test
    void shouldNotCallItsOwnMoveOneByHand() {
        SwitchSite site = SwitchSite.overSerial();
        site.query(false);
        site.box.card(1).slowMs = 2_000;
        site.select(order("B", 1, 1, 2));
        site.pass(100_000);
        assertEquals(List.of("REACHABLE"), site.told);
    }

    @Test
    void shouldLookMoreOftenForAMinuteAfterAMove() {
        SwitchSite site = SwitchSite.overTcp();
        site.pass(100_000);
        site.select(order("B", 1, 1));
        int before = site.frames.size();
        site.pass(50_000);
        int after = site.frames.size() - before;
        site.pass(100_000);
        before = site.frames.size();
        site.pass(60_000);
        assertTrue(after > 2 * (site.frames.size() - before), after + " frames");
    }

    @Test
    void shouldForgetAPositionThatAnOrderLeftUnknown() {
        SwitchSite site = SwitchSite.overTcp();
        site.query(false);
        site.path().afterSend = () -> site.box.mute = !site.commands().isEmpty();
        Selected selected = site.select(order("B", 1, 1));
        assertEquals(CardOutcome.UNKNOWN, selected.cards().get(0).outcome());
        assertEquals(SwitchPositions.UNKNOWN, site.owner.positions().position());
    }
}
