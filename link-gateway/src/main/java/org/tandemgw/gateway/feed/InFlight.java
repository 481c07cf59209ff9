package org.tandemgw.gateway.feed;

/** The batches handed to the channel and not yet taken by the socket, oldest first. Bounded: when full, the session waits for the socket. */
final class InFlight {
    static final int CAPACITY = 4_096;

    private final long[] lastSequence = new long[CAPACITY];
    private final long[] firstAtNs = new long[CAPACITY];
    private final int[] bytes = new int[CAPACITY];
    private int head;
    private int size;

    boolean isFull() {
        return size == CAPACITY;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(long last, long atNs, int length) {
        final int tail = (head + size) % CAPACITY;
        lastSequence[tail] = last;
        firstAtNs[tail] = atNs;
        bytes[tail] = length;
        size++;
    }

    /** How long the oldest is. */
    int oldestBytes() {
        return bytes[head];
    }

    /** Takes the oldest away and returns its last sequence. */
    long remove() {
        final long last = lastSequence[head];
        head = (head + 1) % CAPACITY;
        size--;
        return last;
    }

    /** The arrival of the oldest record in here. */
    long oldestAtNs() {
        return firstAtNs[head];
    }
}
