package org.tandemgw.recovery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is counted of one queue, agent or group of trunks in the present part of an interval. A time is kept without any memory of who takes it: who begins takes
 * the time of day from the sum, who ends adds it, and up to any moment those who are there count as if they ended. Sums may wrap; what they come to does not.
 */
final class Account {
    final AccountKind kind;
    final byte[] name;
    final int hash;
    private final long[] tallies = new long[Tally.COUNT];
    private final long[] sums = new long[Span.COUNT];
    private final int[] levels = new int[Span.COUNT];
    private int levelAtBegin;
    private int inAll;

    /** It is not among the accounts any more. */
    boolean forgotten;

    Account(AccountKind kind, byte[] name, int hash) {
        this.kind = kind;
        this.name = name;
        this.hash = hash;
    }

    boolean is(AccountKind ofKind, byte[] bytes, int length) {
        return kind == ofKind && Arrays.equals(name, 0, name.length, bytes, 0, length);
    }

    void count(Tally tally) {
        tallies[tally.ordinal()]++;
    }

    /** One of those who were counted as {@link Tally#LEFT}, here or in a part before, went so after all. */
    void afterAll(Tally how) {
        tallies[Tally.LEFT.ordinal()]--;
        tallies[how.ordinal()]++;
    }

    void enter(Span span, long nowNs) {
        levels[span.ordinal()]++;
        inAll++;
        sums[span.ordinal()] -= nowNs;
    }

    void leave(Span span, long nowNs) {
        if (levels[span.ordinal()]-- == 0) {
            throw new IllegalStateException("nobody is in " + span + " of " + kind + " " + name());
        }
        inAll--;
        sums[span.ordinal()] += nowNs;
    }

    /** Nobody is in it. */
    boolean idle() {
        return inAll == 0;
    }

    /** There is nothing to tell of this part. */
    boolean blank() {
        boolean blank = idle() && levelAtBegin == 0;
        for (int i = 0; blank && i < Tally.COUNT; i++) {
            blank = tallies[i] == 0;
        }
        for (int i = 0; blank && i < Span.COUNT; i++) {
            blank = sums[i] == 0;
        }
        return blank;
    }

    IntervalLine line(long untilNs) {
        return new IntervalLine(
                kind,
                name(),
                levelAtBegin,
                levels[kind.balance().ordinal()],
                tally(Tally.OFFERED),
                tally(Tally.FOUND),
                tally(Tally.ANSWERED),
                tally(Tally.ABANDONED),
                tally(Tally.LEFT),
                tally(Tally.LOST),
                timeNs(Span.WAIT, untilNs),
                timeNs(Span.RING, untilNs),
                timeNs(Span.TALK, untilNs),
                timeNs(Span.HOLD, untilNs),
                timeNs(Span.WORK, untilNs),
                timeNs(Span.PRESENT, untilNs));
    }

    /** Another part begins. */
    void turn(long atNs) {
        Arrays.fill(tallies, 0);
        for (int i = 0; i < Span.COUNT; i++) {
            sums[i] = -levels[i] * atNs;
        }
        levelAtBegin = levels[kind.balance().ordinal()];
    }

    String name() {
        return new String(name, StandardCharsets.UTF_8);
    }

    private long tally(Tally tally) {
        return tallies[tally.ordinal()];
    }

    private long timeNs(Span span, long untilNs) {
        return sums[span.ordinal()] + levels[span.ordinal()] * untilNs;
    }

    <X extends Exception> void write(BlockWriter<X> out) throws X {
        for (final long tally : tallies) {
            out.varOf(tally);
        }
        for (int i = 0; i < Span.COUNT; i++) {
            out.varOf(levels[i]);
            out.longOf(sums[i]);
        }
        out.varOf(levelAtBegin);
    }

    <X extends Exception> void read(BlockReader<X> in) throws X, DamagedSnapshotException {
        for (int i = 0; i < Tally.COUNT; i++) {
            tallies[i] = in.varOf();
        }
        for (int i = 0; i < Span.COUNT; i++) {
            levels[i] = (int) in.varOf();
            inAll += levels[i];
            sums[i] = in.longOf();
        }
        levelAtBegin = (int) in.varOf();
    }
}
