package org.tandemgw.gateway.switchover.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.PhaseMove;

/** What happens in a simulated life, in words: what is true, what Tandem sees of it, what it makes of that, what it does. */
final class Timeline {
    private final SimLife life;
    private final Consumer<String> told;
    private final Map<String, Integer> failed = new HashMap<>();
    private final Map<String, String> known = new HashMap<>();
    private long zeroMs;

    Timeline(SimLife life, Consumer<String> told) {
        this.life = life;
        this.told = told;
        zeroMs = life.time.nowMs();
        life.world.servers.forEach(each -> known.put(each.name, truth(each)));
        life.world.boxes.forEach(each -> known.put(each.name, truth(each)));
    }

    void fault(SimFault fault, String active) {
        zeroMs = life.time.nowMs();
        line(zeroMs, "FAULT", fault.meaning + " (" + active + " is active)");
    }

    void end() {
        final String state = life.tandem.running()
                ? life.tandem.life().core().view().state() + ", active: "
                        + life.tandem.life().core().view().active()
                : "Tandem does not run";
        line(life.time.nowMs(), "END", state);
    }

    /** Something true has changed. */
    void truth() {
        life.world.servers.forEach(each -> changed(each.name, truth(each)));
        life.world.boxes.forEach(each -> changed(each.name, truth(each)));
    }

    private void changed(String name, String now) {
        if (!now.equals(known.put(name, now))) {
            line(life.time.nowMs(), "TRUTH", name + ": " + now);
        }
    }

    private String truth(SimServer server) {
        final String service = !server.machineUp
                ? "its machine is dead"
                : switch (server.service) {
                    case RUNNING -> "its service runs";
                    case DEAD -> "its service is dead";
                    case HUNG -> "its service hangs";
                    case WRONG -> "its service says that it is not well";
                };
        final boolean main = life.world.network.mainOpen(server);
        final boolean second = life.world.network.secondOpen(server);
        return service + (main && second ? "" : main || second ? ", one way to it is cut" : ", no way to it is open");
    }

    private String truth(SimBox box) {
        final int together = box.together();
        return "its relays lead to "
                + (together < 0 ? "both servers, or to none" : life.world.servers.get(together).name)
                + (box.mood == SimBox.Mood.WELL
                        ? ""
                        : " (" + box.mood.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")");
    }

    void event(long atMs, Event event) {
        if (event instanceof Event.Looked looked) {
            looked(atMs, looked);
        } else if (event instanceof Event.NetworkLooked looked) {
            place(atMs, looked);
        } else if (event instanceof Event.TrunksSeen seen) {
            final String where = !seen.reachable()
                    ? "cannot be read"
                    : seen.leadsTo() == null ? "mixed, or unknown" : "leads to " + seen.leadsTo();
            if (!where.equals(known.put("seen " + seen.name(), where))) {
                line(
                        atMs,
                        "seen",
                        "trunk switch " + seen.name() + ": " + where
                                + (seen.movedWithoutUs() ? ", moved by hand" : ""));
            }
        } else if (event instanceof Event.FeedsSeen feeds) {
            line(
                    atMs,
                    "seen",
                    "feeds of " + feeds.server() + ": "
                            + (feeds.atParity() ? "at parity" : feeds.connected() ? "connected, behind" : "lost"));
        } else if (event instanceof Event.LegsSeen legs) {
            line(atMs, "seen", legs.alive() ? "an ACD's leg has data again" : "no leg of any ACD has data");
        } else if (event instanceof Event.ClockSeen clock) {
            line(atMs, "seen", clock.suspect() ? "the clock is suspect: " + clock.why() : "the clock is good again");
        } else if (event instanceof Event.Stalled stalled) {
            line(
                    atMs,
                    "seen",
                    "Tandem itself did not run for " + seconds(stalled.lateMs()) + " s: what it saw is no evidence");
        } else if (event instanceof Event.StoreFailed store) {
            line(atMs, "seen", "the decision cannot be written down: " + store.why());
        } else if (event instanceof Event.StepOver step) {
            line(
                    atMs,
                    "done",
                    step.step() + " of " + step.server() + (step.ok() ? " succeeded" : " FAILED: " + step.said())
                            + ", after " + seconds(Math.round(step.tookMs())) + " s");
        } else if (event instanceof Event.SelectOver select) {
            line(
                    atMs,
                    "done",
                    "trunk switch " + select.name() + ": " + select.outcome()
                            + (select.refusedBecause() == null ? "" : ", " + select.refusedBecause()));
        } else if (event instanceof Event.Asked asked) {
            line(atMs, "asked", "an operator: " + asked.wish());
        }
    }

    private void looked(long atMs, Event.Looked looked) {
        final String name = looked.server() + "/" + looked.probe() + (looked.secondPath() ? ", second path" : "");
        if (looked.look().sight().answered()) {
            final Integer before = failed.put(name, 0);
            if (before != null && before > 0) {
                line(atMs, "seen", name + ": answers again, after " + before + " failed");
            }
            return;
        }
        final int inARow = failed.merge(name, 1, Integer::sum);
        final int failures = life.tandem.site().rules().server(looked.server()).probes().stream()
                .filter(each -> each.name().equals(looked.probe()))
                .mapToInt(each -> each.failures())
                .findFirst()
                .orElse(1);
        if (inARow == 1 || inARow == failures) {
            line(atMs, "seen", name + ": " + said(looked.look()) + ", " + inARow + " of " + failures + " in a row");
        }
    }

    private void place(long atMs, Event.NetworkLooked looked) {
        final String now = looked.look().sight().reached() ? "answers" : said(looked.look());
        final String before = known.put("place " + looked.target(), now);
        if (before == null ? !now.equals("answers") : !now.equals(before)) {
            line(atMs, "seen", looked.target() + ": " + now);
        }
    }

    private static String said(Look look) {
        return look.said() == null ? look.sight().toString() : look.sight() + " (" + look.said() + ")";
    }

    void action(long atMs, Action action) {
        if (action instanceof Action.Opened opened) {
            final Decision decision = opened.decision();
            line(
                    atMs,
                    "DECIDED",
                    "to switch from " + decision.from() + " to " + decision.to() + ", " + decision.trigger() + ": "
                            + decision.reason());
        } else if (action instanceof Action.Closed closed) {
            final List<String> because = closed.decision().refusedBecause();
            line(
                    atMs,
                    "OUTCOME",
                    closed.decision().outcome() + (because.isEmpty() ? "" : ": " + String.join("; ", because)));
        } else if (action instanceof Action.Demote demote) {
            line(atMs, "order", demote.server() + " is told to stop");
        } else if (action instanceof Action.Select select) {
            line(atMs, "order", "the trunks are to lead to " + select.server());
        } else if (action instanceof Action.Promote promote) {
            line(atMs, "order", promote.server() + " is told to start; fence: " + promote.fence());
        }
    }

    void phase(long atMs, Phase to) {
        final List<PhaseMove> moves = life.tandem.life().core().view().moves();
        final String why =
                moves.isEmpty() ? "" : " (" + moves.get(moves.size() - 1).why() + ")";
        line(atMs, "state", to.sentence() + why);
    }

    void note(long atMs, String text) {
        if (text.startsWith("Tandem starts")) {
            line(atMs, "TRUTH", "Tandem starts");
        } else if (text.startsWith("Tandem ")) {
            line(atMs, "TRUTH", text);
        }
    }

    private void line(long atMs, String kind, String text) {
        told.accept(String.format(Locale.ROOT, "%+9.3f s  %-8s %s", (atMs - zeroMs) / 1_000.0, kind, text));
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f", ms / 1_000.0);
    }
}
