package org.tandemgw.gateway.alarm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which conditions come and go. One that began five times in ten minutes flaps: its alarm stands until a whole minute has passed without it, so that it is one
 * alarm and not a hundred. Pure; of the thread of its {@link AlarmBook}.
 *
 * @param <K> what tells conditions apart
 */
final class Flapping<K> {
    /** So many beginnings make it flap. */
    static final int TIMES = 5;
    /** Within this time. */
    static final long WITHIN_NS = TimeUnit.MINUTES.toNanos(10);
    /** It is over after this long without the condition. */
    static final long QUIET_NS = TimeUnit.MINUTES.toNanos(1);
    /** More conditions than this are not watched: they are raised and cleared as they come and go. */
    static final int MAX_WATCHED = 2 * AlarmBook.MAX_ACTIVE;

    /** What is remembered of one condition. */
    private static final class Memory {
        final Deque<Long> begunNs = new ArrayDeque<>(TIMES);
        long heldNs;
        boolean flaps;
    }

    private final Map<K, Memory> memories = new HashMap<>();

    /** The condition holds; {@code begins}: and its alarm did not stand. */
    void holds(K condition, boolean begins, long nowNs) {
        Memory memory = memories.get(condition);
        if (memory == null) {
            if (memories.size() >= MAX_WATCHED) {
                return;
            }
            memory = new Memory();
            memories.put(condition, memory);
        }
        if (begins) {
            memory.begunNs.addLast(nowNs);
            if (memory.begunNs.size() > TIMES) {
                memory.begunNs.removeFirst();
            }
            memory.flaps |= memory.begunNs.size() == TIMES && nowNs - memory.begunNs.peekFirst() <= WITHIN_NS;
        }
        memory.heldNs = nowNs;
    }

    /** True if its alarm stands, whether the condition holds at this moment or not. */
    boolean flaps(K condition) {
        final Memory memory = memories.get(condition);
        return memory != null && memory.flaps;
    }

    /** Forgets what is over or too old to count. Before each look at the conditions. */
    void forget(long nowNs) {
        memories.values().removeIf(memory -> {
            if (memory.flaps && nowNs - memory.heldNs >= QUIET_NS) {
                memory.flaps = false;
                memory.begunNs.clear();
            }
            return nowNs - memory.heldNs > WITHIN_NS;
        });
    }
}
