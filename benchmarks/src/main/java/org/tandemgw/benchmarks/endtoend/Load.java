package org.tandemgw.benchmarks.endtoend;

/**
 * What is sent.
 *
 * @param bytes of a frame
 * @param rate frames a second on each leg; 0: as fast as they are taken
 * @param burst so many frames come together
 * @param warmRate the same for the frames that come first: Java compiles what has run often, not what has run long
 * @param warm so many come first and are not measured
 * @param frames so many are measured
 */
public record Load(int bytes, int rate, int burst, int warmRate, int warm, int frames) {
    private static final long SECOND_NS = 1_000_000_000L;
    /** What is said where nothing else is. */
    public static final int USUAL_BYTES = 256;
    /** Frames a second while one ACD warms up, at least. */
    public static final int WARM_RATE = 50_000;

    /** Frames of the usual length, one by one where there is a rate. */
    public static Load usual(int rate, int warm, int frames) {
        return new Load(USUAL_BYTES, rate, 1, Math.max(rate, WARM_RATE), warm, frames);
    }

    /** When a frame is due, counted from the first. */
    long dueAfterNs(long index) {
        final long first = index / burst * burst;
        if (first < warm) {
            return first * SECOND_NS / warmRate;
        }
        return warmNs() + (first - warm) * SECOND_NS / rate;
    }

    /** How many frames are due after this time; all at once where there is no rate. */
    long due(long afterNs) {
        if (afterNs < 0) {
            return 0;
        }
        if (rate == 0) {
            return all();
        }
        final long warmed = Math.min(warm, bursts(afterNs, warmRate));
        final long measured = afterNs < warmNs() ? 0 : bursts(afterNs - warmNs(), rate);
        return Math.min(all(), warmed + measured);
    }

    private long bursts(long afterNs, long perSecond) {
        return (afterNs * perSecond / burst / SECOND_NS + 1) * burst;
    }

    private long warmNs() {
        return warm * SECOND_NS / warmRate;
    }

    int all() {
        return warm + frames;
    }

    static Load parse(String text) {
        final String[] parts = text.split(":");
        return new Load(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]),
                Integer.parseInt(parts[5]));
    }

    @Override
    public String toString() {
        return bytes + ":" + rate + ":" + burst + ":" + warmRate + ":" + warm + ":" + frames;
    }
}
