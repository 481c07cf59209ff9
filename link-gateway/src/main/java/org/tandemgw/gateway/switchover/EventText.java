package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;

/** Events as lines of text, and back, exactly: for decision records, replay and scenario scripts. Any thread. */
public final class EventText {
    private EventText() {}

    /** One line without its end. */
    public static String write(Event event) {
        if (event instanceof Event.Looked e) {
            return look(
                            line("looked", "server", e.server(), "probe", e.probe())
                                    .with("path", e.secondPath() ? "second" : "main"),
                            e.look())
                    .toString();
        } else if (event instanceof Event.NetworkLooked e) {
            return look(line("network", "target", e.target()), e.look()).toString();
        } else if (event instanceof Event.TrunksSeen e) {
            return line("trunks", "name", e.name(), "to", e.leadsTo(), "position", e.position())
                    .with("reachable", TextLine.yesNo(e.reachable()))
                    .with("moved", TextLine.yesNo(e.movedWithoutUs()))
                    .with("epoch", e.epoch())
                    .toString();
        } else if (event instanceof Event.FeedsSeen e) {
            return line("feeds", "server", e.server())
                    .with("connected", TextLine.yesNo(e.connected()))
                    .with("parity", TextLine.yesNo(e.atParity()))
                    .toString();
        } else if (event instanceof Event.LegsSeen e) {
            return line("legs", "alive", TextLine.yesNo(e.alive())).toString();
        } else if (event instanceof Event.ClockSeen e) {
            return line("clock", "suspect", TextLine.yesNo(e.suspect()), "why", e.why())
                    .toString();
        } else if (event instanceof Event.Stalled e) {
            return line("stalled", "late", e.lateMs()).toString();
        } else if (event instanceof Event.UtcSeen e) {
            return line("utc", "ahead", e.aheadMs()).toString();
        } else if (event instanceof Event.CallsSeen e) {
            return line("calls", "up", e.inFlight()).toString();
        } else if (event instanceof Event.Asked e) {
            return wish(e).toString();
        } else if (event instanceof Event.SelectOver e) {
            return selectOver(e).toString();
        } else if (event instanceof Event.StepBegan e) {
            return line("began", "step", e.step(), "server", e.server(), "epoch", e.epoch())
                    .with("run", run(e.run()))
                    .toString();
        } else if (event instanceof Event.StepOver e) {
            return line("step", "step", e.step(), "server", e.server(), "epoch", e.epoch())
                    .with("ok", TextLine.yesNo(e.ok()))
                    .with("took", e.tookMs())
                    .with("run", run(e.run()))
                    .with("said", e.said())
                    .toString();
        } else if (event instanceof Event.StoreFailed e) {
            return line("store-failed", "why", e.why()).toString();
        }
        return "tick";
    }

    /** Nearly all are the first. */
    private static Integer run(int run) {
        return run == 1 ? null : (Integer) run;
    }

    private static int readRun(TextLine line) {
        return line.text("run") == null ? 1 : (int) line.number("run");
    }

    private static TextLine line(String word, Object... pairs) {
        final TextLine line = new TextLine(word);
        for (int i = 0; i < pairs.length; i += 2) {
            line.with(pairs[i].toString(), pairs[i + 1]);
        }
        return line;
    }

    private static TextLine look(TextLine line, Look look) {
        return line.with("sight", look.sight())
                .with("took", look.tookMicros())
                .with("said", look.said())
                .with("identity", look.identity())
                .with("release", look.release());
    }

    private static TextLine wish(Event.Asked e) {
        final TextLine line;
        if (e.wish() instanceof Wish.Switch wish) {
            line = line("switch", "server", wish.server())
                    .with("force", TextLine.yesNo(wish.force()))
                    .with("dry-run", TextLine.yesNo(wish.dryRun()));
        } else if (e.wish() instanceof Wish.Drill wish) {
            line = line("drill", "dry-run", TextLine.yesNo(wish.dryRun()));
        } else if (e.wish() instanceof Wish.SetMode wish) {
            line = line("mode", "mode", wish.mode());
        } else if (e.wish() instanceof Wish.Adopted wish) {
            line = line("adopted", "name", wish.name());
        } else if (e.wish() instanceof Wish.LiveChecked wish) {
            line = line("live-checked", "hash", wish.hash());
        } else if (e.wish() instanceof Wish.Maintain wish) {
            line = line("maintenance", "on", TextLine.yesNo(wish.on()), "server", wish.server())
                    .with("for", wish.forMs())
                    .with("dry-run", TextLine.yesNo(wish.dryRun()));
        } else {
            line = line("resume");
        }
        return line.with("request", e.request()).with("who", e.who()).with("why", e.why());
    }

