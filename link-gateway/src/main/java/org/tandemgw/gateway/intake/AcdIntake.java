package org.tandemgw.gateway.intake;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.calls.ListDesk;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.journal.JournalFaultException;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.leg.AcdLeg;
import org.tandemgw.gateway.leg.LegListener;
import org.tandemgw.gateway.leg.LegSession;
import org.tandemgw.gateway.leg.LegSettings;
import org.tandemgw.gateway.leg.LegState;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.recovery.WrittenMarks;
import org.tandemgw.gateway.time.LatencyCounts;
import org.tandemgw.gateway.time.RecordClock;

/**
 * One ACD's way in: two legs, their decoders, the arbiter, the journal. Everything but the queries runs on the ACD's intake
 * thread; {@link #run} brings a task there.
 */
public final class AcdIntake implements LegListener, LinkIntake {
    private static final Logger LOG = LoggerFactory.getLogger(AcdIntake.class);
    private static final long TICK_MS = 20;
    /** Rounds of the loop that finish a connect and read what it brought, after the settle time: the thread may have been busy all the time. */
    private static final int LAST_ROUNDS = 2;

    private final String name;
    private final LinkJournal journal;
    private final EventLoop loop;
    private final RecordClock recordClock;
    private final StandingClock clock;
    private final IntakeRoom room;
    private final MarkBook marks;
    private final JournalSink sink;
    private final LineArbiter arbiter;
    private final LegInput[] inputs;
    private final AcdLeg[] legs;
    private final HeldLegs held;
    private final LegExchange exchange;
    private final SilentLegs silent;
    private final long settleNs;
    private ListDesk lists = new ListDesk();
    private Future<?> ticking;
    private int roundsLeft;

    private volatile boolean paused;
    private volatile String fault = "";

    /**
     * An intake that does nothing until it is started.
     *
     * @param dialect how frames are cut, told apart and identified
     * @param silentLegMs how long a leg may be silent while the other one speaks, before it is closed and opened again
     */
    public AcdIntake(
            String name,
            List<LegSettings> legSettings,
            Dialect dialect,
            long silentLegMs,
            LinkJournal journal,
            EventLoop loop,
            RecordClock clock,
            Random random) {
        this.name = name;
        this.journal = journal;
        this.loop = loop;
        this.recordClock = clock;
        this.clock = new StandingClock(clock);
        final ArbiterSettings settings = ArbiterSettings.defaults();
        this.settleNs = settings.settleNs();
        this.sink = new JournalSink(journal);
        this.arbiter = new LineArbiter(settings, sink);
        this.room = new IntakeRoom(journal, arbiter);
        this.marks = new MarkBook(journal, room::hasRoomForSwitch);
        this.inputs = new LegInput[] {input(1, dialect), input(2, dialect)};
        this.legs = new AcdLeg[] {
            new AcdLeg(name, legSettings.get(0), loop, this, random),
            new AcdLeg(name, legSettings.get(1), loop, this, random)
        };
        this.held = new HeldLegs(legs, room, this.clock);
        this.exchange = new LegExchange(name, legs, arbiter);
        this.silent = new SilentLegs(legs, arbiter, silentLegMs);
        new ArbiterMemory(journal, arbiter, dialect).restore(settings.historyFrames());
        journal.onRoom(() -> later(this::goOnIfThereIsRoom));
    }

    private LegInput input(int leg, Dialect dialect) {
        return new LegInput(
                leg,
                arbiter,
                dialect,
                clock::nanoTime,
                clock::recordNs,
                (buffer, offset, length) -> legs[leg - 1].heard(buffer, offset, length));
    }

    /** Who wants to know how things stand, when the ACD tells a leg. Before {@link #start}. */
    public void listsGoTo(ListDesk desk) {
        lists = desk;
    }

    @Override
    public void start(Holds holds) {
        loop.execute(() -> {
            ticking = loop.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
            paused = holds.paused();
            open(legs[0], holds.leg1());
            open(legs[1], holds.leg2());
        });
    }

    private void open(AcdLeg leg, boolean busiedOut) {
        if (busiedOut) {
            leg.close(LegState.BUSIED_OUT, "busied out before the restart");
        } else if (paused) {
            leg.close(LegState.PAUSED, "paused before the restart");
        } else {
            leg.open();
        }
    }

