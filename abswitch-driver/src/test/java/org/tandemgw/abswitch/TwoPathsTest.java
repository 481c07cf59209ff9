package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.abswitch.TestRules.order;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A box with two ways to it, of which one or both are lost. */
class TwoPathsTest {
    private final SwitchSite site =
            new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.LINE, PathKind.TCP, PathKind.SERIAL);

    @Test
    void shouldTryThePathInReserveNowAndThen() {
        site.pass(600_000);
        assertTrue(path(0).state() == PathState.State.GOOD && path(1).state() == PathState.State.GOOD);
        assertTrue(site.owner.positions().path().startsWith("tcp"), "the path in use stays the one");
        long tried =
                site.frames.stream().filter(f -> f.path == site.paths.get(1)).count();
        assertTrue(tried >= 4 && tried <= 6, "in ten minutes: " + tried);
        assertTrue(site.commands().isEmpty());
    }

    @Test
    void shouldKnowThatThePathInReserveIsLostBeforeItIsNeeded() {
        site.pass(60_000);
        assertFalse(site.owner.positions().hasLostAPath());
        site.paths.get(1).unplug();
        site.pass(1);
        assertTrue(site.owner.positions().hasLostAPath());
        assertEquals("simulated", path(1).trouble());
        assertEquals(Reach.REACHABLE, site.owner.positions().reach());
        site.paths.get(1).unplugged = false;
        site.until(() -> !site.owner.positions().hasLostAPath(), 150_000);
        assertEquals("simulated", path(1).trouble(), "what was wrong is kept");
        assertEquals(
                List.of("tcp 127.0.0.1:9100 GOOD", "serial ttyS0 GOOD", "serial ttyS0 BAD", "serial ttyS0 GOOD"),
                site.pathsTold);
    }

    @Test
    void shouldKnowThatATcpPathInReserveIsLost() {
        SwitchSite other = new SwitchSite(TestRules.rules(), SimulatedBox.Dialect.LINE, PathKind.SERIAL, PathKind.TCP);
        other.pass(60_000);
        other.paths.get(1).unplug();
        other.until(() -> other.owner.positions().hasLostAPath(), 150_000);
        assertTrue(other.owner.positions().path().startsWith("serial"));
    }

    @Test
    void shouldKnowThatThePreferredPathIsLostWhileTheOtherServes() {
        site.pass(60_000);
        site.paths.get(0).unplug();
        assertEquals(Overall.OK, site.select(order("B", 1, 1)).overall());
        assertTrue(site.owner.positions().hasLostAPath());
        assertTrue(path(0).isBad() && path(0).goodAt() != null && path(0).troubleAt() != null);
    }

    @Test
    void shouldCallABoxUnreachableThatNeitherPathLeadsTo() {
        site.pass(60_000);
        site.paths.forEach(SimulatedPath::refuse);
        site.until(() -> site.owner.positions().reach() == Reach.UNREACHABLE, 60_000);
        String why = site.owner.positions().reachWhy();
        assertEquals("tcp 127.0.0.1:9100: simulated; serial ttyS0: simulated", why);
        assertFalse(site.told.contains("BUSY"), "" + site.told);
        site.select(order("B", 1, 1));
        assertEquals(Reach.UNREACHABLE, site.owner.positions().reach());
    }

    @Test
    void shouldCallARefusalBusyOnlyIfTheBoxTookConnectionsLately() {
        SwitchSite alone = SwitchSite.overTcp();
        alone.pass(60_000);
        alone.path().refuse();
        alone.query(false);
        assertEquals(Reach.BUSY, alone.owner.positions().reach());
        alone.until(() -> alone.owner.positions().reach() == Reach.UNREACHABLE, 700_000);
        SwitchSite never = SwitchSite.overTcp();
        never.path().refuse();
        never.query(false);
        assertEquals(Reach.UNREACHABLE, never.owner.positions().reach());
    }

    @Test
    void shouldTryNothingOnABoxThatNobodyHasConfirmed() {
        SwitchSettings confirmed = TestRules.settings(TestRules.rules(), 1);
        SwitchSite unconfirmed = new SwitchSite(
                new SwitchSettings(
                        "trunks",
                        confirmed.rules(),
                        TestRules.PASSWORD,
                        null,
                        false,
                        List.of(1),
                        Duration.ofSeconds(10),
                        12),
                SimulatedBox.Dialect.LINE,
                PathKind.TCP,
                PathKind.SERIAL);
        unconfirmed.pass(600_000);
        assertEquals(List.of(), unconfirmed.frames);
        unconfirmed.owner.positions().paths().forEach(p -> assertEquals(PathState.State.NOT_TRIED, p.state()));
        assertNull(unconfirmed.owner.positions().path());
    }

    @Test
    void shouldOweNothingOnOnePathForWhatWentOverTheOther() {
        site.pass(60_000);
        site.paths.get(0).refuse();
        site.query(false); // finds out
        site.pass(15_000);
        int before = site.frames.size();
        assertTrue(site.query(false).complete());
        assertEquals(2 * 5, site.frames.size() - before, "two agreeing answers a card on a serial line, and no third");
    }

    private PathState path(int number) {
        return site.owner.positions().paths().get(number);
    }
}
