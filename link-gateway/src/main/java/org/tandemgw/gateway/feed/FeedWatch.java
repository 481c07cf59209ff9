package org.tandemgw.gateway.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.time.Clock;

/**
 * Looks at all feeds from outside, a few times a second: what TCP has acknowledged, and how far each server is from parity. One reading of the
 * kernel's tables serves all feeds; on machines where it takes long it is done less often, so that it never costs more than a hundredth of a core.
 * Whoever calls {@link #look} is its one thread; it waits for nothing.
 */
public final class FeedWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FeedWatch.class);

    private static final int SHARE = 100;
    private static final long SELDOM_NS = 2_000_000_000L;
    private static final long LAST_NS = 300_000_000L;
    private static final long LAST_PAUSE_NS = 10_000_000L;

    private final List<Watched> feeds = new ArrayList<>();
    private final Clock clock;
    private final TcpTables tables;
    private int awaited;
    private long nextNs;
    private boolean blind;
    private boolean told;

    /** Over all feeds of these servers. */
    public FeedWatch(List<FeedServer> servers, Clock clock) {
        this(servers, clock, new TcpTables());
    }

    FeedWatch(List<FeedServer> servers, Clock clock, TcpTables tables) {
        this.clock = clock;
        this.tables = tables;
        this.nextNs = clock.nanoTime();
        for (final FeedServer server : servers) {
            server.feeds().forEach(feed -> feeds.add(new Watched(feed, server.catchUpPerSecond())));
        }
    }

    /** Looks, if it is time to. To be called about four times a second. */
    public void look() {
        final long beginNs = clock.nanoTime();
        if (beginNs - nextNs >= 0) {
            lookNow();
            nextNs = beginNs + Math.min(SELDOM_NS, SHARE * (clock.nanoTime() - beginNs));
        }
    }

    /**
     * The last looks before the connections are closed: waits a moment for what is on its way, so that the next start knows who has it. By
     * any thread, when nobody else looks any more.
     */
    public void lastLook() {
        final long beginNs = clock.nanoTime();
        lookNow();
        while (feeds.stream().anyMatch(each -> each.feed.isOnItsWay()) && clock.nanoTime() - beginNs < LAST_NS) {
            LockSupport.parkNanos(LAST_PAUSE_NS);
            lookNow();
        }
    }

    /** Looks, whatever it costs. */
    void lookNow() {
        awaited = 0;
        for (final Watched each : feeds) {
            each.ledger = each.feed.ledger();
            each.awaited = each.ledger != null && each.ledger.beforeLook();
            awaited += each.awaited ? 1 : 0;
        }
        if (awaited > 0) {
            readTables();
        }
        final long nowNs = clock.nanoTime();
        for (final Watched each : feeds) {
            if (each.ledger != null) {
                each.feed.acknowledged(each.ledger, each.ledger.acknowledged());
            }
            each.feed.look(each.parity, nowNs, blind);
        }
    }

    private void readTables() {
        try {
            tables.read(this::isMoreAwaited);
            blind = false;
        } catch (IOException e) {
            blind = true;
            if (!told) {
                told = true;
                LOG.warn(
                        "what TCP has acknowledged cannot be seen ({}): records are held for a server until it says that it has them,"
                                + " by its next login or a report",
                        e.toString());
            }
        }
    }

    private boolean isMoreAwaited(TcpTableLine line) {
        for (final Watched each : feeds) {
            if (each.awaited && each.ledger.isAbout(line)) {
                each.ledger.look(line.inode(), line.unacknowledged());
                each.awaited = false;
                awaited--;
            }
        }
        return awaited > 0;
    }

    private static final class Watched {
        private final ServerFeed feed;
        private final ParityEstimator parity;
        private SendLedger ledger;
        private boolean awaited;

        private Watched(ServerFeed feed, long limitPerSecond) {
            this.feed = feed;
            this.parity = new ParityEstimator(limitPerSecond);
        }
    }
}
