package org.tandemgw.gateway.feed;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.feed.FeedServerStatus.Listening;
import org.tandemgw.gateway.net.Marking;

/** Dials a server that awaits its ACD, and dials it again whenever it is gone. */
final class DialSocket implements FeedDoor {
    private static final Logger LOG = LoggerFactory.getLogger(DialSocket.class);
    private static final int CONNECT_MS = 2_000;

    private final EventLoop loop;
    private final InetSocketAddress server;
    private final int againMs;
    private final int dscp;
    private final Consumer<SocketChannel> prepare;
    private final Consumer<SocketChannel> answered;
    private String told = "";

    private volatile Listening state = Listening.NO;

    /**
     * Of one server.
     *
     * @param dscp how packets to it are marked; 0: not
     * @param answered is given a connection that stands
     */
    DialSocket(
            EventLoop loop,
            InetSocketAddress server,
            int againMs,
            int dscp,
            Consumer<SocketChannel> prepare,
            Consumer<SocketChannel> answered) {
        this.loop = loop;
        this.server = server;
        this.againMs = againMs;
        this.dscp = dscp;
        this.prepare = prepare;
        this.answered = answered;
    }

    /** It has nowhere to listen, and so no trouble with that. */
    @Override
    public Listening state() {
        return state;
    }

    @Override
    public InetSocketAddress boundTo() {
        return null;
    }

    @Override
    public void open() {
        state = Listening.YES;
        loop.execute(this::dial);
    }

    @Override
    public void close() {
        state = Listening.CLOSED;
    }

    private void dial() {
        if (state == Listening.CLOSED) {
            return;
        }
        new Bootstrap()
                .group(loop)
                .channelFactory(Marking.dialling(dscp, server.getAddress()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
                .handler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel channel) {
                        prepare.accept(channel);
                        channel.pipeline().addLast(new Standing());
                    }
                })
                .connect(server)
                .addListener((ChannelFuture attempt) -> {
                    if (attempt.isSuccess()) {
                        told = "";
                        attempt.channel().closeFuture().addListener(gone -> later());
                    } else {
                        failed(attempt.cause());
                        later();
                    }
                });
    }

    private void failed(Throwable cause) {
        final String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (!text.equals(told)) {
            LOG.info("a server that is to be dialled cannot be reached: {}", text);
            told = text;
        }
    }

    private void later() {
        if (state != Listening.CLOSED) {
            loop.schedule(this::dial, againMs, TimeUnit.MILLISECONDS);
        }
    }

    /** Passes a connection on once it stands: one that never does is nobody's. */
    private final class Standing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            answered.accept((SocketChannel) context.channel());
            context.fireChannelActive();
        }
    }
}
