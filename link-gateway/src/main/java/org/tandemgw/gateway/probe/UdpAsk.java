package org.tandemgw.gateway.probe;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.net.Marking;

/**
 * Asks by datagrams: the same question again while there is no answer, since a datagram may be lost, and at most so many answers that are none. The socket is connected, so that
 * only the one who is asked is heard, and a port where nobody listens is told as a refusal. On the loop.
 */
final class UdpAsk extends SimpleChannelInboundHandler<DatagramPacket> {
    /** RFC 3261 calls it T1. */
    private static final long FIRST_REPEAT_MS = 500;

    private static final long SLOWEST_REPEAT_MS = 4_000;
    private static final int DATAGRAM_BYTES = 16 << 10;
    private static final int MOST_STRANGE = 100;

    private final Attempt attempt;
    private final Consumer<byte[]> heard;
    private int strange;

    private UdpAsk(Attempt attempt, Consumer<byte[]> heard) {
        this.attempt = attempt;
        this.heard = heard;
    }

    /**
     * Asks.
     *
     * @param question made from our own address
     * @param heard gets each datagram that comes, and ends the attempt with the right one
     */
    static void ask(
            Attempt attempt,
            InetAddress host,
            int port,
            Function<InetSocketAddress, byte[]> question,
            Consumer<byte[]> heard) {
        final ChannelFuture connecting = new Bootstrap()
                .group(attempt.loop())
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.IP_TOS, Marking.option(attempt.dscp()))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES))
                .handler(new UdpAsk(attempt, heard))
                .connect(new InetSocketAddress(host, port));
        attempt.atTheEnd(() -> connecting.channel().close());
        connecting.addListener((ChannelFuture done) -> {
            if (attempt.isOver()) {
                done.channel().close();
            } else if (done.isSuccess()) {
                final Channel channel = done.channel();
                send(
                        attempt,
                        channel,
                        question.apply((InetSocketAddress) channel.localAddress()),
                        firstRepeat(attempt));
            } else {
                attempt.failed(done.cause());
            }
        });
    }

    /** Earlier than the standard has it where the time allows no repeat otherwise. */
    private static long firstRepeat(Attempt attempt) {
        return Math.min(FIRST_REPEAT_MS, Math.max(50, attempt.timeoutMs() / 3));
    }

    private static void send(Attempt attempt, Channel channel, byte[] question, long againMs) {
        if (attempt.isOver()) {
            return;
        }
        channel.writeAndFlush(Unpooled.wrappedBuffer(question)).addListener(written -> {
            if (!written.isSuccess()) {
                attempt.failed(written.cause());
            }
        });
        attempt.loop()
                .schedule(
                        () -> send(attempt, channel, question, Math.min(2 * againMs, SLOWEST_REPEAT_MS)),
                        againMs,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        if (attempt.isOver()) {
            return;
        }
        heard.accept(ByteBufUtil.getBytes(packet.content()));
        if (!attempt.isOver()) {
            attempt.meanwhile("answers, but not to what was asked");
            if (++strange >= MOST_STRANGE) {
                attempt.over(Sight.WRONG, "sends " + strange + " datagrams that answer nothing that was asked");
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        attempt.failed(cause);
    }
}
