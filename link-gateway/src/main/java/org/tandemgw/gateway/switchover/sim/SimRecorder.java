package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/**
 * Keeps what a decision record would hold: a snapshot, and the lines of the events since. Whenever a decision opens or closes, the same
 * must come out of what was kept as came out of the machine itself.
 */
final class SimRecorder {
    private static final int EVENTS_PER_SNAPSHOT = 64;

    private final SimCore.Maker maker;
    private final SimTrace trace;
    private final int oneIn;
    private final List<Line> since = new ArrayList<>();
    private SwitchoverRules rules;
    private String snapshot;
    private int decisions;
    int replayed;

    private record Line(long atMs, Event event) {}

    /**
     * @param oneIn how many decisions there are to one that is replayed; 0: none is
     */
    SimRecorder(SimCore.Maker maker, SimTrace trace, int oneIn) {
        this.maker = maker;
        this.trace = trace;
        this.oneIn = oneIn;
    }

    void begin(SimCore core, SwitchoverRules inForce) {
        rules = inForce;
        begin(core);
    }

    private void begin(SimCore core) {
        if (oneIn > 0) {
            since.clear();
            snapshot = core.snapshot();
        }
    }

    void heard(Event event, long nowMs, List<Action> did, SimCore core) {
        if (oneIn == 0) {
            return;
        }
        since.add(new Line(nowMs, event));
        boolean decides = false;
        for (Action each : did) {
            decides |= each instanceof Action.Opened || each instanceof Action.Closed;
        }
        if (decides && decisions++ % oneIn == 0) {
            replay(did);
        }
        if (since.size() >= EVENTS_PER_SNAPSHOT) {
            begin(core);
        }
    }

    private void replay(List<Action> did) {
        SimCore again = maker.restore(rules, snapshot);
        List<Action> same = List.of();
        for (Line each : since) {
            String text = EventText.write(each.event());
            Event read = EventText.read(text);
            if (!read.equals(each.event())) {
                throw new SimViolation("replay", "an event line is read back as another: " + text, trace);
            }
            same = again.on(read, each.atMs());
        }
        if (!same.equals(did)) {
            throw new SimViolation("replay", "a decision is replayed as another:\n" + did + "\n" + same, trace);
        }
        replayed++;
    }
}
