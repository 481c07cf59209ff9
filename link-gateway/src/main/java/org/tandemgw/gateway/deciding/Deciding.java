package org.tandemgw.gateway.deciding;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.NetworkTarget;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.SwitchControl;
import org.tandemgw.gateway.control.SwitchReport;
import org.tandemgw.gateway.decision.Recorder;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.history.HistoryBook;
import org.tandemgw.gateway.ledger.LedgerShelf;
import org.tandemgw.gateway.ledger.LedgerTotal;
import org.tandemgw.gateway.ledger.Ledgers;
import org.tandemgw.gateway.probe.FeedFacts;
import org.tandemgw.gateway.probe.LookListener;
import org.tandemgw.gateway.probe.Probes;
import org.tandemgw.gateway.recovery.AttemptListener;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.trunks.TrunkEvents;
import org.tandemgw.gateway.trunks.Trunks;

/**
 * Deciding, composed: what is seen goes into the inbox, the thread {@code control} decides, {@link Deeds} carries out. Of a site whose
 * file has a section {@code switchover}; others have none of this. Made, started and closed by one thread; the rest from any.
 */
public final class Deciding implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deciding.class);
    private static final String OBJECT = "control";

    /** A stall is told of for so long. */
    private static final long STALL_SHOWN_NS = TimeUnit.MINUTES.toNanos(1);

    private volatile SiteConfiguration site;
    private volatile SiteConfiguration coming;
    private final boolean monitorOnly;
    private final Trunks trunks;
    private final Clock clock;
    private volatile SwitchoverRules rules;
    private final Inbox inbox = new Inbox();
    private final NetworkBook network;
    private final FactWatch facts;
    private final TrunkAsking asking;
    private final SwitchTimes times;
    private final Ledgers ledgers;
    private final AttemptListener attempts;
    private final Control control;
    private final Deeds deeds;
    private final SwitchDesk desk;
    private final Recorder recorder;
    private final DrillKeeper drills;
    private final Optional<HistoryBook> history;
    private final AuditFile audit;
    private final Probes probes;
    private final Map<String, Instant> lookedAt = new ConcurrentHashMap<>();

    /**
     * What it is composed of.
     *
     * @param monitorOnly whether nothing is ever done
     * @param kept what the control file says; null: nothing
     * @param forgotten whether the site has run before and its control file does not know it
     * @param version of Tandem, for the records
     * @param ledgers where it is written down what became of the calls
     * @param attempts is told how attempts go
     */
    public record Parts(
            SiteConfiguration site,
            boolean monitorOnly,
            Durable kept,
            boolean forgotten,
            String version,
            Trunks trunks,
            FactSource facts,
            FeedFacts feeds,
            Ledgers ledgers,
            AttemptListener attempts,
            Clock clock,
            Random random) {}

    /** Writes the control file now; durable when it returns. */
    @FunctionalInterface
    public interface Writing {
        /**
         * Writes.
         *
         * @throws java.io.IOException if it could not be written
         */
        void writeNow() throws java.io.IOException;
    }

    /** Decides and looks at nothing before {@link #start}. */
    public Deciding(Parts parts, Writing writing) {
        site = parts.site();
        trunks = parts.trunks();
        clock = parts.clock();
        monitorOnly = parts.monitorOnly();
        rules = Rules.of(site, monitorOnly);
        final Path data = site.data();
        final long startNs = clock.nanoTime();
        final long startMs = TimeUnit.NANOSECONDS.toMillis(clock.utcNs());
        final Durable found = DrillKeeper.numbered(
                data, FoundRecord.of(parts.kept(), parts.forgotten(), trunks.epoch(), EpochSearch.in(data), startMs));
        network = new NetworkBook(site);
        facts = new FactWatch(parts.facts());
        asking = new TrunkAsking(trunks::askAgain);
        times = new SwitchTimes(clock);
        ledgers = parts.ledgers();
        attempts = parts.attempts();
        recorder = new Recorder(data, rules, parts.version());
        history = HistoryBook.wanted(site, rules, parts.version());
        audit = new AuditFile(data.resolve(AuditFile.NAME), clock);
        final Supplier<Durable> durable = this::durable;
        deeds = new Deeds(site, trunks, durable, inbox::result, times, clock);
        probes = new Probes(site, parts.feeds(), clock, parts.random(), new Looks());
        control = new Control(
                new Switchover(rules, found, startMs),
                startMs,
                startNs,
                inbox,
                facts,
                writing::writeNow,
                new CarriesOut(),
                clock);
        desk = new SwitchDesk(
                () -> rules.configHash(),
                inbox::result,
                control::view,
                control::fault,
                this::lookAtEverything,
                network::places,
                clock);
        drills = new DrillKeeper(data, desk::decision);
        trunks.listen(new Trunk());
        trunks.seen(control.durable().epoch());
    }

    /** The answers of a site that has none of this. */
    public static SwitchControl absent(Supplier<SiteConfiguration> site, Clock clock) {
        return new NotSwitching(() -> ConfigurationHash.of(site.get()), clock);
    }

    /** From now on it looks and decides. */
    public void start() {
        history.ifPresent(each -> each.start(
                active(), durable().epoch(), HistoryBook.out(view()), TimeUnit.NANOSECONDS.toMillis(clock.utcNs())));
        ledgers.start();
        deeds.start();
        drills.start(control.durable().drills());
        control.start();
        probes.start();
    }

    /**
     * Decides and looks by another configuration from now on: the same servers and trunk switches. Probes that are asked as before keep what they have seen. Any
     * thread but {@code control}; one at a time; waits.
     *
     * @return why it does not, and then everything is as before; null: it does
     */
    public String follow(SiteConfiguration next) {
        final SwitchoverRules others;
        try {
            others = Rules.of(next, monitorOnly);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        final Set<String> ended = probes.endAllBut(next);
        lookedAt.keySet().removeAll(ended);
        coming = next;
        final String why = control.follow(new NewRules(others, ended));
        probes.begin(site);
        return why;
    }

    /** What must survive any end of the process. */
    public Durable durable() {
        return control.durable();
    }

    /** The server in control; null if there is none or it is not known. */
    public String active() {
        return control.view().active();
    }

    /** The newest picture. */
    public SwitchoverView view() {
        return control.view();
    }

    /** What became of the calls at the newest switchover; empty before the first. */
    public Optional<LedgerTotal.Counts> newestLedger() {
        return ledgers.newest();
    }

    /** Why nothing is decided any more; null while all is well. */
    public String fault() {
        return control.fault();
    }

    /** When a probe looked last; null if it never did. */
    public Instant lookedAt(String server, String probe) {
        return lookedAt.get(server + "/" + probe);
    }

    /** What operators ask for. */
    public SwitchControl desk() {
        return desk;
    }

    /** What is wrong now. */
    public List<Condition> conditions() {
        final List<Condition> all = new ArrayList<>();
        for (final SwitchoverView.AlarmLine line : control.view().alarms()) {
            all.add(new Condition(name(line.name()), line.object(), line.text()));
        }
        if (control.fault() != null) {
            all.add(new Condition(
                    AlarmName.SWITCH_FAILED,
                    OBJECT,
                    "nothing is switched any more, by a fault of Tandem's own: " + control.fault()
                            + "; keep the log, and restart Tandem"));
        }
        final boolean stalled = control.stalledMs() > 0 && clock.nanoTime() - control.stalledNs() < STALL_SHOWN_NS;
        if (stalled && all.stream().noneMatch(each -> each.name() == AlarmName.STALLED)) {
            all.add(new Condition(
                    AlarmName.STALLED,
                    OBJECT,
                    "Tandem did not run for " + control.stalledMs()
                            + " ms, and judges nobody by what it did not hear in that time"));
        }
        if (recorder.trouble() != null) {
            all.add(new Condition(AlarmName.DECISIONS_NOT_KEPT, "decisions", recorder.trouble()));
        }
        final String untold = ledgers.trouble();
        if (untold != null) {
            all.add(new Condition(AlarmName.DECISIONS_NOT_KEPT, LedgerShelf.FOLDER, untold));
        }
        if (probes.icmpRefusal() != null) {
            all.add(new Condition(AlarmName.CONFIG_MISMATCH, "icmp", probes.icmpRefusal()));
        }
        return all;
    }

    /** Lines of what probes see that were not kept, since the start. Any thread. */
    public long historyDropped() {
        return history.map(HistoryBook::dropped).orElse(0L);
    }

    private static AlarmName name(String word) {
        for (final AlarmName each : AlarmName.values()) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        throw new IllegalStateException("no alarm is called " + word);
    }

    private void lookAtEverything() {
        final List<String> targets = new ArrayList<>();
        site.servers()
                .forEach(server -> server.probes().forEach(probe -> targets.add(server.name() + "/" + probe.name())));
        NetworkTarget.of(site).forEach(each -> targets.add(each.host()));
        probes.lookNow(targets);
        trunks.query();
    }

    /** Deciding stops first: what is seen of a site that stops, and a step that is killed, are reasons for nothing. */
    @Override
    public void close() {
        control.close();
        history.ifPresent(HistoryBook::close);
        probes.close();
        deeds.close();
        recorder.close();
        drills.close();
        audit.close();
    }

    /** Looks, as they come in. */
    private final class Looks implements LookListener {
        @Override
        public void looked(String server, String probe, boolean secondPath, Look look) {
            lookedAt.put(server + "/" + probe, Instant.ofEpochSecond(0, clock.utcNs()));
            inbox.fact(new Event.Looked(server, probe, secondPath, look));
        }

        @Override
        public void networkLooked(String target, Look look) {
            network.looked(target, look, Instant.ofEpochSecond(0, clock.utcNs()));
            inbox.fact(new Event.NetworkLooked(target, look));
        }
    }

    /** What trunk switches tell. */
    private final class Trunk implements TrunkEvents {
        @Override
        public void changed() {
            facts.tellTrunksAgain();
            inbox.wake();
        }

        @Override
        public CompletionStage<SwitchReport> adopted(String name, Operator by) {
            facts.tellTrunksAgain();
            return desk.adopted(name, by);
        }
    }

    /** What was decided is done. Thread {@code control}. */
    private final class CarriesOut implements Carrier {
        @Override
        public void recorded(Event event, long nowMs, Switchover machine) {
            if (event instanceof Event.StepOver step && step.step() == org.tandemgw.gateway.switchover.Step.DEMOTE) {
                times.demoted(step.tookMs());
            }
            recorder.event(event, nowMs, machine::snapshot);
            history.ifPresent(each -> each.event(event, nowMs));
        }

        @Override
        public void follows(SwitchoverRules next) {
            recorder.follow(next);
            history.ifPresent(each -> each.follow(next));
            rules = next;
            site = coming;
            network.follow(site);
            deeds.follow(site);
        }

        @Override
        public void carryOut(Action action, long nowMs) {
            if (action instanceof Action.Demote demote) {
                deeds.demote(demote);
            } else if (action instanceof Action.Select select) {
                deeds.select(select);
            } else if (action instanceof Action.Promote promote) {
                attempts.promoted(promote.epoch(), promote.server());
                deeds.promote(promote);
            } else if (action instanceof Action.LookNow look) {
                probes.lookNow(look.targets());
            } else if (action instanceof Action.Hook hook) {
                deeds.hook(hook);
            } else if (action instanceof Action.Answer answer) {
                desk.answer(answer);
            } else if (action instanceof Action.Drilled drilled) {
                drilled(drilled.drill());
            } else if (action instanceof Action.Returned returned) {
                audit.append(ReturnedLine.of(now(), returned.ended()));
            } else if (action instanceof Action.Opened opened) {
                opened(opened.decision(), nowMs);
            } else if (action instanceof Action.Closed closed) {
                closed(closed, nowMs);
            }
        }

        @Override
        public void stands(SwitchoverView view, long nowMs) {
            asking.stands(view, nowMs);
            history.ifPresent(each -> each.stands(view.active(), view.epoch(), HistoryBook.out(view), nowMs));
        }

        @Override
        public void ended(String why) {
            desk.ended(why);
        }

        private void drilled(Drill drill) {
            deeds.drilled(drill);
            drills.keep(drill);
            audit.append(DrillLine.of(now(), drill));
            LOG.warn("{}", drill.sentence());
        }

        private void opened(Decision decision, long nowMs) {
            times.verdict();
            if (decision.epoch() != null) {
                attempts.begun(mark(SwitchMark.What.COMMENCE, decision));
                trunks.seen(decision.epoch());
            }
            recorder.opened(decision, nowMs);
            desk.decided(decision);
            audit.append(SwitchoverLine.of(now(), "switchover begun", decision, null));
            LOG.warn(
                    "decision {}: {} -> {}, {}: {}",
                    decision.decision(),
                    decision.from(),
                    decision.to(),
                    decision.trigger(),
                    decision.reason());
        }

        private SwitchMark mark(SwitchMark.What what, Decision decision) {
            return new SwitchMark(what, decision.epoch(), decision.decision(), decision.from(), decision.to());
        }

        private void closed(Action.Closed closed, long nowMs) {
            final Decision decision = closed.decision();
            final boolean moved = decision.outcome() == Outcome.SWITCHED;
            if (decision.epoch() != null) {
                attempts.over(mark(SwitchMark.What.SWITCHED, decision), moved, closed.tookOver());
            }
            recorder.closed(decision, nowMs);
            ledgers.closed(decision);
            desk.decided(decision);
            audit.append(SwitchoverLine.of(now(), "switchover", decision, moved ? times : null));
            LOG.warn(
                    "decision {} is over: {}{}",
                    decision.decision(),
                    decision.outcome(),
                    decision.refusedBecause().isEmpty() ? "" : ": " + String.join("; ", decision.refusedBecause()));
        }

        private Instant now() {
            return Instant.ofEpochSecond(0, clock.utcNs());
        }
    }
}
