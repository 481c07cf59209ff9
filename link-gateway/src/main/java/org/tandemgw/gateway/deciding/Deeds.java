package org.tandemgw.gateway.deciding;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.gateway.action.ActionOver;
import org.tandemgw.gateway.action.Actions;
import org.tandemgw.gateway.action.Occasion;
import org.tandemgw.gateway.config.ActionConfig;
import org.tandemgw.gateway.config.ServerConfig;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.CardLine;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.OpenAttempt;
import org.tandemgw.gateway.switchover.SelectOutcome;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.gateway.trunks.SelectWish;
import org.tandemgw.gateway.trunks.Trunks;

/** Carries out the steps of a switchover and calls hooks; tells the inbox how steps ended. Begins things, waits for nothing. Thread {@code control}. */
final class Deeds implements AutoCloseable {
    /** For one server: a start that ran beside a stop would be undone by it. */
    private static final int STEPS_AT_ONCE = 1;

    private static final int STEPS_WAITING = 8;
    private static final int HOOKS_AT_ONCE = 4;
    private static final int HOOKS_WAITING = 100;
    private static final double US_PER_MS = 1_000.0;

    private volatile SiteConfiguration site;
    private final Trunks trunks;
    private final Map<String, Actions> steps;
    private final Actions hooks;
    private final Supplier<Durable> durable;
    private final Consumer<Event> over;
    private final SwitchTimes times;

    /**
     * Does nothing yet.
     *
     * @param durable what stands in the control file
     * @param over gets the beginning and the end of each step, on any thread
     */
    Deeds(
            SiteConfiguration site,
            Trunks trunks,
            Supplier<Durable> durable,
            Consumer<Event> over,
            SwitchTimes times,
            org.tandemgw.gateway.time.Clock clock) {
        this.site = site;
        this.trunks = trunks;
        this.durable = durable;
        this.over = over;
        this.times = times;
        this.steps = site.servers().stream().collect(Collectors.toMap(ServerConfig::name, each -> steps(each, clock)));
        this.hooks = new Actions("hook", HOOKS_AT_ONCE, HOOKS_WAITING, Map.of(), clock);
        follow(site);
    }

    /** Steps and hooks are done as this says from now on; what has begun goes on. */
    void follow(SiteConfiguration next) {
        next.servers().forEach(server -> {
            server.promote().ifPresent(steps.get(server.name())::expect);
            server.demote().ifPresent(steps.get(server.name())::expect);
        });
        next.switchover().hooks().forEach(hooks::expect);
        site = next;
    }

    private ServerConfig server(String name) {
        return site.servers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Actions steps(ServerConfig server, org.tandemgw.gateway.time.Clock clock) {
        final String mark = site.data().toAbsolutePath().normalize() + ":" + server.name();
        return new Actions(
                "step-" + server.name(), STEPS_AT_ONCE, STEPS_WAITING, Map.of("TANDEM_STEP_OF", mark), clock);
    }

    /** Before the first step: what a run that was killed has begun comes to its end before anything else is done to that server. */
    void start() {
        site.servers().forEach(each -> steps.get(each.name())
                .outlive(Stream.of(each.demote(), each.promote())
                        .flatMap(Optional::stream)
                        .toList()));
    }

    void demote(Action.Demote demote) {
        step(
                Step.DEMOTE,
                demote.epoch(),
                demote.server(),
                1,
                server(demote.server()).demote());
    }

    void promote(Action.Promote promote) {
        step(
                Step.PROMOTE,
                promote.epoch(),
                promote.server(),
                promote.run(),
                server(promote.server()).promote());
    }

    private void step(Step step, long epoch, String server, int run, Optional<ActionConfig> action) {
        if (action.isEmpty()) {
            over.accept(new Event.StepOver(epoch, server, step, run, true, "the file names none", 0));
            return;
        }
        steps.get(server)
                .start(
                        action.get(),
                        occasion(step.toString(), server, epoch),
                        () -> over.accept(new Event.StepBegan(epoch, server, step, run)),
                        end -> over.accept(
                                new Event.StepOver(epoch, server, step, run, end.ok(), end.said(), end.tookMs())));
    }

    private Occasion occasion(String event, String server, long epoch) {
        final Durable kept = durable.get();
        final OpenAttempt open = kept.open();
        return open == null
                ? new Occasion(site.site(), event, server, epoch, null, null, kept.decision(), null)
                : new Occasion(
                        site.site(), event, server, epoch, open.from(), open.to(), open.decision(), open.reason());
    }

    void select(Action.Select select) {
        trunks.select(
                new SelectWish(
                        select.server(),
                        select.epoch(),
                        select.automatic(),
                        select.forced(),
                        select.carryOn(),
                        select.who() == null ? "tandem" : select.who(),
                        select.why()),
                (name, selected) -> {
                    times.selected(selected);
                    over.accept(over(select.epoch(), name, selected));
                });
    }

    static Event.SelectOver over(long epoch, String name, Selected selected) {
        return new Event.SelectOver(
                epoch,
                name,
                SelectOutcome.valueOf(selected.overall().name()),
                selected.commanded() || provesNothing(selected),
                selected.cards().stream().map(Deeds::card).toList(),
                selected.refusedBecause());
    }

    /** Without a word on any card nobody knows what has left. */
    private static boolean provesNothing(Selected selected) {
        return selected.overall() == Overall.UNKNOWN && selected.cards().isEmpty();
    }

    private static CardLine card(CardResult card) {
        return new CardLine(
                card.card(),
                card.outcome().name(),
                card.positionRead(),
                card.took() == null ? 0 : card.took().toNanos() / US_PER_MS / US_PER_MS,
                card.detail());
    }

    /** Every hook of the file that wants to hear of this. What becomes of it stands in the log and changes nothing. */
    void hook(Action.Hook hook) {
        final ActionConfig.Event on =
                ActionConfig.Event.valueOf(hook.on().toString().toUpperCase(Locale.ROOT));
        final Decision decision = hook.decision();
        final Occasion occasion = decision == null
                ? occasion(hook.on().toString(), null, 0)
                : new Occasion(
                        site.site(),
                        hook.on().toString(),
                        decision.to(),
                        decision.epoch() == null ? 0 : decision.epoch(),
                        decision.from(),
                        decision.to(),
                        decision.decision(),
                        decision.reason());
        for (final ActionConfig each : site.switchover().hooks()) {
            if (each.on().contains(on)) {
                hooks.start(each, occasion, Deeds::ended);
            }
        }
    }

    /** A drill begins, is over or was skipped. */
    void drilled(Drill drill) {
        final Occasion occasion = new Occasion(
                site.site(),
                "drill",
                drill.away(),
                drill.epoch(),
                drill.home(),
                drill.away(),
                drill.back() == 0 ? drill.out() : drill.back(),
                drill.sentence());
        for (final ActionConfig each : site.switchover().hooks()) {
            if (each.on().contains(ActionConfig.Event.DRILL)) {
                hooks.start(each, occasion, Deeds::ended);
            }
        }
    }

    private static void ended(ActionOver end) {
        // Actions has logged it; a hook that fails keeps no switchover from going on.
    }

    @Override
    public void close() {
        steps.values().forEach(Actions::close);
        hooks.close();
    }
}
