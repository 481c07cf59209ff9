package org.tandemgw.gateway.control;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * One client: one request, one reply, end. The request must be whole within {@link #REQUEST_S} and all of it over within {@link #WHOLE_S}, whatever the
 * client does or does not. Runs on the control thread; the work itself on the operator thread.
 */
final class ControlConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    static final int REQUEST_S = 3;
    static final int WHOLE_S = 20;
    /** How long a client may take to see that its answer is complete. */
    private static final int LINGER_S = 2;

    private final ControlApi api;
    private final Executor operatorThread;
    private final ControlConnections connections;
    private boolean asked;

    ControlConnection(ControlApi api, Executor operatorThread, ControlConnections connections) {
        this.api = api;
        this.operatorThread = operatorThread;
        this.connections = connections;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connections.opened(ctx.channel());
        ctx.executor()
                .schedule(
                        () -> {
                            if (!asked) {
                                connections.timedOut(ctx.channel());
                            }
                        },
                        REQUEST_S,
                        TimeUnit.SECONDS);
        ctx.executor()
                .schedule(
                        () -> {
                            if (ctx.channel().isOpen()) {
                                connections.timedOut(ctx.channel());
                            }
                        },
                        WHOLE_S,
                        TimeUnit.SECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (asked) {
            return; // What comes after the first request is not read: the reply says that the connection ends.
        }
        asked = true;
        connections.asked(ctx.channel());
        if (request.decoderResult().isFailure()) {
            connections.refused();
            reply(ctx, ControlApi.error(400, "this is no HTTP request that can be read", null));
            return;
        }
        final ControlApi.Request wanted = new ControlApi.Request(
                request.method().name(), request.uri(), request.content().toString(StandardCharsets.UTF_8), peer(ctx));
        try {
            operatorThread.execute(() -> reply(ctx, api.handle(wanted)));
        } catch (RejectedExecutionException e) {
            connections.refused();
            reply(ctx, ControlApi.error(503, "too many requests are waiting", "try again"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connections.closed(ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connections.failed();
        ctx.close();
    }

    /** Any thread. */
    void reply(ChannelHandlerContext ctx, ControlApi.Reply reply) {
        final DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                Unpooled.copiedBuffer(reply.json(), StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener((ChannelFutureListener) sent -> end(ctx));
    }

    /** Not closed at once: a client that is still sending would be told "reset" before it has read its answer. */
    private static void end(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput();
            ctx.executor().schedule(() -> ctx.close(), LINGER_S, TimeUnit.SECONDS);
        }
    }

    private static String peer(ChannelHandlerContext ctx) {
        final UnixDomainPrincipal peer =
                ctx.channel().config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
        return peer == null ? null : peer.user().getName();
    }
}
