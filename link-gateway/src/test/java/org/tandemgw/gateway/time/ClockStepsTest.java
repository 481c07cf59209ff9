package org.tandemgw.gateway.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of the clock are found, and UTC is suspect for as long as it should be. */
class ClockStepsTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HOUR_NS = 3_600 * SECOND_NS;
    private static final long YEAR_NS = 365 * 24 * HOUR_NS;
    private static final long START_NS = 1_795_251_600_000_000_000L;

    private final TurnedClock machine = new TurnedClock(START_NS);
    private final List<ClockStep> steps = new ArrayList<>();
    private ClockWatch watch = started(Optional.empty(), 0);

    @ParameterizedTest
    @ValueSource(longs = {SECOND_NS, -SECOND_NS, 10 * SECOND_NS, HOUR_NS, -HOUR_NS, YEAR_NS, -YEAR_NS})
    void shouldFindAStepAndTrustTheClockWhenItIsBack(long byNs) {
        look(Duration.ofMinutes(3));
        machine.jump(byNs);
        look(Duration.ofMillis(250));
        assertEquals(List.of(new ClockStep(byNs, machine.utcNs() - 250_000_000, true)), steps);
        assertTrue(watch.isSuspect());
        assertEquals(byNs, watch.offNs());
        look(Duration.ofHours(3));
        assertTrue(watch.isSuspect());
        machine.jump(-byNs + 200_000_000);
        look(Duration.ofMinutes(2));
        assertEquals(2, steps.size());
        assertFalse(watch.isSuspect());
        assertEquals(0, watch.offNs());
    }

    @Test
    void shouldBelieveANewTimeAfterADayWithoutAnotherStep() {
        machine.jump(YEAR_NS);
        look(Duration.ofHours(20));
        machine.jump(HOUR_NS);
        look(Duration.ofMinutes(23 * 60 + 59));
        assertTrue(watch.isSuspect());
        look(Duration.ofMinutes(2));
        assertFalse(watch.isSuspect());
        machine.jump(-YEAR_NS);
        look(Duration.ofSeconds(1));
        assertEquals(-YEAR_NS, watch.offNs(), "now this is the wrong one");
    }

    @Test
    void shouldBelieveWhatAnOperatorSays() {
        machine.jump(-HOUR_NS);
        look(Duration.ofSeconds(1));
        watch.believe();
        assertFalse(watch.isSuspect());
        look(Duration.ofHours(1));
        assertFalse(watch.isSuspect());
    }

    @Test
    void shouldTakeNoSlewForAStep() {
        for (int i = 0; i < 6 * 3_600 * 4; i++) {
            machine.jump(125_000); // 500 ppm of 250 ms
            look(Duration.ofMillis(250));
        }
        assertEquals(List.of(), steps);
    }

    @Test
    void shouldFindAClockThatIsMovedInSmallPieces() {
        for (int i = 0; i < 100; i++) {
            machine.jump(-100_000_000);
            look(Duration.ofSeconds(1));
        }
        assertEquals(-10.0, watch.offNs() / 1e9, 0.6);
        assertTrue(watch.isSuspect());
    }

    @Test
    void shouldTakeNoSleepOfTheMachineForAStep() {
        look(Duration.ofMinutes(1));
        machine.sleep(Duration.ofHours(9));
        look(Duration.ofMinutes(1));
        assertEquals(List.of(), steps);
        assertFalse(watch.isSuspect());
    }

    @Test
    void shouldTakeNoLateLookForAStep() {
        machine.pass(Duration.ofHours(5));
        look(Duration.ofMillis(250));
        assertEquals(List.of(), steps);
    }

    @Test
    void shouldComeBackToTrustInSmallPiecesToo() {
        machine.jump(600_000_000);
        look(Duration.ofSeconds(1));
        assertTrue(watch.isSuspect());
        machine.jump(-300_000_000);
        look(Duration.ofMinutes(2));
        assertFalse(watch.isSuspect());
    }

    @Test
    void shouldCompareExactlyWithinOneBoot() {
        look(Duration.ofHours(1));
        final ClockMemory memory = watch.memory();
        machine.pass(Duration.ofDays(30));
        started(Optional.of(memory), START_NS);
        assertEquals(List.of(), steps);
        assertFalse(watch.isSuspect(), "off for long, and known how long");
        machine.jump(-SECOND_NS);
        started(Optional.of(memory), START_NS);
        assertEquals(List.of(new ClockStep(-SECOND_NS, machine.utcNs(), true)), steps);
        assertTrue(watch.isSuspect());
        look(Duration.ofHours(1));
        assertEquals(1, steps.size(), "found once");
    }

    @Test
    void shouldCarrySuspicionOnOverARestart() {
        machine.jump(HOUR_NS);
        look(Duration.ofHours(20));
        final ClockMemory memory = watch.memory();
        machine.pass(Duration.ofDays(2));
        started(Optional.of(memory), START_NS);
        assertEquals(1, steps.size());
        assertTrue(watch.isSuspect(), "only running counts");
        look(Duration.ofMinutes(4 * 60 + 1));
        assertFalse(watch.isSuspect());
    }

    @Test
    void shouldBelieveAClockThatWentOnWhileTheMachineWasOff() {
        look(Duration.ofHours(1));
        final ClockMemory memory = watch.memory();
        machine.reboot(Duration.ofDays(6));
        started(Optional.of(memory), START_NS);
        assertFalse(watch.isSuspect());
        assertEquals(List.of(), steps);
    }

    @Test
    void shouldSuspectAClockThatIsEarlierAfterABoot() {
        look(Duration.ofHours(1));
        final ClockMemory memory = watch.memory();
        machine.reboot(Duration.ofMinutes(5));
        machine.jump(-YEAR_NS);
        started(Optional.of(memory), START_NS);
        assertTrue(watch.isSuspect());
        assertEquals(1, steps.size());
        assertFalse(steps.get(0).exact());
        assertTrue(steps.get(0).toString().contains("at least 365.0 days"), steps.toString());
        look(Duration.ofMinutes(5));
        machine.jump(YEAR_NS);
        look(Duration.ofMinutes(5));
        assertTrue(
                watch.isSuspect(), "how long it was off is not known: it may be five minutes, it may be a wrong clock");
        look(Duration.ofHours(24));
        assertFalse(watch.isSuspect());
    }

    @Test
    void shouldSuspectAClockThatIsMuchLaterAfterABoot() {
        look(Duration.ofHours(1));
        final ClockMemory memory = watch.memory();
        machine.reboot(Duration.ofDays(8));
        started(Optional.of(memory), START_NS);
        assertTrue(watch.isSuspect());
        assertTrue(steps.get(0).toString().contains("forward by at most 8.0 days"), steps.toString());
    }

    @Test
    void shouldTrustAClockThatABootHasPutRight() {
        machine.jump(YEAR_NS);
        look(Duration.ofHours(1));
        final ClockMemory memory = watch.memory();
        machine.reboot(Duration.ofMinutes(5));
        machine.jump(-YEAR_NS);
        started(Optional.of(memory), START_NS + YEAR_NS + HOUR_NS);
        assertFalse(watch.isSuspect());
        assertEquals(2, steps.size(), "it was set, and that is told");
    }

    @Test
    void shouldGoOnSuspectingAClockThatABootHasNotPutRight() {
        machine.jump(YEAR_NS);
        look(Duration.ofHours(1));
        final ClockMemory memory = watch.memory();
        machine.reboot(Duration.ofMinutes(5));
        started(Optional.of(memory), START_NS);
        assertTrue(watch.isSuspect());
        assertEquals(YEAR_NS, watch.offNs());
        assertEquals(1, steps.size());
    }

    @Test
    void shouldHoldAClockWithoutMemoryAgainstTheNewestRecord() {
        started(Optional.empty(), START_NS + HOUR_NS);
        assertTrue(watch.isSuspect());
        assertEquals(-HOUR_NS, watch.offNs());
        started(Optional.empty(), START_NS - HOUR_NS);
        assertFalse(watch.isSuspect());
    }

    private ClockWatch started(Optional<ClockMemory> memory, long newestRecordNs) {
        watch = new ClockWatch(machine.bootId(), memory, newestRecordNs, machine.utcNs(), machine.bootedNs());
        watch.whileStopped().ifPresent(steps::add);
        return watch;
    }

    /** Time passes, with four looks a second; the first one at once. */
    private void look(Duration time) {
        final long periods = Math.max(1, time.toMillis() / 250);
        for (long i = 0; i < periods; i++) {
            watch.look(machine.utcNs(), machine.bootedNs()).ifPresent(steps::add);
            machine.pass(Duration.ofMillis(250));
        }
        watch.look(machine.utcNs(), machine.bootedNs()).ifPresent(steps::add);
    }
}
