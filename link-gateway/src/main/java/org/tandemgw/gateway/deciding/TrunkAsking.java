package org.tandemgw.gateway.deciding;

import org.tandemgw.gateway.switchover.SwitchoverView;

/** Asks the trunk switches in a short rhythm while a switch waits for nothing else: their own may be minutes long by then. Thread {@code control}. */
final class TrunkAsking {
    static final long EVERY_MS = 2_000;

    private final Runnable ask;
    private long nextMs = Long.MIN_VALUE;

    /** What asks them; must not wait. */
    TrunkAsking(Runnable ask) {
        this.ask = ask;
    }

    void stands(SwitchoverView view, long nowMs) {
        if (view.waitsForTrunks() && nowMs >= nextMs) {
            nextMs = nowMs + EVERY_MS;
            ask.run();
        }
    }
}
