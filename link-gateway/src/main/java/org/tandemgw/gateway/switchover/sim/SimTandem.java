package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.OpenAttempt;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.Wish;

/**
 * Tandem as a process: lives that begin with what the control file holds, hear, decide, write, act, and end at any moment. What is to be
 * acted on is written first.
 */
final class SimTandem {
    /** At which moment of its next decision it is to die. */
    enum Death {
        NONE,
        BEFORE_WRITE,
        AFTER_WRITE,
        BETWEEN_ACTS
    }

    private final SimWorld world;
    private SimSite site;
    private final SimCore.Maker maker;
    private final SimOracle oracle;
    private final SimTrace trace;
    private final SimRecorder recorder;

    /** What the control file holds; null: there is none. */
    Durable disk;
    /** What it held some time ago. */
    Durable older;

    boolean storeFails;
    Death death = Death.NONE;
    /** How far Tandem's clock is from the world's; takes effect at a start. */
    long clockOffsetMs;

    private long lastOffsetMs;

    /** Calls in flight; -1: nobody knows. */
    int calls;

    /** The other configuration that it runs with from the next start on; null: the site's own. */
    private SimSite.Other other;

    /** The one that somebody writes as soon as it is dead; null: nobody does. */
    SimSite.Other nextFile;

    private long events;
    private long skipped;

    private final SimTally tally = new SimTally();
    private Life life;
    private long requests;
    /** The decisions whose end was told, and so recorded. */
    private final Set<Long> ended = new HashSet<>();

    private Runnable onPhase = () -> {};
    private Consumer<Action> onAction = action -> {};

    SimTandem(SimWorld world, SimSite site, SimCore.Maker maker, SimOracle oracle, SimTrace trace, int replayOneIn) {
        this.world = world;
        this.site = site;
        this.maker = maker;
        this.oracle = oracle;
        this.trace = trace;
        this.recorder = new SimRecorder(maker, trace, replayOneIn);
        world.watch(() -> {
            if (life != null) {
                life.feeds.follow();
                life.driver.follow();
            }
        });
    }

    /** Whether the records know the end of what a control file calls open. */
    boolean hasEnded(OpenAttempt open) {
        return open != null && ended.contains(open.decision());
    }

    /** Who is told whenever the phase changes. */
    void onPhase(Runnable listener) {
        onPhase = listener;
    }

    /** Who is told what it does. */
    void onAction(Consumer<Action> listener) {
        onAction = listener;
    }

    SimSite site() {
        return site;
    }

    Life life() {
        return life;
    }

    boolean running() {
        return life != null && !life.frozen;
    }

    Phase phase() {
        return life == null ? null : life.phase;
    }

    void start() {
        if (life == null) {
            other = nextFile == null ? other : nextFile;
            nextFile = null;
            life = new Life();
            life.begin();
        }
    }

    void kill() {
        if (life != null) {
            trace.note(world.time.nowMs(), "Tandem is killed");
            tally.count("killed", 1);
            skipped += life.looks.skipped;
            life.end();
            life = null;
            death = Death.NONE;
            oracle.killed();
        }
    }

    /** From the next start on; null: the site's own. */
    void file(SimSite.Other to) {
        nextFile = null;
        if (other != to) {
            kill();
            other = to;
            trace.note(world.time.nowMs(), "the file is " + (to == null ? "the site's own again" : to.toString()));
        }
    }

    /** The rules in force. */
    private SwitchoverRules rules() {
        return other == null ? site.rules() : other.rules();
    }

    /** The file was changed and is to be taken; not while something is under way, and nothing comes of it while Tandem is not there. */
    void reload(SimSite to) {
        if (running() && other == null) {
            life.reload(to);
        }
    }

    /** Stands still, and then finds out. */
    void stall(long forMs) {
        if (running()) {
            Life mine = life;
            mine.frozen = true;
            oracle.stalled();
            trace.note(world.time.nowMs(), "Tandem stands still for " + forMs + " ms");
            world.time.afterMs(forMs, () -> mine.thaw(forMs));
        }
    }

