package org.tandemgw.abswitch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Owns one box: one queue of jobs, one frame in flight whatever the number of paths, a gap between frames, the rules of sending, and
 * the watch. Pure but for the paths that it is given: somebody else has the thread and the clock, and calls {@link #step} after each
 * event of a path and when {@link #dueNs} has come.
 */
final class Owner implements Desk {
    /** How many orders and queries may wait. The next is refused. */
    static final int QUEUE_MAX = 16;

    private record Waiting(Supplier<Job> job, Consumer<String> refuse) {}

    private final SwitchSettings settings;
    private final BoxRules rules;
    private final SwitchMemory memory;
    private final SwitchListener listener;
    private final LongSupplier nowNs;
    private final Supplier<Instant> wall;
    private final RandomGenerator jitter;
    private final Gate gate;
    private final Masking masking;
    private final Lines lines;
    private final Known known;
    private final Watch watch;
    private final Moves moves;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private long epoch;
    private Job job;
    private Exchange exchange;
    private long lastOverNs;
    private boolean mute;
    private Line lastLine;

    Owner(
            SwitchSettings settings,
            List<BoxPath> paths,
            SwitchMemory memory,
            SwitchListener listener,
            LongSupplier nowNs,
            Supplier<Instant> wall,
            RandomGenerator jitter) {
        this.settings = settings;
        this.rules = settings.rules();
        this.memory = memory;
        this.listener = listener;
        this.nowNs = nowNs;
        this.wall = wall;
        this.jitter = jitter;
        this.gate = new Gate(settings);
        this.masking = new Masking(settings.password());
        this.lines = new Lines(
                paths.stream()
                        .map(path -> new Line(path, rules, nowNs, this::lostWhileIdle))
                        .toList(),
                rules.timing().poll().toNanos(),
                listener::pathChanged);
        this.known = new Known(settings.cards(), listener);
        String unconfirmed = gate.refuseQuery();
        this.watch = new Watch(
                rules.timing(),
                unconfirmed == null ? Reach.NOT_ASKED : Reach.UNCONFIRMED,
                unconfirmed == null ? "not asked yet" : unconfirmed,
                nowNs.getAsLong(),
                listener::reach);
        this.lastOverNs = nowNs.getAsLong();
        Remembered remembered = memory.load();
        this.epoch = remembered.epoch();
        this.moves = new Moves(remembered.moves(), wall.get(), nowNs.getAsLong());
    }

    /** Takes an order; it is judged when its turn comes. */
    void select(SelectOrder order, Consumer<Selected> done) {
        Consumer<String> refuse = why -> done.accept(Selection.refused(order, why));
        enqueue(new Waiting(
                () -> {
                    String refused = gate.refuse(order, epoch, moves, nowNs.getAsLong());
                    if (refused != null) {
                        refuse.accept(refused);
                        return null;
                    }
                    epoch = order.epoch();
                    lines.forgive();
                    return new Selection(order, rules, this, jitter, nowNs.getAsLong(), s -> selected(s, done));
                },
                refuse));
    }

    /** Takes a query of all our cards. */
    void query(boolean adopt, Consumer<QueryResult> done) {
        Consumer<String> refuse = why -> done.accept(new QueryResult(false, why, positions(), null, Duration.ZERO));
        enqueue(new Waiting(
                () -> {
                    String refused = rules.verify() == BoxRules.Verify.NONE
                            ? "profile " + rules.id() + " knows no query"
                            : gate.refuseQuery();
                    if (refused != null) {
                        refuse.accept(refused);
                        return null;
                    }
                    lines.forgive();
                    long started = nowNs.getAsLong();
                    return new Look(
                            settings, this, known, jitter, false, adopt ? known::adopt : card -> {}, (n, trouble) -> {
                                watch.plan(nowNs.getAsLong());
                                Duration took = Duration.ofNanos(nowNs.getAsLong() - started);
                                boolean complete = n == settings.cards().size();
                                done.accept(new QueryResult(complete, null, positions(), trouble, took));
                            });
                },
                refuse));
    }

    /** Does everything that is due. */
    void step() {
        while (true) {
            if (exchange != null) {
                exchange.step();
                if (exchange.result() == null) {
                    return;
                }
                exchanged();
            }
            if (job != null && job.yields() && !queue.isEmpty()) {
                job = null;
            }
            if (job == null && !takeJob()) {
                return;
            }
            long now = nowNs.getAsLong();
            Ask ask = job.next(now);
            switch (ask.kind()) {
                case OVER -> {
                    Job over = job;
                    job = null;
                    over.finish(now);
                }
                case PAUSE -> {
                    if (ask.untilNs() > now) {
                        return;
                    }
                }
                case QUERY, COMMAND -> {
                    if (now < gapEndNs()) {
                        return;
                    }
                    begin(ask);
                }
            }
        }
    }

    /** When {@link #step} has something to do, if no path tells anything before. */
    long dueNs() {
        if (exchange != null) {
            return exchange.dueNs();
        }
        if (job == null) {
            return queue.isEmpty() ? (watches() ? watchDueNs() : Long.MAX_VALUE) : nowNs.getAsLong();
        }
        Ask ask = job.next(nowNs.getAsLong());
        return switch (ask.kind()) {
            case OVER -> nowNs.getAsLong();
            case PAUSE -> ask.untilNs();
            case QUERY, COMMAND -> gapEndNs();
        };
    }

    /** Time went by in which there was nothing to do but to wait. */
    void waited(long ns) {
        if (job != null) {
            job.waited(ns);
        }
    }

    SwitchPositions positions() {
        return new SwitchPositions(
                settings.name(),
                watch.reach(),
                watch.why(),
                lastLine == null ? null : lastLine.describe(),
                known.picture(),
                lines.picture());
    }

    /** Ends what is under way with what is known, refuses what waits, closes the paths. */
    void stop() {
        if (exchange != null) {
            exchange.abandon("the switch is being stopped");
            exchanged();
        }
        if (job != null) {
            Job stopped = job;
            job = null;
            stopped.stop(nowNs.getAsLong());
        }
        while (!queue.isEmpty()) {
            queue.poll().refuse().accept("the switch is being stopped");
        }
        lines.closeAll();
    }

    @Override
    public Line line() {
        return lines.choose(nowNs.getAsLong());
    }

    @Override
    public int failuresBorne() {
        boolean patient = !mute && !job.yields();
        return lines.count() - 1 + (patient ? rules.timing().retries() : 0);
    }

    @Override
    public boolean mightDoHarm(Exchanged last) {
        return last.end() == Exchanged.End.PASSWORD_WRONG
                || lines.isStrange()
                || suspectsPassword(last) && !lines.hasAnyAnswered();
    }

    @Override
    public String remember(SelectOrder order, Integer card) {
        long now = nowNs.getAsLong();
        if (card != null) {
            moves.add(new Move(wall.get(), card, order.position(), order.automatic()), now);
        }
        try {
            memory.store(new Remembered(epoch, moves.lastHour(now)));
        } catch (IOException e) {
            if (card != null) {
                moves.takeBack();
            }
            return "epoch and move could not be stored: " + e.getMessage();
        }
        if (card != null) {
            known.moving(card);
            watch.moved(now);
        }
        return null;
    }

    @Override
    public void read(int card, String position) {
        if (known.read(card, position, wall.get())) {
            watch.moved(nowNs.getAsLong());
            listener.positionsChanged(positions());
        }
    }

    @Override
    public void failed(Exchanged last) {
        mute = true;
        watch.failed(
                last,
                lines.isStrange() ? Verdict.ofStranger(last, rules.id()) : lines.verdict(last, nowNs.getAsLong()));
    }

    @Override
    public void commandDone(CommandRecord done) {
        listener.commandDone(done);
    }

    @Override
    public Masking masking() {
        return masking;
    }

    @Override
    public Instant wall() {
        return wall.get();
    }

    private void enqueue(Waiting waiting) {
        if (queue.size() >= QUEUE_MAX) {
            waiting.refuse().accept("busy: " + QUEUE_MAX + " orders and queries wait already");
        } else {
            queue.add(waiting);
        }
    }

    private boolean takeJob() {
        mute = false;
        while (job == null && !queue.isEmpty()) {
            job = queue.poll().job().get();
        }
        if (job == null && watches() && nowNs.getAsLong() - watch.nextNs() >= 0) {
            job = new Look(
                    settings, this, known, jitter, true, card -> {}, (n, trouble) -> watch.plan(nowNs.getAsLong()));
        }
        if (job == null && watches() && watch.reach() == Reach.REACHABLE) {
            Line neglected = lines.neglected(nowNs.getAsLong());
            job = neglected == null
                    ? null
                    : new Trial(neglected, settings.cards().get(0));
        }
        return job != null;
    }

    private boolean watches() {
        return rules.verify() != BoxRules.Verify.NONE && gate.refuseQuery() == null && !lines.isStrange();
    }

    private long watchDueNs() {
        boolean tries = watch.reach() == Reach.REACHABLE;
        return tries ? Math.min(watch.nextNs(), lines.neglectedNs(nowNs.getAsLong())) : watch.nextNs();
    }

    private void begin(Ask ask) {
        boolean query = ask.kind() == Ask.Kind.QUERY;
        byte[] frame = query
                ? rules.query().render(settings.password(), ask.card(), null)
                : rules.select()
                        .render(
                                settings.password(),
                                ask.card(),
                                rules.positions().get(ask.position()));
        Line line = job.line();
        if (line == null) {
            line = line();
            lastLine = line;
        }
        exchange = new Exchange(line, ask, frame, rules, nowNs, query ? () -> null : job::permit);
        job.began(ask);
        exchange.begin();
    }

    private void exchanged() {
        Exchanged e = exchange.result();
        boolean query = exchange.ask().kind() == Ask.Kind.QUERY;
        exchange = null;
        lastOverNs = e.overNs();
        lines.took(e, query, wall.get());
        boolean failed = query ? !e.reading().kind().isAnswer() : !e.maySent();
        boolean trial = job.line() != null;
        if (e.line().isPerCommand()
                || trial && e.line().kind() == PathKind.TCP
                || failed && (e.line().kind() != PathKind.SERIAL || !e.line().isOpen())) {
            e.line().close(); // a serial line that is open stays open; one that did not open must not be opened twice
        }
        if (e.end() == Exchanged.End.ANSWERED && !trial && query) {
            mute = false;
            watch.answered(e.line());
        }
        long now = nowNs.getAsLong();
        Line next = lines.choose(now);
        boolean elsewhere = next != e.line() && !lines.isBad(next, now) && !lines.isStrange();
        job.took(e, !suspectsPassword(e) && !lines.isStrange(e), elsewhere, now);
    }

    private boolean suspectsPassword(Exchanged e) {
        return e.end() == Exchanged.End.SILENT && e.line().kind() == PathKind.TCP && !lines.hasAnswered(e.line());
    }

    private long gapEndNs() {
        return lastOverNs + rules.timing().gap().toNanos();
    }

    private void selected(Selected selected, Consumer<Selected> done) {
        selected.cards().forEach(known::settled);
        watch.plan(nowNs.getAsLong());
        listener.positionsChanged(positions());
        done.accept(selected);
    }

    /** Boxes close connections that nobody uses, and mean nothing by it; a serial line that ends was pulled. */
    private void lostWhileIdle(Line line, String trouble) {
        if (line.kind() == PathKind.SERIAL) {
            lines.lost(line, trouble, wall.get());
        }
        watch.lost(nowNs.getAsLong());
    }
}
