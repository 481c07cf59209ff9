package org.tandemgw.gateway.probe;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.config.NetworkTarget;
import org.tandemgw.gateway.config.ProbeConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.time.Clock;

/**
 * All looks of a site: every probe of every server in its rhythm, and the network each second. Started and closed once, by whoever composes the site. One loop thread,
 * {@code probe-net}, and as many helper threads {@code probe-wait-n} as there are looks that can only wait.
 */
public final class Probes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);
    private static final long NETWORK_EVERY_MS = 1_000;
    private static final long NETWORK_TIMEOUT_MS = 800;
    private static final int NAME_THREADS = 4;
    private static final int STOP_MS = 1_000;

    private final Clock clock;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Helpers helpers;
    private final Helpers resolvers;
    private final String icmpRefusal;
    private final HostNames names;
    private final LookListener listener;
    private final FeedFacts feeds;
    private final Random random;
    private final Map<String, Watch> watches = new LinkedHashMap<>();
    private final Map<String, Object> asked = new LinkedHashMap<>();

    /**
     * Looks at nothing before {@link #start}.
     *
     * @param random for request numbers and the like
     * @param listener hears everything, on the loop thread
     */
    public Probes(SiteConfiguration site, FeedFacts feeds, Clock clock, Random random, LookListener listener) {
        this.clock = clock;
        icmpRefusal = IcmpRight.refusal();
        group = new MultiThreadIoEventLoopGroup(1, Probes::thread, NioIoHandler.newFactory());
        loop = group.next();
        this.listener = listener;
        this.feeds = feeds;
        this.random = random;
        helpers = new Helpers("probe-wait", 1);
        resolvers = new Helpers("probe-name", NAME_THREADS);
        names = new HostNames(loop, clock, resolvers);
        watchAll(site);
    }

    /** What is to be looked at, each with all that says how. */
    private static Map<String, Object> wanted(SiteConfiguration site) {
        final Map<String, Object> wanted = new LinkedHashMap<>();
        site.servers().forEach(server -> server.probes()
                .forEach(probe -> wanted.put(server.name() + "/" + probe.name(), probe)));
        NetworkTarget.of(site).forEach(target -> wanted.put(target.host(), target));
        return wanted;
    }

    /** Makes what is not there yet, and says which. */
    private List<Watch> watchAll(SiteConfiguration site) {
        final Map<String, Object> wanted = wanted(site);
        helpers.most(2 * wanted.size() - NetworkTarget.of(site).size());
        final Map<String, Watch> made = new LinkedHashMap<>();
        for (final ServerConfig server : site.servers()) {
            final Lookers lookers = new Lookers(
                    new Lookers.Parts(names, helpers, clock, random, feeds, icmpRefusal), site.site(), server.name());
            for (final ProbeConfig probe : server.probes()) {
                final String name = server.name() + "/" + probe.name();
                if (!watches.containsKey(name)) {
                    made.put(name, watch(server.name(), probe, lookers));
                }
            }
        }
        for (final NetworkTarget target : NetworkTarget.of(site)) {
            if (!watches.containsKey(target.host())) {
                made.put(target.host(), watch(target));
            }
        }
        watches.putAll(made);
        made.keySet().forEach(name -> asked.put(name, wanted.get(name)));
        return List.copyOf(made.values());
    }

    private Watch watch(NetworkTarget target) {
        return new Watch(
                loop,
                clock,
                new Rhythm(NETWORK_EVERY_MS, 0, 1),
                NETWORK_TIMEOUT_MS,
                new NetworkLooker(names, helpers, clock, target, icmpRefusal),
                null,
                (second, look) -> listener.networkLooked(target.host(), look));
    }

    private Watch watch(String server, ProbeConfig probe, Lookers lookers) {
        final String name = server + "/" + probe.name();
        return new Watch(
                loop,
                clock,
                new Rhythm(probe.every().toMillis(), probe.retry().toMillis(), probe.failures()),
                probe.timeout().toMillis(),
                lookers.main(probe, () -> lookNow(List.of(name))),
                lookers.second(probe),
                (second, look) -> listener.looked(server, probe.name(), second, look));
    }

    private static Thread thread(Runnable work) {
        final Thread thread = new FastThreadLocalThread(work, "probe-net");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins; the first looks are spread over the shorter of one interval and one second. */
    public void start() {
        if (icmpRefusal != null) {
            LOG.warn(
                    "{}: icmp probes are not asked, and the network is looked at by TCP; {}",
                    icmpRefusal,
                    IcmpRight.REMEDY);
        }
        LOG.info("{} probes and places in the network are watched", watches.size());
        loop.execute(() -> start(watches.values()));
    }

    private static void start(Collection<Watch> all) {
        int number = 0;
        for (final Watch each : all) {
            each.start(NETWORK_EVERY_MS * number++ / (2L * all.size()));
        }
    }

    /**
     * Looks no more at what this configuration has not, or asks otherwise. When it returns nothing more is told of it. After {@link #start}; any other thread.
     *
     * @return what: {@code server/probe}, or an address of the network
     */
    public Set<String> endAllBut(SiteConfiguration site) {
        final Map<String, Object> wanted = wanted(site);
        final Set<String> ended = new LinkedHashSet<>();
        loop.submit(() -> {
                    asked.forEach((name, how) -> {
                        if (!how.equals(wanted.get(name))) {
                            ended.add(name);
                            watches.remove(name).close();
                        }
                    });
                    asked.keySet().removeAll(ended);
                })
                .awaitUninterruptibly();
        return ended;
    }

    /** Looks at what this configuration has and is not looked at. After {@link #endAllBut}, which has ended what was asked otherwise; any other thread. */
    public void begin(SiteConfiguration site) {
        loop.submit(() -> start(watchAll(site))).awaitUninterruptibly();
    }

    /** Looks out of the rhythm, at once: {@code server/probe}, both paths, or an address of the network. What is not watched is left out. Any thread. */
    public void lookNow(Collection<String> targets) {
        final List<String> wanted = List.copyOf(targets);
        loop.execute(() -> wanted.stream().map(watches::get).forEach(watch -> {
            if (watch != null) {
                watch.lookNow();
            }
        }));
    }

    /** Why this process may not send ICMP, so that {@code icmp} probes are not asked; null if it may. Any thread. */
    public String icmpRefusal() {
        return icmpRefusal == null ? null : icmpRefusal + "; " + IcmpRight.REMEDY;
    }

    /** Ends all looks; nothing is told any more when it returns. Programs that run are killed. */
    @Override
    public void close() {
        if (!group.isShuttingDown()) {
            loop.submit(() -> watches.values().forEach(Watch::close)).awaitUninterruptibly(STOP_MS);
            helpers.close();
            resolvers.stop(); // who waits for a name service hears no interrupt
            group.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2L * STOP_MS);
        }
    }
}
