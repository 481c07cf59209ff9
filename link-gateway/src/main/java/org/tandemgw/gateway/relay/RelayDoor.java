package org.tandemgw.gateway.relay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a leg awaits its server. An address or a port that cannot be had is tried again and again. The ACD's thread, but for the queries. */
final class RelayDoor {
    private static final Logger LOG = LoggerFactory.getLogger(RelayDoor.class);
    private static final int BACKLOG = 16;

    private final String name;
    private final RelaySettings settings;
    private final EventLoop loop;
    private final Consumer<SocketChannel> came;
    private ScheduledFuture<?> again;
    private boolean open;

    private volatile Channel listening;
    private volatile String trouble = "";
    private volatile boolean addressMissing;
    private volatile long refused;

    /** @param came is given who may come in; nothing is read from him yet */
    RelayDoor(String name, RelaySettings settings, EventLoop loop, Consumer<SocketChannel> came) {
        this.name = name;
        this.settings = settings;
        this.loop = loop;
        this.came = came;
    }

    void open() {
        open = true;
        listen();
    }

    void close() {
        open = false;
        trouble = "";
        if (again != null) {
            again.cancel(false);
        }
        if (listening != null) {
            listening.close();
            listening = null;
        }
    }

    private void listen() {
        final ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop, loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel channel) {
                        RelaySockets.prepare(channel);
                        accept(channel);
                    }
                });
        bootstrap.bind(settings.listen()).addListener((ChannelFuture bound) -> {
            if (!open) {
                bound.channel().close();
            } else if (bound.isSuccess()) {
                listening = bound.channel();
                trouble = "";
                LOG.info("{} awaits {} on {}", name, settings.server(), listening.localAddress());
            } else {
                cannotListen(bound.cause());
            }
        });
    }

    private void cannotListen(Throwable cause) {
        final String text = settings.listen() + ": " + RelaySockets.text(cause);
        addressMissing = RelaySockets.isAddressMissing(cause);
        if (!text.equals(trouble)) {
            LOG.warn("{} cannot await {} at {}", name, settings.server(), text);
        }
        trouble = text;
        again = loop.schedule(
                () -> {
                    if (open) {
                        listen();
                    }
                },
                settings.times().listenAgainMs(),
                TimeUnit.MILLISECONDS);
    }

    private void accept(SocketChannel channel) {
        final InetAddress from = channel.remoteAddress().getAddress();
        if (open && settings.mayDial().test(from)) {
            came.accept(channel);
            return;
        }
        refused = refused + 1;
        if (refused == 1 || refused % 1_000 == 0) {
            LOG.warn(
                    "{}: refused a connection from {}, which 'allow' does not name; {} in all",
                    name,
                    from.getHostAddress(),
                    refused);
        }
        channel.close();
    }

    // --- queries; any thread ---

    /** The port on which it really listens; 0 if it does not. */
    int port() {
        final Channel channel = listening;
        return channel == null ? 0 : ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Why it does not listen though it should; empty if it does. */
    String trouble() {
        return trouble;
    }

    /** The address is not on this machine; else the port is somebody else's. */
    boolean isAddressMissing() {
        return !trouble.isEmpty() && addressMissing;
    }

    long refused() {
        return refused;
    }
}
