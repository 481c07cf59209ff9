package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.CardLine;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.FenceHeld;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.SelectOutcome;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.Wish;

/** Defects that the state machine might have. For each there must be seeds that show it, or the simulation proves nothing. */
enum PlantedDefect {
    FORGETS_THE_EPOCH(() -> new Flaw().found(PlantedDefect::oneEpochLess), "one-active"),
    WRITES_TOO_LATE(() -> new Flaw().writesLate(), "epoch"),
    PROMOTES_BEFORE_THE_READ_BACK(() -> new Flaw().acts(PlantedDefect::promoteWithSelect), "fence"),
    TAKES_PARTIAL_FOR_DONE(() -> new Flaw().hears(event -> done(event, SelectOutcome.PARTIAL)), "fence"),
    TAKES_UNKNOWN_FOR_DONE(() -> new Flaw().hears(event -> done(event, SelectOutcome.UNKNOWN)), "fence"),
    TAKES_FAILED_FOR_DONE(() -> new Flaw().hears(event -> done(event, SelectOutcome.FAILED)), "fence"),
    TAKES_A_FAILED_DEMOTE_FOR_DONE(() -> new Flaw().hears(PlantedDefect::stepDone), "fence"),
    LETS_A_START_OVERTAKE_A_STOP(() -> new Flaw().demotedAtSelect(), "overtaken"),
    PROMOTES_THE_WRONG_SERVER(() -> new Flaw().acts(PlantedDefect::promoteOther), "fence"),
    PROMOTES_BOTH(() -> new Flaw().acts(PlantedDefect::promoteBoth), "one-active"),
    DOES_NOT_SEE_ITS_OWN_ISOLATION(() -> new Flaw().hears(PlantedDefect::networkAnswers), "own-isolation"),
    SEES_NO_STANDBY_FAIL(() -> new Flaw().blindForStandby(), "both-bad"),
    TAKES_ANY_FEED_FOR_COMPLETE(() -> new Flaw().hears(PlantedDefect::feedsComplete), "behind"),
    WAITS_FAR_TOO_LONG(() -> new Flaw().rules(PlantedDefect::longSteps), "wait"),
    FORGETS_THE_MODE(() -> new Flaw().hears(PlantedDefect::alwaysAuto), "mode"),
    OPERATOR_ALWAYS_FORCES(() -> new Flaw().hears(PlantedDefect::forced), "mode"),
    NO_HOLD_DOWN(
            () -> new Flaw().rules(rules -> copy(rules, 0, 0, rules.reconnectMs(), rules.unreachablePings())),
            "hold-down"),
    ACTS_TOO_LATE(
            () -> new Flaw()
                    .rules(rules -> copy(rules, 3, rules.holdDownMs(), rules.reconnectMs(), rules.unreachablePings())),
            "time-to-act"),
    ACTS_TOO_EARLY(
            () -> new Flaw().rules(rules -> copy(rules, -9, rules.holdDownMs(), 0, rules.unreachablePings())), "hasty"),
    SWITCHES_THE_UNREACHABLE(
            () -> new Flaw().rules(rules -> copy(rules, 0, rules.holdDownMs(), rules.reconnectMs(), 0)), "unreachable"),
    FORGETS_THAT_THE_WAY_WAS_LOST(() -> new Flaw().hears(PlantedDefect::noSilentMachine), "way"),
    SEES_NO_MOVE_BY_HAND(() -> new Flaw().blindForMoves(), "rest"),
    FORGETS_THE_OPEN_ATTEMPT(() -> new Flaw().found(PlantedDefect::withoutOpen), "started"),
    TAKES_A_RESUME_FOR_RECOVERY(() -> new Flaw().answeredAtResume(), "evidence"),
    FORGETS_HOLDING(() -> new Flaw().found(PlantedDefect::withoutHolding), "holding"),
    DOES_NOT_ANSWER(() -> new Flaw().acts((event, did) -> without(did)), "answer"),
    WHY_NOT_KNOWS_NOTHING(() -> new Flaw().silentWhyNot(), "why-not"),
    IGNORES_RELEASES(() -> new Flaw().hears(PlantedDefect::sameRelease), "skew"),
    IGNORES_THE_CLOCK(() -> new Flaw().hears(event -> event instanceof Event.ClockSeen ? null : event), "distrust"),
    FAILS_BACK_IN_MID_CALL(
            () -> new Flaw().hears(event -> event instanceof Event.CallsSeen ? new Event.CallsSeen(0) : event),
            "false-switch"),
    NO_SERVER_EVER_REJOINS(() -> new Flaw().hears(PlantedDefect::feedsBehind), "recovery"),
    PUTS_BACK_WITHOUT_A_FENCE(() -> new Flaw().acts(PlantedDefect::putBackTooEarly), "fence"),
    PRACTISES_IN_MID_CALL(
            () -> new Flaw().hears(event -> event instanceof Event.CallsSeen ? new Event.CallsSeen(0) : event),
            "drill-calls"),
    FORGETS_THE_MAINTENANCE(() -> new Flaw().found(PlantedDefect::withoutMaintenance), "maintenance"),
    LETS_ANOTHER_FILE_END_HOLD_DOWN(
            () -> new Flaw()
                    .rules(rules -> rules.configHash().equals("c0ffee")
                            ? rules
                            : copy(rules, 0, 0, rules.reconnectMs(), rules.unreachablePings())),
            "hold-down"),
    FORGETS_THE_DRILL(() -> new Flaw().found(PlantedDefect::withoutDrills), "drill-home"),
    DECIDES_BY_SOMETHING_UNRECORDED(() -> new Flaw().moody(), "replay");

