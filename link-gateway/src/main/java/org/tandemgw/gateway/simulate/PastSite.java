package org.tandemgw.gateway.simulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.tandemgw.gateway.history.HistoryEntry;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.CardLine;
import org.tandemgw.gateway.switchover.DrillBook;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Maintenance;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.SelectOutcome;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.gateway.switchover.SwitchRules;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Wish;

/**
 * The machine that decides, under other rules, told what was really seen; what it orders is done in thought: steps succeed, cards are moved, a box that could not be read
 * then cannot be moved. One thread.
 */
final class PastSite {
    private static final long CARD_MS = 50;
    private static final long STEP_MS = 300;
    private static final long LATELY_MS = 30_000;
    private static final long RECENT_MS = 5_000;
    private static final long ANSWER_MS = 5;
    private static final long PLANNED_MS = 90L * 24 * 3_600_000;
    private static final String WHO = "hindsight";

    private final SwitchoverRules rules;
    private final BiConsumer<Action, Long> told;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::number));
    private final ArrayDeque<Due> lately = new ArrayDeque<>();
    private final Map<String, Due> heard = new LinkedHashMap<>();
    private final Map<String, Event> facts = new LinkedHashMap<>();
    private final Map<String, Event.TrunksSeen> trunks = new LinkedHashMap<>();
    private List<String> out = List.of();
    private Switchover machine;
    private long nowMs = Long.MIN_VALUE;
    private long number;
    private String lead;

    private record Due(long atMs, long number, Event event) {}

    /** @param told what the machine does, and when */
    PastSite(SwitchoverRules rules, BiConsumer<Action, Long> told) {
        this.rules = rules;
        this.told = told;
    }

    /** Tandem was started then: nothing is known yet. */
    void begin(String active, long atMs) {
        facts.clear();
        trunks.clear();
        lately.clear();
        heard.clear();
        begin(active, 0, List.of(), atMs);
    }

    /** Goes on with this server in control; what was seen in the last half minute was seen, and nothing was done about it. */
    void begin(String active, long holdDownUntilMs, List<String> mustClear, long atMs) {
        final long epoch = machine == null ? 1 : machine.durable().epoch() + 1;
        final long decision = machine == null ? 0 : machine.durable().decision();
        due.clear();
        nowMs = lately.isEmpty() ? atMs : lately.getFirst().atMs();
        lead = active;
        machine = new Switchover(
                rules,
                new Durable(
                        epoch,
                        active,
                        Mode.HELD,
                        holdDownUntilMs,
                        null,
                        mustClear,
                        null,
                        decision,
                        rules.configHash(),
                        null,
                        null,
                        0,
                        out.stream().map(each -> maintenance(each, atMs)).toList(),
                        DrillBook.EMPTY),
                nowMs);
        trunks.values().forEach(each -> on(asLed(each), nowMs));
        List.copyOf(facts.values()).forEach(each -> on(each, nowMs));
        for (final Due each : lately) {
            advance(each.atMs());
            on(each.event(), each.atMs());
        }
        advance(atMs);
        on(new Event.Asked(++number, new Wish.SetMode(Mode.AUTO), WHO, null), atMs);
    }

    /** What is out for maintenance from here on: {@link HistoryEntry#SITE} is the whole site. */
    void out(List<String> now, long atMs) {
        final List<String> before = out;
        out = now.stream()
                .filter(each -> each.equals(HistoryEntry.SITE) || rules.knows(each))
                .toList();
        if (machine == null || atMs < nowMs) {
            return; // said to whoever begins next
        }
        advance(atMs);
        before.stream().filter(each -> !out.contains(each)).forEach(each -> maintain(each, false, atMs));
        out.stream().filter(each -> !before.contains(each)).forEach(each -> maintain(each, true, atMs));
    }

    private void maintain(String what, boolean on, long atMs) {
        final String server = maintenance(what, atMs).server();
        on(new Event.Asked(++number, new Wish.Maintain(server, on, on ? PLANNED_MS : 0, false), WHO, null), atMs);
    }

    /** How long it was planned to last nobody has written down, and it changes nothing here. */
    private static Maintenance maintenance(String what, long atMs) {
        return new Maintenance(what.equals(HistoryEntry.SITE) ? null : what, WHO, null, atMs, atMs + PLANNED_MS);
    }

    boolean begun() {
        return machine != null;
    }

    String active() {
        return machine.durable().active();
    }

    SwitchoverView view() {
        return machine.view();
    }

    /** It was seen then. */
    void seen(Event event, long atMs) {
        if (atMs < nowMs) {
            begin(active() == null ? lead : active(), atMs); // the clock was set back
        }
        advance(atMs);
        remember(event, atMs);
        if (event instanceof Event.Looked) {
            lately.add(new Due(atMs, 0, event));
            while (lately.getFirst().atMs() < atMs - LATELY_MS) {
                lately.removeFirst();
            }
        }
        if (event instanceof Event.TrunksSeen seen) {
            trunks(seen, atMs);
            return;
        }
        if (event instanceof Event.FeedsSeen each) {
            facts.put("feeds " + each.server(), event);
        } else if (event instanceof Event.NetworkLooked each) {
            facts.put("place " + each.target(), event);
        } else if (event instanceof Event.LegsSeen
                || event instanceof Event.ClockSeen
                || event instanceof Event.CallsSeen) {
            facts.put(event.getClass().getSimpleName(), event);
        }
        on(event, atMs);
    }

    private void remember(Event event, long atMs) {
        final String source;
        final boolean answered;
        if (event instanceof Event.Looked each) {
            source = each.server() + "/" + each.probe();
            answered = each.look().sight().answered();
        } else if (event instanceof Event.NetworkLooked each) {
            source = each.target();
            answered = each.look().sight().reached();
        } else {
            return;
        }
        if (answered) {
            heard.put(source, new Due(atMs, 0, event));
        } else {
            heard.remove(source);
        }
    }

    /** A look out of rhythm is answered as the newest was; what did not answer then is heard in its own rhythm. */
    private void lookNow(List<String> targets) {
        for (final String target : targets) {
            final Due newest = heard.get(target);
            if (newest != null && nowMs - newest.atMs() <= RECENT_MS) {
                later(ANSWER_MS, newest.event());
            }
        }
    }

    /** Where the cards are is told as it would be; whether the box could be read as it was. */
    private void trunks(Event.TrunksSeen seen, long atMs) {
        final Event.TrunksSeen before = trunks.put(seen.name(), seen);
        final boolean knows =
                rules.switches().stream().anyMatch(each -> each.name().equals(seen.name()));
        if (knows && (before == null || before.reachable() != seen.reachable())) {
            on(asLed(seen), atMs);
        }
    }

    private Event.TrunksSeen asLed(Event.TrunksSeen seen) {
        return new Event.TrunksSeen(
                seen.name(),
                seen.reachable() ? lead : null,
                seen.reachable() ? seen.position() : "unknown",
                seen.reachable(),
                false,
                machine.durable().epoch());
    }

    /** Lets everything happen that is due until then. */
    void advance(long untilMs) {
        int ticks = 0;
        while (true) {
            final long resultMs = due.isEmpty() ? Long.MAX_VALUE : due.peek().atMs();
            final long nextMs = Math.min(resultMs, machine.dueMs());
            if (nextMs > untilMs || ++ticks > 100_000) {
                return;
            }
            on(resultMs <= machine.dueMs() ? due.remove().event() : new Event.Tick(), Math.max(nowMs, nextMs));
        }
    }

    private void on(Event event, long atMs) {
        nowMs = atMs;
        if (event instanceof Event.SelectOver over && over.outcome() == SelectOutcome.OK) {
            final Event.TrunksSeen box = trunks.get(over.name());
            if (box != null) {
                machine.on(asLed(box), atMs).forEach(this::act);
            }
        }
        machine.on(event, atMs).forEach(this::act);
    }

    private void act(Action action) {
        if (action instanceof Action.Select select) {
            lead = select.server();
            rules.switches().forEach(each -> later(CARD_MS * each.cards(), over(select, each)));
        } else if (action instanceof Action.Demote demote) {
            step(demote.epoch(), demote.server(), Step.DEMOTE, 1);
        } else if (action instanceof Action.Promote promote) {
            step(promote.epoch(), promote.server(), Step.PROMOTE, promote.run());
        } else if (action instanceof Action.LookNow look) {
            lookNow(look.targets());
        }
        told.accept(action, nowMs);
    }

    private void step(long epoch, String server, Step step, int run) {
        later(0, new Event.StepBegan(epoch, server, step, run));
        later(STEP_MS, new Event.StepOver(epoch, server, step, run, true, null, STEP_MS));
    }

    private Event over(Action.Select select, SwitchRules each) {
        final Event.TrunksSeen box = trunks.get(each.name());
        final boolean reachable = box != null && box.reachable();
        final List<CardLine> cards = new ArrayList<>();
        for (int card = 1; card <= each.cards(); card++) {
            cards.add(new CardLine(card, reachable ? "MOVED" : "UNKNOWN", null, CARD_MS, null));
        }
        return new Event.SelectOver(
                select.epoch(),
                each.name(),
                reachable ? SelectOutcome.OK : SelectOutcome.UNKNOWN,
                reachable,
                cards,
                null);
    }

    private void later(long ms, Event event) {
        due.add(new Due(nowMs + ms, number++, event));
    }
}
