package org.tandemgw.gateway.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.time.Clock;

/** An echo request, if this process may send one. It waits on a helper thread. */
final class IcmpLooker implements Looker {
    private final HostNames names;
    private final Helpers helpers;
    private final Clock clock;
    private final String host;
    private final String refusal;

    /**
     * For one host.
     *
     * @param refusal why this process may not send ICMP; null if it may
     */
    IcmpLooker(HostNames names, Helpers helpers, Clock clock, String host, String refusal) {
        this.names = names;
        this.helpers = helpers;
        this.clock = clock;
        this.host = host;
        this.refusal = refusal;
    }

    @Override
    public void look(Attempt attempt) {
        if (refusal != null) {
            attempt.over(Sight.NOT_ASKED, "not asked: " + refusal + "; " + IcmpRight.REMEDY);
            return;
        }
        names.find(host, attempt, address -> {
            attempt.waitsFor("no echo request has gone out yet");
            if (!helpers.tryRun(() -> ping(attempt, address))) {
                attempt.over(
                        Sight.NOT_ASKED,
                        "not asked: there is no thread for it: other looks hang, or this machine has no more");
            }
        });
    }

    private void ping(Attempt attempt, InetAddress address) {
        final int limitMs = (int) attempt.timeoutMs();
        attempt.loop().execute(() -> attempt.waitsFor(null));
        final long beganNs = clock.nanoTime();
        try {
            final boolean echo = address.isReachable(limitMs);
            final long tookMs = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - beganNs);
            attempt.loop().execute(() -> ended(attempt, echo, tookMs));
        } catch (IOException e) {
            attempt.loop().execute(() -> attempt.failed(e));
        }
    }

    private static void ended(Attempt attempt, boolean echo, long tookMs) {
        if (echo) {
            attempt.over(Sight.ANSWERED, "echo");
        } else if (tookMs < attempt.timeoutMs() / 2) {
            // It did not even wait: that is how Java says that there is no route.
            attempt.noWay("no route to it");
        } else {
            attempt.silent("no echo within " + attempt.timeoutMs() + " ms");
        }
    }
}
