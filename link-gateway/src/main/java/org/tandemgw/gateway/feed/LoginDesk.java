package org.tandemgw.gateway.feed;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.feed.SoupLogin.Answer;
import org.tandemgw.gateway.feed.SoupLogin.Fact;
import org.tandemgw.gateway.feed.SoupLogin.JournalFacts;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.LinkJournal;

/** Answers the logins of SoupBinTCP, and takes what clients report. The feed's thread only. */
final class LoginDesk {
    /** An answer: granted, or null with the code. The text goes into a debug packet unless it is empty. */
    record Outcome(Granted granted, char code, String text) {}

    private final FeedDesk desk;
    private final List<ServerFeed> feeds;
    private FeedSettings settings;
    private Credentials credentials;
    private final FeedEvents events;
    private final RecoveryDesk recovery;

    LoginDesk(FeedDesk desk, RecoveryDesk recovery) {
        this.desk = desk;
        this.recovery = recovery;
        this.feeds = desk.feeds();
        this.events = desk.events();
        follow();
    }

    /** Whoever logs in from now on is held against what the desk has now. */
    void follow() {
        settings = desk.settings();
        credentials = new Credentials(settings.user(), settings.password(), settings.observers());
    }

    Outcome login(FeedConnection connection, LoginRequest request) {
        final String user = credentials.identify(request.user(), request.password());
        if (user == null) {
            return refused(feedNamed(request.session()), connection, 'A', "user or password is wrong");
        }
        if (RecoveryDesk.isMeant(request)) {
            return recovery.login(connection, user, request);
        }
        final boolean observer = !user.equals(settings.user());
        List<JournalFacts> facts = facts(observer);
        Answer answer = SoupLogin.decide(request, facts, settings.continueOnLost());
        JournalReader reader = readerAt(answer);
        for (int look = 1; answer.accepted() && reader == null && look < FeedDesk.LOOKS; look++) {
            facts = facts(observer);
            answer = SoupLogin.decide(request, facts, settings.continueOnLost());
            reader = readerAt(answer);
        }
        final ServerFeed feed = feeds.get(Math.max(0, answer.index()));
        if (!observer && answer.fact() == Fact.AHEAD && feed.claim() == null) {
            final JournalFacts journal = facts.get(answer.index());
            final boolean neverFed = journal.shared() != ServerFeed.FED;
            claim(feed, new AheadClaim(neverFed ? journal.shared() : journal.readable(), neverFed, answer.text()));
        }
        if (!answer.accepted()) {
            tell(feed, observer, answer);
            return refused(feed, connection, answer.code(), answer.text());
        }
        if (reader == null) {
            final JournalFacts seen = facts.get(answer.index());
            final String range = seen.oldest() + " to " + seen.readable();
            return refused(feed, connection, 'S', SoupLogin.notToBeHadNow(answer.start(), seen.session(), range));
        }
        final Granted granted = new Granted(user, observer, answer.index(), feed, reader, answer.start());
        desk.seat(connection, granted, request.sequence() > 0);
        tell(feed, observer, answer);
        return new Outcome(granted, ' ', answer.text());
    }

    /** Null if nothing is to be read, or what was to be read first was dropped since the answer was found. */
    private JournalReader readerAt(Answer answer) {
        if (!answer.accepted()) {
            return null;
        }
        final JournalReader reader = feeds.get(answer.index()).journal().newReader();
        if (reader.seek(answer.start())) {
            return reader;
        }
        reader.close();
        return null;
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

    /** After the login, if there is one: a good login ends what was said before it, and a loss that it brings must stand. */
    private void tell(ServerFeed feed, boolean observer, Answer answer) {
        if (!observer && answer.fact() == Fact.LOST) {
            events.serverLost(settings.server(), acd(feed), answer.from(), answer.to());
        }
    }

    /** Told once: a client that tries again each second says nothing new. */
    private void claim(ServerFeed feed, AheadClaim claim) {
        feed.claim(claim);
        events.serverAhead(settings.server(), acd(feed), claim.alarm());
    }

    private Outcome refused(ServerFeed feed, FeedConnection connection, char code, String text) {
        desk.refused(feed, connection, code + ": " + text);
        return new Outcome(null, code, text);
    }

    private ServerFeed feedNamed(String session) {
        return feeds.stream()
                .filter(feed -> feed.journal().session().equals(session))
                .findFirst()
                .orElse(feeds.get(0));
    }

    private List<JournalFacts> facts(boolean observer) {
        final List<JournalFacts> facts = new ArrayList<>(feeds.size());
        for (ServerFeed feed : feeds) {
            final LinkJournal journal = feed.journal();
            facts.add(new JournalFacts(
                    journal.acd(),
                    journal.session(),
                    journal.oldest(),
                    journal.readable(),
                    observer ? null : feed.claim(),
                    observer ? ServerFeed.FED : feed.shared()));
        }
        return facts;
    }

    private static String acd(ServerFeed feed) {
        return feed.journal().acd();
    }
}
