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
import org.tandemgw.gateway.recovery.RecoveryRecords;

/**
 * One accepted socket, from its first byte to its close: waits for a login, hands a good one to a {@link FeedSession}, ends a bad one. What is said on
 * it is the protocol's, one subclass each. The feed's thread only.
 */
abstract class FeedConnection extends ChannelInboundHandlerAdapter {
    /** What a connection is doing. */
    enum State {
        /** No seat yet; ends with one, or at the time limit, which who has proved himself does not have. */
        WAITING,
        /** Logged in; ends with logout, silence, a newer login, a bad packet or the socket. */
        SESSION,
        /** Was told no; ends when the peer closes, so that the answer is not lost in a reset, or at the time limit. */
        REFUSED,
        CLOSED
    }

    /** So long the peer has to close after our last words. */
    static final long LINGER_NS = 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(FeedConnection.class);
    /** A first login is answered after this time also where the disk does not say that it is durable. */
    private static final long DURABLE_NS = 2_000_000_000L;

    private final SocketChannel channel;
    private final FeedDesk desk;
    private final byte[] scratch;

    private State state = State.WAITING;
    private long deadlineNs;
    private long lastHeardNs;
    private Granted granted;
    private FeedSession session;
    private String refusedWhy = "refused";
    private String visitor;

    FeedConnection(SocketChannel channel, FeedDesk desk, byte[] scratch) {
        this.channel = channel;
        this.desk = desk;
        this.scratch = scratch;
        this.deadlineNs = desk.nowNs() + desk.limits().loginMs() * 1_000_000L;
    }

    // --- what the protocol adds ---

    /** It is connected. */
    void met() {}

    /** Bytes have come. May end the connection. */
    abstract void heard(byte[] bytes, int offset, int length);

    /** The login is good and kept: say so. */
    abstract void welcome();

    /** What the protocol makes of records, from the start of what was granted. */
    abstract SessionForm form();

    /** How long a logged-in client may be silent; 0: for ever. */
    abstract long silenceMs();

    /** What comes next was dropped: last words. */
    abstract byte[] lastWordsOnLoss(String text);

    /** The session cannot go over this record: the connection has to end where it is. */
    void broken(long sequence) {
        throw new IllegalStateException("this protocol has words for every record, and none for " + sequence);
    }

    /** There is room to write again, before the session uses it. */
    void drained() {}

    /** The peer has closed, in an orderly way. */
    void closedByPeer() {
        close("closed by the peer");
    }

    // --- for all ---

    /** The other end, for people. */
    final String peer() {
        final var remote = channel.remoteAddress();
        return remote == null ? "" : remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }

    final SocketChannel channel() {
        return channel;
    }

    final State state() {
        return state;
    }

    final FeedSession session() {
        return session;
    }

    final Granted granted() {
        return granted;
    }

    /** Who he has proved to be without taking a seat; null if he has not. */
    final String visitor() {
        return visitor;
    }

    /** He has proved who he is, and wants no seat yet. */
    final void visits(String user) {
        visitor = user;
        desk.visits(this);
    }

    /** Whether bytes that come are still looked at. */
    final boolean isOpen() {
        return state == State.WAITING || state == State.SESSION;
    }

    /** It was a sign of life. */
    final void alive() {
        lastHeardNs = desk.nowNs();
    }

    /** Time limits and heartbeats. */
    void tick(long nowNs) {
        switch (state) {
            case WAITING -> {
                if (visitor == null && nowNs - deadlineNs >= 0) {
                    desk.tooLate();
                    close("no login within " + desk.limits().loginMs() + " ms");
                }
            }
            case REFUSED -> {
                if (nowNs - deadlineNs >= 0) {
                    close(refusedWhy);
                }
            }
            case SESSION -> {
                if (silenceMs() > 0 && nowNs - lastHeardNs >= silenceMs() * 1_000_000L) {
                    close("silent for " + silenceMs() + " ms");
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
    public final void channelActive(ChannelHandlerContext context) {
        met();
    }

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        final ByteBuf buffer = (ByteBuf) message;
        try {
            while (buffer.isReadable() && isOpen()) {
                final int length = Math.min(buffer.readableBytes(), scratch.length);
                buffer.readBytes(scratch, 0, length);
                heard(scratch, 0, length);
            }
        } finally {
            buffer.release();
        }
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            drained();
        }
        if (session != null) {
            session.pump();
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        closedByPeer();
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            close("connection lost");
        } else {
            failed(cause);
        }
    }

    /** A promise of our own is broken: this connection must not go on. */
    final void failed(Throwable cause) {
        desk.failed(cause);
        close("internal error");
    }

    /** Ends it, once. */
    final void close(String why) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        if (session != null) {
            session.close();
        } else if (granted != null) {
            granted.reader().close();
        }
        desk.closed(this, why);
        channel.close();
    }

    /** A good login. It is answered once it is known that the next start will remember it. */
    final void loggedIn(Granted login) {
        granted = login;
        state = State.SESSION;
        alive();
        final Consumer<Runnable> durably =
                granted.observer() ? null : granted.feed().durably();
        if (durably == null) {
            accept();
        } else {
            deadlineNs = lastHeardNs + DURABLE_NS;
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
        welcome();
        if (state == State.SESSION) {
            session = desk.begin(this, form());
            session.pump();
        }
    }

    /** No more of what comes is looked at; it is closed at the latest after so long. */
    final void refuse(String why, long closeAfterNs) {
        state = State.REFUSED;
        refusedWhy = why;
        deadlineNs = desk.nowNs() + closeAfterNs;
    }

    /** Until the peer has closed, or for so long from now on. */
    final void linger(long closeAfterNs) {
        deadlineNs = desk.nowNs() + closeAfterNs;
    }

    /** Says this, and that there will be no more. */
    final void lastWords(byte[] words) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(words)).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess()) {
                channel.shutdownOutput();
            }
        });
    }

    /** What comes next was dropped. Only a new login can go on behind it. */
    final void lostItsPlace() {
        refuse(
                granted.recovery() == null ? "what came next for it was deleted" : "its recovery session is over",
                LINGER_NS);
        session.close();
        lastWords(lastWordsOnLoss(
                granted.reader() instanceof RecoveryRecords records
                        ? granted.session() + " ends here: " + records.why()
                        : desk.lost(granted, session.handedOver() + 1)));
    }
}
