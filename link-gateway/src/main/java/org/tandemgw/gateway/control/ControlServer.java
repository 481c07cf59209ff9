package org.tandemgw.gateway.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.time.Clock;

/**
 * Serves {@link GatewayControl} as HTTP and JSON on the Unix domain socket {@code data/tandem.sock}: the rights of that file are the right to operate. Two
 * threads of its own: {@code tandem-control} moves bytes, {@code tandem-operator} calls the gateway. Everything a client can make it hold is bounded:
 * connections, request size, waiting requests, and the time for each.
 */
public final class ControlServer implements AutoCloseable {
    /** The socket's name below {@code data}. */
    public static final String SOCKET = "tandem.sock";

    private static final int MAX_LINE_BYTES = 2_048;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int MAX_BODY_BYTES = 16_384;
    private static final int BACKLOG = 128;
    private static final int QUIET_MS = 20;
    private static final int STOP_MS = 1_000;

    /**
     * What happened since the start.
     *
     * @param crowdedOut closed because there were too many
     * @param timedOut closed because they took too long
     * @param refused requests that could not be read, or came while too many were waiting
     * @param failed connections that broke
     */
    public record Counters(int open, long accepted, long crowdedOut, long timedOut, long refused, long failed) {}

    private final Path socket;
    private final ControlConnections connections = new ControlConnections();
    private final EventLoopGroup controlThread;
    private final ThreadPoolExecutor operatorThread;
    private final AuditFile audit;
    private final ControlApi api;
    private Channel listener;

    private ControlServer(Path data, GatewayControl control, Clock clock) {
        socket = data.resolve(SOCKET);
        audit = new AuditFile(data.resolve(AuditFile.NAME), clock);
        api = new ControlApi(control, audit);
        controlThread = new MultiThreadIoEventLoopGroup(1, threads("tandem-control"), NioIoHandler.newFactory());
        operatorThread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(ControlConnections.MAX_OPEN),
                threads("tandem-operator"));
    }

    private static ThreadFactory threads(String name) {
        return work -> {
            final Thread thread = new FastThreadLocalThread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Begins to serve.
     *
     * @throws IOException if another gateway answers there, or the socket cannot be made; the message is for the operator
     */
    public static ControlServer start(Path data, GatewayControl control, Clock clock) throws IOException {
        final ControlServer server = new ControlServer(data, control, clock);
        try {
            server.listen();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private void listen() throws IOException {
        ControlSocket.makeRoom(socket);
        final ServerBootstrap bootstrap = new ServerBootstrap()
                .group(controlThread)
                .channel(NioServerDomainSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        final ControlConnection connection = new ControlConnection(api, operatorThread, connections);
                        channel.pipeline()
                                .addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, MAX_BODY_BYTES))
                                .addLast(new BodyLimit(connection))
                                .addLast(connection);
                    }
                });
        final var bound = bootstrap.bind(UnixDomainSocketAddress.of(socket)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen at " + socket + ": " + bound.cause().getMessage(), bound.cause());
        }
        listener = bound.channel();
        ControlSocket.protect(socket);
    }

    /** What happened since the start. Any thread. */
    public Counters counters() {
        return connections.counters();
    }

    @Override
    public void close() throws IOException {
        if (listener != null) {
            listener.close().awaitUninterruptibly();
            ControlSocket.remove(socket);
        }
        operatorThread.shutdown();
        controlThread.submit(connections::closeAll).awaitUninterruptibly(1, TimeUnit.SECONDS);
        // A quiet time above 0, so that closed connections give back the bytes that they hold.
        controlThread
                .shutdownGracefully(QUIET_MS, STOP_MS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(STOP_MS, TimeUnit.MILLISECONDS);
        audit.close();
    }

    /** Too large a body is answered like every other mistake: in JSON. */
    private final class BodyLimit extends HttpObjectAggregator {
        private final ControlConnection connection;

        BodyLimit(ControlConnection connection) {
            super(MAX_BODY_BYTES, true);
            this.connection = connection;
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
            connections.refused();
            connection.reply(
                    ctx, ControlApi.error(413, "the request is larger than " + MAX_BODY_BYTES + " bytes", null));
        }
    }
}
