package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.health.Sight;

/**
 * A story in text: facts with their times go in, and below each stands, indented, all that the machine makes of it. See the README
 * beside the scripts.
 */
final class Script {
    private static final long START_MS = 1_795_000_000_000L;
    private static final String INDENT = "          ";

    private final List<String> out = new ArrayList<>();
    private RigRules words = RigRules.site();
    private Rig rig;
    private PhaseMove told;

    /** The script with what really happens in place of what it says. */
    static String play(String text) {
        final Script script = new Script();
        text.lines().filter(line -> !line.startsWith(INDENT)).forEach(script::line);
        return String.join("\n", script.out) + "\n";
    }

    private void line(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            out.add(line);
        } else if (line.startsWith("given ")) {
            out.add(line);
            for (final String word : line.substring(6).trim().split(" +")) {
                words = words.with(word);
            }
        } else {
            start();
            final int blank = line.indexOf(' ');
            final long atMs = START_MS + RigRules.millis(line.substring(0, blank));
            ticks(atMs);
            out.add(line);
            said(line.substring(blank).trim(), atMs);
        }
    }

    private void start() {
        if (rig == null) {
            rig = new Rig(words.rules(), null, START_MS);
        }
    }

    private void said(String words, long atMs) {
        if (words.equals("everything is well")) {
            wellAt(atMs);
        } else if (words.equals("Tandem is killed and started again")) {
            rig.restart();
            told = null;
        } else if (words.equals("why-not")) {
            whyNot();
        } else if (words.equals("status")) {
            status();
        } else {
            fact(words, atMs);
        }
    }

    private void fact(String words, long atMs) {
        final int times = words.indexOf(", again ");
        step(event(times < 0 ? words : words.substring(0, times)), atMs);
        if (times < 0) {
            return;
        }
        // ", again 2 times every 0.2s"
        final String[] again = words.substring(times + 8).split(" ");
        final long everyMs = RigRules.millis(again[3]);
        for (int i = 1; i <= Integer.parseInt(again[0]); i++) {
            ticks(atMs + i * everyMs);
            step(event(words.substring(0, times)), atMs + i * everyMs);
        }
    }

    private void wellAt(long atMs) {
        final int before = rig.actions.size();
        rig.pass(atMs - rig.nowMs());
        rig.wellNow();
        shown(atMs, rig.actions.subList(before, rig.actions.size()));
    }

    /** {@code cms-east/app refused: why} and {@code gw1 silent} are short for looks; all else is a line of a record. */
    private Event event(String words) {
        final int blank = words.indexOf(' ');
        final String name = blank < 0 ? words : words.substring(0, blank);
        final Sight sight = blank < 0 ? null : sight(words.substring(blank + 1));
        if (sight == null) {
            return EventText.read(words);
        }
        final int slash = name.indexOf('/');
        return slash < 0
                ? new Event.NetworkLooked(name, Rig.look(sight))
                : new Event.Looked(name.substring(0, slash), name.substring(slash + 1), false, Rig.look(sight));
    }

    private static Sight sight(String word) {
        for (final Sight each : Sight.values()) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        return null;
    }

    private void ticks(long atMs) {
        int left = 10_000;
        while (rig.machine().dueMs() <= atMs && left-- > 0) {
            step(new Event.Tick(), Math.max(rig.nowMs(), rig.machine().dueMs()));
        }
    }

    private void step(Event event, long atMs) {
        shown(atMs, rig.step(event, atMs));
    }

    private void shown(long atMs, List<Action> actions) {
        final List<PhaseMove> moves = rig.view().moves();
        moves.subList(told == null ? 0 : moves.indexOf(told) + 1, moves.size())
                .forEach(move -> say(move.atMs(), move.from() + " -> " + move.to() + ": " + move.why()));
        told = moves.isEmpty() ? null : moves.get(moves.size() - 1);
        actions.forEach(action -> act(atMs, action));
    }

    private void say(long atMs, String what) {
        out.add(INDENT + String.format(Locale.ROOT, "%8.3f  ", (atMs - START_MS) / 1_000.0) + what);
    }

    private void act(long atMs, Action action) {
        if (action instanceof Action.Demote each) {
            say(atMs, "demote " + each.server() + ", epoch " + each.epoch());
        } else if (action instanceof Action.Select each) {
            say(
                    atMs,
                    "select " + each.server() + ", epoch " + each.epoch() + (each.automatic() ? ", automatic" : "")
                            + (each.forced() ? ", forced" : "") + (each.carryOn() ? ", carry on" : ""));
        } else if (action instanceof Action.Promote each) {
            say(
                    atMs,
                    "promote " + each.server() + ", epoch " + each.epoch() + ", fence " + each.fence()
                            + (each.run() == 1 ? "" : ", run " + each.run()));
        } else if (action instanceof Action.LookNow) {
            say(atMs, "look everywhere");
        } else if (action instanceof Action.Hook each) {
            say(atMs, "hook " + each.on());
        } else if (action instanceof Action.Answer each) {
            say(
                    atMs,
                    "answer " + each.request() + (each.ok() ? " yes: " : " no: ") + each.message()
                            + (each.remedy() == null ? "" : " [" + each.remedy() + "]"));
        } else if (action instanceof Action.Drilled each) {
            say(atMs, each.drill().sentence());
        } else if (action instanceof Action.Returned each) {
            say(atMs, each.ended().server() + " is not out any more: it is in control");
        } else if (action instanceof Action.Opened each) {
            final Decision decision = each.decision();
            say(
                    atMs,
                    "decision " + decision.decision() + ", epoch " + decision.epoch() + ": " + decision.from() + " to "
                            + decision.to() + ", " + decision.trigger() + ", by " + decision.who() + ": "
                            + decision.reason()
                            + (decision.diagnosis() == null ? "" : "; " + decision.diagnosis()));
            decision.evidence()
                    .forEach(each2 -> say(each2.at().toEpochMilli(), "  " + each2.source() + " " + each2.said()));
        } else if (action instanceof Action.Closed each) {
            final Decision decision = each.decision();
            say(
                    atMs,
                    "decision " + decision.decision() + " is over: " + decision.outcome()
                            + (decision.refusedBecause().isEmpty()
                                    ? ""
                                    : " because " + String.join("; ", decision.refusedBecause())));
        }
    }

    private void whyNot() {
        for (final Condition each : rig.view().conditions()) {
            out.add(INDENT + (each.met() ? "  yes  " : "  NO   ") + each.name() + ": " + each.value()
                    + (each.met() ? "" : "; " + each.missing())
                    + (each.command() == null ? "" : " [" + each.command() + "]"));
        }
    }

    private void status() {
        final SwitchoverView view = rig.view();
        out.add(INDENT + "state " + view.state() + ", active " + view.active() + ", epoch " + view.epoch() + ", mode "
                + view.mode() + " (file " + view.modeFile() + ", operator " + view.modeOperator() + ")");
        view.servers().forEach(each -> out.add(INDENT + each.name() + " " + each.role() + ", " + each.health()));
        view.because().forEach(each -> out.add(INDENT + "because " + each));
        view.alarms()
                .forEach(each -> out.add(INDENT + "alarm " + each.name() + " " + each.object() + ": " + each.text()));
        out.add(INDENT + "next " + view.next());
    }
}
