package org.tandemgw.gateway.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an operator sees of alarms, told as stories. */
class AlarmStoriesTest {
    private static final Condition LEG_2_DOWN = new Condition(AlarmName.LEG_DOWN, "acd1/leg-2", "refused");

    private final ManualClock clock = new ManualClock();
    private AlarmBook book = new AlarmBook(clock, 1, List.of());
    private final List<String> story = new ArrayList<>();

    @Test
    void shouldRaiseOnceAndClearOnce() {
        now(LEG_2_DOWN);
        now(LEG_2_DOWN);
        now();
        now();

        assertEquals(List.of("+1 legDown acd1/leg-2", "-1 legDown acd1/leg-2"), story);
    }

    @Test
    void shouldGiveANewNumberWhenItComesBack() {
        now(LEG_2_DOWN);
        now();
        now(LEG_2_DOWN);

        assertEquals(List.of("+1 legDown acd1/leg-2", "-1 legDown acd1/leg-2", "+2 legDown acd1/leg-2"), story);
    }

    @Test
    void shouldKeepNumberTimeAndAcknowledgementWhileTheTextChanges() {
        now(LEG_2_DOWN);
        book.acknowledge(1, "jd", "cable is being replaced");
        clock.forward(Duration.ofMinutes(5));
        now(new Condition(AlarmName.LEG_DOWN, "acd1/leg-2", "no route"));

        assertEquals(List.of("+1 legDown acd1/leg-2"), story, "a new text is no event");
        final Alarm alarm = book.active().get(0);
        assertEquals(1, alarm.number());
        assertEquals(Instant.parse("2026-11-21T06:00:00Z"), alarm.since());
        assertEquals("no route", alarm.text());
        assertEquals("cable is being replaced", alarm.acknowledged().reason());
    }

    @Test
    void shouldTellTwoLegsApart() {
        now(LEG_2_DOWN, new Condition(AlarmName.LEG_DOWN, "acd1/leg-1", "refused"));
        now(LEG_2_DOWN);

        assertEquals(List.of("+1 legDown acd1/leg-2", "+2 legDown acd1/leg-1", "-2 legDown acd1/leg-1"), story);
    }

    @Test
    void shouldClearAGapOnceBothLegsHaveContributedForTenSeconds() {
        latch(AlarmName.GAP, "acd1");
        clock.forward(Duration.ofHours(1));
        whole();
        whole("acd1");
        clock.forward(Duration.ofMillis(9_999));
        whole("acd1");
        assertEquals(List.of("+1 gap acd1"), story);

        clock.forward(Duration.ofMillis(1));
        whole("acd1");
        assertEquals(List.of("+1 gap acd1", "-1 gap acd1"), story);
    }

    @Test
    void shouldStartTheTenSecondsAgainWhenALegGoesOrAnotherGapComes() {
        latch(AlarmName.GAP, "acd1");
        whole("acd1");
        clock.forward(Duration.ofSeconds(9));
        whole();
        whole("acd1");
        clock.forward(Duration.ofSeconds(9));
        latch(AlarmName.GAP, "acd1");
        whole("acd1");
        clock.forward(Duration.ofSeconds(9));
        whole("acd1");
        assertFalse(story.contains("-1 gap acd1"), story.toString());

        clock.forward(Duration.ofSeconds(1));
        whole("acd1");
        assertTrue(story.contains("-1 gap acd1"), story.toString());
    }

    @Test
    void shouldClearALatchedAlarmWhenAcknowledged() {
        latch(AlarmName.DISCONTINUITY, "acd1");
        final Alarm acknowledged = book.acknowledge(1, "jd", "seen").orElseThrow();

        assertFalse(acknowledged.active());
        assertEquals("jd", acknowledged.acknowledged().who());
        assertTrue(book.active().isEmpty());
    }

    @Test
    void shouldNotClearAConditionWhenAcknowledged() {
        now(LEG_2_DOWN);

        assertTrue(book.acknowledge(1, "jd", "seen").orElseThrow().active());
        assertNull(book.active().get(0).cleared());
    }

    @Test
    void shouldRefuseToAcknowledgeWhatIsNotThere() {
        assertTrue(book.acknowledge(7, "jd", "seen").isEmpty());
    }

    @Test
    void shouldKeepAlarmsOfTheLastRunUntilTheGraceIsOver() {
        now(LEG_2_DOWN);
        book = new AlarmBook(clock, book.nextNumber(), book.active());
        clock.forward(Duration.ofMillis(9_999));
        now();
        assertEquals(1, book.active().size());

        clock.forward(Duration.ofMillis(1));
        now();
        assertEquals(List.of("+1 legDown acd1/leg-2", "-1 legDown acd1/leg-2"), story);
    }

