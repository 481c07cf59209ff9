package org.tandemgw.gateway.switchover.sim;

import java.util.PriorityQueue;

/** Time that only passes when the simulation says so, and what the world does in it. One thread. */
final class SimTime {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long nowMs;
    private long entered;

    private record Entry(long atMs, long number, Runnable what) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    SimTime(long startMs) {
        nowMs = startMs;
    }

    /** Milliseconds of the world: what no process in it knows exactly. */
    long nowMs() {
        return nowMs;
    }

    /** What happens at one time happens in the order of these calls. */
    void afterMs(long delayMs, Runnable what) {
        entries.add(new Entry(nowMs + Math.max(0, delayMs), entered++, what));
    }

    /** When the world does something next; {@link Long#MAX_VALUE}: never. */
    long nextMs() {
        Entry next = entries.peek();
        return next == null ? Long.MAX_VALUE : next.atMs;
    }

    void passTo(long ms) {
        if (ms < nowMs) {
            throw new IllegalStateException("time cannot run back from " + nowMs + " to " + ms);
        }
        nowMs = ms;
    }

    /** Does what is due next. */
    void runNext() {
        Entry next = entries.remove();
        passTo(next.atMs);
        next.what.run();
    }
}
