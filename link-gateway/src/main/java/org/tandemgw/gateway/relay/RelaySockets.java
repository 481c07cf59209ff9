package org.tandemgw.gateway.relay;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import jdk.net.ExtendedSocketOptions;

/** How the sockets of a relay are set, and what their errors say. */
final class RelaySockets {
    private static final int LOW_MARK_BYTES = 64 << 10;
    private static final int HIGH_MARK_BYTES = 192 << 10;
    private static final int SMALLEST_READ_BYTES = 64;
    private static final int FIRST_READ_BYTES = 2 << 10;
    private static final int LARGEST_READ_BYTES = 32 << 10;

    private RelaySockets() {}

    /** Half of it may close, and a write that fails leaves what can still be read. */
    static void prepare(SocketChannel channel) {
        channel.config()
                .setAllowHalfClosure(true)
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setAutoClose(false)
                .setAllocator(PooledByteBufAllocator.DEFAULT)
                .setRecvByteBufAllocator(
                        new AdaptiveRecvByteBufAllocator(SMALLEST_READ_BYTES, FIRST_READ_BYTES, LARGEST_READ_BYTES))
                .setWriteBufferWaterMark(new WriteBufferWaterMark(LOW_MARK_BYTES, HIGH_MARK_BYTES));
        // Eleven seconds until the kernel finds out that a silent peer is gone.
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), 5);
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), 2);
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), 3);
    }

    static String text(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    static boolean isAddressMissing(Throwable cause) {
        return text(cause).contains("Cannot assign");
    }
}
