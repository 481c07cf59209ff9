package org.tandemgw.gateway.time;

/**
 * The machine's clocks. Injected everywhere; nothing outside {@link SystemClock} asks the machine. The times of records are no reading of a clock: see
 * {@link RecordClock}.
 */
public interface Clock {
    /** Monotonic nanoseconds, for timers and time-outs: it never jumps, and stands still while the machine sleeps. */
    long nanoTime();

    /** True UTC, nanoseconds since 1970, as the machine has it: for what people read. It jumps either way when somebody sets the clock. */
    long utcNs();

    /** How long the machine has been up, sleep included: what a step of UTC is measured against. */
    default long bootedNs() {
        return nanoTime();
    }

    /** Which boot of the machine this is: {@link #bootedNs} can be compared within one boot only. */
    default String bootId() {
        return "";
    }
}
