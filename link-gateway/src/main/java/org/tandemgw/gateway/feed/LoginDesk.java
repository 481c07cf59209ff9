package org.tandemgw.gateway.feed;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.Clock;
import org.tandemgw.gateway.feed.SoupLogin.Answer;
import org.tandemgw.gateway.feed.SoupLogin.Fact;
import org.tandemgw.gateway.feed.SoupLogin.JournalFacts;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.LinkJournal;

/**
 * Who is here: answers logins, keeps one living connection per user and ACD, and carries what connections report to the cursors and to
 * {@link FeedEvents}. The feed's thread only.
 */
final class LoginDesk {
    /**
     * What a good login was given.
     *
     * @param user whose login
     * @param observer whether it moves no cursor
     * @param index the ACD's place in the file
     */
    record Granted(String user, boolean observer, int index, ServerFeed feed, JournalReader reader, long start) {
        LinkJournal journal() {
            return feed.journal();
        }

        private String key() {
            return index + "/" + user;
        }
    }

    /** An answer: granted, or null with the code. The text goes into a debug packet unless it is empty. */
    record Outcome(Granted granted, char code, String text) {}

    private static final Logger LOG = LoggerFactory.getLogger(LoginDesk.class);

    private final FeedSettings settings;
    private final List<ServerFeed> feeds;
    private final Credentials credentials;
    private final Clock clock;
    private final FeedEvents events;
    private final RecordEncoder encoder = new RecordEncoder();
    private final WaitingRoom room;
    private final Set<SoupConnection> connections = new HashSet<>();
    private final Map<String, SoupConnection> living = new HashMap<>();

    private volatile int waiting;
    private volatile long pushedOut;
    private volatile long tooLate;

    LoginDesk(FeedSettings settings, List<ServerFeed> feeds, Clock clock, FeedEvents events) {
        this.settings = settings;
        this.feeds = feeds;
        this.clock = clock;
        this.events = events;
        this.credentials = new Credentials(settings.user(), settings.password(), settings.observers());
        this.room = new WaitingRoom(settings.limits().waiting());
    }

    long nowNs() {
        return clock.nanoTime();
    }

    /** A new connection takes its seat; the oldest stranger may lose his. */
    void enter(SoupConnection connection) {
        connections.add(connection);
        final SoupConnection oldest = room.enter(connection);
        if (oldest != null) {
            pushedOut = pushedOut + 1;
            oldest.close("too many connections wait for their login");
        }
        waiting = room.size();
    }

    Outcome login(SoupConnection connection, LoginRequest request) {
        final String user = credentials.identify(request.user(), request.password());
        if (user == null) {
            return refused(feedNamed(request.session()), connection, 'A', "user or password is wrong");
        }
        final Answer answer = SoupLogin.decide(request, facts(), settings.continueOnLost());
        final ServerFeed feed = feeds.get(Math.max(0, answer.index()));
        final boolean observer = !user.equals(settings.user());
        if (!observer) {
            tell(feed, answer);
        }
        if (!answer.accepted()) {
            return refused(feed, connection, answer.code(), answer.text());
        }
        final JournalReader reader = feed.journal().newReader();
        if (!reader.seek(answer.start())) {
            reader.close();
            return refused(feed, connection, 'S', "sequence " + answer.start() + " is just being removed; try again");
        }
        final Granted granted = new Granted(user, observer, answer.index(), feed, reader, answer.start());
        seat(connection, granted, request.sequence() > 0);
        return new Outcome(granted, ' ', answer.text());
    }

    /** The session of a connection that has been seated. */
    SoupSession begin(SoupConnection connection, Channel channel) {
        final Granted granted = connection.granted();
        return new SoupSession(
                channel,
                granted.reader(),
                granted.start(),
                granted.observer() ? null : granted.feed(),
                encoder,
                settings.limits(),
                clock,
                connection::failed);
    }

    /** An unsequenced packet: a report, or null if it was anything else. */
    void report(Granted granted, HaveReport report, long handedOver) {
        final ServerFeed feed = granted.feed();
        if (granted.observer()) {
            return;
        }
        if (report == null) {
            feed.ignoredPacket();
            return;
        }
        if (report.have() > handedOver) {
            feed.badPacket();
            return;
        }
        feed.reported(report.have());
        final String ours = report.digest() == null || report.through() == 0
                ? null
                : feed.journal().digest(report.through());
        if (ours != null && !ours.equals(report.digest())) {
            events.serverDiffers(settings.server(), acd(feed), report.through(), report.digest(), ours);
        }
    }

    void badPacket(Granted granted) {
        (granted == null ? feeds.get(0) : granted.feed()).badPacket();
    }

    void tooLate() {
        tooLate = tooLate + 1;
    }

    void failed(Throwable cause) {
        LOG.error("feed {}: a connection was closed because a promise of our own is broken", settings.server(), cause);
    }

    void closed(SoupConnection connection, String why) {
        connections.remove(connection);
        room.leave(connection);
        waiting = room.size();
        final Granted granted = connection.granted();
        if (granted != null && living.remove(granted.key(), connection) && !granted.observer()) {
            granted.feed().ended();
            events.ended(settings.server(), acd(granted.feed()), why);
        }
    }

    /** Records may have come for the ACD at this place. */
    void wake(int index) {
        for (SoupConnection connection : List.copyOf(living.values())) {
            if (connection.granted().index() == index && connection.session() != null) {
                connection.session().pump();
            }
        }
        feeds.get(index).missed();
    }

    void tick() {
        final long nowNs = nowNs();
        for (SoupConnection connection : List.copyOf(connections)) {
            try {
                connection.tick(nowNs);
            } catch (RuntimeException | Error e) {
                connection.failed(e);
            }
        }
    }

    void closeAll(String why) {
        for (SoupConnection connection : List.copyOf(connections)) {
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

    private void seat(SoupConnection connection, Granted granted, boolean says) {
        final ServerFeed feed = granted.feed();
        final SoupConnection old = living.get(granted.key());
        if (old != null) {
            if (!granted.observer()) {
                feed.replaced();
                events.replaced(settings.server(), acd(feed), old.peer(), connection.peer());
            }
            old.close("a newer login came");
        }
        living.put(granted.key(), connection);
        room.leave(connection);
        waiting = room.size();
        if (!granted.observer()) {
            feed.loggedIn(connection.peer(), granted.start(), says);
            events.loggedIn(settings.server(), acd(feed), connection.peer(), granted.start());
        }
    }

    private void tell(ServerFeed feed, Answer answer) {
        if (answer.fact() == Fact.LOST) {
            events.serverLost(settings.server(), acd(feed), answer.from(), answer.to());
        } else if (answer.fact() == Fact.AHEAD) {
            events.serverAhead(settings.server(), acd(feed), answer.text());
        }
    }

    private Outcome refused(ServerFeed feed, SoupConnection connection, char code, String text) {
        feed.refused(code + ": " + text + " (from " + connection.peer() + ")");
        return new Outcome(null, code, text);
    }

    private ServerFeed feedNamed(String session) {
        return feeds.stream()
                .filter(feed -> feed.journal().session().equals(session))
                .findFirst()
                .orElse(feeds.get(0));
    }

    private List<JournalFacts> facts() {
        final List<JournalFacts> facts = new ArrayList<>(feeds.size());
        for (ServerFeed feed : feeds) {
            final LinkJournal journal = feed.journal();
            facts.add(new JournalFacts(journal.acd(), journal.session(), journal.oldest(), journal.readable()));
        }
        return facts;
    }

    private static String acd(ServerFeed feed) {
        return feed.journal().acd();
    }
}
