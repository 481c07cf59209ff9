package org.tandemgw.gateway.time;

import java.util.Optional;

/**
 * Finds steps of UTC, and says whether UTC is to be trusted. Pure; used by one thread at a time.
 *
 * <p>UTC is compared with how long the machine has been up, sleep included: so a machine that slept, or a virtual one that was suspended, is no step, and
 * neither is what a time service does by slewing, which moves both alike. A difference of more than {@link #STEP_NS} that builds up within a minute is a
 * step. UTC is suspect from a step on, until it is back where it was (to {@link #STEP_NS}), until it has run for {@link #TRUSTED_AFTER_NS} without another
 * step, or until somebody says that it is right now.
 */
public final class ClockWatch {
    /** More than a leap of any time service that only slews, less than the shortest step that is worth an alarm. */
    public static final long STEP_NS = 500_000_000L;
    /** After so long a run without another step the new time is believed. */
    public static final long TRUSTED_AFTER_NS = 24 * 3_600_000_000_000L;
    /** Machines that were off for longer are told apart from clocks that ran wild by people. */
    public static final long LONGEST_STOP_NS = 7 * TRUSTED_AFTER_NS;

    private static final long WINDOW_NS = 60_000_000_000L;

    private final String bootId;
    private final Optional<ClockStep> whileStopped;
    private long anchorUtcNs;
    private long anchorBootedNs;
    private long lastUtcNs;
    private long lastBootedNs;
    private long offNs;
    private long suspectNs;

    /**
     * Goes on where the last run ended.
     *
     * @param bootId the present boot of the machine
     * @param memory what the last run left, if it left anything
     * @param newestRecordNs the newest record time of all journals, which stands in for a memory; 0 if there is none
     */
    public ClockWatch(String bootId, Optional<ClockMemory> memory, long newestRecordNs, long utcNs, long bootedNs) {
        this.bootId = bootId;
        lastBootedNs = bootedNs;
        offNs = memory.map(ClockMemory::offNs).orElse(0L);
        suspectNs = memory.map(ClockMemory::suspectNs).orElse(0L);
        if (memory.isPresent() && isSameBoot(memory.get(), bootedNs)) {
            anchorUtcNs = memory.get().utcNs();
            anchorBootedNs = memory.get().bootedNs();
            whileStopped = look(utcNs, bootedNs);
        } else {
            whileStopped = afterBoot(memory.map(ClockMemory::utcNs).orElse(newestRecordNs), utcNs);
        }
        anchor(utcNs, bootedNs);
        lastUtcNs = utcNs;
    }

    private boolean isSameBoot(ClockMemory memory, long bootedNs) {
        return !bootId.isEmpty() && bootId.equals(memory.bootId()) && bootedNs >= memory.bootedNs();
    }

    /** How long the machine was off is not known: time can only have gone on, and not for weeks. */
    private Optional<ClockStep> afterBoot(long thenNs, long utcNs) {
        if (thenNs == 0 || offNs != 0 && isPlausible(utcNs - thenNs)) {
            return Optional.empty(); // nothing to compare with, or as suspect as it was
        }
        final long wasOffNs = offNs;
        final long fromTrustedNs = utcNs - (thenNs - offNs);
        offNs = isPlausible(fromTrustedNs) ? 0 : fromTrustedNs;
        suspectNs = 0;
        return offNs == wasOffNs ? Optional.empty() : Optional.of(new ClockStep(utcNs - thenNs, utcNs, false));
    }

    private static boolean isPlausible(long passedNs) {
        return passedNs >= -STEP_NS && passedNs <= LONGEST_STOP_NS;
    }

    /** What had happened to the clock between the last run and this one. */
    public Optional<ClockStep> whileStopped() {
        return whileStopped;
    }

    /** One look at the clocks, both read at the same moment; several a second make steps known at once. */
    public Optional<ClockStep> look(long utcNs, long bootedNs) {
        suspectNs += isSuspect() ? Math.max(0, bootedNs - lastBootedNs) : 0;
        lastUtcNs = utcNs;
        lastBootedNs = bootedNs;
        final long movedNs = utcNs - anchorUtcNs - (bootedNs - anchorBootedNs);
        final boolean step = Math.abs(movedNs) > STEP_NS;
        if (step || bootedNs - anchorBootedNs >= WINDOW_NS) {
            anchor(utcNs, bootedNs);
            if (step || isSuspect()) {
                offNs += movedNs;
                offNs = Math.abs(offNs) <= STEP_NS ? 0 : offNs;
                suspectNs = step ? 0 : suspectNs;
            }
        }
        if (suspectNs >= TRUSTED_AFTER_NS || !isSuspect()) {
            believe();
        }
        return step ? Optional.of(new ClockStep(movedNs, utcNs, true)) : Optional.empty();
    }

    private void anchor(long utcNs, long bootedNs) {
        anchorUtcNs = utcNs;
        anchorBootedNs = bootedNs;
    }

    /** Somebody says that UTC is right as it is. */
    public void believe() {
        offNs = 0;
        suspectNs = 0;
    }

    /** True if nothing may be deleted by what UTC says. */
    public boolean isSuspect() {
        return offNs != 0;
    }

    /** By how much UTC was set, in sum, since it was last trusted. */
    public long offNs() {
        return offNs;
    }

    /** What a later run has to know. It changes with each look; ten seconds old is new enough, but a change of {@code offNs} should not wait. */
    public ClockMemory memory() {
        return new ClockMemory(bootId, lastUtcNs, lastBootedNs, offNs, suspectNs);
    }
}
