package org.tandemgw.gateway.space;

/**
 * How much free space may go within the next five seconds: as much as went within the last five. Room is made in steps, and a new file takes
 * some ahead, so what went is added up, and what was given back meanwhile is not taken off. Pure. The last {@value #LOOKS} looks count.
 */
public final class FreeFall {
    private static final int LOOKS = 64;
    private static final long WINDOW_NS = 5_000_000_000L;

    private final long[] atNs = new long[LOOKS];
    private final long[] fellBytes = new long[LOOKS];
    private int looks;
    private long lastBytes;

    /** What is free now. */
    public void saw(long nowNs, long freeBytes) {
        final int at = looks % LOOKS;
        atNs[at] = nowNs;
        fellBytes[at] = looks == 0 ? 0 : Math.max(0, lastBytes - freeBytes);
        lastBytes = freeBytes;
        looks++;
    }

    /** What may go soon. */
    public long soonBytes(long nowNs) {
        long sum = 0;
        for (int i = 0; i < Math.min(looks, LOOKS); i++) {
            sum += nowNs - atNs[i] < WINDOW_NS ? fellBytes[i] : 0;
        }
        return sum;
    }
}
