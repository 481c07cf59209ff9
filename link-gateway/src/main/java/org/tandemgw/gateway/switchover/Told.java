package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.health.ProbeWatch;
import org.tandemgw.gateway.health.ServerHealth;

/** What the probes of a server say, in words. */
final class Told {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private Told() {}

    /** Of the newest look; of a server that answers and counts as down all the same: why, and until when. Null: no look yet. */
    static String said(Core core, ProbeWatch probe) {
        if (!probe.onlyRestarted(core.nowMs())) {
            return probe.said();
        }
        return "answers, but was restarted " + probe.restarts() + " times in the last "
                + probe.restartsPeriodMs() / 1_000 + " s, until "
                + TIME.format(Instant.ofEpochMilli(probe.forgottenMs()).atZone(ZoneId.of(core.rules.timeZone())));
    }

    /** Of all probes that are not up. */
    static List<String> failing(Core core, ServerHealth server) {
        return server.probes().stream()
                .filter(each -> each.health(core.nowMs()) != Health.UP)
                .map(each -> each.name() + " " + each.health(core.nowMs()) + ", "
                        + (each.said() == null ? "no look yet" : said(core, each)))
                .toList();
    }

    /** Of all probes that cannot look. */
    static String blind(ServerHealth server) {
        return String.join(
                "; ",
                server.probes().stream()
                        .filter(ProbeWatch::blind)
                        .map(each -> each.name() + " could not look: " + each.said())
                        .toList());
    }
}
