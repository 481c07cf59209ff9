package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;
import org.tandemgw.gateway.switchover.Phase;

/** The last things that happened, for whoever has to understand a failure; and, where wanted, all that was decided. */
final class SimTrace {
    private static final int KEPT = 2_048;

    private final long[] times = new long[KEPT];
    private final Object[] things = new Object[KEPT];
    private final List<String> decided;
    private long startMs;
    private long count;
    private Timeline timeline;

    /**
     * @param keepDecided whether all changes of phase and all acts are to be kept, for comparison
     */
    SimTrace(boolean keepDecided) {
        decided = keepDecided ? new ArrayList<>() : null;
    }

    void begin(long nowMs) {
        startMs = nowMs;
    }

    /** From now on it is told in words, too. */
    void tell(Timeline to) {
        timeline = to;
    }

    void event(long atMs, Event event) {
        if (timeline != null) {
            timeline.event(atMs, event);
        }
        add(atMs, event);
    }

    void action(long atMs, Action action) {
        if (timeline != null) {
            timeline.action(atMs, action);
        }
        add(atMs, action);
        if (decided != null && !(action instanceof Action.LookNow)) {
            decided.add(at(atMs) + action);
        }
    }

    void phase(long atMs, Phase from, Phase to) {
        if (timeline != null) {
            timeline.phase(atMs, to);
        }
        String text = from + " -> " + to;
        add(atMs, text);
        if (decided != null) {
            decided.add(at(atMs) + text);
        }
    }

    /** What the world does. */
    void note(long atMs, String text) {
        if (timeline != null) {
            timeline.note(atMs, text);
        }
        add(atMs, "*** " + text);
    }

    private void add(long atMs, Object thing) {
        int slot = (int) (count++ % KEPT);
        times[slot] = atMs;
        things[slot] = thing;
    }

    /** All that was decided, in order. */
    List<String> decided() {
        return List.copyOf(decided);
    }

    /** The last lines, oldest first; looks that say the same as before are left out. */
    String tell(int lines) {
        List<String> told = new ArrayList<>();
        Map<String, String> newest = new HashMap<>();
        for (long i = Math.max(0, count - KEPT); i < count; i++) {
            int slot = (int) (i % KEPT);
            if (saysMore(things[slot], newest)) {
                told.add(at(times[slot]) + text(things[slot]));
            }
        }
        return String.join("\n", told.subList(Math.max(0, told.size() - lines), told.size()));
    }

    private static boolean saysMore(Object thing, Map<String, String> newest) {
        if (thing instanceof Event.Looked looked) {
            String of = looked.server() + "/" + looked.probe() + looked.secondPath();
            return !said(looked.look()).equals(newest.put(of, said(looked.look())));
        }
        return !(thing instanceof Event.NetworkLooked looked)
                || !said(looked.look()).equals(newest.put(looked.target(), said(looked.look())));
    }

    private static String said(Look look) {
        return look.sight() + " " + look.identity() + " " + look.release();
    }

    private static String text(Object thing) {
        if (thing instanceof Event event) {
            return "  " + EventText.write(event);
        }
        return thing instanceof Action ? "      => " + thing : String.valueOf(thing);
    }

    private String at(long ms) {
        long after = ms - startMs;
        return after / 1_000 + "." + String.format("%03d", after % 1_000) + " ";
    }
}
