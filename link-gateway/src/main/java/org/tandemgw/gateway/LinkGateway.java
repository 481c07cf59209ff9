package org.tandemgw.gateway;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
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
        CannotStartException(String message) {
            super(message);
        }
    }

    private final SiteConfiguration site;
    private final InstanceLock lock;
    private final List<AcdParts> acds = new ArrayList<>();
    private final List<SoupFeedServer> feeds = new ArrayList<>();
    private final FeedAlarms feedAlarms = new FeedAlarms();
    private final OperatorHolds holds;
    private final Alarms alarms;
    private final StatusBoard board;
    private final Clock clock;
    private ControlServer control;

    /** Opens what has to be read before anything runs: the lock, the journals, the alarms. */
    public LinkGateway(SiteConfiguration site, Clock clock, Random random) throws CannotStartException {
        this.site = site;
        this.clock = clock;
        try {
            requireFreePorts();
            lock = take(site.data());
            holds = new OperatorHolds(site.data());
            for (final AcdConfig acd : site.acds()) {
                acds.add(new AcdParts(site, acd, clock, random));
            }
            for (final ServerConfig server : site.servers()) {
                for (final FeedConfig feed : server.feeds()) {
                    // The other kinds are accepted with a warning and carry nothing yet.
                    if (feed instanceof FeedConfig.SoupBinTcp soup) {
                        feeds.add(feed(server, soup, clock));
                    }
                }
            }
            alarms = new Alarms(site.data(), clock);
            board = new StatusBoard(
                    acds,
                    new StandingConditions(acds, feeds, feedAlarms),
                    new StatusPicture(site, acds, feeds, clock),
                    alarms);
        } catch (IOException e) {
            throw new CannotStartException(e.getMessage() == null ? e.toString() : e.getMessage());
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
            board.start();
            control = ControlServer.start(site.data(), new OperatorRequests(acds, board, alarms, holds), clock);
        } catch (IOException e) {
            close();
            throw new CannotStartException(e.getMessage());
        }
        LOG.info("site {} runs with {} ACDs on {}", site.site(), acds.size(), site.data());
    }

    /** The newest picture of everything. Any thread. */
    public GatewayStatus status() {
        return board.newest();
    }

    /** Stops in reverse: nobody asks, nothing more comes in, what is in gets synced and sent, then the feeds close. */
    @Override
    public void close() {
        if (control != null) {
            close("the control socket", control);
        }
        board.close();
        acds.forEach(AcdParts::closeIntake);
        feeds.forEach(SoupFeedServer::close);
        acds.forEach(AcdParts::close);
        alarms.close();
        close("the lock of the data folder", lock);
    }

    private static void close(String what, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} could not be closed: {}", what, e.toString());
        }
    }

    private SoupFeedServer feed(ServerConfig server, FeedConfig.SoupBinTcp soup, Clock clock) {
        final List<LinkJournal> journals =
                soup.acds().stream().map(this::journal).toList();
        return new SoupFeedServer(Wiring.feed(site, server.name(), soup), journals, clock, feedAlarms);
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