    /** Closes the legs for good and ends the last batch. Any other thread; waits. */
    @Override
    public void close() {
        loop.submit(() -> {
                    if (ticking != null) {
                        ticking.cancel(false);
                    }
                    closeLegs(LegState.DOWN, "the gateway stops");
                    endBatch();
                })
                .awaitUninterruptibly();
    }

    // --- what operators ask for ---

    @Override
    public void busyOut(int leg) {
        run(() -> legs[leg - 1].close(LegState.BUSIED_OUT, "busied out by an operator"));
    }

    @Override
    public void release(int leg) {
        run(() -> open(legs[leg - 1], false));
    }

    @Override
    public void pause(String text) {
        run(() -> {
            paused = true;
            closeLegs(LegState.PAUSED, "paused by an operator");
            room.mark(clock.recordNs(), "pause", text);
            endBatch();
        });
    }

    @Override
    public void resume(String text) {
        run(() -> {
            paused = false;
            room.mark(clock.recordNs(), "resume", text);
            endBatch();
            for (final AcdLeg leg : legs) {
                if (leg.state() == LegState.PAUSED) {
                    leg.open();
                }
            }
        });
    }

    @Override
    public void mark(String what, String text) {
        loop.execute(() -> guarded(() -> {
            room.mark(clock.recordNs(), what, text);
            endBatch();
        }));
    }

    @Override
    public void mark(SwitchMark mark) {
        marks.begins(mark, Instant.ofEpochSecond(0, recordClock.utcNs()));
        later(() -> {
            marks.write(mark, clock.recordNs());
            endBatch();
        });
    }

    @Override
    public void marksWere(WrittenMarks known, long through, SwitchMark owed) {
        marks.restore(known, through, owed);
    }

    @Override
    public SwitchMark owedMark(long through) {
        return marks.owed(through);
    }

    @Override
    public WrittenMarks marks() {
        return marks.written();
    }

    /**
     * Reaches a leg in another way from now on. Any thread; waits.
     *
     * @param anew whether the present session is ended for it
     * @return why not: the stream would be cut; null: it is done
     */
    public String follow(LegSettings next, boolean anew) {
        final String[] refused = new String[1];
        run(() -> refused[0] = exchange.follow(next, anew));
        return refused[0];
    }

    /** Whether this leg alone would carry the stream without a hole. Any thread. */
    public boolean carries(int leg) {
        return exchange.carries(leg);
    }

    /** First the leg whose place is not known: as long as the other one is up, that one covers it. */
    private void closeLegs(LegState rest, String why) {
        final int first = arbiter.leg(1).state() == org.tandemgw.gateway.arbiter.LegState.UP ? 1 : 0;
        for (final AcdLeg leg : List.of(legs[first], legs[1 - first])) {
            if (leg.state() != LegState.BUSIED_OUT) {
                leg.close(rest, why);
            }
        }
    }

    // --- room on the disk ---

    @Override
    public void pauseForSpace(String why) {
        later(() -> {
            if (held.pause(why)) {
                room.mark(clock.recordNs(), "pause", "disk: " + why);
                endBatch();
            }
        });
    }

    @Override
    public void resumeFromSpace() {
        later(() -> {
            if (held.resume()) {
                room.mark(clock.recordNs(), "resume", "disk: there is space again");
                goOnIfThereIsRoom();
            }
        });
    }

