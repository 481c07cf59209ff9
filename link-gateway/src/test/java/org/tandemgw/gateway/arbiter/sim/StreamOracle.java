package org.tandemgw.gateway.arbiter.sim;

import java.util.Arrays;
import java.util.BitSet;
import org.tandemgw.gateway.arbiter.StreamSink;

/** Takes the stream and, knowing what the ACD sent, says what is lost, extra or out of order, and whether each hole is marked. */
public final class StreamOracle implements StreamSink {
    /** Frames of equal content within this distance cannot be told apart. */
    private static final int NEAR = 16;

    /** Legs may swap frames over so many places of the stream, however many the ACD left out between them. */
    private static final int REACH = 4;

    /** How far a swap may carry a frame over a break. */
    public int swap = 2;

    private static final int GAP = -1;
    private static final int DISCONTINUITY = -2;
    static final int DAMAGED = -3;

    private int[] entries = new int[1024];
    private int count;
    private boolean gapOpen;
    private long gapToNs;
    private long lastAtNs;
    private int looseGaps;

    public int gaps;
    public int discontinuities;
    public int damaged;
    public int lost;
    /** Of three heartbeats, one that cannot be told from its neighbours. */
    public int lostDull;

    public int extraDull;

    public int extra;
    public int disordered;
    public String first = "";

    /** Writes a frame's payload: its index, so that the oracle knows it by more than its content. */
    public static void encode(int index, boolean damaged, byte[] payload) {
        final int value = damaged ? DAMAGED : index;
        for (int i = 0; i < 4; i++) {
            payload[i] = (byte) (value >>> 8 * i);
        }
    }

    @Override
    public void frame(int leg, long atNs, boolean isLost, byte[] buffer, int offset, int length, long dialectSequence) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (buffer[offset + i] & 0xFF) << 8 * i;
        }
        if (gapOpen && Math.max(atNs, lastAtNs) != gapToNs) {
            looseGaps++;
        }
        gapOpen = false;
        lastAtNs = Math.max(lastAtNs, atNs);
        if (value == DAMAGED) {
            damaged++;
        }
        add(value);
    }

    @Override
    public void gap(long fromNs, long toNs, int legs, String why) {
        gaps++;
        if (fromNs != lastAtNs || toNs < fromNs || gapOpen) {
            looseGaps++;
        }
        gapOpen = true;
        gapToNs = toNs;
        add(GAP);
    }

    @Override
    public void discontinuity(long atNs, int legs, String why) {
        discontinuities++;
        add(DISCONTINUITY);
    }

    /** The lowest frame of the stream. */
    public int firstIndex() {
        int lowest = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            if (entries[i] >= 0) {
                lowest = Math.min(lowest, entries[i]);
            }
        }
        return lowest;
    }

    public long lastAtNs() {
        return lastAtNs;
    }

    /** Gaps that do not run exactly from the arrival of the last record before to that of the first after. */
    public int looseGaps() {
        return looseGaps;
    }

    /** Emitted frames in order, gaps as -1, discontinuities as -2, damaged frames as -3. */
    public int[] entries() {
        return Arrays.copyOf(entries, count);
    }

    /**
     * Judges.
     *
     * @param from the first frame that had to arrive
     * @param excused frames of which nobody can know (dropped by the ACD itself); null for none
     */
    public void judge(SimulatedAcd acd, int from, BitSet excused) {
        final int sent = acd.sent();
        final int[] at = new int[sent];
        Arrays.fill(at, -1);
        final int[] breaks = new int[count + 1];
        final int[] hardBreaks = new int[count + 1];
        final BitSet doubles = new BitSet();
        final BitSet again = new BitSet();
        final int[] highest = new int[count + 1];
        highest[0] = -1;
        int segment = 0;
        for (int i = 0; i < count; i++) {
            final int entry = entries[i];
            breaks[i + 1] = breaks[i] + (entry == GAP || entry == DISCONTINUITY ? 1 : 0);
            hardBreaks[i + 1] = hardBreaks[i] + (entry == DISCONTINUITY ? 1 : 0);
            if (entry == DISCONTINUITY) {
                segment = i + 1;
            }
            highest[i + 1] = entry == DISCONTINUITY ? -1 : Math.max(highest[i], entry);
            if (entry < 0) {
                continue;
            }
            final int before = highest[Math.max(segment, i - REACH)];
            if (entry < before - NEAR && !acd.isDull(entry)) {
                disordered++;
                note("disordered " + entry + " after " + before);
            }
            if (at[entry] >= 0 && hardBreaks[i] == hardBreaks[at[entry]]) {
                doubles.set(entry);
            } else {
                again.set(entry, at[entry] >= 0);
                at[entry] = i;
            }
        }
        final BitSet missing = new BitSet();
        for (int i = from; i < sent; i++) {
            if (at[i] < 0 && (excused == null || !excused.get(i))) {
                missing.set(i);
            }
        }
        cancelEqual(acd, doubles, missing);
        cancelEqual(acd, again, missing);
        for (int i = doubles.nextSetBit(0); i >= 0; i = doubles.nextSetBit(i + 1)) {
            if (acd.isDull(i)) {
                extraDull++;
            } else {
                extra++;
                note("extra " + i);
            }
        }
        for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
            if (!isMarked(i, at, breaks)) {
                if (acd.isDull(i)) {
                    lostDull++;
                } else {
                    lost++;
                    note("lost " + i);
                }
            }
        }
    }

    /** A hole is marked if a gap or discontinuity lies between what is around it, give or take a swap. */
    private boolean isMarked(int index, int[] at, int[] breaks) {
        int below = 0;
        for (int i = index - 1; i >= 0; i--) {
            if (at[i] >= 0) {
                below = at[i];
                break;
            }
        }
        for (int i = index + 1; i < at.length; i++) {
            if (at[i] >= 0) {
                final int from = Math.max(0, Math.min(at[i], below) - swap);
                final int to = Math.min(breaks.length - 1, Math.max(at[i], below) + swap);
                return breaks[from] != breaks[to];
            }
        }
        return false;
    }

    private static void cancelEqual(SimulatedAcd acd, BitSet doubles, BitSet missing) {
        for (int i = doubles.nextSetBit(0); i >= 0; i = doubles.nextSetBit(i + 1)) {
            int other = missing.nextSetBit(Math.max(0, i - NEAR));
            while (other >= 0 && other <= i + NEAR) {
                if (acd.content(other) == acd.content(i)) {
                    missing.clear(other);
                    doubles.clear(i);
                    break;
                }
                other = missing.nextSetBit(other + 1);
            }
        }
    }

    private void note(String what) {
        if (first.isEmpty()) {
            first = what;
        }
    }

    private void add(int entry) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count * 2);
        }
        entries[count++] = entry;
    }
}
