package org.tandemgw.gateway.switchover;

/** The times of the step that a switchover is in: when it began, until when its end is waited for, when it is tried again. */
final class StepTimes {
    /** So long it is waited, once the old active has stopped, until what Tandem sees can be trusted again. */
    static final long DOUBT_MS = 60_000;

    private long sinceMs;
    private long limitMs = Long.MAX_VALUE;
    private long againMs = Long.MAX_VALUE;
    private long stoppedMs;
    /** 0: what was ordered waits for something else of that server. */
    private long begunMs;

    /** A step begins; nothing of it is waited for yet. */
    void begin(long nowMs) {
        reset();
        sinceMs = nowMs;
    }

    /** There is no step. */
    void reset() {
        limitMs = Long.MAX_VALUE;
        againMs = Long.MAX_VALUE;
        stoppedMs = 0;
        begunMs = 0;
    }

    long sinceMs() {
        return sinceMs;
    }

    /** Its end is waited for so long. */
    void waitUntil(long ms) {
        limitMs = ms;
        begunMs = 0;
    }

    /** What was ordered begins now, and from here on its end is waited for so long. */
    void begunAt(long nowMs, long untilMs) {
        begunMs = nowMs;
        limitMs = untilMs;
    }

    boolean begun() {
        return begunMs > 0;
    }

    /** Its end has come, or is not awaited: what tells one is nothing. */
    void waitNoMore() {
        limitMs = Long.MAX_VALUE;
    }

    boolean waits() {
        return limitMs != Long.MAX_VALUE;
    }

    boolean late(long nowMs) {
        return nowMs >= limitMs;
    }

    void againAt(long ms) {
        againMs = ms;
    }

    void againNoMore() {
        againMs = Long.MAX_VALUE;
    }

    boolean isAgainAt(long ms) {
        return againMs == ms;
    }

    boolean again(long nowMs) {
        return nowMs >= againMs;
    }

    /** The old active has stopped, or has had its time to. */
    void stopped(long nowMs) {
        stoppedMs = nowMs;
    }

    boolean stopped() {
        return stoppedMs > 0;
    }

    /** Since it stopped nobody could say whether the switch is still wanted, and that has lasted too long. */
    boolean doubtfulTooLong(long nowMs) {
        return nowMs >= stoppedMs + DOUBT_MS;
    }

    /** When time alone ends the wait; {@code Long.MAX_VALUE}: never. */
    long dueMs() {
        return Math.min(Math.min(limitMs, againMs), stopped() ? stoppedMs + DOUBT_MS : Long.MAX_VALUE);
    }

    Memory memory() {
        return new Memory(sinceMs, limitMs, againMs, stoppedMs, begunMs);
    }

    void recall(Memory memory) {
        sinceMs = memory.sinceMs;
        limitMs = memory.limitMs;
        againMs = memory.againMs;
        stoppedMs = memory.stoppedMs;
        begunMs = memory.begunMs;
    }

    record Memory(long sinceMs, long limitMs, long againMs, long stoppedMs, long begunMs) {}
}
