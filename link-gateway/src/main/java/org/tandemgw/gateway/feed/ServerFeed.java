package org.tandemgw.gateway.feed;

import java.util.function.Consumer;
import org.tandemgw.gateway.feed.FeedStatus.CursorKind;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.LatencyCounts;
import org.tandemgw.gateway.time.RecordClock;

/**
 * Cursor and counters of one server for one ACD. Outlives its connections. Written on the feed's thread once a batch, read from anywhere;
 * the lock is there so that a status is one moment, and is never held across anything that can wait.
 */
final class ServerFeed {
    /** The generation has been fed to the server. */
    static final long FED = -1;

    private final String server;
    private final LinkJournal journal;
    private final RecordClock clock;
    private final LatencyCounts arrivalToServer = new LatencyCounts();

    private String peer = "";
    private boolean connected;
    private long logins;
    private boolean here;
    private boolean said;
    private boolean reported;
    private long confirmed;
    private long acknowledged;
    private long stoodAt = -1;
    private long stoodSinceNs;
    private long stoodSamples;
    private long standsMs;
    private boolean blind;
    private long sent;
    private SendLedger ledger;
    private Parity parity = Parity.UNKNOWN;
    private long oldestUnsentAtNs;
    private long rejectedLogins;
    private long badPackets;
    private long ignoredPackets;
    private long replaced;
    private long deniedActions;
    private boolean holdsNothing;
    private long digestThrough = -1;
    private String digest;
    private String lastRefusal = "";
    private AheadClaim claim;
    private long shared = FED;
    private Consumer<Runnable> durably;

    /** {@code confirmed}: up to where records were held for the server before the start; below 0: it was never here, it has nothing, and nothing is held. */
    ServerFeed(String server, LinkJournal journal, long confirmed, long oldestUnsentAtNs, RecordClock clock) {
        this.server = server;
        this.journal = journal;
        this.clock = clock;
        this.here = confirmed >= 0;
        this.confirmed = confirmed;
        this.sent = Math.max(0, confirmed);
        this.acknowledged = sent;
        this.oldestUnsentAtNs = oldestUnsentAtNs;
    }

    /** How long records took from their arrival until the server's socket had them, of those that came while it was connected. The feed's thread adds. */
    LatencyCounts arrivalToServer() {
        return arrivalToServer;
    }

    LinkJournal journal() {
        return journal;
    }

    /** A login at {@code start}: the server has everything before it, or gives it up. {@code says}: false after a request for the next new record. */
    synchronized void loggedIn(String from, long start, boolean says) {
        connected = true;
        logins++;
        here = true;
        said = says;
        reported = false;
        peer = from;
        sent = start - 1;
        acknowledged = start - 1;
        confirmed = says ? start - 1 : confirmed;
        oldestUnsentAtNs = 0;
        digestThrough = -1;
        digest = null;
        claim = says || claim != null && claim.neverFed() ? null : claim;
        shared = FED;
    }

    /**
     * Before the start: this generation was never fed to the server.
     *
     * @param common the last sequence that it has in common with the one that it was restored from; 0 if there is none
     * @param keeper makes the first login durable: else the server would be refused after a crash for having what it got
     */
    synchronized void neverFed(long common, Consumer<Runnable> keeper) {
        shared = common;
        durably = keeper;
    }

    /** {@link #FED}, or what the server may have of this generation without having been fed. */
    synchronized long shared() {
        return shared;
    }

    /** Through this a login has to become durable before it is answered; null if one has been. */
    synchronized Consumer<Runnable> durably() {
        return durably;
    }

    /** A login is durable. */
    synchronized void kept() {
        durably = null;
    }

    /** An operator answers for it that what the server has is of this journal. Everything is held for it until it says how much it has. */
    synchronized void letPass() {
        claim = null;
        if (shared != FED) {
            shared = FED;
            here = true;
            sent = journal.oldest() - 1;
            confirmed = sent;
            acknowledged = sent;
        }
    }

    synchronized void ended() {
        connected = false;
        peer = "";
        ledger = null;
    }

