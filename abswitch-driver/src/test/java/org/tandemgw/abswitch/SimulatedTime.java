package org.tandemgw.abswitch;

import java.time.Instant;
import java.util.PriorityQueue;

/** Time that only passes when somebody says so, and what is to happen in it. */
final class SimulatedTime {
    private static final Instant ORIGIN = Instant.parse("2026-11-21T06:00:00Z");

    private record Due(long atNs, long number, Runnable run) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return atNs != other.atNs ? Long.compare(atNs, other.atNs) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long number;
    private long nowNs;

    long nowNs() {
        return nowNs;
    }

    Instant wall() {
        return ORIGIN.plusNanos(nowNs);
    }

    void afterMs(long ms, Runnable run) {
        due.add(new Due(nowNs + ms * 1_000_000, number++, run));
    }

    long nextNs() {
        return due.isEmpty() ? Long.MAX_VALUE : due.peek().atNs();
    }

    /** Lets time pass until something is to happen, at most until then, and lets one thing happen. */
    void pass(long untilNs) {
        if (nextNs() <= untilNs) {
            Due next = due.poll();
            nowNs = Math.max(nowNs, next.atNs());
            next.run().run();
        } else {
            nowNs = Math.max(nowNs, untilNs);
        }
    }

    void forgetEverything() {
        due.clear();
    }
}
