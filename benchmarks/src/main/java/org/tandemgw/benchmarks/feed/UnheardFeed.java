package org.tandemgw.benchmarks.feed;

import org.tandemgw.gateway.feed.FeedEvents;

/** A feed of which nobody wants to hear, in a benchmark. */
public final class UnheardFeed implements FeedEvents {
    @Override
    public void loggedIn(String server, String acd, String peer, long start) {}

    @Override
    public void ended(String server, String acd, String why) {}

    @Override
    public void serverLost(String server, String acd, long from, long to) {}

    @Override
    public void serverAhead(String server, String acd, String what) {}

    @Override
    public void serverDiffers(String server, String acd, long through, String theirs, String ours) {}

    @Override
    public void replaced(String server, String acd, String oldPeer, String newPeer) {}
}
