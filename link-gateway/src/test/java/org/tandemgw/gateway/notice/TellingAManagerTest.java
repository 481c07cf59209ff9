package org.tandemgw.gateway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.alarm.AlarmBook;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.alarm.ManualClock;

/** What one manager is told, as stories. */
class TellingAManagerTest {
    private static final Condition LEG_1 = new Condition(AlarmName.LEG_DOWN, "acd1/leg-1", "refused");
    private static final Condition LEG_2 = new Condition(AlarmName.LEG_DOWN, "acd1/leg-2", "refused");
    private static final Condition LINK = new Condition(AlarmName.LINK_LOST, "acd1", "neither leg is up");
    private static final Condition LOST = new Condition(AlarmName.SERVER_LOST, "west/acd1", "1 to 9");

    private final ManualClock clock = new ManualClock();
    private final AlarmBook book = new AlarmBook(clock, 1, List.of());
    private final NotificationPlan plan = new NotificationPlan(true, 1, clock.nanoTime());
    private final List<String> story = new ArrayList<>();
    private boolean away;

    @Test
    void shouldTellOfTheStartAtOnceAndOfWhatStandsThenInOneSummary() {
        passing(20, LEG_2, LOST);
        assertEquals(List.of("1 COLD_START"), story);

        passing(11, LEG_2, LOST);
        assertEquals(List.of("1 COLD_START", "2 SUMMARY"), story);

        passing(5);
        assertEquals(List.of("3 CLEARED serverLost west/acd1", "4 CLEARED legDown acd1/leg-2"), story.subList(2, 4));
    }

    @Test
    void shouldTellOfACriticalAlarmAtOnceEvenDuringTheStart() {
        passing(1, LINK);
        passing(1);
        assertEquals(List.of("1 COLD_START", "2 RAISED linkLost acd1", "3 CLEARED linkLost acd1"), story);
    }

    @Test
    void shouldNotTellOfWhatIsOverWithinThreeSeconds() {
        started();
        passing(2, LEG_2);
        passing(60);
        assertEquals(List.of(), story);
        assertEquals(1, plan.tally().untold());
    }

    @Test
    void shouldTellOfTheCauseAndNotOfWhatFollowsUntilTheCauseIsOver() {
        started();
        passing(10, LEG_1, LEG_2, LINK);
        assertEquals(List.of("2 RAISED linkLost acd1"), story);
        assertEquals("neither leg is up; with it: legDown acd1/leg-1, legDown acd1/leg-2", lastText);

        passing(10, LEG_2);
        assertEquals(List.of("3 CLEARED linkLost acd1", "4 RAISED legDown acd1/leg-2"), story.subList(1, 3));
    }

    @Test
    void shouldSummariseWhatIsMoreThanTenInTenMinutesAndBeQuietThen() {
        started();
        passing(5, feeds(0, 30));
        assertEquals(9, story.size(), "with the start ten: " + story);
        assertEquals("10 SUMMARY", story.get(8));
        assertTrue(lastText.startsWith("read the table of alarms: 30 minor; new: feedDown west/acd"), lastText);

        passing(9 * 60, feeds(20, 50));
        assertEquals(9, story.size());

        passing(2 * 60, feeds(20, 50));
        assertTrue(story.size() > 9, "what changed meanwhile: " + story);
        assertEquals("20 SUMMARY", story.get(story.size() - 1));
    }

    @Test
    void shouldTellOfCriticalAlarmsThoughTheBudgetIsSpent() {
        started();
        passing(5, feeds(0, 30));
        story.clear();
        passing(1, with(LINK, feeds(0, 30)));
        passing(1, feeds(0, 30));
        assertEquals(List.of("11 RAISED linkLost acd1", "12 CLEARED linkLost acd1"), story);
    }