    private final Supplier<Flaw> flaw;
    /** The promise that it breaks first of all. */
    final String rule;

    PlantedDefect(Supplier<Flaw> flaw, String rule) {
        this.flaw = flaw;
        this.rule = rule;
    }

    /** Whether it shows only where operators practise, maintain or change the file. */
    boolean works() {
        return rule.startsWith("drill") || rule.equals("maintenance") || this == LETS_ANOTHER_FILE_END_HOLD_DOWN;
    }

    /** Machines that have it. */
    SimCore.Maker maker() {
        return new SimCore.Maker() {
            @Override
            public SimCore begin(SwitchoverRules rules, Durable found, long nowMs) {
                Flaw mine = flaw.get();
                return mine.in(SimCore.TRUE.begin(mine.changeRules(rules), mine.changeFound(found), nowMs));
            }

            @Override
            public SimCore restore(SwitchoverRules rules, String snapshot) {
                Flaw mine = flaw.get();
                return mine.in(SimCore.TRUE.restore(mine.changeRules(rules), snapshot));
            }
        };
    }

    private static Durable oneEpochLess(Durable d) {
        return d.open() != null || d.epoch() == 0 ? d : kept(d, d.epoch() - 1, d.holding() != null, true);
    }

    private static Durable withoutOpen(Durable d) {
        return kept(d, d.epoch(), true, false);
    }

    private static Durable withoutHolding(Durable d) {
        return kept(d, d.epoch(), false, true);
    }

    private static Durable withoutDrills(Durable d) {
        return new Durable(
                d.epoch(),
                d.active(),
                d.mode(),
                d.holdDownUntilMs(),
                d.holding(),
                d.mustClear(),
                d.home(),
                d.decision(),
                d.checkedHash(),
                d.open(),
                d.unstarted(),
                d.switched());
    }

    private static Durable withoutMaintenance(Durable d) {
        return new Durable(
                d.epoch(),
                d.active(),
                d.mode(),
                d.holdDownUntilMs(),
                d.holding(),
                d.mustClear(),
                d.home(),
                d.decision(),
                d.checkedHash(),
                d.open(),
                d.unstarted(),
                d.switched(),
                List.of(),
                d.drills());
    }

    private static Durable kept(Durable d, long epoch, boolean holding, boolean open) {
        return new Durable(
                epoch,
                d.active(),
                d.mode(),
                d.holdDownUntilMs(),
                holding ? d.holding() : null,
                d.mustClear(),
                d.home(),
                d.decision(),
                d.checkedHash(),
                open ? d.open() : null,
                d.unstarted(),
                0,
                d.maintenance(),
                d.drills());
    }

    private static List<Action> promoteWithSelect(Event event, List<Action> did) {
        List<Action> all = new ArrayList<>(did);
        did.forEach(each -> {
            if (each instanceof Action.Select select) {
                all.add(new Action.Promote(select.epoch(), select.server(), FenceHeld.TRUNK_SWITCH, 1));
            }
        });
        return all;
    }

    private static List<Action> promoteOther(Event event, List<Action> did) {
        return did.stream()
                .map(each -> each instanceof Action.Promote promote
                        ? new Action.Promote(promote.epoch(), other(promote.server()), promote.fence(), promote.run())
                        : each)
                .toList();
    }

    private static List<Action> promoteBoth(Event event, List<Action> did) {
        List<Action> all = new ArrayList<>(did);
        did.forEach(each -> {
            if (each instanceof Action.Promote promote) {
                all.add(new Action.Promote(promote.epoch(), other(promote.server()), promote.fence(), promote.run()));
            }
        });
        return all;
    }

    private static String other(String server) {
        return server.equals("east") ? "west" : "east";
    }

    private static List<Action> without(List<Action> did) {
        return did.stream().filter(each -> !(each instanceof Action.Answer)).toList();
    }

