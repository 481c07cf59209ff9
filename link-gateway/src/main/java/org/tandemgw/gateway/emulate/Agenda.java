package org.tandemgw.gateway.emulate;

import java.util.PriorityQueue;
import java.util.Random;

/** What will happen in a simulated contact centre, in an order that depends on the seed alone. The time in it is its own. */
final class Agenda {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random;
    private long nowMs;
    private long eventsMade;

    Agenda(long firstMs, Random random) {
        this.nowMs = firstMs;
        this.random = random;
    }

    long nowMs() {
        return nowMs;
    }

    void at(long inMs, Runnable action) {
        events.add(new Event(nowMs + inMs, ++eventsMade, action));
    }

    /** Lets the next thing happen. */
    void next() {
        final Event event = events.remove();
        nowMs = event.atMs;
        event.action.run();
    }

    /** A time that is short often and long seldom. */
    long exponential(int meanMs) {
        return Math.min(meanMs * 8L, 1 + (long) (-meanMs * Math.log(1 - random.nextDouble())));
    }

    private record Event(long atMs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(order, other.order);
        }
    }
}
