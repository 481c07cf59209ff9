package org.tandemgw.gateway.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One accepted socket, from its first byte to its close: waits for a login, hands a good one to a {@link SoupSession}, answers a bad one. What a
 * login gets is decided by the {@link LoginDesk}. The feed's thread only.
 */
final class SoupConnection extends ChannelInboundHandlerAdapter implements SoupDecoder.Sink {
    /** What a connection is doing. */
    private enum State {
        /** No login yet; ends with one, or at the time limit. */
        WAITING,
        /** Logged in; ends with logout, silence, a newer login, a bad packet or the socket. */
        SESSION,
        /** Was told no; ends when the peer closes, so that the answer is not lost in a reset, or a second later. */
        REFUSED,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(SoupConnection.class);
    private static final long LINGER_NS = 1_000_000_000L;
    /** A first login is answered after this time also where the disk does not say that it is durable. */
    private static final long DURABLE_NS = 2_000_000_000L;

    private final SocketChannel channel;
    private final LoginDesk desk;
    private final Visitors visitors;
    private final FeedLimits limits;
    private final SoupDecoder decoder = new SoupDecoder(SoupPackets.MAX_CLIENT_LENGTH);
    private final byte[] scratch;

    private State state = State.WAITING;
    private long deadlineNs;
    private long lastPacketNs;
    private LoginDesk.Granted granted;
    private SoupSession session;
    private String refusedWhy = "refused";

    SoupConnection(
            SocketChannel channel, LoginDesk desk, Visitors visitors, FeedLimits limits, byte[] scratch, long nowNs) {
        this.channel = channel;
        this.desk = desk;
        this.visitors = visitors;
        this.limits = limits;
        this.scratch = scratch;
        this.deadlineNs = nowNs + limits.loginMs() * 1_000_000L;
    }

    /** The other end, for people. */
    String peer() {
        final var remote = channel.remoteAddress();
        return remote == null ? "" : remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }

    SoupSession session() {
        return session;
    }

    LoginDesk.Granted granted() {
        return granted;
    }

    /** Time limits and heartbeats. */
    void tick(long nowNs) {
        switch (state) {
            case WAITING -> {
                if (nowNs - deadlineNs >= 0) {
                    visitors.tooLate();
                    close("no login within " + limits.loginMs() + " ms");
                }
            }
            case REFUSED -> {
                if (nowNs - deadlineNs >= 0) {
                    close(refusedWhy);
                }
            }
            case SESSION -> {
                if (nowNs - lastPacketNs >= limits.silenceMs() * 1_000_000L) {
                    close("silent for " + limits.silenceMs() + " ms");
                } else if (session != null) {
                    session.tick(nowNs);
                } else if (nowNs - deadlineNs >= 0) {
                    LOG.warn(
                            "{}: the disk has not taken its first login within two seconds; it is fed all the same",
                            peer());
                    accept();
                }
            }
            case CLOSED -> {}
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        final ByteBuf buffer = (ByteBuf) message;
        try {
            while (buffer.isReadable() && (state == State.WAITING || state == State.SESSION)) {
                final int length = Math.min(buffer.readableBytes(), scratch.length);
                buffer.readBytes(scratch, 0, length);
                if (!decoder.accept(scratch, 0, length, this) && decoder.badLength() >= 0) {
                    badPacket("a length of " + decoder.badLength());
                }
            }
        } finally {
            buffer.release();
        }
    }

    @Override
    public boolean packet(byte type, byte[] bytes, int offset, int length) {
        if (state == State.WAITING) {
            beforeLogin(type, bytes, offset, length);
        } else {
            inSession(type, bytes, offset, length);
        }
        return state == State.WAITING || state == State.SESSION;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (session != null) {
            session.pump();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        close("closed by the peer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            close("connection lost");
        } else {
            failed(cause);
        }
    }

    /** A promise of our own is broken: this connection must not go on. */
    void failed(Throwable cause) {
        visitors.failed(cause);
        close("internal error");
    }

    /** Ends it, once. */
    void close(String why) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        if (session != null) {
            session.close();
        } else if (granted != null) {
            granted.reader().close();
        }
        visitors.closed(this, why);
        channel.close();
    }

    private void beforeLogin(byte type, byte[] bytes, int offset, int length) {
        switch (type) {
            case SoupPackets.LOGIN -> login(LoginRequest.parse(bytes, offset, length));
            case SoupPackets.CLIENT_HEARTBEAT, SoupPackets.DEBUG -> {}
            case SoupPackets.LOGOUT -> close("logout");
            default -> badPacket("a packet of type " + (type & 0xff) + " before the login");
        }
    }

    private void inSession(byte type, byte[] bytes, int offset, int length) {
        lastPacketNs = desk.nowNs();
        switch (type) {
            case SoupPackets.CLIENT_HEARTBEAT, SoupPackets.DEBUG -> {}
            case SoupPackets.LOGOUT -> close("logout");
            case SoupPackets.UNSEQUENCED ->
                desk.report(
                        granted,
                        HaveReport.parse(bytes, offset, length),
                        session == null ? granted.start() - 1 : session.handedOver());
            default -> badPacket("a packet of type " + (type & 0xff));
        }
    }

    private void login(LoginRequest request) {
        if (request == null) {
            badPacket("a login of fewer than " + SoupPackets.LOGIN_PAYLOAD + " bytes");
            return;
        }
        final LoginDesk.Outcome outcome = desk.login(this, request);
        if (outcome.granted() == null) {
            refuse(outcome);
            return;
        }
        granted = outcome.granted();
        state = State.SESSION;
        lastPacketNs = desk.nowNs();
        if (!outcome.text().isEmpty()) {
            channel.write(Unpooled.wrappedBuffer(SoupPackets.debug(outcome.text())));
        }
        final Consumer<Runnable> durably =
                granted.observer() ? null : granted.feed().durably();
        if (durably == null) {
            accept();
        } else {
            deadlineNs = lastPacketNs + DURABLE_NS;
            durably.accept(this::isDurable);
        }
    }

    /** Any thread. */
    private void isDurable() {
        try {
            channel.eventLoop().execute(() -> {
                granted.feed().kept();
                if (session == null) {
                    accept();
                }
            });
        } catch (RejectedExecutionException closing) {
            // The feed has ended, and the connection with it.
        }
    }

    private void accept() {
        if (state != State.SESSION) {
            return;
        }
        channel.writeAndFlush(
                Unpooled.wrappedBuffer(SoupPackets.accepted(granted.journal().session(), granted.start())));
        if (state == State.SESSION) {
            session = desk.begin(this, channel);
            session.pump();
        }
    }

    private void refuse(LoginDesk.Outcome outcome) {
        state = State.REFUSED;
        deadlineNs = Math.min(deadlineNs, desk.nowNs() + LINGER_NS);
        channel.write(Unpooled.wrappedBuffer(SoupPackets.debug(outcome.text())));
        lastWords(SoupPackets.rejected(outcome.code()));
    }

    private void lastWords(byte[] packet) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(packet)).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess()) {
                channel.shutdownOutput();
            }
        });
    }

    /** What comes next was dropped. The client numbers the packets by itself, so only a new login can go on behind it. */
    void lostItsPlace() {
        state = State.REFUSED;
        refusedWhy = "what came next for it was deleted";
        deadlineNs = desk.nowNs() + LINGER_NS;
        session.close();
        lastWords(SoupPackets.debug(desk.lost(granted, session.handedOver() + 1)));
    }

    private void badPacket(String what) {
        desk.badPacket(granted);
        close(what);
    }
}
