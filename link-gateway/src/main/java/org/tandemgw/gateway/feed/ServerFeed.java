package org.tandemgw.gateway.feed;

import org.tandemgw.gateway.feed.FeedStatus.CursorKind;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.RecordClock;

/**
 * Cursor and counters of one server for one ACD. Outlives its connections. Written on the feed's thread once a batch, read from anywhere;
 * the lock is there so that a status is one moment, and is never held across anything that can wait.
 */
final class ServerFeed {
    private final String server;
    private final LinkJournal journal;
    private final RecordClock clock;

    private String peer = "";
    private boolean connected;
    private boolean reported;
    private long confirmed;
    private long sent;
    private long oldestUnsentAtNs;
    private long rejectedLogins;
    private long badPackets;
    private long ignoredPackets;
    private long replaced;
    private long digestThrough = -1;
    private String digest;
    private String lastRefusal = "";

    /** {@code confirmed} below 0: the server was never here, its cursor starts at the end. */
    ServerFeed(String server, LinkJournal journal, long confirmed, long oldestUnsentAtNs, RecordClock clock) {
        this.server = server;
        this.journal = journal;
        this.clock = clock;
        this.confirmed = confirmed;
        this.sent = confirmed < 0 ? journal.readable() : confirmed;
        this.oldestUnsentAtNs = oldestUnsentAtNs;
    }

    LinkJournal journal() {
        return journal;
    }

    /** A login at {@code start}: the server has everything before it, or gives it up. {@code says}: false after a request for the next new record. */
    synchronized void loggedIn(String from, long start, boolean says) {
        connected = true;
        reported = false;
        peer = from;
        sent = start - 1;
        confirmed = says ? start - 1 : confirmed;
        oldestUnsentAtNs = 0;
        digestThrough = -1;
        digest = null;
    }

    synchronized void ended() {
        connected = false;
        peer = "";
    }

    synchronized void reported(long have) {
        reported = true;
        confirmed = have;
    }

    synchronized void progress(long sentThrough, long oldestUnsentAt) {
        sent = sentThrough;
        oldestUnsentAtNs = oldestUnsentAt;
    }

    /** Something became readable while nobody was there to take it. */
    synchronized void missed() {
        if (!connected && oldestUnsentAtNs == 0) {
            oldestUnsentAtNs = clock.recordNs();
        }
    }

    synchronized void digest(long through, String value) {
        digestThrough = through;
        digest = value;
    }

    synchronized void refused(String text) {
        rejectedLogins++;
        lastRefusal = text;
    }

    synchronized void badPacket() {
        badPackets++;
    }

    synchronized void ignoredPacket() {
        ignoredPackets++;
    }

    synchronized void replaced() {
        replaced++;
    }

    synchronized FeedStatus status() {
        final long readable = Math.max(journal.readable(), sent);
        final boolean known = confirmed >= 0 && (reported || confirmed == sent);
        final long cursor = known ? confirmed : sent;
        final long waitedNs = oldestUnsentAtNs == 0 || sent == readable ? 0 : clock.ageNs(oldestUnsentAtNs);
        return new FeedStatus(
                server,
                journal.acd(),
                journal.session(),
                connected,
                peer,
                cursor,
                known ? CursorKind.CONFIRMED : CursorKind.SENT,
                confirmed,
                sent,
                Math.max(0, readable - cursor),
                Math.max(0, waitedNs / 1_000_000),
                rejectedLogins,
                badPackets,
                ignoredPackets,
                replaced,
                digestThrough,
                digest,
                lastRefusal);
    }
}
