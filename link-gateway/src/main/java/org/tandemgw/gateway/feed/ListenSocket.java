package org.tandemgw.gateway.feed;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.feed.FeedServerStatus.Listening;

/**
 * The socket that a feed server listens on. An address that is not on this machine yet is tried again and again; a port that cannot be had is the
 * caller's business at the start, and tried again later.
 */
final class ListenSocket implements FeedDoor {
    private final ServerBootstrap bootstrap;
    private final InetSocketAddress address;
    private final int retryMs;

    private volatile Listening state = Listening.NO;
    private volatile Channel channel;

    ListenSocket(ServerBootstrap bootstrap, InetSocketAddress address, int retryMs) {
        this.bootstrap = bootstrap;
        this.address = address;
        this.retryMs = retryMs;
    }

    @Override
    public Listening state() {
        return state;
    }

    @Override
    public InetSocketAddress boundTo() {
        final Channel bound = channel;
        return bound == null ? null : (InetSocketAddress) bound.localAddress();
    }

    @Override
    public void open() throws BindException {
        final ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (bound.isSuccess()) {
            opened(bound.channel());
            return;
        }
        missed(bindAnyPort().awaitUninterruptibly());
        if (state == Listening.PORT_IN_USE) {
            throw new BindException(
                    "cannot listen at " + address + ": " + bound.cause().getMessage());
        }
        retryLater();
    }

    @Override
    public void close() {
        state = Listening.CLOSED;
        if (channel != null) {
            channel.close();
        }
    }

    private void retryLater() {
        if (state != Listening.CLOSED) {
            bootstrap.config().group().schedule(this::retry, retryMs, TimeUnit.MILLISECONDS);
        }
    }

    private void retry() {
        if (state == Listening.CLOSED) {
            return;
        }
        bootstrap.bind(address).addListener((ChannelFuture bound) -> {
            if (bound.isSuccess()) {
                opened(bound.channel());
            } else {
                bindAnyPort().addListener((ChannelFuture anyPort) -> {
                    missed(anyPort);
                    retryLater();
                });
            }
        });
    }

    private ChannelFuture bindAnyPort() {
        return bootstrap.bind(new InetSocketAddress(address.getAddress(), 0));
    }

    private void opened(Channel bound) {
        if (state == Listening.CLOSED) {
            bound.close();
            return;
        }
        channel = bound;
        state = Listening.YES;
    }

    /** The port could not be had. If another one at this address can, the address is there. */
    private void missed(ChannelFuture anyPort) {
        if (state != Listening.CLOSED) {
            state = anyPort.isSuccess() ? Listening.PORT_IN_USE : Listening.ADDRESS_MISSING;
        }
        if (anyPort.isSuccess()) {
            anyPort.channel().close();
        }
    }
}
