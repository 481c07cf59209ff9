package org.tandemgw.gateway.arbiter;

/** Notices that a connected leg no longer adds anything: redundancy lost silently is the common fault. */
final class RedundancyWatch {
    private final ArbiterSettings settings;
    private final MergedList merged;

    RedundancyWatch(ArbiterSettings settings, MergedList merged) {
        this.settings = settings;
        this.merged = merged;
    }

    void look(LegTrack leg, long nowNs) {
        if (leg.state == LegState.DOWN) {
            leg.owed.set(0);
            leg.show(false, true);
            return;
        }
        final long end = merged.keys.end();
        leg.dueBelow = Math.max(leg.dueBelow, Math.max(leg.connectedAt, merged.keys.base()));
        while (leg.dueBelow < end && nowNs - merged.arrivedNs(leg.dueBelow) >= settings.owedAfterNs()) {
            leg.dueBelow++;
        }
        final long owed = Math.max(0, leg.dueBelow - Math.max(leg.front + 1, leg.connectedAt));
        leg.owed.set(owed);
        final boolean silent =
                leg.missedFrames >= settings.silenceFrames() && nowNs - leg.missedSinceNs >= settings.silenceNs();
        final boolean late = leg.isUp() && leg.lagNs.get() > settings.lagLimitNs();
        leg.show(silent, !silent && !late && owed <= settings.owedLimitFrames());
    }
}
