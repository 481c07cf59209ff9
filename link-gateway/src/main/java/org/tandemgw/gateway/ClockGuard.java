package org.tandemgw.gateway;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.ClockMemory;
import org.tandemgw.gateway.time.ClockStep;
import org.tandemgw.gateway.time.ClockWatch;

/**
 * Looks at the machine's clocks, tells every journal of a step, and says whether UTC may be used to delete by. The thread {@code status} looks ten times a
 * second; any other thread may ask, and gets the answer of a new look.
 */
final class ClockGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ClockGuard.class);
    /** Readings that lie further apart are not of the same moment: the thread was stopped, or the clock set, between them. */
    private static final long SAME_MOMENT_NS = 50_000_000;

    private static final int TRIES = 3;
    private static final String OBJECT = "machine";

    private final Clock clock;
    private final ClockWatch watch;
    private final Consumer<String> marks;
    private final Alarms alarms;
    private Optional<ClockStep> untold;
    private String lastStep = "";
    private Optional<Alarm.Acknowledgement> used;

    /** Where acknowledgements of the alarm are found. */
    interface Alarms {
        /** Active alarms; never waits. */
        List<Alarm> active();
    }

    /** @param marks writes a mark with this text into each journal; never waits */
    ClockGuard(Clock clock, ClockWatch watch, Consumer<String> marks, Alarms alarms) {
        this.clock = clock;
        this.watch = watch;
        this.marks = marks;
        this.alarms = alarms;
        this.untold = watch.whileStopped();
        this.used = acknowledgement(); // of the last run: it was about what was known then
    }

    /** One look. Any thread. */
    synchronized void look() {
        tryToLook();
    }

    /**
     * True if nothing may be deleted by what UTC says. Whoever asks <em>after</em> reading UTC can rely on a no: a step before the reading has been seen.
     * Any thread.
     */
    synchronized boolean isSuspect() {
        return !tryToLook() || watch.isSuspect();
    }

    /** The alarm, while UTC is suspect. */
    synchronized Optional<Condition> condition() {
        return watch.isSuspect() ? Optional.of(new Condition(AlarmName.CLOCK, OBJECT, text())) : Optional.empty();
    }

    /** What a later run has to know of the clock. Any thread. */
    synchronized ClockMemory memory() {
        return watch.memory();
    }

    /** False if no two readings were of the same moment. */
    private boolean tryToLook() {
        // An operator has seen what was told before this look, not what it may find.
        final Optional<Alarm.Acknowledgement> acknowledged = acknowledgement();
        if (watch.isSuspect() && acknowledged.isPresent() && !acknowledged.equals(used)) {
            used = acknowledged;
            LOG.info("the clock is believed: an operator has acknowledged its alarm");
            watch.believe();
        }
        tell(untold);
        untold = Optional.empty();
        for (int i = 0; i < TRIES; i++) {
            final long beforeNs = clock.utcNs();
            final long bootedNs = clock.bootedNs();
            final long utcNs = clock.utcNs();
            if (utcNs >= beforeNs && utcNs - beforeNs <= SAME_MOMENT_NS) {
                tell(watch.look(utcNs, bootedNs));
                return true;
            }
        }
        return false; // The next look comes soon.
    }

    private void tell(Optional<ClockStep> found) {
        found.ifPresent(step -> {
            lastStep = "the clock was " + step;
            LOG.warn("{}", lastStep);
            marks.accept(lastStep);
        });
    }

    private Optional<Alarm.Acknowledgement> acknowledgement() {
        return alarms.active().stream()
                .filter(alarm -> alarm.name() == AlarmName.CLOCK && alarm.acknowledged() != null)
                .map(Alarm::acknowledged)
                .findFirst();
    }

    private String text() {
        final long offNs = watch.offNs();
        return (lastStep.isEmpty() ? "the clock was set before the last restart" : lastStep) + "; it is "
                + ClockStep.amount(offNs) + (offNs < 0 ? " behind" : " ahead of")
                + " where it would be if nobody had set it. Nothing is deleted by age until it is trusted again. Check NTP (timedatectl); this clears"
                + " when the clock is back, after 24 hours of running without another step, or when it is acknowledged as right";
    }
}
