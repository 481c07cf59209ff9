package org.tandemgw.gateway.deciding;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.PhaseMove;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Wish;
import org.tandemgw.gateway.time.Clock;

/**
 * The thread {@code control}: takes what was seen, lets the machine decide, makes durable what it decided, and only then has it carried
 * out. It waits for the disk (the control file, when something was decided), and for nothing else. A broken promise of ours ends this
 * part, loudly; the stream goes on.
 */
final class Control implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Control.class);
    private static final long STOP_MS = 2_000;

    /** So many events between two looks at the facts. */
    private static final int AT_A_TIME = 256;

    /** Less than this is told to nobody. */
    private static final long CLOCK_MS = 1_000;

    /** Makes durable what {@link #durable()} says; returns when it survives a power loss. */
    @FunctionalInterface
    interface Store {
        /**
         * Writes.
         *
         * @throws IOException if it could not be written
         */
        void writeNow() throws IOException;
    }

    private Switchover machine;
    private final Inbox inbox;
    private final FactWatch facts;
    private final Store store;
    private final Carrier carrier;
    private final Clock clock;
    private final long startNs;
    private final long startMs;
    private final Thread thread = new Thread(this::run, "control");
    private final AtomicReference<NewRules> newRules = new AtomicReference<>();
    private LateWatch late;
    private long droppedBefore;
    private long aheadMs;
    private List<PhaseMove> told = List.of();
    private volatile Durable durable;
    private volatile SwitchoverView view;
    private volatile String fault;
    private volatile long stalledMs;
    private volatile long stalledNs;
    private volatile boolean closing;

    /**
     * Decides nothing before {@link #start}.
     *
     * @param machine fresh from the record that was found
     * @param startMs the time that it was made with
     */
    Control(
            Switchover machine,
            long startMs,
            long startNs,
            Inbox inbox,
            FactWatch facts,
            Store store,
            Carrier carrier,
            Clock clock) {
        this.machine = machine;
        this.startMs = startMs;
        this.startNs = startNs;
        this.inbox = inbox;
        this.facts = facts;
        this.store = store;
        this.carrier = carrier;
        this.clock = clock;
        this.durable = machine.durable();
        this.view = machine.view();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What must survive. Any thread. */
    Durable durable() {
        return durable;
    }

    /** The newest picture. Any thread. */
    SwitchoverView view() {
        return view;
    }

    /** Why nothing is decided any more; null while all is well. Any thread. */
    String fault() {
        return fault;
    }

    /** Has it go on by other rules, once everything that was told before is decided on. Any other thread; waits. Why it does not; null: it does. */
    String follow(NewRules next) {
        if (fault != null) {
            return "nothing is decided any more: " + fault;
        }
        newRules.set(next);
        inbox.wake();
        final String why = next.await();
        newRules.compareAndSet(next, null);
        return why;
    }

    /** For how long this thread or the whole process did not run the last time; 0: it never did. Any thread. */
    long stalledMs() {
        return stalledMs;
    }

    /** When that was noticed, on the clock for timers. Any thread. */
    long stalledNs() {
        return stalledNs;
    }

    private void run() {
        try {
            late = new LateWatch(clock.nanoTime(), clock.bootedNs());
            while (!closing) {
                turn();
                final long dueMs = machine.dueMs() == Long.MAX_VALUE ? Long.MAX_VALUE : machine.dueMs() - nowMs();
                inbox.await(Math.max(0, Math.min(LateWatch.LONGEST_WAIT_MS, dueMs)));
            }
        } catch (InterruptedException e) {
            LOG.debug("the thread control is ended");
        } catch (RuntimeException | Error e) {
            fault = e.toString();
            LOG.error("nothing is decided any more until Tandem is restarted; the stream goes on", e);
            carrier.ended(fault);
        }
    }

    private void turn() {
        final NewRules order =
                newRules.get(); // before the inbox is emptied: what was told before it is told to the machine of before
        distrust();
        tellUtc();
        facts.look(this::step);
        Event next = inbox.take();
        int i = 0;
        while (next != null && !closing) {
            if (next instanceof Event.Asked asked && asked.wish() instanceof Wish.Adopted) {
                facts.look(this::step); // what the box said, before that it is true
            }
            step(next);
            next = i++ < AT_A_TIME ? inbox.take() : null;
        }
        if (order != null && i <= AT_A_TIME && !closing && newRules.compareAndSet(order, null)) {
            goOnBy(order);
        }
        if (machine.dueMs() <= nowMs()) {
            step(new Event.Tick());
        }
        view = machine.view();
        carrier.stands(view, nowMs());
        tellMoves();
    }

    /** The time of events goes on whatever becomes of the clock; schedules are kept by the clock. */
    private void tellUtc() {
        final long nowAheadMs = TimeUnit.NANOSECONDS.toMillis(clock.utcNs()) - nowMs();
        if (Math.abs(nowAheadMs - aheadMs) >= CLOCK_MS) {
            aheadMs = nowAheadMs;
            step(new Event.UtcSeen(aheadMs));
        }
    }

    /** What was begun by some rules is ended by them. A fact told before this one was told to the machine before; what comes next is told to the other. */
    private void goOnBy(NewRules next) {
        if (machine.durable().drills().open() != null) {
            next.refused("a drill is under way");
            return;
        }
        if (machine.durable().open() != null || machine.view().open() != null) {
            next.refused("a switchover is under way");
            return;
        }
        final Switchover other;
        try {
            other = machine.under(next.rules(), next.anew());
        } catch (RuntimeException e) {
            LOG.error("the machine does not go on by other rules, and stays as it is", e);
            next.refused("by a fault of Tandem's own: " + e);
            return;
        }
        if (next.claim()) {
            machine = other;
            try {
                carrier.follows(next.rules());
                view = machine.view(); // who asks next finds it there
            } finally {
                next.done();
            }
            step(new Event.Tick());
        }
    }

    /** Before anything else is believed. */
    private void distrust() {
        final long lateMs = late.wokeMs(clock.nanoTime(), clock.bootedNs());
        final long dropped = inbox.dropped();
        if (lateMs > 0 || dropped != droppedBefore) {
            LOG.warn(
                    "the thread control did not run for {} ms{}: what was not heard in that time is no evidence",
                    lateMs,
                    dropped == droppedBefore ? "" : ", and " + (dropped - droppedBefore) + " looks were dropped");
            droppedBefore = dropped;
            stalledMs = lateMs;
            stalledNs = clock.nanoTime();
            decide(new Event.Stalled(lateMs));
        }
    }

    private void step(Event event) {
        distrust();
        decide(event);
    }

    private void decide(Event event) {
        List<Action> actions = on(event);
        final String unwritten = unwritten();
        if (unwritten != null) {
            actions = on(new Event.StoreFailed(unwritten));
            unwritten(); // what can be is, and the keeper tries again
        }
        if (!actions.isEmpty()) {
            view = machine.view(); // whoever is told of it finds it there
        }
        for (final Action action : actions) {
            carrier.carryOut(action, nowMs());
        }
    }

    private List<Action> on(Event event) {
        final long nowMs = nowMs();
        carrier.recorded(event, nowMs, machine);
        return machine.on(event, nowMs);
    }

    /** Why what was decided is not durable; null if it is. */
    private String unwritten() {
        if (machine.durable() == durable) {
            return null;
        }
        durable = machine.durable();
        try {
            store.writeNow();
            return null;
        } catch (IOException | RuntimeException e) {
            return e.toString();
        }
    }

    private void tellMoves() {
        for (final PhaseMove move : view.moves()) {
            if (!told.contains(move)) {
                LOG.info("{} -> {}: {}", move.from(), move.to(), move.why());
            }
        }
        told = view.moves();
    }

    private long nowMs() {
        return startMs + TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - startNs);
    }

    @Override
    public void close() {
        closing = true;
        inbox.wake();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
