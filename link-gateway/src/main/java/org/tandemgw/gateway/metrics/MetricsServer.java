package org.tandemgw.gateway.metrics;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * Answers {@code GET /metrics}, on one thread of its own, {@code tandem-metrics}, which nothing waits for. At most {@value #MOST_OPEN} connections: the newest is
 * refused; one that is quiet for {@value #IDLE_S} s is closed. A port that cannot be had is an alarm and is tried again.
 */
public final class MetricsServer implements AutoCloseable {
    static final int MOST_OPEN = 8;
    static final int IDLE_S = 10;

    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
    private static final long AGAIN_S = 5;
    private static final int MOST_LINE = 2_048;
    private static final int MOST_HEADERS = 8_192;
    private static final int MOST_BODY = 1_024;
    private static final int STOP_MS = 1_000;

    private final HostPort listen;
    private final Figures figures;
    private final ThreadFactory threads = task -> new FastThreadLocalThread(task, "tandem-metrics");
    private final EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
    private final List<Channel> open = new ArrayList<>();
    private Channel listener;
    private boolean failing;
    private volatile Condition closedPort;

    /** Listens to nobody yet. */
    public MetricsServer(
            HostPort listen, Supplier<GatewayStatus> status, LongSupplier historyDropped, List<Latencies> latencies) {
        this.listen = listen;
        figures = new Figures(status, historyDropped, latencies);
    }

    /** Opens the port; waits for the first attempt. */
    public void start() {
        thread.submit(this::listen).awaitUninterruptibly();
        thread.submit(() -> {}).awaitUninterruptibly(); // behind the bind, which Netty does a task later
    }

    /** What is wrong with it now. Any thread. */
    public List<Condition> conditions() {
        final Condition port = closedPort;
        return port == null ? List.of() : List.of(port);
    }

    private void listen() {
        if (thread.isShuttingDown()) {
            return;
        }
        new ServerBootstrap()
                .group(thread)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, MOST_OPEN)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        opened(channel);
                    }
                })
                .bind(listen.toSocketAddress())
                .addListener((ChannelFutureListener) bound -> {
                    if (bound.isSuccess()) {
                        listener = bound.channel();
                        closedPort = null;
                    } else {
                        closedPort = trouble(bound.cause());
                        thread.schedule(this::listen, AGAIN_S, TimeUnit.SECONDS);
                    }
                });
    }

    private Condition trouble(Throwable cause) {
        final boolean taken = cause instanceof BindException
                && String.valueOf(cause.getMessage()).contains("in use");
        return new Condition(
                taken ? AlarmName.CONFIG_MISMATCH : AlarmName.ADDRESS_MISSING,
                "metrics",
                "Prometheus cannot be served at " + listen + ": " + cause.getMessage());
    }

    private void opened(Channel channel) {
        if (open.size() >= MOST_OPEN) {
            channel.close();
            return;
        }
        open.add(channel);
        channel.closeFuture().addListener(over -> open.remove(channel));
        channel.pipeline()
                .addLast(new IdleStateHandler(0, 0, IDLE_S))
                .addLast(new HttpServerCodec(MOST_LINE, MOST_HEADERS, MOST_BODY))
                .addLast(new HttpObjectAggregator(MOST_BODY, true))
                .addLast(new Answering());
    }

    private FullHttpResponse answer(FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            return response(HttpResponseStatus.BAD_REQUEST, "this is no request\n");
        }
        if (!request.uri().replaceFirst("\\?.*", "").equals("/metrics")) {
            return response(HttpResponseStatus.NOT_FOUND, "there is /metrics\n");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return response(HttpResponseStatus.METHOD_NOT_ALLOWED, "nothing can be set here\n");
        }
        try {
            final FullHttpResponse response = response(HttpResponseStatus.OK, figures.text());
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, Figures.CONTENT_TYPE);
            failing = false;
            return response;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("the figures could not be told", e);
            }
            failing = true;
            return response(HttpResponseStatus.INTERNAL_SERVER_ERROR, "see the log\n");
        }
    }

    private static FullHttpResponse response(HttpResponseStatus status, String text) {
        final FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    @Override
    public void close() {
        thread.submit(() -> {
                    if (listener != null) {
                        listener.close();
                    }
                    List.copyOf(open).forEach(Channel::close);
                })
                .awaitUninterruptibly(STOP_MS);
        thread.shutdownGracefully(20, STOP_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(STOP_MS);
        figures.close();
    }

    /** One connection: one answer after the other, and its end when it is quiet or broken. */
    private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            final FullHttpResponse response = answer(request);
            final boolean again = response.status().equals(HttpResponseStatus.OK)
                    && io.netty.handler.codec.http.HttpUtil.isKeepAlive(request);
            final var written = context.writeAndFlush(response);
            if (!again) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.close(); // quiet for too long
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