    @Test
    void shouldCountTheGraceFromWhenLookingBeginsHoweverLongAStartTakes() {
        now(LEG_2_DOWN);
        book = new AlarmBook(clock, book.nextNumber(), book.active());
        clock.forward(Duration.ofMinutes(1));
        book.lookFromNow();
        now();
        now(LEG_2_DOWN);
        assertEquals(List.of("+1 legDown acd1/leg-2"), story);
    }

    @Test
    void shouldKeepTheNumberOfWhatStillHoldsAfterARestartAndClearItAtOnceWhenItEnds() {
        now(LEG_2_DOWN);
        book = new AlarmBook(clock, book.nextNumber(), book.active());
        now(LEG_2_DOWN);
        now();

        assertEquals(List.of("+1 legDown acd1/leg-2", "-1 legDown acd1/leg-2"), story);
    }

    @Test
    void shouldKeepALatchedAlarmOverARestart() {
        latch(AlarmName.GAP, "acd1");
        book = new AlarmBook(clock, book.nextNumber(), book.active());
        clock.forward(Duration.ofMinutes(1));
        whole();
        assertEquals(1, book.active().size());

        whole("acd1");
        clock.forward(Duration.ofSeconds(10));
        whole("acd1");
        assertEquals(0, book.active().size());
    }

    @Test
    void shouldStopAtALimitAndCountTheRest() {
        final List<Condition> many = new ArrayList<>();
        for (int i = 0; i < AlarmBook.MAX_ACTIVE + 5; i++) {
            many.add(new Condition(AlarmName.ADDRESS_MISSING, "10.0.0." + i, "missing"));
        }
        book.update(many, Set.of());

        assertEquals(AlarmBook.MAX_ACTIVE, book.active().size());
        assertEquals(5, book.notRaised());
    }

    @Test
    void shouldBeOneAlarmThatStandsWhenItComesAndGoes() {
        for (int i = 0; i < 20; i++) {
            now(LEG_2_DOWN);
            clock.forward(Duration.ofSeconds(10));
            now();
            clock.forward(Duration.ofSeconds(10));
        }
        assertEquals(9, story.size(), "five raised, four cleared: " + story);
        assertEquals("refused" + AlarmBook.COMES_AND_GOES, book.active().get(0).text());

        clock.forward(Duration.ofMillis(39_999));
        now();
        assertEquals(9, story.size());

        clock.forward(Duration.ofMillis(1));
        now();
        assertEquals("-5 legDown acd1/leg-2", story.get(9));
        now(LEG_2_DOWN);
        assertEquals("refused", book.active().get(0).text(), "the past is forgotten");
    }

    @Test
    void shouldNotTakeSlowChangesForFlapping() {
        for (int i = 0; i < 20; i++) {
            now(LEG_2_DOWN);
            clock.forward(Duration.ofSeconds(80));
            now();
            clock.forward(Duration.ofSeconds(80));
        }
        assertEquals(40, story.size());
    }

    @Test
    void shouldRefuseAMixUpOfLatchedAlarmsAndConditions() {
        final Condition gap = new Condition(AlarmName.GAP, "acd1", "x");
        assertThrows(IllegalArgumentException.class, () -> book.update(List.of(gap), Set.of()));
        assertThrows(IllegalArgumentException.class, () -> book.latch(AlarmName.LEG_DOWN, "acd1/leg-1", "x"));
    }

    @Test
    void shouldKnowTheSeverityOfEveryName() {
        assertEquals(Severity.CRITICAL, AlarmName.LINK_LOST.severity());
        assertEquals(Severity.MAJOR, AlarmName.SERVER_DIFFERS.severity());
        for (final AlarmName name : AlarmName.values()) {
            assertNotEquals(name.name(), name.toString(), "a word of its own");
        }
    }

    private void now(Condition... conditions) {
        tell(book.update(List.of(conditions), Set.of()));
    }

    private void whole(String... links) {
        tell(book.update(List.of(), Set.of(links)));
    }

    private void latch(AlarmName name, String object) {
        book.latch(name, object, "after " + story.size()).ifPresent(alarm -> tell(List.of(alarm)));
    }

    private void tell(List<Alarm> changes) {
        changes.forEach(alarm ->
                story.add((alarm.active() ? "+" : "-") + alarm.number() + " " + alarm.name() + " " + alarm.object()));
    }
}
