package org.tandemgw.gateway.calls;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where intake hands over what an ACD tells of how things stand, and the table of the calls takes it. One list at a time, of one leg, and only when the table
 * wants one: after an outage it does. Everything but the other side's part runs on the intake thread.
 *
 * <p>What is handed over was there before the next record is appended. So whoever has read that record finds it here.
 */
public final class ListDesk {
    /** More than this waits for nobody: the list is given up, the table stays unsure, and the ACD is asked again. */
    static final long MOST_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ListDesk.class);
    private static final int AROUND_AN_ITEM = 64;
    private static final long ASK_FIRST_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long ASK_AT_MOST_EVERY_NS = TimeUnit.MINUTES.toNanos(5);

    private final Queue<ListEntry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean wanted = true;
    private volatile boolean missed;
    /** How many comparisons were asked for, and how many of them a list has answered that began since. */
    private final AtomicLong compareAsked = new AtomicLong();

    private volatile long compareAnswered;
    /** Null while nobody takes anything: then nothing is kept. */
    private volatile Runnable wake;

    private volatile long givenUp;

    /** The leg that tells; 0 if none does. */
    private int telling;

    /** An item of the list under way was too long. */
    private boolean leftOut;

    /** The comparisons that the list under way answers: those asked for before it began. */
    private long tellingFor;

    private boolean downSince;
    private boolean askedFor;
    private long askAtNs;
    private long askAgainNs = ASK_FIRST_NS;

    /** Both legs are down. */
    public void linkDown(long after, long atNs) {
        telling = 0;
        downSince = true;
        put(ListEntry.down(after, atNs));
    }

    /** A leg is down: what it was telling is no list. */
    public void legDown(int leg) {
        if (telling == leg) {
            telling = 0;
        }
    }

    /** The ACD begins to tell on a leg. */
    public void began(int leg, long after, long atNs) {
        if (telling == 0 && (wanted || comparing() || downSince)) {
            telling = leg;
            leftOut = false;
            tellingFor = compareAsked.get();
            downSince = false;
            put(ListEntry.began(after, atNs));
        }
    }

    /** One item; its bytes are copied. One that fits no file is left out: then nothing is concluded from what the list does not have. */
    public void item(int leg, byte[] buffer, int offset, int length, long after, long atNs) {
        if (telling != leg || wake == null) {
            return;
        }
        if (length > ListFile.MOST_ITEM_BYTES) {
            if (!leftOut) {
                LOG.warn("an item of {} bytes in a list of the ACD is left out, so the list is not whole", length);
                givenUp = givenUp + 1;
            }
            leftOut = true;
            return;
        }
        if (waitingBytes.get() > MOST_BYTES) {
            telling = 0;
            givenUp = givenUp + 1;
            return;
        }
        put(new ListEntry(ListEntry.Kind.ITEM, after, atNs, Arrays.copyOfRange(buffer, offset, offset + length)));
    }

    /** That was all. */
    public void ended(int leg, boolean calls, boolean agents, long after, long atNs) {
        if (telling == leg) {
            telling = 0;
            compareAnswered = calls && !leftOut ? tellingFor : compareAnswered;
            put(ListEntry.ended(after, atNs, calls && !leftOut, agents && !leftOut));
        }
    }

    /** Whether the ACD should be asked how things stand, since nobody tells and the table is not sure. About every 20 ms. */
    public boolean shouldAsk(long nowNs) {
        if (!missed && !comparing() || telling != 0) {
            askedFor = false;
            askAgainNs = wanted ? askAgainNs : ASK_FIRST_NS;
            return false;
        }
        if (!askedFor) {
            askedFor = true;
            askAtNs = nowNs + askAgainNs;
            return false;
        }
        if (nowNs - askAtNs < 0) {
            return false;
        }
        askAgainNs = Math.min(ASK_AT_MOST_EVERY_NS, askAgainNs * 2);
        askAtNs = nowNs + askAgainNs;
        return true;
    }

    private void put(ListEntry entry) {
        final Runnable told = wake;
        if (told != null) {
            waitingBytes.addAndGet(size(entry));
            waiting.add(entry);
            told.run();
        }
    }

    /** Lists that were given up because too much waited, or that an item was left out of. Any thread. */
    public long givenUp() {
        return givenUp;
    }

    // --- the table's side ---

    /** {@code told} is called on the intake thread when there is something to take. Before it begins. */
    void onEntry(Runnable told) {
        wake = told;
    }

    /** Nobody takes anything any more: nothing is kept, and the ACD is not asked. */
    void close() {
        wake = null;
        wanted(false, false);
        for (ListEntry entry = poll(); entry != null; entry = poll()) {
            done(entry);
        }
    }

    /** The table may be sure, and is to be compared with what the ACD says all the same: with a whole list that begins from now on. Any thread. */
    void compare() {
        compareAsked.incrementAndGet();
    }

    private boolean comparing() {
        return wake != null && compareAsked.get() != compareAnswered;
    }

    /** The next entry, null if there is none. Its bytes count until {@link #done}. */
    ListEntry poll() {
        return waiting.poll();
    }

    void done(ListEntry entry) {
        waitingBytes.addAndGet(-size(entry));
    }

    /**
     * Whether the table wants a list, if one comes.
     *
     * @param now whether it misses it, since it has read everything that there is and is not sure that it knows all calls
     */
    void wanted(boolean is, boolean now) {
        wanted = is;
        missed = is && now;
    }

    private static long size(ListEntry entry) {
        return AROUND_AN_ITEM + entry.bytes().length;
    }
}
