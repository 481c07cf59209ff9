package org.tandemgw.abswitch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Knows what was true in the box, and compares it with what the driver sends and claims. Written from the rules, not from the driver.
 */
final class SelectionOracle implements SwitchListener {
    static long selections;
    static final Map<String, Long> OUTCOMES = new HashMap<>();
    static long longestNs;

    final Set<Integer> movedWithoutUs = new HashSet<>();
    private final SwitchSimulation sim;
    private final BoxTiming timing;
    private final List<SimulatedPath.Frame> frames = new ArrayList<>();
    private final ArrayDeque<SelectOrder> waiting = new ArrayDeque<>();
    private final Map<Integer, SimulatedPath.Frame> lastCommand = new HashMap<>();
    private final List<CommandRecord> audit = new ArrayList<>();
    private long turnNs;
    private long diedNs = -1;
    private long newestEpochCommanded;
    private int idleSteps;
    private Selected last;

    SelectionOracle(SwitchSimulation sim) {
        this.sim = sim;
        this.timing = sim.settings.rules().timing();
    }

    void issued(SelectOrder order) {
        if (waiting.isEmpty()) {
            turnBegins();
        }
        waiting.add(order);
    }

    void died() {
        waiting.clear();
        diedNs = now();
    }

    void stepWithoutTime() {
        check(++idleSteps < 100, "the driver is busy without end");
    }

    void timePassed() {
        idleSteps = 0;
    }

    Selected lastAfter(Runnable run) {
        run.run();
        return last;
    }

    boolean couldNotStore(Selected selected) {
        return selected.overall() == Overall.REFUSED
                        && selected.refusedBecause().contains("could not be stored")
                || selected.cards().stream().anyMatch(c -> c.detail().contains("could not be stored"));
    }

    /** The driver sends a frame: is it one that it may send, now? */
    void sent(SimulatedPath.Frame frame) {
        check(frame.text.matches("\u001BS3cret\u0001\\d+\u0002[ABQ]\r"), "no frame: " + frame.text);
        check(sim.settings.confirmed() != null, "sent to an unconfirmed box");
        check(sim.settings.cards().contains(frame.card()), "card " + frame.card() + " is not ours");
        if (!frames.isEmpty()) {
            SimulatedPath.Frame before = frames.get(frames.size() - 1);
            check(now() - before.atNs >= timing.gap().toNanos(), "gap " + (now() - before.atNs));
            boolean over = before.answeredAtNs >= 0
                    || before.atNs <= diedNs
                    || now() - before.atNs >= timing.settle().toNanos()
                    || before.path.failedAtNs >= before.atNs
                    || before.path.closedAtNs >= before.atNs
                    || before.path.strayAtNs >= before.atNs;
            check(over, "two frames in flight");
        }
        if (!frame.isQuery()) {
            command(frame);
        }
        frames.add(frame);
    }

    private void command(SimulatedPath.Frame frame) {
        SelectOrder order = waiting.peek();
        check(!sim.settings.monitorOnly(), "a command in monitor-only");
        check(order != null, "a command without an order");
        check(order.cards().contains(frame.card()) && order.position().equals(frame.position()), "not as ordered");
        check(order.epoch() >= newestEpochCommanded, "a command of an old epoch");
        newestEpochCommanded = order.epoch();
        check(sim.stored.epoch() == order.epoch(), "the epoch is not stored");
        check(
                sim.stored.moves().stream()
                        .anyMatch(m -> m.card() == frame.card()
                                && m.position().equals(frame.position())
                                && m.at().equals(sim.time.wall())),
                "the move is not stored");
        check(
                any(f -> f.isQuery() && f.card() == frame.card() && f.path == frame.path && f.atNs >= turnNs),
                "a command to a card that was not asked over this path");
        SimulatedPath.Frame before = lastCommand.get(frame.card());
        if (before != null && !order.forced() && !before.position().equals(frame.position())) {
            check(now() - before.atNs >= sim.settings.dwell().toNanos(), "dwell " + (now() - before.atNs));
        }
        lastCommand.put(frame.card(), frame);
        if (order.automatic() && !order.forced()) {
            automatic.merge(frame.card(), new ArrayList<>(List.of(now())), (a, b) -> {
                a.addAll(b);
                return a;
            });
            long hour = automatic.get(frame.card()).stream()
                    .filter(at -> now() - at < 3_600_000_000_000L)
                    .count();
            // Retries within one order are one move.
            check(hour <= sim.settings.movesPerHour() + timing.retries(), "cap per hour: " + hour);
        }
    }

