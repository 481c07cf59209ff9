package org.tandemgw.gateway.feed;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who is connected to one feed server: strangers in one {@link WaitingRoom}, those who have proved themselves and only ask in another, and one living connection
 * per user and ACD, of which the newest wins. Keeps their time and wakes them. The feed's thread only, but for the counters.
 */
final class Visitors {
    private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);
    private static final String CHANGED = "its user or password was changed in the configuration";

    private final String server;
    private final FeedEvents events;
    private final WaitingRoom room;
    private final WaitingRoom asking;
    private final Set<FeedConnection> connections = new HashSet<>();
    private final Map<String, FeedConnection> living = new HashMap<>();

    private volatile int waiting;
    private volatile long pushedOut;
    private volatile long tooLate;

    Visitors(String server, int waitingLimit, FeedEvents events) {
        this.server = server;
        this.room = new WaitingRoom(waitingLimit);
        this.asking = new WaitingRoom(waitingLimit);
        this.events = events;
    }

    /** A new connection takes its seat; the oldest stranger may lose his. */
    void enter(FeedConnection connection) {
        connections.add(connection);
        final FeedConnection oldest = room.enter(connection);
        if (oldest != null) {
            pushedOut = pushedOut + 1;
            oldest.close("too many connections wait for their login");
        }
        waiting = room.size();
    }

    /** Who has proved himself and wants no frames waits for nothing. The one who has been here longest may have to go for him. */
    void visits(FeedConnection connection) {
        room.leave(connection);
        waiting = room.size();
        final FeedConnection oldest = asking.enter(connection);
        if (oldest != null) {
            oldest.close("too many connections that only ask");
        }
    }

    void tooLate() {
        tooLate = tooLate + 1;
    }

    void failed(Throwable cause) {
        LOG.error("feed {}: a connection was closed because a promise of our own is broken", server, cause);
    }

    void closed(FeedConnection connection, String why) {
        connections.remove(connection);
        asking.leave(connection);
        room.leave(connection);
        waiting = room.size();
        final Granted granted = connection.granted();
        if (granted != null && living.remove(granted.key(), connection) && !granted.observer()) {
            granted.feed().ended();
            events.ended(server, granted.journal().acd(), why);
        }
    }

    /** Records may have come for the ACD at this place. */
    void wake(int index) {
        for (FeedConnection connection : List.copyOf(living.values())) {
            if (connection.granted().index() == index && connection.session() != null) {
                connection.session().pump();
            }
        }
    }

    /** A good login takes the place of an older one. {@code says}: false if it claims nothing about what it has. */
    void seat(FeedConnection connection, Granted granted, boolean says) {
        final ServerFeed feed = granted.feed();
        final FeedConnection old = living.get(granted.key());
        if (old != null) {
            if (!granted.observer()) {
                feed.replaced();
                events.replaced(server, feed.journal().acd(), old.peer(), connection.peer());
            }
            old.close("a newer login came");
        }
        living.put(granted.key(), connection);
        asking.leave(connection);
        room.leave(connection);
        waiting = room.size();
        if (!granted.observer()) {
            feed.loggedIn(connection.peer(), granted.start(), says);
            events.loggedIn(server, feed.journal().acd(), connection.peer(), granted.start());
        }
    }

    /** Time limits and heartbeats. */
    void tick(long nowNs) {
        for (FeedConnection connection : List.copyOf(connections)) {
            try {
                connection.tick(nowNs);
            } catch (RuntimeException | Error e) {
                connection.failed(e);
            }
        }
    }

    /** Ends who may not be here any more, and has the others be filled as fast as they may now. */
    void follow(FeedSettings before, FeedSettings now, FeedDesk desk) {
        for (FeedConnection connection : List.copyOf(connections)) {
            if (connection.granted() == null
                    && connection.visitor() != null
                    && !stays(connection.visitor(), before, now)) {
                connection.close(CHANGED);
            }
        }
        for (FeedConnection connection : List.copyOf(living.values())) {
            if (!stays(connection.granted().user(), before, now)) {
                connection.close(CHANGED);
            } else if (connection.session() != null
                    && before.limits().catchUpPerSecond() != now.limits().catchUpPerSecond()) {
                connection.session().catchUp(desk.catchUp(connection.granted()));
            }
        }
    }

    private static boolean stays(String user, FeedSettings before, FeedSettings now) {
        return user.equals(before.user())
                ? user.equals(now.user())
                : Objects.equals(before.observers().get(user), now.observers().get(user));
    }

    void closeAll(String why) {
        for (FeedConnection connection : List.copyOf(connections)) {
            connection.close(why);
        }
    }

    /** Any thread. */
    int waiting() {
        return waiting;
    }

    /** Any thread. */
    long pushedOut() {
        return pushedOut;
    }

    /** Any thread. */
    long late() {
        return tooLate;
    }
}
