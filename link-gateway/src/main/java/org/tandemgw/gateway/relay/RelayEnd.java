package org.tandemgw.gateway.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One of the two sockets of a relayed leg: the thin part around the channel. The ACD's thread. */
final class RelayEnd extends ChannelInboundHandlerAdapter {
    /** Beside what it holds, a buffer may be this much larger than that; else a slow reader would have us keep mostly air. */
    private static final int AIR_BYTES = 1_024;

    /** Whom it tells. */
    interface Owner {
        /** Bytes have come: the owner has to release them. */
        void read(RelayEnd end, ByteBuf bytes);

        /** All that the socket held has been read for now. */
        void readComplete(RelayEnd end);

        /** It takes more, or it does not. */
        void writability(RelayEnd end);

        /** Nothing more will come from it. */
        void ended(RelayEnd end, String why);

        /** A promise of our own is broken. */
        void failed(Throwable cause);
    }

    private final SocketChannel channel;
    private final String name;
    private final int direction;

    private Owner owner;
    private boolean inputEnded;
    private boolean outputEnded;
    private String fault;
    private ByteBuf kept;

    /** @param name who is at the other end, for people */
    RelayEnd(SocketChannel channel, String name, int direction, Owner owner) {
        this.channel = channel;
        this.name = name;
        this.direction = direction;
        this.owner = owner;
        channel.pipeline().addLast(this);
    }

    void ownedBy(Owner next) {
        owner = next;
    }

    String name() {
        return name;
    }

    /** That of what comes from it. */
    int direction() {
        return direction;
    }

    boolean inputHasEnded() {
        return inputEnded;
    }

    /** What has come from it and could not pass yet; it is not read meanwhile. Null: nothing. */
    ByteBuf kept() {
        return kept;
    }

    void keep(ByteBuf bytes) {
        kept = bytes;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void read(boolean on) {
        channel.config().setAutoRead(on);
    }

    /** Sends it, at the latest with the next {@link #flush}; what it cannot take any more is gone. Returns whether it could. */
    boolean write(ByteBuf bytes) {
        if (outputEnded) {
            bytes.release();
            return false;
        }
        channel.write(fitting(bytes), channel.voidPromise());
        return true;
    }

    private ByteBuf fitting(ByteBuf bytes) {
        final int length = bytes.readableBytes();
        if (bytes.capacity() <= 2 * length + AIR_BYTES) {
            return bytes;
        }
        final ByteBuf tight = channel.alloc().directBuffer(length, length).writeBytes(bytes);
        bytes.release();
        return tight;
    }

    void flush() {
        channel.flush();
    }

    /** Shows it that there is no more, once it has taken everything before. {@code then} runs in any case. */
    void end(Runnable then) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            outputEnded = true;
            if (written.isSuccess() && channel.isActive()) {
                channel.shutdownOutput().addListener(done -> then.run());
            } else {
                then.run();
            }
        });
    }

    void close() {
        inputEnded = true;
        outputEnded = true;
        if (kept != null) {
            kept.release();
            kept = null;
        }
        channel.close();
    }

    String peer() {
        final InetSocketAddress remote = channel.remoteAddress();
        return remote == null || remote.getAddress() == null
                ? null
                : remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        owner.read(this, (ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        owner.readComplete(this);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        owner.writability(this);
    }

    /** The last bytes have been read: an orderly end, or what was left behind by a broken connection. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnds();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        outputEnded = true;
        inputEnds();
    }

    /** A write that fails ends what it may be sent, not what it has sent: that can still be read, and its own end comes behind it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            owner.failed(cause);
            return;
        }
        if (!outputEnded) {
            fault = name + ": " + cause.getMessage();
        }
        outputEnded = true;
    }

    private void inputEnds() {
        if (!inputEnded) {
            inputEnded = true;
            read(false); // an end is readable for ever
            owner.ended(this, fault == null ? "closed by " + name : fault);
        }
    }
}
