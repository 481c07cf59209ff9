package org.tandemgw.gateway.emulate;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows what a simulated ACD produced and which leg carried it. Frames are numbered 1, 2, 3 … Any thread.
 *
 * <p>It remembers the last {@code capacity} frames (digest and time, 16 bytes each; the bytes too if asked to) and the
 * last 100,000 runs of carried frames. What it had to forget can no longer be proved, and whoever compares is told so.
 */
public final class AcdOracle {
    private static final int CARRIAGES = 100_000;
    private static final int FOREIGN = 10_000;

    private final long[] digests;
    private final long[] producedNs;
    private final byte[][] bytes;
    private final ArrayDeque<Carriage> carriages = new ArrayDeque<>();
    private final Map<Long, Integer> foreign = new HashMap<>();
    private long produced;
    private long forgottenCarriages;

    /** Remembers {@code capacity} frames, with their bytes if {@code keepBytes}. */
    public AcdOracle(int capacity, boolean keepBytes) {
        digests = new long[capacity];
        producedNs = new long[capacity];
        bytes = keepBytes ? new byte[capacity][] : null;
    }

    /** The digest that frames are compared by: 64 bits, FNV-1a. */
    public static long digest(byte[] buffer, int offset, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ (buffer[i] & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }

    /** A frame now exists; its number. */
    public synchronized long produced(byte[] frame, long nowNs) {
        final int slot = (int) (produced++ % digests.length);
        digests[slot] = digest(frame, 0, frame.length);
        producedNs[slot] = nowNs;
        if (bytes != null) {
            bytes[slot] = frame;
        }
        return produced;
    }

    /** How many frames were produced: also the number of the last. */
    public synchronized long produced() {
        return produced;
    }

    /** Whether frame {@code number} is still known. */
    public synchronized boolean knows(long number) {
        return number > 0 && number <= produced && number > produced - digests.length;
    }

    /** The number of the oldest frame that is still known. */
    public synchronized long oldest() {
        return Math.max(1, produced - digests.length + 1);
    }

    /** The digest of frame {@code number}. */
    public synchronized long digest(long number) {
        return digests[slot(number)];
    }

    /** When frame {@code number} was produced, as the monotonic clock said. */
    public synchronized long producedNs(long number) {
        return producedNs[slot(number)];
    }

    /** The bytes of frame {@code number}, if they are kept. */
    public synchronized byte[] bytes(long number) {
        if (bytes == null) {
            throw new IllegalStateException("this oracle does not keep bytes");
        }
        return bytes[slot(number)];
    }

    /**
     * How many of the frames {@code from} to {@code to} some leg carried for certain, so that nothing excuses their
     * absence. See {@link Carriage}.
     */
    public long carriedForCertain(long from, long to) {
        final BitSet carried = new BitSet();
        synchronized (this) {
            for (final Carriage carriage : carriages) {
                final long first = Math.max(from, carriage.first());
                final long last = Math.min(to, carriage.certain());
                if (first <= last) {
                    carried.set((int) (first - from), (int) (last - from + 1));
                }
            }
        }
        return carried.cardinality();
    }

    /** Whether everything about carried frames is still known. */
    public synchronized boolean remembersCarriage() {
        return forgottenCarriages == 0;
    }

    /** How often a foreign frame with this digest was put on a leg (noise that reads like a frame). */
    public synchronized int foreign(long digest) {
        return foreign.getOrDefault(digest, 0);
    }

    /** A leg begins a run of frames. */
    synchronized Carriage carriage(long first) {
        if (carriages.size() == CARRIAGES) {
            carriages.remove();
            forgottenCarriages++;
        }
        final Carriage carriage = new Carriage(first);
        carriages.add(carriage);
        return carriage;
    }

    synchronized void sentForeign(byte[] frame) {
        if (foreign.size() < FOREIGN) {
            foreign.merge(digest(frame, 0, frame.length), 1, Integer::sum);
        }
    }

    private int slot(long number) {
        if (!knows(number)) {
            throw new IllegalArgumentException("frame " + number + " is not known, produced " + produced);
        }
        return (int) ((number - 1) % digests.length);
    }
}