    @Test
    void shouldTryAgainLaterAndLaterAndTellThenWhatIsTrueThen() {
        started();
        away = true;
        passing(4, LEG_1);
        assertEquals(List.of("2 RAISED legDown acd1/leg-1"), story);
        passing(60, LEG_2);
        assertEquals(1, plan.tally().failed() - 1, "one more after a minute");
        passing(1200, LEG_2);
        assertEquals(6, story.size(), "after 1, 2, 4, and every 5 minutes: " + story);

        away = false;
        story.clear();
        passing(300, LEG_2);
        assertEquals(List.of("8 RAISED legDown acd1/leg-2"), story);
        assertEquals(0, plan.tally().failedInARow());
    }

    @Test
    void shouldTestEachHourThatNotificationsAreTaken() {
        started();
        passing(3 * 3600 + 60);
        assertEquals(List.of("2 SELF_TEST", "3 SELF_TEST", "4 SELF_TEST"), story);
    }

    @Test
    void shouldTestWhenSomebodyAsksAlsoDuringTheStart() {
        assertTrue(plan.test(clock.nanoTime()));
        passing(1, LEG_2);
        assertEquals(List.of("1 COLD_START", "2 SELF_TEST"), story);
        assertEquals(NotificationPlan.Test.TAKEN, plan.tally().test());
    }

    @Test
    void shouldNotWaitWithATestUntilItWouldTryAgainAndTryOnce() {
        started();
        away = true;
        passing(4, LEG_1);
        story.clear();
        assertTrue(plan.test(clock.nanoTime()));
        assertEquals(NotificationPlan.Test.WAITING, plan.tally().test());
        passing(30, LEG_1);
        assertEquals(List.of("3 SELF_TEST"), story, "and not again and again");
        assertEquals(NotificationPlan.Test.NOT_TAKEN, plan.tally().test());
        away = false;
        assertTrue(plan.test(clock.nanoTime()));
        passing(1, LEG_1);
        assertEquals(List.of("3 SELF_TEST", "4 SELF_TEST", "5 RAISED legDown acd1/leg-1"), story);
        assertEquals(NotificationPlan.Test.TAKEN, plan.tally().test());
    }

    @Test
    void shouldTakeAFailedStartForTheAnswerToATest() {
        away = true;
        assertTrue(plan.test(clock.nanoTime()));
        passing(20);
        assertEquals(List.of("1 COLD_START"), story);
        assertEquals(NotificationPlan.Test.NOT_TAKEN, plan.tally().test());
    }

    @Test
    void shouldRefuseATestOnceTheBudgetIsNeeded() {
        started();
        for (int i = 0; i < 8; i++) {
            assertTrue(plan.test(clock.nanoTime()));
            passing(1);
        }
        assertFalse(plan.test(clock.nanoTime()), "the tenth is the summary's");
        assertEquals(8, story.size());
        passing(600);
        assertTrue(plan.test(clock.nanoTime()));
    }

    private String lastText;

    private void started() {
        passing(31);
        assertEquals(List.of("1 COLD_START"), story);
        story.clear();
    }

    private static Condition[] feeds(int from, int to) {
        final List<Condition> feeds = new ArrayList<>();
        for (int i = from; i < to; i++) {
            feeds.add(new Condition(AlarmName.FEED_DOWN, "west/acd" + i, "not connected"));
        }
        return feeds.toArray(Condition[]::new);
    }

    private static Condition[] with(Condition one, Condition... others) {
        final List<Condition> all = new ArrayList<>(List.of(others));
        all.add(one);
        return all.toArray(Condition[]::new);
    }

    private void passing(int seconds, Condition... conditions) {
        for (int i = 0; i < seconds; i++) {
            book.update(List.of(conditions), Set.of());
            Optional<Notice> next = plan.next(book.active(), clock.nanoTime());
            while (next.isPresent()) {
                final Notice notice = next.get();
                lastText = notice.text();
                story.add(notice.number() + " " + notice.kind()
                        + (notice.alarm() == null
                                ? ""
                                : " " + notice.alarm().name() + " "
                                        + notice.alarm().object()));
                plan.ended(!away, clock.nanoTime());
                next = plan.next(book.active(), clock.nanoTime());
            }
            clock.forward(Duration.ofSeconds(1));
        }
    }
}
