package org.tandemgw.recovery;

/** The numbers behind {@link Count}. */
final class Counts {
    private final long[] values = new long[Count.values().length];

    void add(Count count) {
        values[count.ordinal()]++;
    }

    void set(Count count, long value) {
        values[count.ordinal()] = value;
    }

    long get(Count count) {
        return values[count.ordinal()];
    }
}
