package org.tandemgw.abswitch.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.spi.SelectorProvider;
import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.PathEnd;
import org.tandemgw.abswitch.PathEvents;
import org.tandemgw.abswitch.PathKind;

/** A box on TCP. Events come from the event loop. One frame is one write, and nothing waits to be joined by more. */
public final class TcpPath implements BoxPath {
    /** The two lower bits of the byte are not ours. */
    private static final int ECN_BITS = 2;

    private final EventLoopGroup loops;
    private final InetSocketAddress address;
    private final int dscp;
    private Channel channel;
    private Telling telling;

    /**
     * For one box.
     *
     * @param loops whose first free loop carries the connection; not closed here
     * @param address of the box; if it is a name, the loop asks for it at each opening
     */
    public TcpPath(EventLoopGroup loops, InetSocketAddress address) {
        this(loops, address, 0);
    }

    /**
     * The same, with marked packets. Of a socket that speaks IPv4 and IPv6, Java marks what goes by IPv6 alone: so to an address of IPv4 one is used that
     * speaks nothing else.
     *
     * @param address in numbers, if it is to be marked
     * @param dscp 0 to 63 (RFC 2474); 0: not marked
     */
    public TcpPath(EventLoopGroup loops, InetSocketAddress address, int dscp) {
        this.loops = loops;
        this.address = address;
        this.dscp = dscp;
    }

    @Override
    public String describe() {
        return "tcp " + address.getHostString() + ":" + address.getPort();
    }

    @Override
    public PathKind kind() {
        return PathKind.TCP;
    }

    @Override
    public void open(PathEvents events) {
        final Telling told = new Telling(events);
        final ChannelFuture connecting = new Bootstrap()
                .group(loops)
                .channelFactory(
                        dscp != 0 && NetUtil.isValidIpV4Address(address.getHostString())
                                ? () -> new NioSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET)
                                : NioSocketChannel::new)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.IP_TOS, dscp == 0 ? null : dscp << ECN_BITS)
                .handler(new Receiver(told))
                .connect(address);
        telling = told;
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                told.ended(refusal(done.cause()), said(done.cause()));
            }
        });
    }

    private static PathEnd refusal(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return PathEnd.TIMED_OUT;
        }
        return cause instanceof ConnectException ? PathEnd.REFUSED : PathEnd.FAILED;
    }

    /** Without the address that the library adds. */
    private static String said(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "its name is not known";
        }
        final String message = String.valueOf(cause.getMessage());
        final int address = message.indexOf(": ");
        return "no connection: " + (address < 0 ? message : message.substring(0, address));
    }

    @Override
    public void send(byte[] bytes) {
        final Telling told = telling;
        told.asked();
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(written -> {
            if (written.isSuccess()) {
                told.sent();
            }
        });
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.close();
        }
    }

    private static final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {
        private final Telling told;

        private Receiver(Telling told) {
            this.told = told;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            told.opened();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            if (!told.received(ByteBufUtil.getBytes(bytes))) {
                context.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            told.ended(PathEnd.CLOSED_BY_PEER, "the box closed the connection");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            told.ended(
                    cause instanceof IOException ? PathEnd.RESET : PathEnd.FAILED,
                    "the connection broke: " + cause.getMessage());
            context.close();
        }
    }
}
