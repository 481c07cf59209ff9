package org.tandemgw.benchmarks.endtoend;

/** Whether numbered frames come one after the other, from 1 on. What breaks the order counts once: what follows is judged by what came. One thread. */
final class Order {
    private final long last;
    private long next = 1;
    private long breaks;

    Order(long last) {
        this.last = last;
    }

    /** The next frame: the number that it has. */
    void take(long number) {
        if (number != next) {
            breaks++;
        }
        next = number >= 1 && number <= last ? number + 1 : next + 1;
    }

    /** The number that should come next. */
    long next() {
        return next;
    }

    /** Whether the last one has come. */
    boolean isOver() {
        return next > last;
    }

    /** How often another frame came than the next one: one or more were missing, or one came twice, or out of order. */
    long breaks() {
        return breaks;
    }
}
