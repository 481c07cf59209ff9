package org.tandemgw.gateway.probe;

import org.tandemgw.gateway.health.Sight;

/** Whether a server reads its feed: logged in, and either it has everything or it gets nearer. On the loop. */
final class FeedLooker implements Looker {
    private final FeedFacts facts;
    private final String server;
    private final String acd;
    private long lastCursor;
    private boolean wasBehind;

    FeedLooker(FeedFacts facts, String server, String acd) {
        this.facts = facts;
        this.server = server;
        this.acd = acd;
    }

    @Override
    public void look(Attempt attempt) {
        final FeedFacts.Reading reading = facts.of(server, acd);
        if (reading == null) {
            attempt.over(Sight.NOT_ASKED, "this server has no feed of " + acd);
            return;
        }
        final boolean stands = wasBehind && reading.cursor() == lastCursor;
        wasBehind = reading.connected() && reading.behind() > 0;
        lastCursor = reading.cursor();
        if (!reading.connected()) {
            attempt.over(Sight.SILENT, "is not logged in to the feed of " + acd);
        } else if (!wasBehind) {
            attempt.over(Sight.ANSWERED, "has everything up to " + reading.cursor());
        } else if (stands) {
            attempt.over(
                    Sight.SILENT,
                    "reads nothing: has stood at " + reading.cursor() + " since the last look, " + reading.behind()
                            + " behind");
        } else {
            attempt.over(Sight.ANSWERED, "reads: at " + reading.cursor() + ", " + reading.behind() + " behind");
        }
    }
}
