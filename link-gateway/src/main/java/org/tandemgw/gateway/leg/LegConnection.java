package org.tandemgw.gateway.leg;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** One connection of a leg: the thin part around the channel. Lives on the intake thread. */
final class LegConnection extends ChannelInboundHandlerAdapter {
    private static final long READ_FIRST_MS = 100;

    private final AcdLeg leg;
    private final Channel channel;
    private final byte[] scratch = new byte[64 * 1024];
    private final long sinceNs;

    private volatile LegSession session;
    private ScheduledFuture<?> timer;
    private ScheduledFuture<?> keepAlive;
    private boolean ready;
    private boolean spoken;
    private boolean pinged;
    private boolean heardSince;
    private boolean dropped;

    /** What the listener has not taken yet; the socket is not read while there is some. */
    private ByteBuf kept;

    private String endedWhileKept;

    /** Why the session cannot go on, found while the listener reads: it is ended when it has. */
    private String failure;

    LegConnection(AcdLeg leg, Channel channel) {
        this.leg = leg;
        this.channel = channel;
        this.sinceNs = channel.eventLoop().ticker().nanoTime();
        channel.pipeline().addLast(this);
    }

    /** It is the leg's connection from now on: the conversation begins. */
    void begin(LegSession.Plan plan) {
        try {
            session = plan.begin(this::send);
        } catch (RuntimeException e) {
            end(leg.unforeseen(e));
            return;
        }
        final long every = session.keepAliveEveryMs();
        if (every > 0) {
            keepAlive =
                    channel.eventLoop().scheduleWithFixedDelay(this::keepAlive, every, every, TimeUnit.MILLISECONDS);
        }
        progress();
    }

    /** A frame that belongs to this session alone. */
    void heard(byte[] buffer, int offset, int length) {
        if (failure != null) {
            return;
        }
        try {
            final boolean before = session.snapshotting();
            session.heard(buffer, offset, length);
            if (before && !session.snapshotting()) {
                leg.snapshotTaken(session.snapshot());
            }
        } catch (RuntimeException e) {
            failure = leg.unforeseen(e);
        }
    }

    void askAgain() {
        if (ready && !dropped && channel.isWritable()) {
            orEnd(session::askAgain);
        }
    }

    /** What a session makes of what an ACD says is no promise of the journal: where it fails, this session ends, and nothing else. */
    private void orEnd(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            end(leg.unforeseen(e));
        }
    }

    /** Whether the ACD is telling how things stand. Any thread. */
    boolean snapshotting() {
        final LegSession present = session;
        return present != null && present.snapshotting();
    }

    boolean loginRefused() {
        return session != null && session.loginRefused();
    }

    /** Closes it; the leg hears nothing of it any more. */
    void drop() {
        dropped = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (keepAlive != null) {
            keepAlive.cancel(false);
        }
        if (kept != null) {
            kept.release();
            kept = null;
        }
        channel.close();
    }

    long ageNs() {
        return channel.eventLoop().ticker().nanoTime() - sinceNs;
    }

    boolean hasSpoken() {
        return spoken;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        final ByteBuf in = (ByteBuf) message;
        if (kept != null) {
            kept = Unpooled.wrappedBuffer(kept, in); // a read that was under way when the listener took no more
            return;
        }
        heardSince = true;
        if (!spoken) {
            spoken = true;
            leg.spoke(this);
        }
        deliver(in);
    }

    private void deliver(ByteBuf in) {
        while (in.isReadable() && !dropped) {
            final int from = in.readerIndex();
            final int length = Math.min(in.readableBytes(), scratch.length);
            in.readBytes(scratch, 0, length);
            final int used = take(length);
            if (used < length && !dropped) {
                in.readerIndex(from + used);
                kept = in;
                hold();
                return;
            }
        }
        in.release();
    }

    /** Reads nothing. A write that fails does not close it: what the ACD sent before can still be read. */
    void hold() {
        channel.config().setAutoRead(false);
        channel.config().setAutoClose(false);
    }

    /** Delivers what was kept, and reads on if all of it was taken. */
    void goOn() {
        final ByteBuf first = kept;
        if (first != null) {
            kept = null;
            deliver(first);
            leg.batchEnd();
        }
        if (kept == null && !dropped) {
            if (endedWhileKept != null) {
                end(endedWhileKept);
            } else {
                channel.config().setAutoClose(true);
                channel.config().setAutoRead(true);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        leg.batchEnd();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end("closed by the ACD");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof java.io.IOException) {
            end(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    /** How many bytes of the scratch were used. */
    private int take(int length) {
        int used = 0;
        if (!ready) {
            final int before = session.step();
            try {
                used = session.offer(scratch, 0, length);
            } catch (RuntimeException e) {
                end(leg.unforeseen(e));
                return length;
            }
            if (used < 0) {
                end(session.refusal());
                return length;
            }
            if (session.step() != before) {
                progress();
            }
        }
        if (used < length && ready && !dropped) {
            final int taken = leg.bytes(scratch, used, length - used);
            if (failure != null) {
                end(failure);
                return length;
            }
            if (taken == LegListener.BROKEN) {
                end("the framing is broken: the profile does not fit, or the bytes are damaged");
                return length;
            }
            used += taken;
        }
        return used;
    }

    private void progress() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (session.ready()) {
            if (!ready) {
                ready = true;
                leg.ready(this);
                orEnd(() -> session.begun(leg.listing()));
            }
            return;
        }
        timer = channel.eventLoop()
                .schedule(
                        () -> end("the ACD did not say what the profile awaits: " + session.awaited()),
                        session.timeoutMs(),
                        TimeUnit.MILLISECONDS);
    }

    private void keepAlive() {
        if (!ready || dropped) {
            return;
        }
        final boolean reads = channel.config().isAutoRead();
        if (reads && pinged && !heardSince && session.keepAliveIsAnswered()) {
            // It may be this thread that stood still: what came meanwhile is read before anybody is called dead.
            channel.eventLoop().schedule(this::endIfStillUnheard, READ_FIRST_MS, TimeUnit.MILLISECONDS);
            return;
        }
        // An ACD that does not read gets no more of them: they would pile up here.
        pinged = channel.isWritable();
        heardSince = !reads; // what we do not read we cannot have heard
        if (pinged) {
            orEnd(() -> {
                final boolean before = session.snapshotting();
                session.keepAlive();
                if (before && !session.snapshotting()) {
                    leg.snapshotTaken(session.snapshot());
                }
            });
        }
    }

    private void endIfStillUnheard() {
        if (!heardSince && channel.config().isAutoRead()) {
            end("nothing came for " + session.keepAliveEveryMs() + " ms, not even an answer to the keep-alive");
        }
    }

    private void send(byte[] bytes) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    private void end(String why) {
        if (kept != null) {
            endedWhileKept = why;
        } else if (!dropped) {
            drop();
            leg.ended(this, why);
        }
    }

    String peer() {
        final InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        return remote == null ? null : remote.getHostString() + ":" + remote.getPort();
    }

    @Override
    public String toString() {
        return channel.localAddress() + " to " + channel.remoteAddress();
    }
}
