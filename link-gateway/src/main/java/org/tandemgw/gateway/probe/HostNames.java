package org.tandemgw.gateway.probe;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * Addresses of hosts. On the loop; names are asked for on helper threads, one question per name at a time. An address that was known once is used until a newer one is
 * known, so that a name service that is gone is not taken for a server that is gone.
 */
final class HostNames {
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(60);

    private final EventLoop loop;
    private final Clock clock;
    private final Helpers helpers;
    private final Map<String, Name> names = new HashMap<>();

    HostNames(EventLoop loop, Clock clock, Helpers helpers) {
        this.loop = loop;
        this.clock = clock;
        this.helpers = helpers;
    }

    /** Goes on with the address: at once, or as soon as it is known, if the attempt is not over by then. */
    void find(String host, Attempt attempt, Consumer<InetAddress> then) {
        final Name name = names.computeIfAbsent(host, Name::new);
        if (name.address == null || !name.literal && clock.nanoTime() - name.sinceNs > FRESH_NS) {
            name.ask();
        }
        if (name.address != null) {
            attempt.asks(name.address);
            then.accept(name.address);
            return;
        }
        attempt.waitsFor(host + " is not resolved; write an address to depend on no name service");
        name.waiting.removeIf(each -> each.attempt.isOver());
        name.waiting.add(new Waiting(attempt, then));
    }

    private record Waiting(Attempt attempt, Consumer<InetAddress> then) {}

    private final class Name {
        private final String host;
        private final boolean literal;
        private final List<Waiting> waiting = new ArrayList<>();
        private InetAddress address;
        private long sinceNs;
        private boolean asking;

        private Name(String host) {
            this.host = host;
            literal = HostPort.isAddress(host);
            if (literal) {
                try {
                    address = InetAddress.getByName(host); // asks nobody
                } catch (UnknownHostException e) {
                    throw new IllegalArgumentException("checked, and yet no address: " + host, e);
                }
            }
        }

        private void ask() {
            if (asking || literal) {
                return;
            }
            asking = helpers.tryRun(() -> {
                InetAddress found = null;
                String why = null;
                try {
                    found = InetAddress.getByName(host);
                } catch (UnknownHostException e) {
                    why = "the name " + host + " is not known here; write an address, or mend the name service";
                }
                final InetAddress known = found;
                final String unknown = why;
                if (!loop.isShuttingDown()) {
                    loop.execute(() -> answered(known, unknown));
                }
            });
        }

        private void answered(InetAddress found, String unknown) {
            asking = false;
            // Also when it failed: it is asked again in a while, not at each look.
            sinceNs = clock.nanoTime();
            if (found != null) {
                address = found;
            }
            final List<Waiting> all = List.copyOf(waiting);
            waiting.clear();
            for (final Waiting each : all) {
                if (each.attempt.isOver()) {
                    continue;
                }
                if (found == null) {
                    each.attempt.over(Sight.NOT_ASKED, unknown);
                } else {
                    each.attempt.waitsFor(null);
                    each.attempt.asks(found);
                    each.then.accept(found);
                }
            }
        }
    }
}
