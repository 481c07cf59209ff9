package org.tandemgw.gateway;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.config.AcdConfig;
import org.tandemgw.gateway.config.FeedConfig;
import org.tandemgw.gateway.config.LegConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.ControlServer;
import org.tandemgw.gateway.feed.SoupFeedServer;
import org.tandemgw.gateway.intake.AcdIntake;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * The map of the house: composes all parts in the order in which the data flows, starts them, and stops them in reverse.
 *
 * <p>One gateway per data folder. Made and closed by one thread.
 */
public final class LinkGateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkGateway.class);

    /** The gateway cannot start: a port or the data folder is somebody else's, or the folder cannot be used. */
    public static final class CannotStartException extends Exception {
        CannotStartException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private record Part(String name, AutoCloseable closing) {}

    private final SiteConfiguration site;
    private final List<AcdParts> acds = new ArrayList<>();
    private final List<SoupFeedServer> feeds = new ArrayList<>();
    private final FeedAlarms feedAlarms = new FeedAlarms();
    private final Deque<Part> opened = new ArrayDeque<>();
    private final OperatorHolds holds;
    private final Alarms alarms;
    private final SpaceKeeper space;
    private final StatusBoard board;
    private final Clock clock;

    /** Opens what has to be read before anything runs: the lock, the journals, the alarms. */
    public LinkGateway(SiteConfiguration site, Clock clock, Random random) throws CannotStartException {
        this.site = site;
        this.clock = clock;
        try {
            requireFreePorts();
            opened("the lock of the data folder", take(site.data()));
            holds = new OperatorHolds(site.data());
            alarms = new Alarms(site.data(), clock);
            opened("the alarms", alarms);
            for (final AcdConfig config : site.acds()) {
                final AcdParts acd = new AcdParts(site, config, clock, random);
                acds.add(acd);
                opened("the journal of " + config.name(), acd);
            }
            for (final ServerConfig server : site.servers()) {
                for (final FeedConfig config : server.feeds()) {
                    // The other kinds are accepted with a warning and carry nothing yet.
                    if (config instanceof FeedConfig.SoupBinTcp soup) {
                        final SoupFeedServer feed = feed(server, soup, clock);
                        feeds.add(feed);
                        opened("the feed of " + server.name(), feed);
                    }
                }
            }
            for (final AcdParts acd : acds) {
                opened("the intake of " + acd.config().name(), acd::closeIntake);
            }
            space = spaceKeeper();
            opened("the space keeper", space);
            board = new StatusBoard(
                    acds,
                    new StandingConditions(acds, feeds, feedAlarms, space),
                    new StatusPicture(site, acds, feeds, space, clock),
                    alarms);
            opened("the status", board);
        } catch (IOException | RuntimeException e) {
            close();
            throw new CannotStartException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    /** Starts everything, readers before what they read. When it returns, the ports of the file are open and legs are dialled. */
    public void start() throws CannotStartException {
        try {
            for (final SoupFeedServer feed : feeds) {
                feed.start();
            }
            for (final AcdParts acd : acds) {
                acd.intake().start(held(acd));
            }
            space.start();
            board.start();
            opened(
                    "the control socket",
                    ControlServer.start(site.data(), new OperatorRequests(acds, board, alarms, holds), clock));
        } catch (IOException | RuntimeException e) {
            close();
            throw new CannotStartException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        LOG.info("site {} runs with {} ACDs on {}", site.site(), acds.size(), site.data());
    }

    /** The newest picture of everything. Any thread. */
    public GatewayStatus status() {
        return board.newest();
    }

    /** Stops in reverse, as far as it was started: nobody asks, nothing more comes in, what is in is synced and sent. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            final Part part = opened.pop();
            try {
                part.closing().close();
            } catch (Exception e) {
                LOG.warn("{} could not be closed: {}", part.name(), e.toString());
            }
        }
    }

    private void opened(String name, AutoCloseable closing) {
        opened.push(new Part(name, closing));
    }

    private SoupFeedServer feed(ServerConfig server, FeedConfig.SoupBinTcp soup, Clock clock) {
        final List<LinkJournal> journals =
                soup.acds().stream().map(this::journal).toList();
        return new SoupFeedServer(Wiring.feed(site, server.name(), soup), journals, clock, feedAlarms);
    }

    private SpaceKeeper spaceKeeper() {
        final StoredFiles files = new StoredFiles(
                site.data(), acds.stream().map(AcdParts::journal).toList(), () -> feeds.stream()
                        .flatMap(feed -> feed.status().feeds().stream())
                        .toList());
        // Nothing is switched by this version, so that nobody is known to be in control.
        return new SpaceKeeper(site.data(), site.journal(), files, () -> null, () -> true, clock, new SpaceLegs(acds));
    }

    private LinkJournal journal(String acd) {
        return acds.stream()
                .filter(each -> each.config().name().equals(acd))
                .findFirst()
                .orElseThrow()
                .journal();
    }

    /** What an operator has taken out: leg numbers, or both if the ACD is paused. */
    private AcdIntake.Holds held(AcdParts acd) {
        final String name = acd.config().name();
        return new AcdIntake.Holds(
                holds.contains(name), holds.contains(name + "/leg-1"), holds.contains(name + "/leg-2"));
    }

    private static InstanceLock take(Path data) throws IOException {
        if (!Files.exists(data)) {
            Files.createDirectories(
                    data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        }
        return InstanceLock.take(data);
    }

    private void requireFreePorts() throws BindException {
        for (final ServerConfig server : site.servers()) {
            for (final FeedConfig feed : server.feeds()) {
                if (feed instanceof FeedConfig.SoupBinTcp soup) {
                    requireFree("the feed of " + server.name(), soup.listen());
                }
            }
        }
        for (final AcdConfig acd : site.acds()) {
            for (final LegConfig leg : acd.legs()) {
                if (leg.listen().isPresent()) {
                    requireFree(
                            acd.name() + "/leg-" + leg.number(), leg.listen().get());
                }
            }
        }
    }

    private static void requireFree(String what, HostPort address) throws BindException {
        final String holder = PortHolder.of(address.toSocketAddress());
        if (holder != null) {
            throw new BindException(
                    address + " (" + what + ") is in use by " + holder + ": stop it, or give another port in the file");
        }
    }
}