    private static TextLine selectOver(Event.SelectOver e) {
        final TextLine line = line("select", "name", e.name(), "outcome", e.outcome(), "epoch", e.epoch())
                .with("commanded", TextLine.yesNo(e.commanded()))
                .with("refused", e.refusedBecause());
        for (int i = 0; i < e.cards().size(); i++) {
            final CardLine card = e.cards().get(i);
            final String key = "card" + (i + 1);
            line.with(key, card.card())
                    .with(key + ".outcome", card.outcome())
                    .with(key + ".read", card.read())
                    .with(key + ".took", card.tookMs())
                    .with(key + ".detail", card.detail());
        }
        return line;
    }

    /**
     * The event that was written.
     *
     * @throws IllegalArgumentException that names what cannot be read
     */
    public static Event read(String text) {
        final TextLine line = TextLine.read(text);
        return switch (line.word()) {
            case "looked" ->
                new Event.Looked(
                        line.needed("server"),
                        line.needed("probe"),
                        line.needed("path").equals("second"),
                        readLook(line));
            case "network" -> new Event.NetworkLooked(line.needed("target"), readLook(line));
            case "trunks" ->
                new Event.TrunksSeen(
                        line.needed("name"),
                        line.text("to"),
                        line.needed("position"),
                        line.yes("reachable"),
                        line.yes("moved"),
                        line.number("epoch"));
            case "feeds" -> new Event.FeedsSeen(line.needed("server"), line.yes("connected"), line.yes("parity"));
            case "legs" -> new Event.LegsSeen(line.yes("alive"));
            case "clock" -> new Event.ClockSeen(line.yes("suspect"), line.text("why"));
            case "stalled" -> new Event.Stalled(line.number("late"));
            case "utc" -> new Event.UtcSeen(line.number("ahead"));
            case "calls" -> new Event.CallsSeen((int) line.number("up"));
            case "select" -> readSelectOver(line);
            case "began" ->
                new Event.StepBegan(
                        line.number("epoch"), line.needed("server"), line.constant("step", Step.class), readRun(line));
            case "step" ->
                new Event.StepOver(
                        line.number("epoch"),
                        line.needed("server"),
                        line.constant("step", Step.class),
                        readRun(line),
                        line.yes("ok"),
                        line.text("said"),
                        Double.parseDouble(line.needed("took")));
            case "store-failed" -> new Event.StoreFailed(line.text("why"));
            case "tick" -> new Event.Tick();
            default -> new Event.Asked(line.number("request"), readWish(line), line.text("who"), line.text("why"));
        };
    }

    private static Look readLook(TextLine line) {
        return new Look(
                line.constant("sight", Sight.class),
                line.text("said"),
                line.number("took"),
                line.text("identity"),
                line.text("release"));
    }

    private static Wish readWish(TextLine line) {
        return switch (line.word()) {
            case "switch" -> new Wish.Switch(line.needed("server"), line.yes("force"), line.yes("dry-run"));
            case "drill" -> new Wish.Drill(line.yes("dry-run"));
            case "mode" -> new Wish.SetMode(line.constant("mode", Mode.class));
            case "adopted" -> new Wish.Adopted(line.needed("name"));
            case "live-checked" -> new Wish.LiveChecked(line.needed("hash"));
            case "resume" -> new Wish.Resume();
            case "maintenance" ->
                new Wish.Maintain(line.text("server"), line.yes("on"), line.number("for"), line.yes("dry-run"));
            default -> throw new IllegalArgumentException("'" + line.word() + "' is no event");
        };
    }

    private static Event.SelectOver readSelectOver(TextLine line) {
        final List<CardLine> cards = new ArrayList<>();
        for (int i = 1; line.text("card" + i) != null; i++) {
            final String key = "card" + i;
            cards.add(new CardLine(
                    (int) line.number(key),
                    line.text(key + ".outcome"),
                    line.text(key + ".read"),
                    Double.parseDouble(line.needed(key + ".took")),
                    line.text(key + ".detail")));
        }
        return new Event.SelectOver(
                line.number("epoch"),
                line.needed("name"),
                line.constant("outcome", SelectOutcome.class),
                line.yes("commanded"),
                cards,
                line.text("refused"));
    }
}