    private final Map<Integer, List<Long>> automatic = new HashMap<>();

    /** The driver says what became of an order: is that true? */
    void judge(SelectOrder order, Selected selected) {
        check(waiting.poll() == order, "orders overtake each other");
        selections++;
        OUTCOMES.merge(selected.overall().name(), 1L, Long::sum);
        last = selected;
        long took = now() - turnNs;
        longestNs = Math.max(longestNs, took);
        check(took <= order.cards().size() * 200_000_000_000L, "took " + took / 1_000_000 + " ms");
        boolean anyCommand = any(f -> !f.isQuery() && f.atNs >= turnNs);
        if (selected.overall() == Overall.REFUSED) {
            check(!anyCommand, "refused, and yet a command was sent");
            check(selected.refusedBecause() != null, "refused without a reason");
        } else {
            check(selected.cards().stream().map(CardResult::card).toList().equals(order.cards()), "other cards");
            selected.cards().forEach(result -> judge(order, result));
            check(selected.overall() == expected(selected), "overall " + selected);
            audited(order);
        }
        turnBegins();
    }

    /** In the instant of the frame before it, if that order was stopped right after it. */
    private void turnBegins() {
        turnNs = frames.isEmpty() ? now() : Math.max(now(), frames.get(frames.size() - 1).atNs + 1);
    }

    private void judge(SelectOrder order, CardResult result) {
        int card = result.card();
        OUTCOMES.merge(result.outcome().name(), 1L, Long::sum);
        long commandNs = frames.stream()
                .filter(f -> !f.isQuery() && f.card() == card && f.atNs >= turnNs)
                .mapToLong(f -> f.atNs)
                .max()
                .orElse(-1);
        String what = order + " → " + result;
        check(result.commanded() == commandNs >= 0, "commanded or not: " + what);
        String told = commandNs >= 0 ? "a command was sent at " : "no command was sent";
        check(result.outcome() != CardOutcome.UNKNOWN || result.detail().contains(told), "told otherwise: " + what);
        switch (result.outcome()) {
            case MOVED -> {
                check(commandNs >= 0 && said(card, commandNs, order.position()), "never read back: " + what);
            }
            case ALREADY_THERE -> check(commandNs < 0 && said(card, turnNs, order.position()), "never read: " + what);
            case ABSENT -> check(said(card, turnNs, BoxRules.ABSENT), "was there: " + what);
            case NOT_MOVED -> {
                String elsewhere = order.position().equals("A") ? "B" : "A";
                check(said(card, Math.max(turnNs, commandNs), elsewhere), "never read elsewhere: " + what);
                check(commandNs < 0 || elsewhereAtEnd(card, order.position()), "proven to be there: " + what);
            }
            case UNKNOWN -> check(mayBeUnknown(card, result), "the box answered, and it is unknown: " + what);
        }
    }

    private boolean said(int card, long sinceNs, String truth) {
        return sim.box.answers.stream()
                .anyMatch(a ->
                        a.card() == card && a.atNs() >= sinceNs && a.truth().equals(truth));
    }

    /** The last thing that the box said of it was not that it is there; or what it said was lost. */
    private boolean elsewhereAtEnd(int card, String position) {
        SimulatedBox.Answer answer = null;
        for (SimulatedBox.Answer a : sim.box.answers) {
            answer = a.card() == card ? a : answer;
        }
        boolean weather = sim.faults > 0;
        return answer == null || !answer.truth().equals(position) || weather;
    }

