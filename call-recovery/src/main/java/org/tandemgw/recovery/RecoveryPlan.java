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

    private final CallTable table;
    private final RecoveryPolicy policy;
    private final long asOf;
    private final int calls;
    private long[] frames = new long[1024];
    private int used;

    private RecoveryPlan(CallTable table, RecoveryPolicy policy) {
        this.table = table;
        this.policy = policy;
        asOf = table.sequence();
        calls = table.inFlight();
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

    private void add(long[] life, int count) {
        if (used + count > MOST_FRAMES) {
            throw new IllegalStateException("the calls in flight have more than " + MOST_FRAMES + " frames");
        }
        if (used + count > frames.length) {
            frames = Arrays.copyOf(frames, Math.max(frames.length * 2, used + count));
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
        frames = Arrays.copyOf(frames, used);
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
