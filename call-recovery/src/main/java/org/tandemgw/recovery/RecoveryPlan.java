package org.tandemgw.recovery;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What a server that takes over has to be told: the calls in flight as the table has them, what becomes of each, and the frames from which it learns them.
 *
 * <p>The frames are the plan's own. The calls are looked at in the table: {@link #forEach} is for the table's thread, before the next event.
 */
public final class RecoveryPlan {
    /** A larger set is not made: half a GiB of numbers. */
    private static final int MOST_FRAMES = 1 << 26;

    /** Where frames lie further apart, going through the bits between them takes longer than sorting. */
    private static final int BITS_A_FRAME = 256;

    private static final int REHEARSED_CALLS = 32;
    private static final int REHEARSED_FRAMES = 128;
    private static final int REHEARSALS = 1_000;

    private final CallTable table;
    private final RecoveryPolicy policy;
    private final long asOf;
    private final int calls;
    private long[] frames;
    private int used;

    private RecoveryPlan(CallTable table, RecoveryPolicy policy) {
        this.table = table;
        this.policy = policy;
        asOf = table.sequence();
        calls = table.inFlight();
        // At once as large as it may become: growing it would make several times as much garbage, in the moment in
        // which nobody can wait for a collection.
        frames = new long[(int) Math.min(MOST_FRAMES, table.calls.rows.lives.total())];
    }

    /** Plans with the table as it is. On its thread; takes time and memory in proportion to the calls. */
    public static RecoveryPlan of(CallTable table, RecoveryPolicy policy) {
        final RecoveryPlan plan = new RecoveryPlan(table, policy);
        final long[] life = new long[Lives.MAX_FRAMES];
        plan.forEach(planned -> {
            if (planned.inSet()) {
                plan.add(life, planned.call().sequences(life));
            }
        });
        plan.order();
        return plan;
    }

    /**
     * Plans for a few calls of its own, so often that the machine has made its fastest code of it: the first plan that somebody waits for would else be several times as slow as those behind it, and
     * in the life of a program there may be no other. Some 30 ms, once a program. Any thread.
     */
    public static void rehearse(RecoveryPolicy policy) {
        final CallTable few = new CallTable(TableLimits.ofCalls(REHEARSED_CALLS), CallWatcher.NONE);
        final CallEvent event = new CallEvent();
        for (int frame = 0; frame < REHEARSED_FRAMES; frame++) {
            final CallEventKind kind = frame % 4 == 1 ? CallEventKind.QUEUED : CallEventKind.CONNECTED;
            final String call = "call " + frame % REHEARSED_CALLS;
            few.apply(event.begin(kind, frame + 1, frame + 1)
                    .text(CallText.CALL, call)
                    .text(CallText.LEG, call + (frame % 2 == 0 ? " one" : " two")));
        }
        for (int i = 0; i < REHEARSALS; i++) {
            of(few, policy);
        }
    }

    private void add(long[] life, int count) {
        if (used + count > MOST_FRAMES) {
            throw new IllegalStateException("the calls in flight have more than " + MOST_FRAMES + " frames");
        }
        System.arraycopy(life, 0, frames, used, count);
        used += count;
    }

    /** Ascending, and each once: one frame may tell of several calls. */
    private void order() {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < used; i++) {
            first = Math.min(first, frames[i]);
            last = Math.max(last, frames[i]);
        }
        final boolean close = used > 0 && last - first < (long) used * BITS_A_FRAME;
        used = close ? ticked(first, last) : sorted();
        frames = used == frames.length ? frames : Arrays.copyOf(frames, used);
    }

    /** By a bit for each frame between the first and the last: a few times as quick as sorting. */
    private int ticked(long first, long last) {
        final long[] bits = new long[(int) (last - first >>> 6) + 1];
        for (int i = 0; i < used; i++) {
            final long at = frames[i] - first;
            bits[(int) (at >>> 6)] |= 1L << at;
        }
        int kept = 0;
        for (int word = 0; word < bits.length; word++) {
            for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
                frames[kept++] = first + ((long) word << 6) + Long.numberOfTrailingZeros(rest);
            }
        }
        return kept;
    }

    private int sorted() {
        Arrays.sort(frames, 0, used);
        int kept = 0;
        for (int i = 0; i < used; i++) {
            if (kept == 0 || frames[kept - 1] != frames[i]) {
                frames[kept++] = frames[i];
            }
        }
        return kept;
    }

    /** Sequence of the last event that is in it. */
    public long asOf() {
        return asOf;
    }

    /** How many calls were in flight, in the set or not. */
    public int calls() {
        return calls;
    }

    /** Sequences of the frames of all calls in the set, ascending, each once. Not copied: not to be changed. */
    public long[] frames() {
        return frames;
    }

    /** All calls in flight, the one known longest first. On the table's thread, before the next event. */
    public void forEach(Consumer<PlannedCall> each) {
        walk(table, policy, each);
    }

    /** The same without a plan, for whoever needs no frames. */
    public static void walk(CallTable table, RecoveryPolicy policy, Consumer<PlannedCall> each) {
        final PlannedCall planned = new PlannedCall(policy);
        table.calls(call -> each.accept(planned.on(call)));
    }

    /** Each call as it is now, step by step while events are folded in between. */
    public static CallSweep sweep(CallTable table, RecoveryPolicy policy, Consumer<PlannedCall> each) {
        final PlannedCall planned = new PlannedCall(policy);
        return table.sweep(call -> each.accept(planned.on(call)));
    }
}
