package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.abswitch.TestRules.order;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrdinarySelectionTest {
    @Test
    void shouldSendOneFramePerCardAsTheManualShowsItAndNeverAll() {
        SwitchSite site = SwitchSite.overTcp();
        site.select(order("B", 1, 2, 7));
        List<String> sent = site.commands().stream().map(f -> f.text).toList();
        assertEquals(List.of("\u001BS3cret\u00012\u0002B\r", "\u001BS3cret\u00017\u0002B\r"), sent);
    }

    @ParameterizedTest
    @EnumSource(SimulatedBox.Dialect.class)
    void shouldTellMovedFromAlreadyThereInEveryFormOfAnswer(SimulatedBox.Dialect dialect) {
        for (BoxRules.Connection connection : BoxRules.Connection.values()) {
            for (PathKind kind : List.of(PathKind.TCP, PathKind.SERIAL)) {
                for (boolean closes : new boolean[] {false, true}) {
                    SwitchSite site = new SwitchSite(TestRules.rules(connection), dialect, kind);
                    site.path().closesAfterReply = closes;
                    site.path().echoes = kind == PathKind.SERIAL;
                    site.path().banner = kind == PathKind.TCP;
                    site.box.card(2).position = "B";
                    Selected selected = site.select(order("B", 1, 1, 2));
                    assertEquals(Overall.OK, selected.overall(), selected::toString);
                    assertEquals(CardOutcome.MOVED, selected.cards().get(0).outcome());
                    assertEquals(
                            CardOutcome.ALREADY_THERE, selected.cards().get(1).outcome());
                    assertEquals("B", site.box.truth(1));
                    assertEquals(1, site.box.commandsCarriedOut);
                }
            }
        }
    }

    @Test
    void shouldRecordEachCommandWithWhoAndWhyAndReadBackAndWithoutThePassword() {
        SwitchSite site = SwitchSite.overTcp();
        site.select(order("B", 4, 7));
        CommandRecord record = site.audit.get(0);
        assertEquals("jd", record.order().who());
        assertEquals(4, record.order().epoch());
        assertEquals("\\x1B****\\x017\\x02B\\x0D", record.sent());
        assertEquals("7 B\\x0D\\x0A", record.reply());
        assertEquals("B by line", record.parsed());
        assertEquals("B", record.readBack());
        assertTrue(record.sentWhole());
        assertTrue(record.took().compareTo(record.replied()) > 0);
    }

    @Test
    void shouldKeepTheGapAndHaveOneFrameInFlightOverTwoPaths() {
        SwitchSite site = new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.LINE, PathKind.TCP, PathKind.SERIAL);
        site.query(false);
        site.select(order("B", 1, 1, 2, 3, 4, 7));
        for (int i = 1; i < site.frames.size(); i++) {
            assertTrue(site.frames.get(i).atNs - site.frames.get(i - 1).answeredAtNs >= 250_000_000);
        }
    }

    @Test
    void shouldNeverClaimSuccessForABoxThatOffersNoProof() {
        SwitchSite site = new SwitchSite(
                TestRules.rules(BoxRules.Connection.PER_COMMAND, 0, true, BoxRules.Verify.NONE),
                SimulatedBox.Dialect.LINE,
                PathKind.TCP);
        Selected selected = site.select(order("B", 1, 1, 2));
        assertEquals(Overall.UNKNOWN, selected.overall());
        assertEquals(2, site.commands().size());
        assertTrue(selected.commanded());
        assertFalse(site.query(false).complete());
    }

    @Test
    void shouldHaveEnoughWithOneLineWhereTheProfileSaysSo() {
        BoxRules rules = TestRules.rules(BoxRules.Connection.PERSISTENT, 1, true, BoxRules.Verify.READ_BACK);
        SwitchSite quick = new SwitchSite(rules, SimulatedBox.Dialect.LINE, PathKind.TCP);
        SwitchSite slow = new SwitchSite(
                TestRules.rules(BoxRules.Connection.PERSISTENT), SimulatedBox.Dialect.LINE, PathKind.TCP);
        Selected first = quick.select(order("B", 1, 1));
        assertEquals(Overall.OK, first.overall());
        assertNull(first.refusedBecause());
        assertTrue(first.took().compareTo(slow.select(order("B", 1, 1)).took()) < 0);
    }
}
