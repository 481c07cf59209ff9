package org.tandemgw.gateway.net;

import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;

/**
 * The byte of a packet's head that networks sort by: type of service of IPv4, traffic class of IPv6. Java's usual socket speaks both, and of a TCP socket of that kind
 * only packets of IPv6 are marked; so whoever marks what goes to an IPv4 address needs a socket that knows nothing else. Any thread.
 */
public final class Marking {
    /** The two lower bits belong to the kernel. */
    private static final int ECN_BITS = 2;

    private Marking() {}

    /**
     * As an option of a bootstrap.
     *
     * @param dscp 0 to 63 (RFC 2474)
     * @return null for 0: the option is left alone
     */
    public static Integer option(int dscp) {
        return dscp == 0 ? null : dscp << ECN_BITS;
    }

    /** What a connection to this address is made of. */
    public static ChannelFactory<NioSocketChannel> dialling(int dscp, InetAddress to) {
        return isOld(dscp, to)
                ? () -> new NioSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET)
                : NioSocketChannel::new;
    }

    /** What listens at this address: whom it accepts is of its kind. */
    public static ChannelFactory<NioServerSocketChannel> listening(int dscp, InetAddress at) {
        return isOld(dscp, at)
                ? () -> new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET)
                : NioServerSocketChannel::new;
    }

    private static boolean isOld(int dscp, InetAddress address) {
        return dscp != 0 && address instanceof Inet4Address;
    }
}
