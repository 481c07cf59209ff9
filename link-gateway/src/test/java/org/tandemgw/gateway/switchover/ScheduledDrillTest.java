package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.DrillTest.arrives;
import static org.tandemgw.gateway.switchover.DrillTest.asked;
import static org.tandemgw.gateway.switchover.DrillTest.drill;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Drills that Tandem begins by itself, tries again, skips or misses. Row B13. */
class ScheduledDrillTest {
    private static final String WEEKLY = "drill=7,7,03:00,3600s,0,120s";

    /** A site on a Saturday evening; the machine's own time is a year behind the clock on the wall. */
    private static Rig saturday(String... words) {
        final RigRules rules = RigRules.site().with(WEEKLY);
        for (final String word : words) {
            rules.with(word);
        }
        final Rig rig = new Rig(rules.rules(), null, 1_000_000, false);
        rig.now(new Event.UtcSeen(berlin("2026-06-06T22:00") - rig.nowMs()));
        return rig.well();
    }

    private static long berlin(String local) {
        return LocalDateTime.parse(local)
                .atZone(ZoneId.of("Europe/Berlin"))
                .toInstant()
                .toEpochMilli();
    }

    private static void passUntil(Rig rig, String local) {
        final long wallMs = berlin(local);
        final long wallNowMs = berlin("2026-06-06T22:00") + rig.nowMs() - 1_000_000;
        rig.pass(wallMs - wallNowMs);
    }

    @Test
    void shouldBeginOnScheduleAndNotAgainBeforeAWeekIsOver() {
        final Rig rig = saturday();
        assertEquals(
                Instant.ofEpochMilli(berlin("2026-06-07T03:00")),
                rig.view().drills().next());
        passUntil(rig, "2026-06-07T02:59:59");
        assertNull(drill(rig));
        passUntil(rig, "2026-06-07T03:00");
        assertEquals(DrillStage.OUT, drill(rig).stage());
        assertTrue(drill(rig).scheduled());
        assertEquals("tandem", drill(rig).who());
        arrives(rig, WEST);
        rig.pass(6_000);
        arrives(rig, EAST);
        assertEquals(DrillVerdict.PASSED, drill(rig).verdict());

        assertEquals(
                Instant.ofEpochMilli(berlin("2026-06-14T03:00")),
                rig.view().drills().next());
        rig.restart();
        rig.now(new Event.UtcSeen(berlin("2026-06-06T22:00") - 1_000_000));
        rig.wellNow();
        passUntil(rig, "2026-06-14T02:59");
        assertEquals(1, drill(rig).number());
        assertNull(rig.view().drills().overdueSince());
        passUntil(rig, "2026-06-14T03:00");
        assertEquals(2, drill(rig).number());
    }

    @Test
    void shouldCountAScheduleFromWhenItCameAndNotFromAnEarlierOne() {
        final DrillBook weekly = DrillBook.EMPTY.by("weekly", 1_000);
        assertEquals(1_000, weekly.sinceMs());
        assertEquals(weekly, weekly.by("weekly", 5_000));
        assertEquals(9_000, weekly.by(null, 0).by("weekly", 9_000).sinceMs(), "taken away, and put back");
        assertEquals(12_000, weekly.by("monthly", 12_000).sinceMs());
    }

    @Test
    void shouldTryAgainWithinTheHourAndBeginOnceTheCallsAreOver() {
        final Rig rig = saturday();
        rig.now(new Event.CallsSeen(1));
        passUntil(rig, "2026-06-07T03:40");
        assertNull(drill(rig));
        rig.now(new Event.CallsSeen(0));
        assertEquals(DrillStage.OUT, drill(rig).stage());
    }

    @Test
    void shouldSkipItOnceTheHourIsOverSayWhyAndTryAWeekLater() {
        final Rig rig = saturday();
        rig.now(new Event.CallsSeen(1));
        passUntil(rig, "2026-06-07T04:00:01");

        final Drill skipped = rig.taken(Action.Drilled.class).get(0).drill();
        assertEquals(DrillVerdict.SKIPPED, skipped.verdict());
        assertTrue(skipped.why().contains("1 calls are up"), skipped.why());
        assertEquals(
                Instant.ofEpochMilli(berlin("2026-06-14T03:00")),
                rig.view().drills().next());
        rig.now(new Event.CallsSeen(0));
        rig.pass(3_600_000);
        assertNull(drill(rig));
        passUntil(rig, "2026-06-14T03:00");
        assertEquals(DrillStage.OUT, drill(rig).stage());
    }

    @Test
    void shouldBeginNothingByItselfUnlessTheModeIsAutoAndTheClockIsTrusted() {
        final Rig manual = saturday("mode=manual");
        passUntil(manual, "2026-06-07T04:30");
        assertNull(drill(manual));
        assertTrue(manual.taken(Action.Drilled.class).get(0).drill().why().contains("only in mode auto"));

        final Rig suspect = saturday();
        suspect.now(new Event.ClockSeen(true, "it jumped"));
        passUntil(suspect, "2026-06-07T04:30");
        assertNull(drill(suspect));
        assertTrue(suspect.taken(Action.Drilled.class).isEmpty(), "nobody knows what time it is");
        suspect.now(new Event.ClockSeen(false, null));
        assertEquals(
                DrillVerdict.SKIPPED,
                suspect.taken(Action.Drilled.class).get(0).drill().verdict());
    }

    @Test
    void shouldSayThatOneWasMissedWhileTandemWasAway() {
        final Rig rig = saturday();
        rig.restart();
        rig.now(new Event.UtcSeen(berlin("2026-06-09T12:00") - rig.nowMs()));
        rig.wellNow();

        final Drill skipped = rig.taken(Action.Drilled.class).get(0).drill();
        assertEquals(DrillVerdict.SKIPPED, skipped.verdict());
        assertTrue(skipped.why().contains("did not run"), skipped.why());
        assertTrue(rig.taken(Action.Drilled.class).isEmpty());
    }

    @Test
    void shouldBeOverdueAfterAWeekAndAnHourUntilOnePasses() {
        final Rig rig = saturday("mode=manual");
        passUntil(rig, "2026-06-13T22:59");
        assertNull(rig.view().drills().overdueSince());
        passUntil(rig, "2026-06-13T23:01");
        assertTrue(
                rig.view().alarms().toString().contains("drillOverdue"),
                () -> rig.view().alarms().toString());
        rig.restart();
        rig.now(new Event.UtcSeen(berlin("2026-06-06T22:00") - 1_000_000));
        rig.wellNow();
        rig.pass(6_000);
        assertTrue(rig.view().alarms().toString().contains("drillOverdue"), "also after a restart");

        rig.actions.clear();
        assertTrue(asked(rig, false).ok());
        arrives(rig, WEST);
        rig.pass(6_000);
        arrives(rig, EAST);
        assertFalse(rig.view().alarms().toString().contains("drillOverdue"));
    }
}
