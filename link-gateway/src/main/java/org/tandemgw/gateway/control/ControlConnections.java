package org.tandemgw.gateway.control;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections that are open, at most {@link #MAX_OPEN}. When one too many comes, the oldest that has not asked anything yet is closed; if all
 * have, the oldest of them. So nobody is kept out by who came before, whether that one says nothing or takes his time. Used by the control thread; counters by any.
 */
final class ControlConnections {
    static final int MAX_OPEN = 64;

    private final Set<Channel> silent = new LinkedHashSet<>();
    private final Set<Channel> busy = new LinkedHashSet<>();
    private volatile int open;
    private volatile long accepted;
    private volatile long crowdedOut;
    private volatile long timedOut;
    private volatile long refused;
    private volatile long failed;

    void opened(Channel channel) {
        accepted++;
        silent.add(channel);
        if (silent.size() + busy.size() > MAX_OPEN) {
            crowdedOut++;
            // The newcomer is silent too, but it has not had its chance yet.
            final Set<Channel> crowd = silent.size() > 1 ? silent : busy;
            final Channel oldest = crowd.iterator().next();
            crowd.remove(oldest);
            oldest.close();
        }
        open = silent.size() + busy.size();
    }

    void asked(Channel channel) {
        silent.remove(channel);
        busy.add(channel);
    }

    void closed(Channel channel) {
        silent.remove(channel);
        busy.remove(channel);
        open = silent.size() + busy.size();
    }

    void closeAll() {
        List.copyOf(silent).forEach(Channel::close);
        List.copyOf(busy).forEach(Channel::close);
    }

    void timedOut(Channel channel) {
        timedOut++;
        channel.close();
    }

    void refused() {
        refused++;
    }

    void failed() {
        failed++;
    }

    ControlServer.Counters counters() {
        return new ControlServer.Counters(open, accepted, crowdedOut, timedOut, refused, failed);
    }
}