    private static Event done(Event event, SelectOutcome when) {
        if (!(event instanceof Event.SelectOver over) || over.outcome() != when) {
            return event;
        }
        List<CardLine> cards = over.cards().stream()
                .map(card -> new CardLine(card.card(), "MOVED", card.read(), card.tookMs(), card.detail()))
                .toList();
        return new Event.SelectOver(over.epoch(), over.name(), SelectOutcome.OK, true, cards, null);
    }

    private static Event stepDone(Event event) {
        return event instanceof Event.StepOver over && !over.ok()
                ? new Event.StepOver(
                        over.epoch(), over.server(), over.step(), over.run(), true, over.said(), over.tookMs())
                : event;
    }

    private static Event networkAnswers(Event event) {
        return event instanceof Event.NetworkLooked looked && looked.look().sight() != Sight.ANSWERED
                ? new Event.NetworkLooked(looked.target(), Look.of(Sight.ANSWERED, "reached", 900))
                : event;
    }

    /** A machine that did not answer was not asked: once it answers, nothing says that it was away. */
    private static Event noSilentMachine(Event event) {
        boolean network = event instanceof Event.NetworkLooked looked
                && looked.target().startsWith("machine")
                && looked.look().sight().silence();
        boolean probe = event instanceof Event.Looked looked
                && looked.probe().equals("host")
                && looked.look().sight().silence();
        return network || probe ? null : event;
    }

    private static Event feedsComplete(Event event) {
        return event instanceof Event.FeedsSeen seen ? new Event.FeedsSeen(seen.server(), true, true) : event;
    }

    private static Event feedsBehind(Event event) {
        return event instanceof Event.FeedsSeen seen
                ? new Event.FeedsSeen(seen.server(), seen.connected(), false)
                : event;
    }

    private static List<Action> putBackTooEarly(Event event, List<Action> did) {
        List<Action> all = new ArrayList<>();
        did.forEach(each -> {
            if (each instanceof Action.Select select) {
                all.add(new Action.Promote(select.epoch(), select.server(), FenceHeld.NEVER_LEFT, 1));
            }
            all.add(each);
        });
        return all;
    }

    private static Event alwaysAuto(Event event) {
        return event instanceof Event.Asked asked && asked.wish() instanceof Wish.SetMode
                ? new Event.Asked(asked.request(), new Wish.SetMode(Mode.AUTO), asked.who(), asked.why())
                : event;
    }

    private static Event forced(Event event) {
        return event instanceof Event.Asked asked && asked.wish() instanceof Wish.Switch wish
                ? new Event.Asked(
                        asked.request(), new Wish.Switch(wish.server(), true, wish.dryRun()), asked.who(), asked.why())
                : event;
    }

    private static Event sameRelease(Event event) {
        if (!(event instanceof Event.Looked looked)) {
            return event;
        }
        Look look = looked.look();
        return new Event.Looked(
                looked.server(),
                looked.probe(),
                looked.secondPath(),
                new Look(look.sight(), look.said(), look.tookMicros(), look.identity(), null));
    }

    private static SwitchoverRules longSteps(SwitchoverRules r) {
        UnaryOperator<ServerRules> server = s -> new ServerRules(
                s.name(), s.probes(), s.promoteMs() * 100, s.demoteMs() * 100, s.release(), s.netTest(), s.machine());
        return new SwitchoverRules(
                r.site(),
                r.mode(),
                r.servers().stream().map(server).toList(),
                r.gateways(),
                r.fence(),
                r.reconnectMs(),
                r.unreachablePings(),
                r.unreachableEveryMs(),
                r.restarts(),
                r.holdDownMs(),
                r.failBack(),
                r.initial(),
                r.switches(),
                r.monitorOnly(),
                r.skewAllowed(),
                r.configHash(),
                r.timeZone());
    }

    private static SwitchoverRules copy(
            SwitchoverRules r, int moreFailures, long holdDownMs, long reconnectMs, int pings) {
        Function<ProbeRules, ProbeRules> probe = p -> new ProbeRules(
                p.name(),
                p.everyMs(),
                p.timeoutMs(),
                Math.max(1, p.failures() + moreFailures),
                p.retryMs(),
                p.secondPath(),
                p.machine());
        UnaryOperator<ServerRules> server = s -> new ServerRules(
                s.name(),
                s.probes().stream().map(probe).toList(),
                s.promoteMs(),
                s.demoteMs(),
                s.release(),
                s.netTest(),
                s.machine());
        return new SwitchoverRules(
                r.site(),
                r.mode(),
                r.servers().stream().map(server).toList(),
                r.gateways(),
                r.fence(),
                reconnectMs,
                pings,
                r.unreachableEveryMs(),
                r.restarts(),
                holdDownMs,
                r.failBack(),
                r.initial(),
                r.switches(),
                r.monitorOnly(),
                r.skewAllowed(),
                r.configHash(),
                r.timeZone());
    }
}