    private boolean mayBeUnknown(int card, CardResult result) {
        if (result.detail().contains("stopped") || result.detail().contains("stored")) {
            return true;
        }
        SimulatedPath.Frame asked = null;
        for (SimulatedPath.Frame f : frames) {
            asked = f.isQuery() && f.card() == card && f.atNs >= turnNs ? f : asked;
        }
        long sinceNs = asked == null ? turnNs : asked.atNs;
        boolean failed = sim.paths.stream().anyMatch(p -> p.failedAtNs >= sinceNs || p.unplugged);
        if (asked == null) {
            boolean spared = result.detail().startsWith("not asked")
                    && (frames.stream().anyMatch(f -> f.atNs >= turnNs && !inTime(f))
                            || sim.paths.stream().anyMatch(p -> p.strayAtNs >= turnNs));
            return failed || spared;
        }
        boolean inTime = inTime(asked);
        boolean stray = sim.paths.stream().anyMatch(p -> p.strayAtNs >= sinceNs);
        boolean changed = sim.box.card(card).changedBesideCommandsNs.stream().anyMatch(at -> at >= turnNs);
        // A card that moves while it is read, over a disturbed wire, contradicts itself for as long as it is asked.
        boolean slow = sim.box.card(card).everSlow && sim.paths.stream().anyMatch(p -> p.strayAtNs >= turnNs);
        return failed || stray || changed || slow || !inTime;
    }

    private boolean inTime(SimulatedPath.Frame f) {
        return f.answeredAtNs >= 0
                && f.answeredAtNs - f.atNs <= timing.firstByte().toNanos();
    }

    private void audited(SelectOrder order) {
        for (SimulatedPath.Frame f : frames) {
            if (!f.isQuery() && f.atNs >= turnNs) {
                check(
                        audit.stream().anyMatch(r -> r.order() == order && r.card() == f.card()),
                        "no audit record for " + f.text);
            }
        }
    }

    private static Overall expected(Selected selected) {
        Set<CardOutcome> outcomes = new HashSet<>();
        selected.cards().forEach(c -> outcomes.add(c.outcome()));
        boolean there = outcomes.contains(CardOutcome.MOVED) || outcomes.contains(CardOutcome.ALREADY_THERE);
        if (outcomes.contains(CardOutcome.UNKNOWN)) {
            return Overall.UNKNOWN;
        }
        boolean failed = outcomes.contains(CardOutcome.NOT_MOVED) || outcomes.contains(CardOutcome.ABSENT);
        return failed ? there ? Overall.PARTIAL : Overall.FAILED : Overall.OK;
    }

    @Override
    public void positionsChanged(SwitchPositions positions) {
        check(positions.cards().size() == sim.settings.cards().size(), "cards " + positions);
    }

    @Override
    public void movedWithoutUs(int number, String from, String to) {
        SimulatedBox.Card card = sim.box.card(number);
        // A slow relay; or half a command on a serial line, completed by the end of a damaged frame.
        boolean late = card.everSlow
                || sim.faults > 0
                        && any(f -> !f.isQuery()
                                && f.card() == number
                                && f.position().equals(to));
        check(!card.changedBesideCommandsNs.isEmpty() || late, "card " + number + " did not move by itself");
        movedWithoutUs.add(number);
    }

    @Override
    public void reach(Reach reach, String why) {
        check(!why.contains(TestRules.PASSWORD), "the password is told: " + why);
    }

    @Override
    public void commandDone(CommandRecord done) {
        check(!done.toString().contains(TestRules.PASSWORD), "the password is told: " + done);
        audit.add(done);
    }

    private boolean any(Predicate<SimulatedPath.Frame> predicate) {
        return frames.stream().anyMatch(predicate);
    }

    private long now() {
        return sim.time.nowNs();
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + " at " + now() / 1_000_000 + " ms");
        }
    }
}
