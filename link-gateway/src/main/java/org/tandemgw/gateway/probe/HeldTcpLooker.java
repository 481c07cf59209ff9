package org.tandemgw.gateway.probe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * Opens a connection at each look, as {@link TcpLooker} does, and keeps one of them: the loss of that one tells of a restart that falls between two looks. Its
 * number is the service's identity. On the loop.
 */
final class HeldTcpLooker implements Looker {
    /** What is read between two looks; more stays in the kernel, and with the sender. */
    private static final int MOST_BYTES = 64 << 10;

    /** A service that ends each connection at once is not looked at in circles. */
    private static final long SETTLED_NS = TimeUnit.SECONDS.toNanos(1);

    private final HostNames names;
    private final HostPort address;
    private final Clock clock;
    private final Runnable lost;
    private Channel held;
    private long heldSinceNs;
    private int number;
    private int readBytes;

    /**
     * Keeps nothing before the first look.
     *
     * @param lost called when the kept connection is lost after a while: time to look
     */
    HeldTcpLooker(HostNames names, HostPort address, Clock clock, Runnable lost) {
        this.names = names;
        this.address = address;
        this.clock = clock;
        this.lost = lost;
    }

    @Override
    public void look(Attempt attempt) {
        if (held != null) {
            readBytes = 0;
            held.config().setAutoRead(true);
        }
        names.find(
                address.host(),
                attempt,
                host -> TcpDial.connect(
                        attempt, host, address.port(), new Keeper(), channel -> connected(attempt, channel)));
    }

    private void connected(Attempt attempt, Channel channel) {
        if (held == null) {
            attempt.atTheEnd(() -> {});
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
            held = channel;
            heldSinceNs = clock.nanoTime();
            readBytes = 0;
            number++;
        }
        attempt.over(Sight.ANSWERED, "connected; connection " + number + " is kept", new Told("c" + number, null));
    }

    private void lost(Channel channel) {
        if (channel == held) {
            held = null;
            if (clock.nanoTime() - heldSinceNs > SETTLED_NS) {
                lost.run();
            }
        }
    }

    @Override
    public void close() {
        final Channel closing = held;
        held = null;
        if (closing != null) {
            closing.close();
        }
    }

    /** What the service says is of no interest; that it ends is. */
    private final class Keeper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            final ByteBuf bytes = (ByteBuf) message;
            if (context.channel() == held) {
                readBytes += bytes.readableBytes();
                if (readBytes > MOST_BYTES) {
                    context.channel().config().setAutoRead(false);
                }
            }
            bytes.release();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // reset: channelInactive follows
        }
    }
}