    private void later(Runnable step) {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> guarded(step));
        }
    }

    private void goOnIfThereIsRoom() {
        marks.writeOwed();
        room.writeOwedMarks();
        if (held.goOnIfThereIsRoom()) {
            endBatch();
        }
    }

    private void run(Runnable task) {
        final Future<?> done = loop.submit(task).awaitUninterruptibly();
        if (!done.isSuccess()) {
            throw new IllegalStateException(name + ": " + done.cause().getMessage(), done.cause());
        }
    }

    // --- what the legs tell ---

    @Override
    public void connected(int leg) {
        inputs[leg - 1].sessionBegins();
        guarded(() -> arbiter.connected(leg, clock.nanoTime(), clock.recordNs()));
    }

    @Override
    public void disconnected(int leg, String why) {
        inputs[leg - 1].cut();
        guarded(() -> {
            arbiter.disconnected(leg, clock.nanoTime(), clock.recordNs(), why);
            lists.legDown(leg);
            if (arbiter.isLinkDown()) {
                lists.linkDown(journal.last(), clock.recordNs());
            }
            endBatch();
        });
    }

    @Override
    public int bytes(int leg, byte[] buffer, int offset, int length) {
        try {
            int taken = 0;
            while (taken < length) {
                final int slice = held.holding() ? 0 : room.slice(length - taken);
                if (slice == 0) {
                    held.hold();
                    return taken;
                }
                if (!inputs[leg - 1].take(buffer, offset + taken, slice)) {
                    return BROKEN;
                }
                taken += slice;
            }
            return taken;
        } catch (RuntimeException | Error e) {
            stop(e);
            return length;
        }
    }

    @Override
    public void batchEnd() {
        guarded(this::endBatch);
    }

    @Override
    public LegSession.Listing listing(int leg) {
        return new LegLists(leg, lists, journal, clock);
    }

    private void endBatch() {
        arbiter.tick(clock.nanoTime(), clock.recordNs());
        journal.endOfBatch();
        sink.endOfBatch(recordClock);
        if (arbiter.isSettling() && roundsLeft == 0) {
            roundsLeft = 1 + LAST_ROUNDS;
            loop.schedule(this::settle, settleNs, TimeUnit.NANOSECONDS);
        }
    }

    private void settle() {
        if (held.holding()) {
            loop.schedule(this::settle, TICK_MS, TimeUnit.MILLISECONDS);
            return;
        }
        roundsLeft--;
        if (roundsLeft > 0 && arbiter.isSettling()) {
            loop.schedule(this::settle, 1, TimeUnit.MILLISECONDS);
        } else {
            roundsLeft = 0;
            guarded(() -> {
                arbiter.settled();
                endBatch();
            });
        }
    }

    private void tick() {
        clock.turn();
        guarded(() -> {
            goOnIfThereIsRoom();
            endBatch();
            silent.look(clock.nanoTime());
            if (lists.shouldAsk(clock.nanoTime())) {
                legs[0].askAgain();
                legs[1].askAgain();
            }
        });
    }

    private void guarded(Runnable step) {
        if (!fault.isEmpty()) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            stop(e);
        }
    }

    /**
     * The journal takes nothing more, or something that we promised ourselves does not hold: what is read now could be lost
     * without a trace, so nothing more is read until the next start.
     */
    private void stop(Throwable cause) {
        if (fault.isEmpty()) {
            fault = cause instanceof JournalFaultException ? cause.getMessage() : "unexpected fault: " + cause;
            LOG.error("{}: nothing more is read until the next start, the legs are closed: {}", name, fault, cause);
            closeLegs(LegState.DOWN, fault);
        }
    }

    // --- queries; any thread ---

    @Override
    public String name() {
        return name;
    }

    @Override
    public LinkJournal journal() {
        return journal;
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public String outOfRoom() {
        final String why = held.pausedForSpace();
        return !held.holding() ? null : why != null ? why : journal.roomFault();
    }

    @Override
    public String fault() {
        final String ofJournal = journal.fault();
        return ofJournal == null ? fault : ofJournal;
    }

    @Override
    public LatencyCounts arrivalToJournal() {
        return sink.arrivalToJournal();
    }

    @Override
    public String lastGap() {
        return sink.lastGap();
    }

    @Override
    public String lastDiscontinuity() {
        return sink.lastDiscontinuity();
    }

    /** The arbiter, for its counters. */
    public LineArbiter arbiter() {
        return arbiter;
    }

    /** The leg's session. */
    public AcdLeg leg(int leg) {
        return legs[leg - 1];
    }

    @Override
    public LegState legState(int leg) {
        return leg(leg).state();
    }

    @Override
    public boolean linkDown() {
        return arbiter.isLinkDown();
    }

    @Override
    public Long silenceMs(int leg) {
        final long lastNs = inputs[leg - 1].lastBytesNs();
        return lastNs == 0 ? null : Math.max(0, (clock.nanoTime() - lastNs) / 1_000_000);
    }

    /** Frames cut off, places where the framing broke, blocks that begin like no message, and frames that one session brought twice. */
    public long badFrames(int leg) {
        return inputs[leg - 1].damaged();
    }

    /** Frames that belonged to the leg's session alone. */
    public long localFrames(int leg) {
        return inputs[leg - 1].localFrames();
    }
}
