package org.tandemgw.gateway.probe;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.net.Marking;

/** Opens the connection of one look. On the loop. */
final class TcpDial {
    /** Beyond any limit of a look: that belongs to the attempt. */
    private static final int NEVER_MS = 600_000;

    private TcpDial() {}

    /** Connects; the attempt closes the channel when it is over, however it ends, and ends if there is no connection. */
    static void connect(
            Attempt attempt, InetAddress host, int port, ChannelHandler handler, Consumer<Channel> connected) {
        final InetSocketAddress to = new InetSocketAddress(host, port);
        final ChannelFuture connecting = new Bootstrap()
                .group(attempt.loop())
                .channelFactory(Marking.dialling(attempt.dscp(), host))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.IP_TOS, Marking.option(attempt.dscp()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, NEVER_MS)
                .handler(handler)
                .connect(to);
        attempt.atTheEnd(() -> connecting.channel().close());
        connecting.addListener((ChannelFuture done) -> {
            final Channel channel = done.channel();
            if (attempt.isOver()) {
                channel.close();
            } else if (!done.isSuccess()) {
                attempt.failed(done.cause());
            } else if (to.equals(channel.localAddress())) {
                // Nobody listens, and by chance the kernel has connected the port to itself.
                attempt.over(Sight.REFUSED, "connection refused");
            } else {
                connected.accept(channel);
            }
        });
    }
}
