package org.tandemgw.gateway.arbiter;

/**
 * How far the arbiter looks and how long it waits.
 *
 * @param reach R: how many places a frame may be swapped between the legs; a little above the real distance, no more
 * @param anchors K: a place is proved by K frames with at least K-1 different keys
 * @param historyFrames H: frames of the stream that are remembered, a power of two; a leg that lags by more cannot be aligned
 * @param bufferFrames frames that a hunting leg may buffer, a power of two; beyond, the oldest go if the other leg covers
 *     them, else the hunt ends by force
 * @param bufferBytes the same limit in bytes, a power of two
 * @param resendProof so many keys that occur once in the history prove that a short run is a resend
 * @param idleNs after a silence of this length nothing is on its way on either leg
 * @param firstQuietNs the same before the very first frame of a journal
 * @param settleNs the first frames after an outage of both legs are kept for so long at most, until both legs have brought some; 0: not at all
 * @param leftBehindNs what only a leg had that went down is waited for so long on the other one; more than any lag
 * @param holdNs how long the only connected leg is held while it may be resending
 * @param halfOpenNs the other leg is not live if it brings nothing for so long while this one buffers K different frames
 * @param peerWaitNs the same for any number of frames that the other leg owes
 * @param dullWaitNs where the buffered frames might all be old ones: they count as owed once they span so much time
 * @param owedAfterNs a frame not confirmed for so long is owed
 * @param owedLimitFrames a leg that owes more does not contribute
 * @param lagLimitNs a leg that confirms later than this does not contribute
 * @param silenceNs a leg is silent if the other brought {@code silenceFrames} over at least this time and it nothing
 * @param silenceFrames see {@code silenceNs}
 */
public record ArbiterSettings(
        int reach,
        int anchors,
        int historyFrames,
        int bufferFrames,
        int bufferBytes,
        int resendProof,
        long idleNs,
        long firstQuietNs,
        long settleNs,
        long leftBehindNs,
        long holdNs,
        long halfOpenNs,
        long peerWaitNs,
        long dullWaitNs,
        long owedAfterNs,
        long owedLimitFrames,
        long lagLimitNs,
        long silenceNs,
        int silenceFrames) {
    private static final long SECOND = 1_000_000_000L;

    /** Refuses what cannot work. */
    public ArbiterSettings {
        if (reach < 1 || reach > 16 || anchors < 2 * reach || anchors > 32) {
            throw new IllegalArgumentException("reach " + reach + " and anchors " + anchors
                    + ": needed are 1 <= reach <= 16 and 2 * reach <= anchors <= 32");
        }
        requirePowerOfTwo("historyFrames", historyFrames);
        requirePowerOfTwo("bufferFrames", bufferFrames);
        requirePowerOfTwo("bufferBytes", bufferBytes);
        if (bufferBytes < 1 << 17) {
            throw new IllegalArgumentException("bufferBytes " + bufferBytes + " must hold two frames: at least 131072");
        }
    }

    /** What fits an ACD of up to some thousand frames a second whose legs differ by up to a minute's quiet traffic. */
    public static ArbiterSettings defaults() {
        return new ArbiterSettings(
                4,
                8,
                65_536,
                65_536,
                32 << 20,
                2,
                SECOND,
                SECOND / 50,
                SECOND / 50,
                90 * SECOND,
                SECOND,
                SECOND,
                5 * SECOND,
                60 * SECOND,
                10 * SECOND,
                1_000,
                90 * SECOND,
                10 * SECOND,
                8);
    }

    /** The same with another memory: both powers of two. */
    public ArbiterSettings withMemory(int historyFrames, int bufferFrames, int bufferBytes) {
        return new ArbiterSettings(
                reach,
                anchors,
                historyFrames,
                bufferFrames,
                bufferBytes,
                resendProof,
                idleNs,
                firstQuietNs,
                settleNs,
                leftBehindNs,
                holdNs,
                halfOpenNs,
                peerWaitNs,
                dullWaitNs,
                owedAfterNs,
                owedLimitFrames,
                lagLimitNs,
                silenceNs,
                silenceFrames);
    }

    /** The same with other demands on a proof. */
    public ArbiterSettings withProof(int reach, int anchors) {
        return new ArbiterSettings(
                reach,
                anchors,
                historyFrames,
                bufferFrames,
                bufferBytes,
                resendProof,
                idleNs,
                firstQuietNs,
                settleNs,
                leftBehindNs,
                holdNs,
                halfOpenNs,
                peerWaitNs,
                dullWaitNs,
                owedAfterNs,
                owedLimitFrames,
                lagLimitNs,
                silenceNs,
                silenceFrames);
    }

    /** The same for legs on which a frame may be on its way for longer. */
    public ArbiterSettings withSilence(long idleNs, long firstQuietNs) {
        return new ArbiterSettings(
                reach,
                anchors,
                historyFrames,
                bufferFrames,
                bufferBytes,
                resendProof,
                idleNs,
                firstQuietNs,
                settleNs,
                leftBehindNs,
                holdNs,
                halfOpenNs,
                peerWaitNs,
                dullWaitNs,
                owedAfterNs,
                owedLimitFrames,
                lagLimitNs,
                silenceNs,
                silenceFrames);
    }

    /** The same with another settle time. */
    public ArbiterSettings withSettleTime(long settleNs) {
        return new ArbiterSettings(
                reach,
                anchors,
                historyFrames,
                bufferFrames,
                bufferBytes,
                resendProof,
                idleNs,
                firstQuietNs,
                settleNs,
                leftBehindNs,
                holdNs,
                halfOpenNs,
                peerWaitNs,
                dullWaitNs,
                owedAfterNs,
                owedLimitFrames,
                lagLimitNs,
                silenceNs,
                silenceFrames);
    }

    private static void requirePowerOfTwo(String name, int value) {
        if (value < 64 || Integer.bitCount(value) != 1 || value > 1 << 30) {
            throw new IllegalArgumentException(name + " " + value + " must be a power of two from 64 to 2^30");
        }
    }
}
