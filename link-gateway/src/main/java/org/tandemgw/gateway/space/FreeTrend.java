package org.tandemgw.gateway.space;

/** How fast free space falls, from a look a minute; those during which something was dropped do not count. Pure. */
public final class FreeTrend {
    private static final long SAMPLE_NS = 60_000_000_000L;
    private static final double NS_PER_HOUR = 3.6e12;
    private static final double WEIGHT = 0.2;

    private boolean begun;
    private boolean known;
    private long sinceNs;
    private long sinceBytes;
    private double bytesPerHour;

    /** What is free now. */
    public void saw(long nowNs, long freeBytes, boolean dropped) {
        final long passedNs = nowNs - sinceNs;
        if (begun && !dropped) {
            if (passedNs < SAMPLE_NS) {
                return;
            }
            final double now = (sinceBytes - freeBytes) * NS_PER_HOUR / passedNs;
            bytesPerHour = known ? bytesPerHour + WEIGHT * (now - bytesPerHour) : now;
            known = true;
        }
        begun = true;
        sinceNs = nowNs;
        sinceBytes = freeBytes;
    }

    /** 0 or less if it does not fall, or is not known yet. */
    public long fallingBytesPerHour() {
        return (long) bytesPerHour;
    }
}
