package org.tandemgw.gateway;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.config.AcdConfig;
import org.tandemgw.gateway.config.FeedConfig;
import org.tandemgw.gateway.config.LegConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.control.ControlServer;
import org.tandemgw.gateway.control.SwitchControl;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.Keeper;
import org.tandemgw.gateway.deciding.Deciding;
import org.tandemgw.gateway.feed.FeedServer;
import org.tandemgw.gateway.feed.FeedWatch;
import org.tandemgw.gateway.feed.NativeFeedServer;
import org.tandemgw.gateway.feed.NativeSettings;
import org.tandemgw.gateway.feed.SoupFeedServer;
import org.tandemgw.gateway.intake.AcdIntake;
import org.tandemgw.gateway.journal.JournalStart;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.Reserve;
import org.tandemgw.gateway.ledger.Ledgers;
import org.tandemgw.gateway.recovery.RecoveryShelf;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.ClockMemory;
import org.tandemgw.gateway.time.ClockWatch;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.trunks.TrunkMemories;
import org.tandemgw.gateway.trunks.Trunks;
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
    private final List<FeedServer> feeds = new ArrayList<>();
    private final RecoveryParts recovery = new RecoveryParts(acds);
    private final FeedAlarms feedAlarms;
    private final Deque<Part> opened = new ArrayDeque<>();
    private final SiteStart last;
    private final Keeper keeper;
    private final OperatorHolds holds;
    private final Alarms alarms;
    private final SpaceKeeper space;
    private final StatusBoard board;
    private final RecordClock clock;
    private final TrunkMemories trunkMemories;
    private final Trunks trunks;
    private final SwitchControl switching;
    private final NocParts noc;
    private final LiveParts live;
    private final Reloads reloads;
    private Deciding deciding;
    private ClockGuard clockGuard;

    /** A gateway that may move trunks. */
    public LinkGateway(SiteConfiguration site, Clock machine, Random random) throws CannotStartException {
        this(site, false, machine, random);
    }

    /**
     * Opens what has to be read before anything runs: the lock, what the last run left, the alarms, the journals.
     *
     * @param monitorOnly whether trunk switches are never sent anything but queries
     */
    public LinkGateway(SiteConfiguration site, boolean monitorOnly, Clock machine, Random random)
            throws CannotStartException {
        this.site = site;
        this.clock = new RecordClock(machine);
        try {
            requireFreePorts();
            opened("the lock of the data folder", take(site.data()));
            last = SiteStart.read(site.data());
            holds = new OperatorHolds(site.data());
            alarms = new Alarms(site.data(), clock);
            opened("the alarms", alarms);
            final StartNotices notices = new StartNotices(alarms);
            feedAlarms = new FeedAlarms(notices, new AuditFile(site.data().resolve(AuditFile.NAME), clock), clock);
            final ControlFile control = ControlFile.open(site.data(), last.found());
            trunkMemories = new TrunkMemories(last.found().state().trunks(), Instant.ofEpochSecond(0, clock.utcNs()));
            final KeptState kept = new KeptState(
                    last, Wiring.sync(site), acds, feeds, notices, this::memoryOfClock, trunkMemories, this::decided);
            keeper = new Keeper(control, kept);
            trunkMemories.writeWith(keeper::writeNow);
            opened("the control file", () -> {
                kept.end();
                keeper.close();
                control.close();
            });
            final Reserve reserve = new Reserve();
            opened("the reserve", reserve);
            for (final AcdConfig config : site.acds()) {
                final JournalStart start =
                        last.decide(config.name(), Wiring.serversFedWith(site, config.name()), clock.utcNs(), notices);
                final AcdParts acd = new AcdParts(
                        site, config, start, last.known(config.name()), wasActive(), reserve, clock, random);
                acds.add(acd);
                opened("the journal of " + config.name(), acd);
                acd.keeper().ifPresent(calls -> opened("the calls of " + config.name(), calls));
                site.servers().forEach(server -> kept.takeOver(server.name(), acd.journal()));
            }
            clockGuard = guardOfClock(memoryOfClock());
            for (final ServerConfig server : site.servers()) {
                for (final FeedConfig config : server.feeds()) {
                    if (config instanceof FeedConfig.Relay) {
                        continue; // it is part of the ACD's way in
                    }
                    final FeedServer feed = feed(server, config);
                    feeds.add(feed);
                    opened("the feed of " + server.name(), feed);
                }
            }
            final FeedWatch watch = new FeedWatch(feeds, clock);
            opened("the look at what servers have", watch::lastLook);
            for (final AcdParts acd : acds) {
                opened("the intake of " + acd.config().name(), acd::closeIntake);
            }
            space = spaceKeeper();
            opened("the space keeper", space);
            trunks = new Trunks(site, monitorOnly, trunkMemories, last.forgotten(), this::active, clock);
            opened("the trunk switches", trunks);
            if (site.switchover().configured()) {
                deciding = deciding(monitorOnly, random);
                opened("deciding", deciding);
            }
            switching = deciding == null ? Deciding.absent(this::inForce, clock) : deciding.desk();
            noc = new NocParts(site, acds, feeds, this::status, this::historyDropped, alarms, clock, random);
            opened("what tells others", noc);
            live = new LiveParts(acds, feeds, deciding, noc, space, clock);
            reloads = new Reloads(site, live, new AuditFile(site.data().resolve(AuditFile.NAME), clock), clock);
            board = new StatusBoard(
                    acds,
                    watch,
                    new StandingConditions(
                            acds,
                            feeds,
                            feedAlarms,
                            clockGuard,
                            notices,
                            keeper,
                            space,
                            trunks,
                            deciding,
                            noc,
                            reloads,
                            clock),
                    new StatusPicture(site, acds, feeds, space, trunks, deciding, noc, reloads, clock),
                    alarms,
                    clockGuard);
            opened("the status", board);
        } catch (IOException | RuntimeException e) {
            close();
            throw new CannotStartException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    /** Starts everything, readers before what they read. When it returns, the ports of the file are open and legs are dialled. */
    public void start() throws CannotStartException {
        try {
            keeper.start();
            if (deciding != null) {
                recovery.resume(deciding.durable());
            }
            for (final FeedServer feed : feeds) {
                feed.start();
            }
            for (final AcdParts acd : acds) {
                acd.keeper().ifPresent(CallKeeper::start);
                acd.intake().start(held(acd));
            }
            space.start();
            trunks.start();
            if (deciding != null) {
                deciding.start();
            }
            board.start();
            noc.start();
            opened(
                    "the control socket",
                    ControlServer.start(
                            site.data(),
                            new OperatorRequests(
                                    acds,
                                    feeds,
                                    board,
                                    alarms,
                                    holds,
                                    trunks.desk(),
                                    switching,
                                    new CallAnswers(acds, clock),
                                    noc.tests(),
                                    reloads),
                            clock));
            opened("reloading", reloads);
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

    /** Who sets how much is logged, as a changed configuration says. Any thread. */
    public void logsBy(Consumer<SiteConfiguration.LogLevel> how) {
        live.logsBy(how);
    }

    /** Reads the configuration file again and goes on by it, as far as that can be. Any thread; does not wait. */
    public void reload() {
        reloads.signalled();
    }

    private long historyDropped() {
        return deciding == null ? 0 : deciding.historyDropped();
    }

    private SiteConfiguration inForce() {
        return reloads.running();
    }

    /** Stops in reverse, as far as it was started: nobody asks, nothing more comes in, what is in is synced and sent. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            final Part part = opened.pop();
            try {
                part.closing().close();
            } catch (Exception | Error e) { // an InternalError of mapped memory keeps nobody from the lock
                LOG.warn("{} could not be closed: {}", part.name(), e.toString());
            }
        }
    }

    private void opened(String name, AutoCloseable closing) {
        opened.push(new Part(name, closing));
    }

    private FeedServer feed(ServerConfig server, FeedConfig config) throws IOException {
        final List<LinkJournal> journals =
                config.acds().stream().map(acd -> acd(acd).journal()).toList();
        final Map<String, Long> held = new HashMap<>();
        final Map<String, Long> strangeTo = new HashMap<>();
        for (final LinkJournal journal : journals) {
            final ControlState.Hold hold = last.hold(server.name(), journal);
            if (hold != null) {
                held.put(journal.acd(), hold.through());
            }
            if (hold == null || !hold.fed()) {
                strangeTo.put(journal.acd(), last.shared(journal));
            }
        }
        final FeedServer feed = feed(server, config, journals, held);
        journals.forEach(journal -> feed.claim(journal.acd(), last.claim(server.name(), journal.acd())));
        strangeTo.forEach(
                (acd, shared) -> feed.neverFed(acd, shared, then -> firstLogin(server.name() + "/" + acd, then)));
        return feed;
    }

    private FeedServer feed(
            ServerConfig server, FeedConfig config, List<LinkJournal> journals, Map<String, Long> held) {
        if (config instanceof FeedConfig.SoupBinTcp soup) {
            return new SoupFeedServer(
                    Wiring.feed(site, server.name(), soup, held),
                    journals,
                    recovery.shelves(config.acds()),
                    clock,
                    feedAlarms);
        }
        if (config instanceof FeedConfig.Native played) {
            final AcdParts acd = acd(played.acd());
            return new NativeFeedServer(
                    Wiring.feed(site, server.name(), played, held),
                    new NativeSettings(played.from() == FeedConfig.From.LIVE, played.resend()),
                    acd.journal(),
                    acd.dialect().service(),
                    acd.calls().orElse(null),
                    clock,
                    feedAlarms);
        }
        throw new IllegalStateException("the configuration was checked, and yet: " + config);
    }

    /** Written down before the server gets anything: a kill afterwards must not make a stranger of it. */
    private void firstLogin(String object, Runnable then) {
        keeper.soon(written -> {
            if (!written) {
                LOG.warn(
                        "the first login of {} cannot be written to the control file, and it is fed all the same: if Tandem is killed"
                                + " before that succeeds, the server is refused until the alarm serverAhead is acknowledged",
                        object);
            }
            then.run();
        });
    }

    /** What the next start must know of the clock: until this run knows it, what the last one knew. */
    private Optional<ClockMemory> memoryOfClock() {
        return clockGuard == null
                ? Optional.ofNullable(last.found().state().clock())
                : Optional.of(clockGuard.memory());
    }

    /** The server in control; null: nobody is known to be. */
    private String active() {
        return deciding == null ? null : deciding.active();
    }

    /** What the next start must know of what was decided: of a site that does not switch now, what it knew. */
    private Durable decided() {
        return deciding == null ? last.found().state().deciding() : deciding.durable();
    }

    /** The server that was in control when the last run ended; null: nobody knows. */
    private String wasActive() {
        final Durable decided = last.found().state().deciding();
        return decided == null ? null : decided.active();
    }

    private Deciding deciding(boolean monitorOnly, Random random) {
        final PresentFacts facts = new PresentFacts(site, acds, feeds, clockGuard, trunks);
        final Ledgers ledgers = LedgerParts.of(site, acds, clock);
        opened("the accounts of the calls", ledgers);
        return new Deciding(
                new Deciding.Parts(
                        site,
                        monitorOnly,
                        last.found().state().deciding(),
                        last.forgotten(),
                        StatusPicture.version(),
                        trunks,
                        facts,
                        facts,
                        ledgers,
                        recovery,
                        clock,
                        random),
                keeper::writeNow);
    }

    /** Records go on from the newest one of all journals, whatever UTC says. */
    private ClockGuard guardOfClock(Optional<ClockMemory> memory) {
        final long newestNs =
                acds.stream().mapToLong(acd -> acd.journal().newestAtNs()).max().orElse(0);
        clock.startAt(newestNs);
        return new ClockGuard(
                clock,
                new ClockWatch(clock.bootId(), memory, newestNs, clock.utcNs(), clock.bootedNs()),
                text -> acds.forEach(acd -> acd.intake().mark("clock", text)),
                alarms::active);
    }

    private SpaceKeeper spaceKeeper() {
        final StoredFiles files = new StoredFiles(
                site.data(),
                acds.stream().map(AcdParts::journal).toList(),
                () -> feeds.stream()
                        .flatMap(feed -> feed.status().feeds().stream())
                        .toList(),
                name -> acd(name).shelf().map(RecoveryShelf::sessions).orElse(List.of()));
        return new SpaceKeeper(
                site.data(),
                site.journal(),
                files,
                this::active,
                () -> acds.stream().anyMatch(acd -> acd.journal().lacksRoom()),
                () -> !clockGuard.isSuspect(),
                clock,
                new SpaceLegs(acds),
                keeper::writeNow);
    }

    private AcdParts acd(String name) {
        return acds.stream()
                .filter(each -> each.config().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What an operator has taken out: leg numbers, or both if the ACD is paused. */
    private AcdIntake.Holds held(AcdParts acd) {
        final String name = acd.config().name();
        return new AcdIntake.Holds(
                holds.contains(name), holds.contains(name + "/leg-1"), holds.contains(name + "/leg-2"));
    }

    private static InstanceLock take(Path data) throws IOException {
        if (!Files.exists(data)) {
            try {
                Files.createDirectories(
                        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
            } catch (IOException e) {
                throw new IOException(
                        "the data folder " + data + " cannot be made (" + e
                                + "): make it yourself, or name another folder as data",
                        e);
            }
        }
        final InstanceLock lock = InstanceLock.take(data);
        OthersOut.of(data);
        return lock;
    }

    private void requireFreePorts() throws BindException {
        for (final ServerConfig server : site.servers()) {
            for (final FeedConfig feed : server.feeds()) {
                if (feed instanceof FeedConfig.SoupBinTcp soup) {
                    requireFree("the feed of " + server.name(), soup.listen());
                } else if (feed instanceof FeedConfig.Native played && !played.dial()) {
                    requireFree("the feed of " + server.name(), played.address());
                } else if (feed instanceof FeedConfig.Relay relay) {
                    requireFree("the relay to " + server.name(), relay.listen());
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
