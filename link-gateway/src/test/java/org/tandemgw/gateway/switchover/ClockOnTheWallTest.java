package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What people plan by the clock on the wall is kept by it, also where it was set while Tandem runs. */
class ClockOnTheWallTest {
    private static final long HOUR_MS = 3_600_000;
    private static final String WEST = RigRules.WEST;

    @Test
    void shouldSayUntilWhenByTheClockOnTheWall() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.now(new Event.UtcSeen(5 * HOUR_MS));
        rig.now(new Event.Asked(2, new Wish.Maintain(WEST, true, HOUR_MS, false), "jd", "disk"));
        final SwitchoverView.MaintenanceView out = rig.view().maintenance().get(0);
        assertEquals(rig.nowMs() + 5 * HOUR_MS, out.sinceMs());
        assertEquals(rig.nowMs() + 6 * HOUR_MS, out.untilMs());
        assertFalse(out.overdue());
        rig.now(new Event.UtcSeen(6 * HOUR_MS)); // somebody sets the clock
        assertTrue(rig.view().maintenance().get(0).overdue());
    }

    @Test
    void shouldRemindInTimeWhateverTheClockIsAhead() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.now(new Event.UtcSeen(-HOUR_MS));
        rig.now(new Event.Asked(2, new Wish.Maintain(WEST, true, HOUR_MS, false), "jd", "disk"));
        assertTrue(rig.machine().dueMs() <= rig.nowMs() + HOUR_MS);
        rig.pass(HOUR_MS);
        assertTrue(overdue(rig));
    }

    @Test
    void shouldNotBeQuietForAYearBecauseAClockWasWrong() {
        final long year = 365 * 24 * HOUR_MS;
        final Maintenance begun = new Maintenance(WEST, "jd", "disk", year, year + HOUR_MS);
        final Durable found = new Durable(
                3,
                RigRules.EAST,
                null,
                0,
                null,
                List.of(),
                null,
                3,
                RigRules.HASH,
                null,
                null,
                3,
                List.of(begun),
                null);
        final Rig rig = new Rig(RigRules.site().rules(), found, 1_000_000);
        rig.well();
        assertTrue(overdue(rig), () -> rig.view().alarms().toString());
    }

    private static boolean overdue(Rig rig) {
        return rig.view().alarms().stream().map(SwitchoverView.AlarmLine::name).anyMatch("maintenanceOverdue"::equals);
    }

    @Test
    void shouldGoBackInTheWindowOfTheClockOnTheWall() {
        final Rig rig = leftWest();
        assertFalse(goesBack(rig), "01:16 at the site, by the time that never jumps");
        rig.now(new Event.UtcSeen(HOUR_MS / 4)); // 01:31
        assertFalse(goesBack(rig));
        rig.pass(HOUR_MS / 2);
        assertTrue(goesBack(rig));
        final Rig early = leftWest();
        early.now(new Event.UtcSeen(HOUR_MS));
        assertTrue(goesBack(early));
    }

    private static Rig leftWest() {
        final Durable found =
                new Durable(3, RigRules.EAST, null, 0, null, List.of(), WEST, 3, RigRules.HASH, null, null);
        return new Rig(RigRules.site().with("fail-back=02:00-04:00").rules(), found, 1_000_000).well();
    }

    private static boolean goesBack(Rig rig) {
        return rig.actions.stream()
                .anyMatch(each -> each instanceof Action.Opened opened
                        && opened.decision().to().equals(WEST));
    }
}
