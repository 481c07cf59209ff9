package org.tandemgw.gateway.probe;

import org.tandemgw.gateway.health.Sight;

/**
 * Whether a server reads its feed: logged in, and either it has everything or it gets nearer. That it stands is held against it only if it
 * was counted anew, for long enough, and not of both servers at once: else it may be Tandem that is slow. On the loop.
 */
final class FeedLooker implements Looker {
    /** For so long nothing of what was written to it must have got on. */
    private static final long STANDS_MS = 3_000;

    private final FeedFacts facts;
    private final String server;
    private final String acd;
    private long lastCursor;
    private long lastStandsMs;
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
        final boolean counted = reading.standsMs() > lastStandsMs;
        lastStandsMs = reading.standsMs();
        lastCursor = reading.cursor();
        if (!reading.connected()) {
            attempt.over(Sight.SILENT, "is not logged in to the feed of " + acd);
        } else if (!wasBehind) {
            attempt.over(Sight.ANSWERED, "has everything up to " + reading.cursor());
        } else if (stands) {
            final String unsure = unsure(reading, counted);
            final String where = reading.cursor() + ", " + reading.behind() + " behind";
            attempt.over(
                    unsure == null ? Sight.SILENT : Sight.NOT_ASKED,
                    unsure == null
                            ? "reads nothing: has stood for " + reading.standsMs() + " ms at " + where
                            : "at " + where + ", as at the last look; " + unsure);
        } else {
            attempt.over(Sight.ANSWERED, "reads: at " + reading.cursor() + ", " + reading.behind() + " behind");
        }
    }

    /** Why that it stands is not held against it; null: it is. */
    private static String unsure(FeedFacts.Reading reading, boolean counted) {
        if (reading.othersStand()) {
            return "the other server stands too, so it may be Tandem";
        }
        if (!counted) {
            return "what it has was not counted anew since then";
        }
        return reading.standsMs() < STANDS_MS ? "not yet for " + STANDS_MS / 1_000 + " s" : null;
    }
}
