package org.tandemgw.gateway.feed;

import io.netty.channel.socket.SocketChannel;
import java.util.List;
import org.tandemgw.gateway.time.RecordClock;

/**
 * Seats who has been let in, and carries what happens on connections to the cursors and to {@link FeedEvents}, whatever the protocol. The feed's thread only.
 */
final class FeedDesk {
    /** Files go one by one, far more slowly than logins are answered: a login does not meet two that go. */
    static final int LOOKS = 3;

    private FeedSettings settings;
    private final List<ServerFeed> feeds;
    private final Visitors visitors;
    private final RecordClock clock;
    private final FeedEvents events;

    FeedDesk(FeedSettings settings, List<ServerFeed> feeds, Visitors visitors, RecordClock clock, FeedEvents events) {
        this.settings = settings;
        this.feeds = feeds;
        this.visitors = visitors;
        this.clock = clock;
        this.events = events;
    }

    FeedSettings settings() {
        return settings;
    }

    /** Who comes from now on finds these. */
    void follow(FeedSettings next) {
        settings = next;
    }

    FeedLimits limits() {
        return settings.limits();
    }

    List<ServerFeed> feeds() {
        return feeds;
    }

    FeedEvents events() {
        return events;
    }

    long nowNs() {
        return clock.nanoTime();
    }

    long utcNs() {
        return clock.utcNs();
    }

    /** A good login takes its seat. {@code says}: false if it claims nothing about what it has. */
    void seat(FeedConnection connection, Granted granted, boolean says) {
        visitors.seat(connection, granted, says);
    }

    /** A good login that wants no seat yet. */
    void visits(FeedConnection connection) {
        visitors.visits(connection);
    }

    /** The session of a connection that has been seated. */
    FeedSession begin(FeedConnection connection, SessionForm form) {
        final Granted granted = connection.granted();
        return new FeedSession(
                connection.channel(),
                granted.reader(),
                granted.start(),
                granted.observer() ? null : granted.feed(),
                granted.observer() ? null : ledger(granted, connection.channel()),
                catchUp(granted),
                form,
                settings.limits(),
                clock,
                connection::failed,
                connection::lostItsPlace,
                connection::broken);
    }

    /** How fast who is behind may be filled; null: as fast as he takes it. */
    CatchUpLimit catchUp(Granted granted) {
        final long perSecond = settings.limits().catchUpPerSecond();
        return perSecond == 0 ? null : new CatchUpLimit(perSecond, granted.journal()::readable, clock.nanoTime());
    }

    /** Null if the connection has ended already. */
    private static SendLedger ledger(Granted granted, SocketChannel channel) {
        if (channel.localAddress() == null || channel.remoteAddress() == null) {
            return null;
        }
        final SendLedger ledger = new SendLedger(channel.localAddress(), channel.remoteAddress(), granted.start());
        granted.feed().follow(ledger);
        return ledger;
    }

    /** What a session would have sent next, from {@code next} on, is no longer kept. Says so to the house; returns what to say to the client. */
    String lost(Granted granted, long next) {
        final long oldest = granted.journal().oldest();
        final String text = noLongerKept(next, granted.journal().session(), oldest);
        if (!granted.observer()) {
            events.serverLost(settings.server(), granted.journal().acd(), next, oldest - 1);
        }
        return text;
    }

    static String noLongerKept(long from, String session, long oldest) {
        return "sequences " + from + " to " + (oldest - 1) + " of " + session + " are no longer kept; the oldest is "
                + oldest;
    }

    /** {@code why} in a sentence, for status and log. */
    void refused(ServerFeed feed, FeedConnection connection, String why) {
        feed.refused(why + " (from " + connection.peer() + ")");
    }

    /** {@code granted} is null before the login: then it counts at the first ACD. */
    void badPacket(Granted granted) {
        (granted == null ? feeds.get(0) : granted.feed()).badPacket();
    }

    void tooLate() {
        visitors.tooLate();
    }

    void failed(Throwable cause) {
        visitors.failed(cause);
    }

    void closed(FeedConnection connection, String why) {
        visitors.closed(connection, why);
    }
}
