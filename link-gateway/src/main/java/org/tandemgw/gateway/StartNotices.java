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
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.StartDecision;

/**
 * What operators must be told of a start. A new generation stands, over restarts too, until each server has logged in to it;
 * damage stands until the next start; a cut tail is told once. Filled by the thread that starts the gateway, then used by the
 * threads {@code status}, {@code keeper} and those of the feeds.
 */
final class StartNotices {
    private static final Logger LOG = LoggerFactory.getLogger(StartNotices.class);

    /** What is older is in the log and in the marks of the generations. */
    private static final int LONGEST = 4_000;

    private final Alarms alarms;
    private final Map<String, String> newGenerations = new HashMap<>();
    private final Map<String, Set<String>> missing = new HashMap<>();
    private final Map<String, String> damages = new HashMap<>();

    StartNotices(Alarms alarms) {
        this.alarms = alarms;
    }

    /**
     * Takes note of a start.
     *
     * @param known what the run before has left; null if nothing
     * @param servers that are fed with the ACD: each has to log in before the notice of a new generation goes
     */
    synchronized void decided(String acd, StartDecision decision, ControlState.Acd known, List<String> servers) {
        final String text = decision.alarm(acd);
        if (text != null) {
            LOG.warn("{}: {}", acd, text);
        }
        if (decision.kind() == StartDecision.Kind.CUT_TAIL) {
            alarms.latch(AlarmName.TAIL_CUT, acd, text);
        } else if (decision.damaged() > 0) {
            damages.put(acd, text);
        }
        final String notice = decision.kind() == StartDecision.Kind.NEW_GENERATION
                ? withEarlier(text, known)
                : known != null && known.generation() == decision.generation() ? known.notice() : null;
        if (notice != null && !servers.isEmpty()) { // else nobody could ever end it
            newGenerations.put(acd, notice);
            missing.put(acd, new HashSet<>(servers));
        }
    }

    /** A generation that not every server had found yet when the next one began: what it cost is still to be told. */
    private static String withEarlier(String text, ControlState.Acd known) {
        final String all = text + (known == null || known.notice() == null ? "" : ". Before that: " + known.notice());
        return all.length() <= LONGEST ? all : all.substring(0, LONGEST) + " …";
    }

    /** The text about an ACD's generation that still stands; null if there is none. */
    synchronized String standing(String acd) {
        return newGenerations.get(acd);
    }

    /** What of an ACD's journal could not be read at the start; empty if all could. Status thread. */
    synchronized String damage(String acd) {
        return damages.getOrDefault(acd, "");
    }

    /** What else stands now. Status thread. */
    synchronized List<Condition> conditions() {
        final List<Condition> all = new ArrayList<>();
        newGenerations.forEach((acd, text) -> all.add(new Condition(AlarmName.NEW_GENERATION, acd, text)));
        return all;
    }

    /** A good login: this server has found the present generation. A feed's thread. */
    synchronized void loggedIn(String server, String acd) {
        final Set<String> servers = missing.get(acd);
        if (servers != null) {
            servers.remove(server);
            if (servers.isEmpty()) {
                missing.remove(acd);
                newGenerations.remove(acd);
            }
        }
    }
}
