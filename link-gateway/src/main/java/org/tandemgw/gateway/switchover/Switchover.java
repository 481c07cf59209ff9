package org.tandemgw.gateway.switchover;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The deciding side of the site as one deterministic machine: facts and times go in, what is to be done comes out. It has no
 * clock, thread, socket, file or chance; the same facts at the same times always give the same actions. One thread at a time.
 *
 * <p>{@link Core} is what its parts share; {@link Startup} assigns the roles, {@link Watch} watches the active server,
 * {@link Requests} hears operators, {@link Attempt} carries a switchover through, {@link FailBackRule} goes back, {@link DrillRule} practises.
 */
public final class Switchover {
    private final Core core;
    private final Attempt attempt;
    private final Watch watch;
    private final Requests requests;
    private final Startup startup;
    private final FailBackRule failBack;
    private final DrillRule drills;
    private final Protection protection;
    private final StoreFault storeFault;
    private final Viewer viewer;
    private final boolean anyRecord;

    /**
     * At a start.
     *
     * @param found what the control file holds; null: there is no record at all
     */
    public Switchover(SwitchoverRules rules, Durable found, long nowMs) {
        this(rules, Startup.sane(rules, found, nowMs), nowMs, Startup.anyRecord(found));
    }

    private Switchover(SwitchoverRules rules, Durable found, long nowMs, boolean anyRecord) {
        this.anyRecord = anyRecord;
        core = new Core(rules, found, nowMs);
        attempt = new Attempt(core);
        final Conditions conditions = new Conditions(core);
        watch = new Watch(core, attempt, conditions);
        requests = new Requests(core, attempt, conditions);
        startup = new Startup(core, attempt, anyRecord);
        failBack = new FailBackRule(core, attempt, conditions);
        drills = new DrillRule(core, attempt, new DrillConditions(core, conditions));
        protection = new Protection(core);
        storeFault = new StoreFault(core, attempt);
        viewer = new Viewer(core, attempt, watch, conditions, protection, drills);
    }

    /**
     * Tells it a fact. What it answers is to be done, in that order, once {@link #durable()} is safe.
     *
     * @throws IllegalArgumentException if time goes back, or the fact is about something that the rules do not know
     */
    public List<Action> on(Event event, long nowMs) {
        core.begin(nowMs);
        final Durable before = core.kept.durable();
        if (event instanceof Event.StoreFailed failed) {
            // Nothing new is decided here: what this answers is carried out even if it cannot be written either.
            storeFault.failed(failed.why());
            return List.copyOf(core.actions());
        }
        take(event);
        if (before.open() != null && core.kept.open() == null && Objects.equals(before.active(), core.kept.active())) {
            startup.lookAround(core.kept.active() != null
                    && core.kept.active().equals(before.open().to()));
        }
        startup.decide();
        watch.decide();
        failBack.decide();
        drills.decide();
        protection.tell();
        returned(before);
        storeFault.stepOver(before, core.actions());
        return List.copyOf(core.actions());
    }

    /** Whoever is in control is not out, whatever was said before; nobody has said so, and it is to be found in the records. */
    private void returned(Durable before) {
        final String active = core.kept.active();
        for (final Maintenance each : before.maintenance()) {
            if (active != null && active.equals(each.server()) && !core.kept.isOut(active)) {
                core.act(new Action.Returned(each));
            }
        }
    }

    private void take(Event event) {
        if (event instanceof Event.TrunksSeen seen) {
            core.noteOrder(seen);
        } else if (event instanceof Event.SelectOver over) {
            core.noteEnd(over);
        }
        core.facts.take(event, core.nowMs());
        core.clearEvidence();
        protection.update();
        final String unwanted = watch.unwanted();
        if (unwanted != null) {
            attempt.abandon(unwanted);
        }
        if (event instanceof Event.Asked asked && asked.wish() instanceof Wish.Drill drill) {
            drills.asked(asked, drill);
        } else if (event instanceof Event.Asked asked) {
            requests.asked(asked);
        } else if (event instanceof Event.SelectOver over) {
            attempt.moving().over(over);
        } else if (event instanceof Event.StepBegan began) {
            attempt.began(began);
        } else if (event instanceof Event.StepOver over) {
            attempt.over(over);
        } else if (event instanceof Event.TrunksSeen seen) {
            attempt.moving().seen(seen);
            startup.movedByHand(seen);
        }
        attempt.tick();
        watch.goOn();
    }

