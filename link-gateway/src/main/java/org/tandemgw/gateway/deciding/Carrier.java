package org.tandemgw.gateway.deciding;

import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.SwitchoverView;

/** Has done what was decided, and keeps the record of it. Thread {@code control}; begins things, waits for nothing but a file. */
interface Carrier {
    /** The machine is about to be told this. */
    void recorded(Event event, long nowMs, Switchover machine);

    /** From now on it decides by these. */
    void follows(SwitchoverRules rules);

    /** What was decided is durable now: do it. */
    void carryOut(Action action, long nowMs);

    /** So it stands now; told a few times a second. */
    void stands(SwitchoverView view, long nowMs);

    /** Nothing is decided any more, by a fault of ours; told once, as the last. */
    void ended(String why);
}
