package org.tandemgw.gateway.deciding;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.tandemgw.gateway.switchover.Event;

/**
 * What waits to be decided on, in the order in which it came. At most {@link #MOST} facts wait: more are dropped and counted, and the
 * thread {@code control} then distrusts what it knows. Results of its own actions are never dropped: there are no more of them than
 * actions under way; nor are requests, of which {@link SwitchDesk} lets in {@link SwitchDesk#MOST_UNANSWERED}. Any thread puts, one takes.
 */
final class Inbox {
    static final int MOST = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Event> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean woken;

    /** Something that was seen. */
    void fact(Event event) {
        lock.lock();
        try {
            if (waiting.size() >= MOST) {
                dropped++;
                return;
            }
            waiting.add(event);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What became of an action, or what an operator asks. */
    void result(Event event) {
        lock.lock();
        try {
            waiting.add(event);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The taker looks around, although there may be no event. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to take, or somebody wakes it, or the time is over. */
    void await(long waitMs) throws InterruptedException {
        lock.lock();
        try {
            long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
            while (waiting.isEmpty() && !woken && leftNs > 0) {
                leftNs = filled.awaitNanos(leftNs);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** The next one; null: none. */
    Event take() {
        lock.lock();
        try {
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    /** How many facts were ever dropped. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
