package org.tandemgw.gateway.feed;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/**
 * One line of the kernel's table of TCP sockets ({@code /proc/net/tcp}, {@code tcp6}), as far as we need it. Reused from line to line; pure, one
 * thread. An IPv4 address is the same as its mapped IPv6 one, for sockets of Java are usually of the second kind.
 *
 * <pre>
 *   sl  local_address rem_address   st tx_queue:rx_queue tr:tm-&gt;when retrnsmt  uid timeout inode ...
 *    1: 0100007F:1B59 0100007F:BC8C 01 003F8800:00000000 01:00000000 00000000    0       0 570246 ...
 * </pre>
 */
final class TcpTableLine {
    private static final int ESTABLISHED = 0x01;
    /** The peer will send nothing more, and may still read. */
    private static final int CLOSE_WAIT = 0x08;

    private static final long MAPPED = 0xffffL << 32;
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private byte[] line;
    private int at;
    private int end;

    private long localHigh;
    private long localLow;
    private long localPort;
    private long remoteHigh;
    private long remoteLow;
    private long remotePort;
    private long unacknowledged;
    private long inode;

    private long high;
    private long low;

    /** One end of a connection, in the form that lines are compared with. */
    record End(long high, long low, int port) {
        static End of(InetSocketAddress address) {
            final InetAddress ip = address.getAddress();
            final byte[] bytes = ip.getAddress();
            long high = 0;
            long low = bytes.length == 4 ? MAPPED >>> 32 : 0;
            for (int i = 0; i < bytes.length; i++) {
                high = bytes.length == 16 && i < 8 ? high << 8 | bytes[i] & 0xff : high;
                low = bytes.length == 4 || i >= 8 ? low << 8 | bytes[i] & 0xff : low;
            }
            return new End(high, low, address.getPort());
        }
    }

    /** True if the line shows a living connection with an owner; then the other methods tell about it. */
    boolean parse(byte[] bytes, int offset, int length) {
        line = bytes;
        at = offset;
        end = offset + length;
        if (field() < 0 || !address()) {
            return false;
        }
        localHigh = high;
        localLow = low;
        localPort = hex();
        if (localPort < 0 || !address()) {
            return false;
        }
        remoteHigh = high;
        remoteLow = low;
        remotePort = hex();
        blanks();
        final long state = hex();
        if (remotePort < 0 || state != ESTABLISHED && state != CLOSE_WAIT) {
            return false;
        }
        blanks();
        unacknowledged = hex();
        final boolean whole = unacknowledged >= 0 && field() >= 0; // rx_queue
        for (int i = 0; i < 4; i++) {
            field(); // tr:tm->when, retrnsmt, uid, timeout
        }
        blanks();
        inode = decimal();
        return whole && inode > 0;
    }

    boolean isBetween(End local, End remote) {
        return localPort == local.port()
                && remotePort == remote.port()
                && localLow == local.low()
                && remoteLow == remote.low()
                && localHigh == local.high()
                && remoteHigh == remote.high();
    }

    /** Bytes that the socket took and that the peer has not acknowledged. */
    long unacknowledged() {
        return unacknowledged;
    }

    /** The socket's own number: another socket with the same addresses has another one. */
    long inode() {
        return inode;
    }

    private void blanks() {
        while (at < end && line[at] == ' ') {
            at++;
        }
    }

    /** Skips a field; -1 if there is none. */
    private int field() {
        blanks();
        final int from = at;
        while (at < end && line[at] != ' ') {
            at++;
        }
        return at > from ? at : -1;
    }

    /** Words of 32 bits in the order of the network, each printed as a number of this machine; ends behind the colon. */
    private boolean address() {
        blanks();
        final int from = at;
        while (at < end && line[at] != ':') {
            at++;
        }
        final int digits = at - from;
        if (at == end || digits != 8 && digits != 32) {
            return false;
        }
        high = digits == 8 ? 0 : (long) word(from) << 32 | word(from + 8) & 0xffffffffL;
        low = digits == 8
                ? MAPPED | word(from) & 0xffffffffL
                : (long) word(from + 16) << 32 | word(from + 24) & 0xffffffffL;
        at++;
        return true;
    }

    private int word(int from) {
        int value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 4 | Math.max(0, Character.digit(line[i], 16));
        }
        return LITTLE ? Integer.reverseBytes(value) : value;
    }

    /** A number of hexadecimal digits, and what ends it; -1 if there is none. */
    private long hex() {
        final int from = at;
        long value = 0;
        while (at < end && Character.digit(line[at], 16) >= 0) {
            value = value << 4 | Character.digit(line[at++], 16);
        }
        final boolean found = at > from;
        at = Math.min(end, at + 1);
        return found ? value : -1;
    }

    private long decimal() {
        final int from = at;
        long value = 0;
        while (at < end && line[at] >= '0' && line[at] <= '9') {
            value = value * 10 + line[at++] - '0';
        }
        return at > from ? value : -1;
    }
}
