package org.tandemgw.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Severity;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.ClockWatch;

/** The one who looks is stopped in the middle, is asked by another thread, or meets an operator. */
class ClockLooksTest {
    private static final long HOUR_NS = Duration.ofHours(1).toNanos();

    private final List<String> marks = new ArrayList<>();
    private final List<Alarm> active = new ArrayList<>();
    private long utcNs = 1_795_251_600_000_000_000L;
    private long bootedNs = HOUR_NS;
    private long stopNs;

    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return bootedNs;
        }

        @Override
        public long utcNs() {
            return utcNs;
        }

        @Override
        public long bootedNs() {
            final long readNs = bootedNs;
            bootedNs += stopNs;
            utcNs += stopNs;
            stopNs = 0;
            return readNs;
        }
    };

    private final ClockGuard guard = new ClockGuard(
            clock, new ClockWatch("boot", Optional.empty(), 0, utcNs, bootedNs), marks::add, () -> List.copyOf(active));

    @Test
    void shouldTakeNoStopOfTheThreadForAStep() {
        stopNs = HOUR_NS;
        guard.look();
        guard.look();
        assertFalse(guard.isSuspect());
        assertEquals(List.of(), marks);
    }

    @Test
    void shouldHaveSeenEveryStepBeforeItSaysNo() {
        assertFalse(guard.isSuspect());
        utcNs += HOUR_NS;
        assertTrue(guard.isSuspect());
        assertTrue(marks.get(0).contains("set forward by 3600.0 s"), marks.toString());
        assertEquals(AlarmName.CLOCK, guard.condition().orElseThrow().name());
        assertEquals(HOUR_NS, guard.memory().offNs());
    }

    @Test
    void shouldNotTakeAnAcknowledgementForMoreThanWasKnown() {
        utcNs -= HOUR_NS;
        guard.look();
        acknowledge("2026-11-21T06:00:00Z");
        assertFalse(guard.isSuspect());
        utcNs -= HOUR_NS;
        assertTrue(guard.isSuspect(), "another step, before the alarm was cleared");
        guard.look();
        assertTrue(guard.isSuspect());
        acknowledge("2026-11-21T06:00:01Z");
        assertFalse(guard.isSuspect());
    }

    private void acknowledge(String at) {
        active.clear();
        active.add(new Alarm(
                1,
                AlarmName.CLOCK,
                Severity.MAJOR,
                "machine",
                Instant.EPOCH,
                "",
                null,
                new Alarm.Acknowledgement("me", "it is right", Instant.parse(at))));
    }
}
