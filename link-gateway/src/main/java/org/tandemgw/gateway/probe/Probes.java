package org.tandemgw.gateway.probe;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    private final SiteConfiguration site;
    private final Clock clock;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Helpers helpers;
    private final Helpers resolvers;
    private final String icmpRefusal;
    private final Map<String, Watch> watches = new LinkedHashMap<>();

    /**
     * Looks at nothing before {@link #start}.
     *
     * @param random for request numbers and the like
     * @param listener hears everything, on the loop thread
     */
    public Probes(SiteConfiguration site, FeedFacts feeds, Clock clock, Random random, LookListener listener) {
        this.site = site;
        this.clock = clock;
        icmpRefusal = IcmpRight.refusal();
        group = new MultiThreadIoEventLoopGroup(1, Probes::thread, NioIoHandler.newFactory());
        loop = group.next();
        final List<NetworkTarget> network = NetworkTarget.of(site);
        final int probes =
                site.servers().stream().mapToInt(each -> each.probes().size()).sum();
        helpers = new Helpers("probe-wait", 2 * probes + network.size());
        resolvers = new Helpers("probe-name", NAME_THREADS);
        final HostNames names = new HostNames(loop, clock, resolvers);
        for (final ServerConfig server : site.servers()) {
            final Lookers lookers = new Lookers(
                    new Lookers.Parts(names, helpers, clock, random, feeds, icmpRefusal), site.site(), server.name());
            server.probes().forEach(probe -> watch(server.name(), probe, lookers, listener));
        }
        for (final NetworkTarget target : network) {
            watches.put(
                    target.host(),
                    new Watch(
                            loop,
                            clock,
                            new Rhythm(NETWORK_EVERY_MS, 0, 1),
                            NETWORK_TIMEOUT_MS,
                            new NetworkLooker(names, helpers, clock, target, icmpRefusal),
                            null,
                            (second, look) -> listener.networkLooked(target.host(), look)));
        }
    }

    private void watch(String server, ProbeConfig probe, Lookers lookers, LookListener listener) {
        final String name = server + "/" + probe.name();
        watches.put(
                name,
                new Watch(
                        loop,
                        clock,
                        new Rhythm(probe.every().toMillis(), probe.retry().toMillis(), probe.failures()),
                        probe.timeout().toMillis(),
                        lookers.main(probe, () -> watches.get(name).lookNow()),
                        lookers.second(probe),
                        (second, look) -> listener.looked(server, probe.name(), second, look)));
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
        loop.execute(() -> {
            int number = 0;
            for (final Watch each : watches.values()) {
                each.start(NETWORK_EVERY_MS * number++ / (2L * watches.size()));
            }
        });
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