    /** When it wants a {@link Event.Tick} at the latest; {@code Long.MAX_VALUE}: not for any time known. */
    public long dueMs() {
        final long nowMs = core.nowMs();
        long due = Math.min(core.facts.dueMs(nowMs), Math.min(watch.dueMs(), failBack.dueMs()));
        due = Math.min(due, drills.dueMs());
        due = Math.min(due, Math.min(startup.dueMs(), attempt.dueMs()));
        for (final Standing each : core.standings) {
            due = Math.min(due, each.dueMs());
        }
        for (final Maintenance each : core.kept.maintenance()) {
            due = each.overdue(core.utcMs()) ? due : Math.min(due, nowMs + each.untilMs() - core.utcMs());
        }
        return due;
    }

    /** What must be kept. The same object while nothing has changed. */
    public Durable durable() {
        return core.kept.durable();
    }

    /** Now; cheap. */
    public Phase phase() {
        return core.phases.phase();
    }

    /** A picture, made for each call. */
    public SwitchoverView view() {
        return viewer.view();
    }

    /** How a trunk switch was seen last; null: never. */
    public Event.TrunksSeen trunks(String name) {
        return core.facts.trunks(name);
    }

    /** The whole state as JSON text on one line. */
    public String snapshot() {
        return JsonRecords.write(memory());
    }

    private Memory memory() {
        return new Memory(
                core.nowMs(),
                anyRecord,
                core.kept.durable(),
                core.lastSelectMs,
                core.orders.memory(),
                core.phases.memory(),
                core.facts.memory(),
                core.standings.stream().map(Standing::memory).toList(),
                attempt.memory(),
                watch.memory(),
                protection.memory(),
                storeFault.memory());
    }

    /**
     * A machine that behaves from here on exactly as the one that wrote the snapshot.
     *
     * @throws org.tandemgw.gateway.json.JsonFormatException if it is no snapshot
     */
    public static Switchover restore(SwitchoverRules rules, String snapshot) {
        final Memory memory = JsonRecords.read(snapshot, Memory.class);
        final Switchover machine = new Switchover(rules, memory.kept, memory.nowMs, memory.anyRecord);
        machine.core.facts.recall(memory.facts);
        return machine.recall(memory);
    }

    /**
     * The machine that goes on from here by other rules, with the same two servers and trunk switches. This one is left as it is.
     *
     * @param anew {@code server/probe} of probes that ask otherwise than before
     * @throws IllegalStateException while a switchover is open: it is finished by the rules that it was begun by
     */
    public Switchover under(SwitchoverRules rules, Set<String> anew) {
        if (core.kept.open() != null) {
            throw new IllegalStateException("a switchover is open");
        }
        final Memory memory = memory();
        final Switchover machine =
                new Switchover(rules, Startup.sane(rules, memory.kept, memory.nowMs), memory.nowMs, memory.anyRecord);
        machine.core.facts.takeOver(core.facts, anew);
        return machine.recall(memory);
    }

    /** All but what is kept and what is known of the world. */
    private Switchover recall(Memory memory) {
        core.lastSelectMs = memory.lastSelectMs;
        core.orders.recall(memory.orders);
        core.phases.recall(memory.phases);
        for (int i = 0; i < memory.standings.size(); i++) {
            core.standings.get(i).recall(memory.standings.get(i));
        }
        attempt.recall(memory.attempt);
        watch.recall(memory.watch);
        protection.recall(memory.protectedBefore);
        storeFault.recall(memory.storeFault);
        return this;
    }

    private record Memory(
            long nowMs,
            boolean anyRecord,
            Durable kept,
            long lastSelectMs,
            List<Orders.Order> orders,
            Phases.Memory phases,
            Facts.Memory facts,
            List<Standing.Memory> standings,
            AttemptMemory attempt,
            Watch.Memory watch,
            boolean protectedBefore,
            StoreFault.Memory storeFault) {}
}
