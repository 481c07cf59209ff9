package org.tandemgw.gateway.arbiter.sim;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What the ACD sends, in order: heartbeats of three values, a tenth of the rest repeats one of 50 texts, the rest is unique. */
public final class SimulatedAcd {
    static final int DULL = 3;
    static final int TEXTS = 50;
    private final SplittableRandom random;
    private final int dullPercent;
    private int[] contents = new int[1024];
    private int sent;

    public SimulatedAcd(SplittableRandom random, int dullPercent) {
        this.random = random;
        this.dullPercent = dullPercent;
    }

    /** Sends the next frame and returns its index. */
    public int send() {
        if (random.nextInt(100) < dullPercent) {
            return send(random.nextInt(DULL));
        }
        return send(random.nextInt(10) == 0 ? DULL + random.nextInt(TEXTS) : DULL + TEXTS + sent);
    }

    /** Sends a frame with this content: equal numbers are equal frames. */
    public int send(int content) {
        if (sent == contents.length) {
            contents = Arrays.copyOf(contents, sent * 2);
        }
        contents[sent] = content;
        return sent++;
    }

    public int sent() {
        return sent;
    }

    public int content(int index) {
        return contents[index];
    }

    /** True for a heartbeat. */
    public boolean isDull(int index) {
        return contents[index] < DULL;
    }

    /** True for a frame that no other equals. */
    public boolean isUnique(int index) {
        return contents[index] >= DULL + TEXTS;
    }

    public static long keyHi(int content) {
        return mix(content * 0x9E3779B97F4A7C15L + 1);
    }

    public static long keyLo(int content) {
        return mix(content * 0xC2B2AE3D27D4EB4FL + 7);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
