package org.tandemgw.gateway.feed;

import java.io.IOException;
import java.net.InetSocketAddress;

/** What the kernel knows of one connection of this machine. Any thread, each its own. */
public final class TcpPeer {
    private final TcpTables tables = new TcpTables();
    private long unacknowledged;

    /**
     * Bytes that the socket took and that the peer has not acknowledged; -1 if there is no such living connection.
     *
     * @throws IOException if the kernel does not tell
     */
    public long unacknowledged(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        final TcpTableLine.End here = TcpTableLine.End.of(local);
        final TcpTableLine.End there = TcpTableLine.End.of(remote);
        unacknowledged = -1;
        tables.read(line -> {
            final boolean found = line.isBetween(here, there);
            unacknowledged = found ? line.unacknowledged() : unacknowledged;
            return !found;
        });
        return unacknowledged;
    }
}
