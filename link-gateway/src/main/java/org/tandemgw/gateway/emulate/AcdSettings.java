package org.tandemgw.gateway.emulate;

import java.net.InetSocketAddress;

/**
 * How a simulated ACD behaves from the start.
 *
 * @param dialect how it frames
 * @param leg1 where leg 1 listens or dials
 * @param leg2 where leg 2 listens or dials
 * @param dials true: the ACD dials the two addresses; false: it listens on them (port 0: any free one)
 * @param framesPerSecond the pace; 0 as fast as the legs take it
 * @param frames how many to produce; 0 without end
 * @param seed for swaps and noise
 * @param swapPerMille on each leg, of 1,000 frames that find another one still queued, so many overtake it
 * @param resend frames that a leg that connects again sends again; 0 for a live feed
 * @param queueFrames limit of a leg's queue; 16 MiB of frames limit it too
 * @param blocks what happens at that limit: true, the ACD waits; false, it drops the leg's frames and counts them
 * @param remembered frames that the oracle remembers
 * @param keepBytes whether it remembers their bytes
 * @param ami how an Asterisk is configured; nothing to other dialects
 */
public record AcdSettings(
        AcdDialect dialect,
        InetSocketAddress leg1,
        InetSocketAddress leg2,
        boolean dials,
        int framesPerSecond,
        long frames,
        long seed,
        int swapPerMille,
        int resend,
        int queueFrames,
        boolean blocks,
        int remembered,
        boolean keepBytes,
        AmiSettings ami) {

    /** Listens on two free loopback ports, 200 frames/s without end, no swaps, live, blocking. */
    public static AcdSettings listening(AcdDialect dialect, long seed) {
        final InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
        return new AcdSettings(
                dialect, any, any, false, 200, 0, seed, 0, 0, 10_000, true, 1_000_000, false, AmiSettings.DEFAULT);
    }

    /** The same on these two addresses. */
    public AcdSettings at(InetSocketAddress first, InetSocketAddress second, boolean dialling) {
        return new AcdSettings(
                dialect,
                first,
                second,
                dialling,
                framesPerSecond,
                frames,
                seed,
                swapPerMille,
                resend,
                queueFrames,
                blocks,
                remembered,
                keepBytes,
                ami);
    }

    /** The same with another pace (0: as fast as the legs take it) and number of frames (0: without end). */
    public AcdSettings traffic(int perSecond, long count) {
        return new AcdSettings(
                dialect,
                leg1,
                leg2,
                dials,
                perSecond,
                count,
                seed,
                swapPerMille,
                resend,
                queueFrames,
                blocks,
                remembered,
                keepBytes,
                ami);
    }

    /** The same with swaps, and with the tail that is sent again after a connect. */
    public AcdSettings manners(int swaps, int tail) {
        return new AcdSettings(
                dialect,
                leg1,
                leg2,
                dials,
                framesPerSecond,
                frames,
                seed,
                swaps,
                tail,
                queueFrames,
                blocks,
                remembered,
                keepBytes,
                ami);
    }

    /** The same with another limit of the legs' queues and what happens there. */
    public AcdSettings queue(int limit, boolean blocking) {
        return new AcdSettings(
                dialect,
                leg1,
                leg2,
                dials,
                framesPerSecond,
                frames,
                seed,
                swapPerMille,
                resend,
                limit,
                blocking,
                remembered,
                keepBytes,
                ami);
    }

    /** The same with an oracle that remembers so many frames, with their bytes if asked to. */
    public AcdSettings oracle(int capacity, boolean bytes) {
        return new AcdSettings(
                dialect,
                leg1,
                leg2,
                dials,
                framesPerSecond,
                frames,
                seed,
                swapPerMille,
                resend,
                queueFrames,
                blocks,
                capacity,
                bytes,
                ami);
    }

    /** The same with an Asterisk that is configured like this. */
    public AcdSettings asterisk(AmiSettings how) {
        return new AcdSettings(
                dialect,
                leg1,
                leg2,
                dials,
                framesPerSecond,
                frames,
                seed,
                swapPerMille,
                resend,
                queueFrames,
                blocks,
                remembered,
                keepBytes,
                how);
    }
}
