package org.tandemgw.gateway.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.intake.LinkIntake;
import org.tandemgw.gateway.intake.MarkBook;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.leg.LegState;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.recovery.WrittenMarks;
import org.tandemgw.gateway.time.LatencyCounts;
import org.tandemgw.gateway.time.RecordClock;

/** One ACD whose legs are passed through, each to its server. Everything but the queries runs on the ACD's thread; {@link #run} brings a task there. */
public final class RelayIntake implements LinkIntake {
    private static final long TICK_MS = 250;
    private static final int LARGEST_RECORD = 65_534;

    private final String name;
    private final LinkJournal journal;
    private final EventLoop loop;
    private final RecordClock clock;
    private final RelayBook book;
    private final MarkBook marks;
    private final RelayLeg[] legs;
    private Future<?> ticking;
    private volatile boolean paused;

    /** A relay that does nothing until it is started. */
    public RelayIntake(
            String name, List<RelaySettings> settings, LinkJournal journal, EventLoop loop, RecordClock clock) {
        this.name = name;
        this.journal = journal;
        this.loop = loop;
        this.clock = clock;
        this.book = new RelayBook(journal, clock);
        this.marks = new MarkBook(journal, book::hasRoomForSwitch);
        final byte[] scratch = new byte[LARGEST_RECORD];
        this.legs = new RelayLeg[] {
            new RelayLeg(name, settings.get(0), book, clock, loop, scratch),
            new RelayLeg(name, settings.get(1), book, clock, loop, scratch)
        };
        journal.onRoom(() -> later(this::thereIsRoom));
    }

    /** Returns once the ports are open, or cannot be. */
    @Override
    public void start(Holds holds) {
        run(() -> {
            ticking = loop.scheduleAtFixedRate(() -> guarded(this::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
            paused = holds.paused();
            open(legs[0], holds.leg1());
            open(legs[1], holds.leg2());
        });
        run(() -> {}); // a port is bound by a task of its own
    }

    private void open(RelayLeg leg, boolean busiedOut) {
        if (busiedOut) {
            leg.close(LegState.BUSIED_OUT, "busied out before the restart");
        } else if (paused) {
            leg.close(LegState.PAUSED, "paused before the restart");
        } else {
            leg.open();
        }
    }

    @Override
    public void close() {
        loop.submit(() -> {
                    if (ticking != null) {
                        ticking.cancel(false);
                    }
                    for (final RelayLeg leg : legs) {
                        leg.close(LegState.DOWN, "the gateway stops");
                    }
                    book.endOfBatch();
                })
                .awaitUninterruptibly();
    }

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
            for (final RelayLeg leg : legs) {
                if (leg.state() != LegState.BUSIED_OUT) {
                    leg.close(LegState.PAUSED, "paused by an operator");
                }
            }
            book.mark("pause", text);
            book.endOfBatch();
        });
    }

    @Override
    public void resume(String text) {
        run(() -> {
            paused = false;
            book.mark("resume", text);
            book.endOfBatch();
            for (final RelayLeg leg : legs) {
                if (leg.state() == LegState.PAUSED) {
                    leg.open();
                }
            }
        });
    }

    @Override
    public void mark(String what, String text) {
        later(() -> {
            book.mark(what, text);
            book.endOfBatch();
        });
    }

    @Override
    public void mark(SwitchMark mark) {
        marks.begins(mark, Instant.ofEpochSecond(0, clock.recordNs()));
        later(() -> {
            if (book.fault().isEmpty()) {
                marks.write(mark, clock.recordNs());
                book.endOfBatch();
            }
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

    /** What is put down needs space, and what passes does not: the legs go on. */
    @Override
    public void pauseForSpace(String why) {
        later(() -> book.keepFree(why));
    }

    @Override
    public void resumeFromSpace() {
        later(() -> {
            book.keepFree(null);
            thereIsRoom();
        });
    }

    private void thereIsRoom() {
        if (book.fault().isEmpty()) {
            marks.writeOwed();
        }
        book.writeOwed();
        book.endOfBatch();
        legs[0].goOn();
        legs[1].goOn();
    }

    private void tick() {
        legs[0].turn(clock.nanoTime());
        legs[1].turn(clock.nanoTime());
        thereIsRoom();
    }

    private void later(Runnable step) {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> guarded(step));
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            book.failed(e);
        }
    }

    private void run(Runnable task) {
        final Future<?> done = loop.submit(task).awaitUninterruptibly();
        if (!done.isSuccess()) {
            throw new IllegalStateException(name + ": " + done.cause().getMessage(), done.cause());
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
        return book.outOfRoom();
    }

    @Override
    public String fault() {
        return book.fault();
    }

    @Override
    public LatencyCounts arrivalToJournal() {
        return book.arrivalToJournal();
    }

    @Override
    public String lastGap() {
        return book.lastGap();
    }

    /** Nothing is put in order here, so none is ever in doubt. */
    @Override
    public String lastDiscontinuity() {
        return "";
    }

    @Override
    public LegState legState(int leg) {
        return legs[leg - 1].state();
    }

    @Override
    public Long silenceMs(int leg) {
        return legs[leg - 1].silenceMs();
    }

    @Override
    public boolean linkDown() {
        return legs[0].state() != LegState.UP && legs[1].state() != LegState.UP;
    }

    /** The port on which the leg really listens for its server; 0 if it does not. For ports chosen by the system. */
    public int listeningPort(int leg) {
        return legs[leg - 1].listeningPort();
    }

    /** How the leg stands. */
    public RelayLegStatus leg(int leg) {
        return legs[leg - 1].status();
    }
}