    /** What is acknowledged of the new connection stands here. */
    synchronized void follow(SendLedger newest) {
        ledger = newest;
    }

    /** The ledger of the present connection, or null. */
    synchronized SendLedger ledger() {
        return ledger;
    }

    /** TCP has acknowledged everything through {@code sequence}, on the connection of that ledger. */
    synchronized void acknowledged(SendLedger of, long sequence) {
        if (of == ledger) {
            acknowledged = Math.max(acknowledged, sequence);
        }
    }

    /** Something is still on its way to a connected server. */
    synchronized boolean isOnItsWay() {
        return ledger != null && acknowledged < Math.max(journal.readable(), sent);
    }

    /** Estimates anew how far the server is from parity. {@code seesNothing}: nobody sees what TCP acknowledges, so what was sent must do. */
    synchronized void look(ParityEstimator estimator, long nowNs, boolean seesNothing) {
        blind = seesNothing;
        final long taken = blind ? sent : Math.max(confirmed, acknowledged);
        parity = estimator.sample(nowNs, connected ? logins : 0, Math.max(journal.readable(), sent), taken);
        stands(nowNs);
    }

    /** Nobody can see what TCP acknowledges. */
    synchronized boolean isBlind() {
        return blind;
    }

    /** Only what was written counts, and only as far as what came of it was counted anew. */
    private void stands(long nowNs) {
        final long cursor = reported ? confirmed : acknowledged;
        final long samples = ledger == null ? 0 : ledger.samples();
        if (!connected || blind || sent <= cursor || cursor != stoodAt || samples < stoodSamples) {
            stoodAt = cursor;
            stoodSinceNs = nowNs;
            standsMs = 0;
        } else if (samples > stoodSamples) {
            standsMs = (nowNs - stoodSinceNs) / 1_000_000;
        }
        stoodSamples = samples;
    }

    synchronized void reported(long have) {
        said = true;
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

    /** What stands against it; null if nothing. */
    synchronized AheadClaim claim() {
        return claim;
    }

    /** It is ahead, or was in an earlier run. */
    synchronized void claim(AheadClaim value) {
        claim = value;
    }

    synchronized void badPacket() {
        badPackets++;
    }

    synchronized void ignoredPacket() {
        ignoredPackets++;
    }

    synchronized void deniedAction() {
        deniedActions++;
    }

    /** A login that begins before what the server is known to have takes nothing of that back. */
    synchronized void had(long through) {
        acknowledged = Math.max(acknowledged, through);
    }

    /** Before the start: nothing is held for this server, wherever it was. */
    synchronized void holdNothing() {
        holdsNothing = true;
    }

    /** The server was shown that the stream breaks at {@code sequence}, by the end of that connection, and has everything before. */
    synchronized void passed(Granted on, long sequence) {
        if (connected && sequence >= acknowledged && on.start() <= sequence) {
            acknowledged = sequence;
            sent = Math.max(sent, sequence);
            ledger = null;
        }
    }

    synchronized void replaced() {
        replaced++;
    }

    synchronized FeedStatus status() {
        final long readable = Math.max(journal.readable(), sent);
        final boolean known = said && (reported || confirmed == acknowledged);
        final long cursor = reported ? confirmed : acknowledged;
        final long waitedNs = !here || oldestUnsentAtNs == 0 || sent == readable ? 0 : clock.ageNs(oldestUnsentAtNs);
        return new FeedStatus(
                server,
                journal.acd(),
                journal.session(),
                connected,
                peer,
                here && !holdsNothing ? cursor : -1,
                cursor,
                !here || shared != FED ? CursorKind.NONE : known ? CursorKind.CONFIRMED : CursorKind.ACKNOWLEDGED,
                confirmed,
                acknowledged,
                sent,
                here ? Math.max(0, readable - cursor) : 0,
                connected ? parity : parity.away(),
                Math.max(0, waitedNs / 1_000_000),
                connected ? standsMs : 0,
                rejectedLogins,
                badPackets,
                ignoredPackets,
                replaced,
                deniedActions,
                digestThrough,
                digest,
                lastRefusal);
    }
}