    void clock(boolean suspect) {
        if (life != null) {
            life.hear(new Event.ClockSeen(suspect, suspect ? "it jumped" : "it is steady again"));
        }
    }

    void calls(int inFlight) {
        calls = inFlight;
        if (life != null) {
            life.hear(new Event.CallsSeen(inFlight));
        }
    }

    /** What happened in all lives so far. */
    void tally(SimTally sum) {
        sum.add(tally);
        sum.count("events", events);
        sum.count("looks left out", skipped + (life == null ? 0 : life.looks.skipped));
        sum.count("replayed", recorder.replayed);
    }

    /** An operator asks; nothing comes of it while Tandem is not there. */
    void ask(Wish wish) {
        if (life != null && other == null) {
            tally.count(wish.getClass().getSimpleName() + " asked", 1);
            long request = ++requests;
            oracle.asked(request, wish);
            life.hear(new Event.Asked(request, wish, "jd", "simulated"));
        }
    }

    /** When it does something by itself next, in the world's time. */
    long nextMs() {
        return running() ? Math.min(life.looks.nextMs(), life.dueMs()) : Long.MAX_VALUE;
    }

    void runNext(long quietUntilMs) {
        if (life.dueMs() <= life.looks.nextMs()) {
            world.time.passTo(Math.max(world.time.nowMs(), life.dueMs()));
            life.hear(new Event.Tick());
        } else {
            world.time.passTo(Math.max(world.time.nowMs(), life.looks.nextMs()));
            life.looks.runNext(quietUntilMs == Long.MAX_VALUE ? quietUntilMs : Math.min(quietUntilMs, life.dueMs()));
        }
    }

    /** From a start to an end. */
    final class Life {
        final SimLooks looks = new SimLooks(world, this::hear);
        final SimFeeds feeds = new SimFeeds(world, this::hear);
        final SimDriver driver = new SimDriver(world, oracle, this);
        final SimActions actions = new SimActions(world, oracle, this);
        private final List<Runnable> held = new ArrayList<>();
        private final long offsetMs = clockOffsetMs;
        private SimCore core;
        private Phase phase;
        private boolean frozen;
        /** What could not be written: told once, tried again after each event. */
        private Durable refused;

        private boolean over;
        /** When the machine wants a tick, in the world's time. */
        private long dueMs = Long.MAX_VALUE;

        private int ticksNow;
        private long lastTickMs = Long.MIN_VALUE;
        /** When it heard anything last, in the world's time. */
        private long heardMs;

        private void begin() {
            trace.note(world.time.nowMs(), "Tandem starts with " + disk);
            oracle.file(other != null);
            core = maker.begin(rules(), disk, localMs());
            oracle.began(disk, core.durable(), offsetMs - lastOffsetMs);
            lastOffsetMs = offsetMs;
            recorder.begin(core, rules());
            site.looks(world, looks);
            notePhase();
            driver.begin();
            feeds.begin();
            hear(new Event.CallsSeen(calls));
        }

        private void end() {
            over = true;
            feeds.end();
        }

        private void reload(SimSite to) {
            boolean busy = core.durable().drills().open() != null
                    || core.durable().open() != null
                    || core.view().open() != null;
            tally.count(busy ? "reload refused" : "reloaded", 1);
            if (busy) {
                return;
            }
            trace.note(world.time.nowMs(), "goes on by another file: " + to.rules());
            Set<String> anew = site.follow(to, world, looks);
            Durable before = core.durable();
            core = core.under(to.rules(), anew);
            site = to;
            oracle.reloaded(to, anew, before, core.durable(), heardMs);
            recorder.begin(core, to.rules());
            hear(new Event.Tick());
        }

        SimSite site() {
            return site;
        }

