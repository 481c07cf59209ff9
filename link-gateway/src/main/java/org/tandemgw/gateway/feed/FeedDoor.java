package org.tandemgw.gateway.feed;

import java.net.BindException;
import java.net.InetSocketAddress;
import org.tandemgw.gateway.feed.FeedServerStatus.Listening;

/** How a feed server and its server come together: one of them dials. */
interface FeedDoor {
    /** Any thread. */
    Listening state();

    /** Where it listens, or null while it does not. Any thread. */
    InetSocketAddress boundTo();

    /** Tries once, from outside the loop; goes on trying if the other side is not there. */
    void open() throws BindException;

    /** On the loop. */
    void close();
}
