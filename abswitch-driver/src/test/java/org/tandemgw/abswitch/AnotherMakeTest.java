package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.abswitch.TestRules.order;

import org.junit.jupiter.api.Test;

/** The profile was confirmed, and it is the wrong one: a query may move the trunks of such a box. */
class AnotherMakeTest {
    private static final String MOVED_TWICE = "Position: A\r\nPosition: B\r\n";

    private static SwitchSite site(PathKind... kinds) {
        SwitchSite site = new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.LINE, kinds);
        site.box.foreign = MOVED_TWICE;
        return site;
    }

    @Test
    void shouldNotAskAgainByItself() {
        for (PathKind kind : new PathKind[] {PathKind.TCP, PathKind.SERIAL}) {
            SwitchSite site = site(kind);
            site.pass(24 * 3_600_000);
            assertEquals(1, site.frames.size(), "one query in a day");
            assertEquals(Reach.NOT_UNDERSTOOD, site.owner.positions().reach());
            String why = site.owner.positions().reachWhy();
            assertTrue(why.contains("not asked again by itself: is this really a k16? A query may move another"), why);
        }
    }

    @Test
    void shouldAskOnceForEachThatSomebodyWants() {
        SwitchSite site = site(PathKind.TCP, PathKind.SERIAL);
        site.pass(60_000);
        Selected selected = site.select(order("B", 1, 1, 2, 3));
        assertEquals(2, site.frames.size(), "neither again, nor over the other path, nor for the other cards");
        assertEquals(Overall.UNKNOWN, selected.overall());
        selected.cards().forEach(card -> assertTrue(card.detail().endsWith("; no command was sent"), card.detail()));
        site.query(false);
        assertEquals(3, site.frames.size());
        site.query(true);
        site.pass(3_600_000);
        assertEquals(4, site.frames.size());
        assertTrue(site.commands().isEmpty());
    }

    @Test
    void shouldWatchAgainAfterAnAnswerThatItKnows() {
        SwitchSite site = site(PathKind.TCP);
        site.pass(60_000);
        site.box.foreign = null;
        site.pass(60_000);
        assertEquals(1, site.frames.size());
        assertTrue(site.query(false).complete());
        int before = site.frames.size();
        site.pass(60_000);
        assertTrue(site.frames.size() > before);
    }

    @Test
    void shouldTakeTheSameForNoiseFromABoxThatHasAnsweredWell() {
        SwitchSite site = SwitchSite.overTcp();
        site.query(false);
        site.box.foreign = "\u00FE\u0083\r\n";
        site.time.afterMs(500, () -> site.box.foreign = null);
        assertEquals(Overall.OK, site.select(order("B", 1, 1)).overall());
    }

    @Test
    void shouldLeaveAloneTheOneOfTwoPathsThatLeadsToAnotherMake() {
        SwitchSite site = site(PathKind.SERIAL, PathKind.TCP);
        site.paths.get(0).unplug(); // or it would be the one to be left alone
        site.box.foreign = null;
        site.query(false); // the box has answered over TCP
        site.box.foreign = MOVED_TWICE;
        site.paths.get(0).unplugged = false;
        SimulatedPath serial = site.paths.get(0);
        site.until(() -> asked(site, serial) == 1, 300_000);
        site.pass(3_000);
        site.box.foreign = null;
        site.pass(3_600_000);
        assertEquals(1, asked(site, serial));
        assertEquals(Reach.REACHABLE, site.owner.positions().reach());
        assertTrue(site.owner.positions().hasLostAPath());
        site.query(false);
        assertFalse(site.owner.positions().hasLostAPath());
    }

    private static long asked(SwitchSite site, SimulatedPath path) {
        return site.frames.stream().filter(f -> f.path == path).count();
    }
}