        /** Whether this box is in the file. */
        boolean knows(SimBox box) {
            return rules().switches().stream().anyMatch(each -> each.name().equals(box.name));
        }

        /** Whether A and B are taken for each other. */
        boolean swapped() {
            return other != null && other.swapped();
        }

        boolean over() {
            return over;
        }

        SimCore core() {
            return core;
        }

        long localMs() {
            return world.time.nowMs() + offsetMs;
        }

        private long dueMs() {
            return dueMs;
        }

        /** Later, if this life still goes on, and not while it stands still. */
        void afterMs(long delayMs, Runnable what) {
            world.time.afterMs(delayMs, () -> {
                if (over) {
                    return;
                }
                if (frozen) {
                    held.add(what);
                } else {
                    what.run();
                }
            });
        }

        private void thaw(long lateMs) {
            if (over) {
                return;
            }
            frozen = false;
            hear(new Event.Stalled(lateMs));
            looks.thaw();
            List<Runnable> now = new ArrayList<>(held);
            held.clear();
            now.forEach(Runnable::run);
        }

        void hear(Event event) {
            if (over) {
                return;
            }
            if (frozen) {
                held.add(() -> hear(event));
                return;
            }
            if (event instanceof Event.Tick) {
                ticksNow = lastTickMs == world.time.nowMs() ? ticksNow + 1 : 0;
                lastTickMs = world.time.nowMs();
                if (ticksNow > 50) {
                    throw oracle.broken("wait", "50 ticks at one time, and it wants another");
                }
            }
            step(event, true);
        }

        private void step(Event event, boolean mayFail) {
            events++;
            heardMs = world.time.nowMs();
            long nowMs = localMs();
            trace.event(world.time.nowMs(), event);
            oracle.hears(event);
            List<Action> toDo = core.on(event, nowMs);
            long due = core.dueMs();
            dueMs = due == Long.MAX_VALUE ? due : due - offsetMs;
            recorder.heard(event, nowMs, toDo, core);
            boolean safe = write();
            if (over) {
                return;
            }
            if (!safe && mayFail && core.durable() != refused) {
                refused = core.durable();
                step(new Event.StoreFailed("no space left on device"), false);
                refused = over ? null : core.durable();
                return;
            }
            for (Action action : toDo) {
                boolean acts = action instanceof Action.Demote
                        || action instanceof Action.Select
                        || action instanceof Action.Promote;
                trace.action(world.time.nowMs(), action);
                oracle.acts(action, core.durable());
                tally.acts(action);
                if (action instanceof Action.Closed closed) {
                    ended.add(closed.decision().decision());
                }
                onAction.accept(action);
                carryOut(action);
                if (acts && death == Death.BETWEEN_ACTS) {
                    kill();
                }
                if (over) {
                    return;
                }
            }
            notePhase();
        }

        /** Whether what must be kept is safe. */
        private boolean write() {
            Durable now = core.durable();
            if (now == disk || now.equals(disk)) {
                return true;
            }
            boolean attempt = now.open() != null || disk != null && disk.open() != null;
            if (attempt && death == Death.BEFORE_WRITE) {
                kill();
                return false;
            }
            if (storeFails) {
                return false;
            }
            older = disk;
            disk = now;
            oracle.wrote(now);
            if (attempt && death == Death.AFTER_WRITE) {
                kill();
            }
            return true;
        }

        private void carryOut(Action action) {
            if (action instanceof Action.LookNow look) {
                looks.lookNow(look.targets());
            } else if (action instanceof Action.Select select) {
                driver.select(select);
            } else if (action instanceof Action.Demote demote) {
                actions.demote(demote);
            } else if (action instanceof Action.Promote promote) {
                actions.promote(promote);
            }
        }

        private void notePhase() {
            Phase now = core.phase();
            if (now != phase) {
                trace.phase(world.time.nowMs(), phase, now);
                phase = now;
                oracle.phase(now);
                onPhase.run();
            }
        }
    }
}
