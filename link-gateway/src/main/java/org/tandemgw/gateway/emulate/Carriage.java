package org.tandemgw.gateway.emulate;

/**
 * A run of consecutive frames that one connection of one leg carried. Written to by the leg, read by the oracle.
 *
 * <p>A frame counts as carried <em>for certain</em> when it was written whole and the connection either is still up,
 * or ended in an orderly way (our end, then the other end, without a reset), or lasted another second. What was
 * written in the last second before a connection was torn down may or may not have been read at the other end.
 */
final class Carriage {
    private static final long SAMPLE_NS = 100_000_000L;
    private static final int SAMPLES = 12;
    private static final long CERTAIN_NS = 1_000_000_000L;

    private final long[] sampleNumber = new long[SAMPLES];
    private final long[] sampleNs = new long[SAMPLES];
    private final long first;
    private int samples;
    private long written;
    private long certain = Long.MAX_VALUE;

    Carriage(long first) {
        this.first = first;
        this.written = first - 1;
    }

    long first() {
        return first;
    }

    synchronized void written(long number, long nowNs) {
        if (samples == 0 || nowNs - sampleNs[(samples - 1) % SAMPLES] >= SAMPLE_NS) {
            sampleNumber[samples % SAMPLES] = written;
            sampleNs[samples % SAMPLES] = nowNs;
            samples++;
        }
        written = Math.max(written, number);
    }

    /** The connection has ended. {@code margin}: how many of the last frames may have been overtaken by later ones. */
    synchronized void end(boolean orderly, int margin, long nowNs) {
        if (orderly) {
            certain = written - margin;
            return;
        }
        certain = first - 1;
        for (int i = Math.max(0, samples - SAMPLES); i < samples; i++) {
            if (nowNs - sampleNs[i % SAMPLES] >= CERTAIN_NS) {
                certain = sampleNumber[i % SAMPLES];
            }
        }
        if (samples > 0 && nowNs - sampleNs[(samples - 1) % SAMPLES] >= CERTAIN_NS + SAMPLE_NS) {
            certain = written;
        }
        certain -= margin;
    }

    /** The last frame that was carried for certain; less than {@link #first} if none was. */
    synchronized long certain() {
        return Math.min(written, certain);
    }
}
