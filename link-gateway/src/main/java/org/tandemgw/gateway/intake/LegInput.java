package org.tandemgw.gateway.intake;

import java.util.function.LongSupplier;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.time.RecordClock;

/** The frames of one leg on their way to the arbiter. Intake thread only. */
public final class LegInput implements FrameSink {
    /** Takes the frames that belong to the leg's session alone. The bytes are only valid during the call. */
    @FunctionalInterface
    interface LocalSink {
        /** One such frame. */
        void heard(byte[] buffer, int offset, int length);
    }

    private final int leg;
    private final LineArbiter arbiter;
    private final FrameIdentity identity;
    private final LongSupplier nanoTime;
    private final LongSupplier recordNs;
    private final LegFrames local;
    private final LocalSink session;
    private final SeenNumbers seen = new SeenNumbers();
    private final LinkFrameDecoder decoder;
    private final byte[] description = new byte[LongFrame.LENGTH];

    /** When the present bytes came: one reading of the clocks for all frames in them. */
    private long nowNs;

    private long atNs;
    private volatile long localFrames;
    private volatile long lastBytesNs;

    /** The input of leg 1 or 2. */
    public LegInput(int leg, LineArbiter arbiter, Dialect dialect, RecordClock clock) {
        this(leg, arbiter, dialect, clock::nanoTime, clock::recordNs, (buffer, offset, length) -> {});
    }

    /** The same with a monotonic time that may stand. */
    LegInput(
            int leg,
            LineArbiter arbiter,
            Dialect dialect,
            LongSupplier nanoTime,
            LongSupplier recordNs,
            LocalSink session) {
        this.leg = leg;
        this.arbiter = arbiter;
        this.identity = dialect.identity();
        this.local = dialect.leg(leg).legFrames();
        this.session = session;
        this.nanoTime = nanoTime;
        this.recordNs = recordNs;
        this.decoder = dialect.leg(leg).decoder(this);
    }

    /** Bytes of the leg's session. False if the framing is broken. */
    public boolean take(byte[] buffer, int offset, int length) {
        nowNs = nanoTime.getAsLong();
        atNs = recordNs.getAsLong();
        lastBytesNs = nowNs;
        return decoder.decode(buffer, offset, length);
    }

    /** A session begins. */
    void sessionBegins() {
        local.sessionBegins();
        seen.clear();
    }

    /** The session has ended: a frame that has begun will never be whole. */
    void cut() {
        decoder.reset();
    }

    long damaged() {
        return decoder.damaged() + seen.repeats();
    }

    long localFrames() {
        return localFrames;
    }

    /** When bytes last came; 0 if none ever did. */
    long lastBytesNs() {
        return lastBytesNs;
    }

    @Override
    public void onFrame(byte[] buffer, int offset, int length) {
        if (local.isLocal(buffer, offset, length, atNs)) {
            localFrames = localFrames + 1;
            session.heard(buffer, offset, length);
            return;
        }
        identity.of(buffer, offset, length, atNs);
        if (seen.isRepeat(identity)) {
            return;
        }
        if (LongFrame.isTooLongOnceEscaped(buffer, offset, length)) {
            LongFrame.describe(description, length, LongFrame.digest(buffer, offset, length));
            offer(true, description, 0, description.length);
        } else {
            offer(false, buffer, offset, length);
        }
    }

    @Override
    public void onLongFrame(long length, byte[] sha256) {
        LongFrame.describe(description, length, sha256);
        identity.of(description, 0, description.length, atNs);
        offer(true, description, 0, description.length);
    }

    private void offer(boolean lost, byte[] buffer, int offset, int length) {
        arbiter.frame(
                leg, identity.high(), identity.low(), lost, buffer, offset, length, identity.number(), nowNs, atNs);
    }
}
