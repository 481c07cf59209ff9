package org.tandemgw.gateway.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What times records get while the clock is set back and forth. */
class ClockSetBackTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HOUR_NS = 3_600 * SECOND_NS;
    private static final long YEAR_NS = 365 * 24 * HOUR_NS;
    private static final long ROLL_NS = 600 * SECOND_NS;
    private static final long START_NS = 1_795_251_600_000_000_000L;

    private final TurnedClock machine = new TurnedClock(START_NS);
    private final RecordClock clock = new RecordClock(machine);

    @Test
    void shouldFollowUtcWhileItRises() {
        for (int i = 0; i < 100; i++) {
            machine.pass(Duration.ofMillis(130));
            assertEquals(machine.utcNs(), clock.recordNs());
        }
        machine.jump(HOUR_NS);
        machine.pass(Duration.ofMillis(50));
        assertEquals(machine.utcNs(), clock.recordNs(), "forward at once");
    }

    @Test
    void shouldHealOneSecondInTwo() {
        assertEquals(2.0, healsAfterSeconds(-SECOND_NS, 10), 0.11);
    }

    @Test
    void shouldHealOneHourInTwo() {
        assertEquals(7_200.0, healsAfterSeconds(-HOUR_NS, 8_000), 0.11);
    }

    @Test
    void shouldEndRollFilesEveryTwentyMinutesWhileTheClockIsAYearBack() {
        clock.recordNs();
        machine.jump(-YEAR_NS);
        long rolls = 0;
        long last = clock.recordNs();
        for (int i = 0; i < 24 * 3_600; i++) {
            machine.pass(Duration.ofSeconds(1));
            final long now = clock.recordNs();
            assertTrue(now > last, "it rises all the time");
            rolls += now / ROLL_NS - last / ROLL_NS;
            last = now;
        }
        assertEquals(72, rolls, "a day has 72 times twenty minutes");
    }

    @Test
    void shouldNotGoBackOverARollBoundary() {
        machine.jump(ROLL_NS - START_NS % ROLL_NS + 1_000_000);
        machine.pass(Duration.ofMillis(60));
        final long file = clock.recordNs() / ROLL_NS;
        machine.jump(-SECOND_NS);
        for (int i = 0; i < 400; i++) {
            machine.pass(Duration.ofMillis(10));
            assertEquals(file, clock.recordNs() / ROLL_NS);
        }
        assertEquals(machine.utcNs(), clock.recordNs());
    }

    @Test
    void shouldRiseAsFastInManyShortStepsAsInOneLongOne() {
        final long from = clock.recordNs();
        machine.jump(-YEAR_NS);
        for (int i = 0; i < 1_000_001; i++) {
            machine.pass(Duration.ofNanos(333));
            clock.recordNs();
        }
        // Until UTC is read again, the old one is carried on.
        assertEquals(
                (1_000_001 * 333 - RecordClock.REREAD_NS) / 2 + RecordClock.REREAD_NS, clock.recordNs() - from, 1_000);
    }

    @Test
    void shouldGoOnFromTheNewestRecordOfAllJournals() {
        clock.startAt(START_NS + HOUR_NS);
        assertEquals(START_NS + HOUR_NS, clock.recordNs());
        machine.pass(Duration.ofSeconds(10));
        assertEquals(START_NS + HOUR_NS + 5 * SECOND_NS, clock.recordNs());
        machine.pass(Duration.ofHours(2));
        assertEquals(machine.utcNs(), clock.recordNs());
    }

    @Test
    void shouldKnowHowLongAgoARecordCameWhateverTheClockDid() {
        final long atStart = clock.recordNs();
        run(10);
        final long atTen = clock.recordNs();
        machine.jump(HOUR_NS);
        run(10);
        final long atTwenty = clock.recordNs();
        assertAge(10, atTen);
        machine.jump(-2 * HOUR_NS);
        run(10);
        final long atThirty = clock.recordNs();
        assertAge(10, atTwenty);
        run(10);
        assertAge(10, atThirty);
        assertAge(20, atTwenty);
        assertAge(30, atTen);
        assertAge(40, atStart);
        machine.jump(HOUR_NS + SECOND_NS);
        run(10);
        assertAge(50, atStart);
        assertAge(3_650, atStart - 3_600 * SECOND_NS);
        assertEquals(0, clock.ageNs(clock.recordNs() + SECOND_NS), "nothing is older than it can be");
    }

    private void run(int seconds) {
        for (int i = 0; i < seconds * 20; i++) {
            machine.pass(Duration.ofMillis(50));
            clock.recordNs();
        }
    }

    private void assertAge(int seconds, long atNs) {
        assertEquals(seconds, clock.ageNs(atNs) / 1e9, 0.15);
    }

    private double healsAfterSeconds(long byNs, int limitSeconds) {
        run(1);
        machine.jump(byNs);
        run(1);
        for (long passed = 1_000; passed < limitSeconds * 1_000L; passed += 50) {
            if (clock.recordNs() == machine.utcNs()) {
                return passed / 1e3;
            }
            machine.pass(Duration.ofMillis(50));
        }
        return Double.POSITIVE_INFINITY;
    }
}
