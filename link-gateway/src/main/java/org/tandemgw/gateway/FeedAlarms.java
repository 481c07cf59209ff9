package org.tandemgw.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.feed.FeedEvents;
import org.tandemgw.gateway.time.Clock;

/**
 * What feeds tell of their servers, kept until the server's next good login says otherwise, and in any case until the
 * status has seen it once: a client that asks again at once must not hide what it lost. Called on the feeds' threads.
 */
final class FeedAlarms implements FeedEvents {
    private static final Logger LOG = LoggerFactory.getLogger(FeedAlarms.class);

    private final StartNotices notices;
    private final AuditFile audit;
    private final DeniedActions denied;
    private final Map<String, Condition> standing = new HashMap<>();
    private final Set<String> over = new HashSet<>();
    private final Map<String, String> told = new HashMap<>();

    /**
     * Nothing stands yet.
     *
     * @param notices who waits for logins to a new generation
     * @param audit where it is kept what clients were refused
     */
    FeedAlarms(StartNotices notices, AuditFile audit, Clock clock) {
        this.denied = new DeniedActions(clock);
        this.notices = notices;
        this.audit = audit;
    }

    /** What stands now, and what stood since the last look. Status thread, which also writes down what clients were refused. */
    List<Condition> conditions() {
        denied.writeTo(audit);
        return standing();
    }

    private synchronized List<Condition> standing() {
        final List<Condition> all = new ArrayList<>(standing.values());
        standing.keySet().removeAll(over);
        over.clear();
        return all;
    }

    @Override
    public synchronized void loggedIn(String server, String acd, String peer, long start) {
        notices.loggedIn(server, acd);
        final String object = server + "/" + acd;
        LOG.info("{} has logged in from {} and is fed from sequence {}", object, peer, start);
        standing.keySet().stream().filter(key -> key.endsWith(" " + object)).forEach(over::add);
    }

    @Override
    public void ended(String server, String acd, String why) {
        LOG.info("{}/{} is not connected any more: {}", server, acd, why);
    }

    @Override
    public void serverLost(String server, String acd, long from, long to) {
        stand(
                AlarmName.SERVER_LOST,
                server,
                acd,
                "sequences " + from + " to " + to + " are no longer kept: they are lost to it");
    }

    @Override
    public synchronized void serverAhead(String server, String acd, String what) {
        stand(AlarmName.SERVER_AHEAD, server, acd, what);
        over.add(AlarmName.SERVER_AHEAD + " " + server + "/" + acd); // from the second look on the claim itself tells
    }

    @Override
    public void serverDiffers(String server, String acd, long through, String theirs, String ours) {
        stand(
                AlarmName.SERVER_DIFFERS,
                server,
                acd,
                "its digest through " + through + " is " + theirs + ", the journal's is " + ours);
    }

    @Override
    public void replaced(String server, String acd, String oldPeer, String newPeer) {
        LOG.warn("{}/{}: a login from {} has replaced the connection from {}", server, acd, newPeer, oldPeer);
    }

    @Override
    public void denied(String server, String acd, String who, String action) {
        denied.add(server + "/" + acd, who, action);
    }

    private synchronized void stand(AlarmName name, String server, String acd, String text) {
        final String object = server + "/" + acd;
        if (!text.equals(told.put(name + " " + object, text))) { // a client that asks each second is told of once
            LOG.warn("{} {}: {}", name, object, text);
        }
        over.remove(name + " " + object);
        standing.put(name + " " + object, new Condition(name, object, text));
    }
}
