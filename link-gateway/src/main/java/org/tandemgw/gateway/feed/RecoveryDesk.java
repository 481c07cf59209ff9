package org.tandemgw.gateway.feed;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.feed.LoginDesk.Outcome;
import org.tandemgw.gateway.recovery.RecoverySession;
import org.tandemgw.gateway.recovery.RecoveryShelf;

/**
 * Answers logins to recovery sessions: what the server that takes over is told of the calls in flight, beside its live session. No cursor moves. The feed's thread only.
 */
final class RecoveryDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryDesk.class);

    /** No ACD may be called so. */
    private static final Pattern NAME = Pattern.compile("R[0-9]{1,9}(\\.[0-9]{1,2})?");

    private final FeedDesk desk;
    private final Map<String, RecoveryShelf> shelves;

    RecoveryDesk(FeedDesk desk, Map<String, RecoveryShelf> shelves) {
        this.desk = desk;
        this.shelves = shelves;
    }

    /** Whether a login asks for such a session. */
    static boolean isMeant(LoginRequest request) {
        return NAME.matcher(request.session()).matches();
    }

    /** The credentials have been found good before. */
    Outcome login(FeedConnection connection, String user, LoginRequest request) {
        final List<ServerFeed> feeds = desk.feeds();
        String present = "";
        for (int i = 0; i < feeds.size(); i++) {
            final RecoveryShelf shelf = shelves.get(feeds.get(i).journal().acd());
            final RecoverySession session = shelf == null ? null : shelf.find(request.session());
            if (session != null) {
                final String refusal = refusal(shelf, session, request);
                return refusal == null
                        ? granted(connection, user, i, session, request)
                        : refused(feeds.get(i), connection, refusal);
            }
            final RecoverySession last = shelf == null ? null : shelf.given();
            if (last != null) {
                present += (present.isEmpty() ? "" : ", ") + last.name() + " for "
                        + last.mark().to();
            }
        }
        return refused(
                feeds.get(0),
                connection,
                "there is no session " + request.session()
                        + (shelves.isEmpty()
                                ? ": nobody here knows the calls of what this address feeds"
                                : present.isEmpty() ? ": no server has taken over" : "; there is " + present));
    }

    /** Null: none. */
    private String refusal(RecoveryShelf shelf, RecoverySession session, LoginRequest request) {
        final String server = desk.settings().server();
        final long frames = session.frames();
        if (!session.mark().to().equals(server)) {
            return session.name() + " is for " + session.mark().to() + ", which takes over; this is the address of "
                    + server;
        }
        if (frames < 0 && !shelf.fault().isEmpty()) {
            return session.name() + " cannot be made: " + shelf.fault();
        }
        if (request.sequence() < 0) {
            return "the requested sequence is not a number";
        }
        if (frames < 0 && request.sequence() > 1) {
            return session.name() + " is not made yet, so that nobody can have packets before " + request.sequence();
        }
        if (frames >= 0 && request.sequence() > frames + 2) {
            return "sequence " + request.sequence() + " is beyond the end of " + session.name() + ", which has "
                    + (frames + 1) + " packets";
        }
        return null;
    }

    private Outcome granted(
            FeedConnection connection, String user, int index, RecoverySession session, LoginRequest request) {
        final ServerFeed feed = desk.feeds().get(index);
        final long start = Math.max(1, request.sequence());
        final Granted granted = new Granted(
                user, true, index, feed, session, session.records(feed.journal().newReader(), start), start);
        desk.seat(connection, granted, false);
        LOG.info(
                "{}: {} is fetched from packet {} on, by {}",
                desk.settings().server(),
                session.name(),
                start,
                connection.peer());
        return new Outcome(granted, ' ', "");
    }

    private Outcome refused(ServerFeed feed, FeedConnection connection, String why) {
        desk.refused(feed, connection, "S: " + why);
        return new Outcome(null, 'S', why);
    }
}
