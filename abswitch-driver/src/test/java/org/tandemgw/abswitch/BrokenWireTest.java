package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.abswitch.TestRules.order;

import org.junit.jupiter.api.Test;

/** Closed, unplugged, late. */
class BrokenWireTest {
    @Test
    void shouldAskBeforeItDecidesWhenTheConnectionIsLostAfterTheLastByte() {
        SwitchSite site = SwitchSite.overTcp();
        site.query(false);
        site.box.card(1).slowMs = 60;
        cutAfterNextCommand(site);
        Selected selected = site.select(order("B", 1, 1));
        assertEquals(CardOutcome.MOVED, selected.cards().get(0).outcome());
        assertEquals(1, site.commands().size(), "it had run; there was nothing to repeat");
    }

    @Test
    void shouldRepeatACommandThatDidNotArrive() {
        SwitchSite site = SwitchSite.overTcp();
        site.query(false);
        site.box.card(1).stuck = true;
        cutAfterNextCommand(site);
        site.time.afterMs(1_500, () -> site.box.card(1).stuck = false);
        assertEquals(Overall.OK, site.select(order("B", 1, 1)).overall());
        assertEquals(2, site.commands().size());
    }

    @Test
    void shouldResynchroniseWithAFreshQueryAndNeverWithALineEnd() {
        SwitchSite site = SwitchSite.overSerial();
        site.query(false);
        cutAfterNextCommand(site);
        site.select(order("B", 1, 1));
        int command = site.frames.indexOf(site.commands().get(0));
        assertTrue(site.frames.get(command + 1).isQuery());
        assertTrue(site.frames.stream().allMatch(f -> f.text.startsWith("\u001B") && f.text.length() > 8));
    }

    @Test
    void shouldAskOverTheOtherPathBeforeItActsThere() {
        SwitchSite site = new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.LINE, PathKind.TCP, PathKind.SERIAL);
        site.query(false);
        site.time.afterMs(300, () -> site.paths.get(0).unplug());
        assertEquals(Overall.OK, site.select(order("B", 1, 1, 2)).overall());
        SimulatedPath serial = site.paths.get(1);
        SimulatedPath.Frame first =
                site.frames.stream().filter(f -> f.path == serial).findFirst().orElseThrow();
        assertTrue(first.isQuery());
        assertTrue(site.owner.positions().path().startsWith("serial"));
    }

    @Test
    void shouldLetGoOfALineThatDidNotOpenInTimeBeforeItIsOpenedAgain() {
        SwitchSite site = SwitchSite.overSerial();
        site.query(false);
        site.path().unplug();
        site.path().unplugged = false;
        site.path().opensAfterMs = 4_000;
        assertEquals(Overall.UNKNOWN, site.select(order("B", 1, 1)).overall());
        assertEquals(Reach.UNREACHABLE, site.owner.positions().reach());
        site.path().opensAfterMs = 0;
        assertEquals(Overall.OK, site.select(order("B", 1, 1)).overall());
    }

    @Test
    void shouldLetGoOfALineThatWentByItself() {
        SwitchSite site = SwitchSite.overSerial();
        site.query(false);
        assertEquals(0, site.path().closes);
        site.path().unplug();
        assertEquals(1, site.path().closes, "sockets and threads of an adapter end only then");
    }

    @Test
    void shouldGoBackToThePreferredPathLater() {
        SwitchSite site = new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.LINE, PathKind.TCP, PathKind.SERIAL);
        site.paths.get(0).unplug();
        site.query(false);
        site.paths.get(0).unplugged = false;
        site.until(() -> site.owner.positions().path().startsWith("tcp"), 120_000);
    }

    @Test
    void shouldNotTakeALateAnswerForTheReadBack() {
        for (int lateMs = 1_500; lateMs < 6_000; lateMs += 97) {
            SwitchSite site = SwitchSite.overSerial();
            site.pass(12_000);
            site.box.card(7).position = "A";
            site.box.card(7).stuck = true;
            site.box.mute = true;
            site.time.afterMs(700, () -> site.box.mute = false);
            // What the box would have said of card 7, had it been at B: an answer that nobody can have to a question
            // after the command.
            site.time.afterMs(lateMs, () -> site.path().lateAnswer("7 B\r\n"));
            Selected selected = site.select(order("B", 1, 7));
            assertTrue(!selected.cards().get(0).outcome().isThere(), lateMs + " ms late: " + selected);
        }
    }

    private static void cutAfterNextCommand(SwitchSite site) {
        int before = site.commands().size();
        site.path().afterSend = () -> {
            if (site.commands().size() > before) {
                site.path().afterSend = () -> {};
                site.time.afterMs(45, () -> {
                    site.path().unplug();
                    site.path().unplugged = false;
                });
            }
        };
    }
}
