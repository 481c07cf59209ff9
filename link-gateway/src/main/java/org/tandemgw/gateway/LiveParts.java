package org.tandemgw.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.config.FeedConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SiteConfiguration.LogLevel;
import org.tandemgw.gateway.deciding.Deciding;
import org.tandemgw.gateway.feed.FeedServer;
import org.tandemgw.gateway.feed.FeedSettings;
import org.tandemgw.gateway.time.Clock;

/**
 * Has all parts of a running site go on by another configuration, or none: what may fail comes first and is undone, what cannot fail comes last. The thread
 * {@code tandem-reload}.
 */
final class LiveParts {
    private static final Logger LOG = LoggerFactory.getLogger(LiveParts.class);

    private final List<AcdParts> acds;
    private final List<FeedServer> feeds;
    private final Deciding deciding;
    private final NocParts noc;
    private final SpaceKeeper space;
    private final Clock clock;
    private volatile Consumer<LogLevel> logging = level -> {};

    /** @param deciding null: this site does not switch */
    LiveParts(
            List<AcdParts> acds,
            List<FeedServer> feeds,
            Deciding deciding,
            NocParts noc,
            SpaceKeeper space,
            Clock clock) {
        this.acds = acds;
        this.feeds = feeds;
        this.deciding = deciding;
        this.noc = noc;
        this.space = space;
        this.clock = clock;
    }

    /** Who sets how much is logged. Any thread. */
    void logsBy(Consumer<LogLevel> how) {
        logging = how;
    }

    /** The hash of the configuration that the last live check has passed for; null: none has. Any thread. */
    String checkedHash() {
        return deciding == null || deciding.durable() == null
                ? null
                : deciding.durable().checkedHash();
    }

    /** Why nothing can be changed now; null: nothing is in the way. Any thread. */
    String refusal() {
        if (deciding == null) {
            return null;
        }
        if (deciding.fault() != null) {
            return "nothing is decided any more: " + deciding.fault();
        }
        if (deciding.durable() != null && deciding.durable().drills().open() != null) {
            return "a drill is under way, which goes home by what it went out by";
        }
        return deciding.durable() != null && deciding.durable().open() != null
                        || deciding.view().open() != null
                ? "a switchover is under way, which is ended by what it was begun by"
                : null;
    }

    /**
     * Goes on by the next configuration.
     *
     * @param progress hears what is waited for
     * @return why not, and then everything is as it was; null: it is done
     */
    String follow(SiteConfiguration running, SiteConfiguration next, Consumer<String> progress)
            throws InterruptedException {
        final String now = refusal();
        if (now != null) {
            return now;
        }
        final LegChanges legs = new LegChanges(acds, clock, progress);
        String why = legs.make(running, next);
        if (why == null) {
            why = tell(running, next);
            if (why == null) {
                why = deciding == null || decidesBy(running).equals(decidesBy(next)) ? null : deciding.follow(next);
                if (why != null) {
                    tell(next, running);
                }
            }
            if (why != null) {
                legs.putBack();
            }
        }
        if (why == null) {
            feeds(running, next);
            space.follow(next.journal());
            logging.accept(next.logLevel());
        }
        return why;
    }

    /** What deciding depends on. */
    private static List<Object> decidesBy(SiteConfiguration site) {
        return List.of(
                site.timeZone(), site.acds(), site.servers(), site.network(), site.switches(), site.switchover());
    }

    private String tell(SiteConfiguration before, SiteConfiguration next) {
        try {
            noc.follow(next);
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.warn("the new configuration of who is told cannot be had", e);
            try {
                noc.follow(before);
            } catch (IOException | RuntimeException worse) {
                LOG.error("nor can the one before; who is told is told again after a restart", worse);
            }
            return "snmp, notify or metrics cannot be had as the file says: " + e;
        }
    }

    /** The servers of both are fed at the same addresses, in the same order. */
    private void feeds(SiteConfiguration running, SiteConfiguration next) {
        int place = 0;
        for (int i = 0; i < next.servers().size(); i++) {
            final ServerConfig server = next.servers().get(i);
            for (int j = 0; j < server.feeds().size(); j++) {
                final FeedSettings before = settings(
                        running, server.name(), running.servers().get(i).feeds().get(j));
                final FeedSettings after =
                        settings(next, server.name(), server.feeds().get(j));
                if (!before.equals(after)) {
                    feeds.get(place).follow(after);
                }
                place++;
            }
        }
    }

    private static FeedSettings settings(SiteConfiguration site, String server, FeedConfig feed) {
        if (feed instanceof FeedConfig.SoupBinTcp soup) {
            return Wiring.feed(site, server, soup, Map.of());
        }
        if (feed instanceof FeedConfig.Native played) {
            return Wiring.feed(site, server, played, Map.of());
        }
        throw new IllegalStateException("the configuration was checked, and yet: " + feed);
    }
}
