package org.tandemgw.gateway.time;

/** Where the time comes from. Injected everywhere; nothing outside {@link SystemClock} asks the machine. */
public interface Clock {
    /** Monotonic nanoseconds, for timers and time-outs: it never jumps. */
    long nanoTime();

    /** UTC nanoseconds since 1970, for records: it never decreases within a process. */
    long utcNs();
}
