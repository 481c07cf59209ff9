package org.tandemgw.abswitch;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One box with its cards, and the only owner of it. Thread safe; everything happens on its own thread {@code switch-<name>}. Two
 * paths to one box share this owner, its queue and its rules.
 *
 * <p>The thread waits for events of the paths, for orders, and for the next time at which something is due, and for nothing else but
 * {@link SwitchMemory} and {@link SwitchListener}.
 */
public final class TrunkSwitch implements AutoCloseable {
    /** How many events and orders may wait for the thread. Beyond it bytes are dropped and counted, and orders refused. */
    private static final int INBOX_MAX = 4096;

    private static final long STOP_LIMIT_MS = 5_000;
    private static final long LONG_WAIT_NS = TimeUnit.HOURS.toNanos(1);

    private record Event(long atNs, Runnable run) {}

    private final String name;
    private final LinkedBlockingQueue<Event> inbox = new LinkedBlockingQueue<>();
    private final AtomicLong droppedReads = new AtomicLong();
    private final Map<CompletableFuture<?>, Runnable> open = new ConcurrentHashMap<>(); // → refuses it
    private final long originNs = System.nanoTime();
    private final List<BoxPath> paths;
    private final Owner owner;
    private final Thread thread;
    private volatile SwitchPositions positions;
    private volatile boolean stopping;
    private volatile boolean ended;

    private TrunkSwitch(
            SwitchSettings settings, List<BoxPath> paths, SwitchMemory memory, SwitchListener listener, Clock wall) {
        this.name = settings.name();
        List<BoxPath> hopping = paths.stream()
                .<BoxPath>map(path -> new HoppingPath(path, this::hop, this::hopBytes))
                .toList();
        this.paths = List.copyOf(paths);
        this.owner = new Owner(
                settings, hopping, memory, listener, this::nowNs, wall::instant, RandomGenerator.getDefault());
        this.positions = owner.positions();
        this.thread = new Thread(this::run, "switch-" + name);
    }

    /**
     * Starts the thread, asks the box where its cards are, and watches it from then on.
     *
     * @param settings of the switch
     * @param paths to it, the preferred first; at least one
     * @param memory across restarts
     * @param listener told on the switch's thread
     * @param wall for what people read and for what a restart must know
     * @return the switch, running
     */
    public static TrunkSwitch start(
            SwitchSettings settings, List<BoxPath> paths, SwitchMemory memory, SwitchListener listener, Clock wall) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("switch " + settings.name() + ": name tcp, serial or snmp");
        }
        TrunkSwitch started = new TrunkSwitch(settings, paths, memory, listener, wall);
        started.thread.start();
        return started;
    }

    /**
     * Moves cards. Completes on the switch's thread, never exceptionally for anything that the world does.
     *
     * @param order what to move where, for whom
     * @return what became of each card
     */
    public CompletableFuture<Selected> select(SelectOrder order) {
        return later(done -> owner.select(order, done), why -> Selection.refused(order, why));
    }

    /** Asks for every card of ours, now. Completes on the switch's thread. */
    public CompletableFuture<QueryResult> query() {
        return later(done -> owner.query(false, done), this::notAsked);
    }

    /** What is known now; from any thread. */
    public SwitchPositions positions() {
        return positions;
    }

    /** What the box says is now true: asks for every card, and forgets that those it could read moved without us. */
    public CompletableFuture<QueryResult> adopt() {
        return later(done -> owner.query(true, done), this::notAsked);
    }

    /** How many reads were dropped because the thread did not keep up. */
    public long droppedReads() {
        return droppedReads.get();
    }

    /**
     * Ends what is under way with what is known by now, and refuses what waits. Waits for the thread, bounded; not where that thread
     * itself calls this, from a listener or because an order is over.
     */
    @Override
    public void close() {
        stopping = true;
        hop(() -> {});
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(STOP_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> CompletableFuture<T> later(Consumer<Consumer<T>> ask, java.util.function.Function<String, T> refused) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (stopping || ended || inbox.size() >= INBOX_MAX) {
            answer.complete(refused.apply(stopping || ended ? "the switch is stopped" : "the switch does not keep up"));
            return answer;
        }
        open.put(answer, () -> answer.complete(refused.apply("the switch is stopped")));
        answer.whenComplete((value, error) -> open.remove(answer));
        hop(() -> ask.accept(value -> {
            positions = owner.positions();
            answer.complete(value);
        }));
        if (ended) {
            open.values().forEach(Runnable::run);
        }
        return answer;
    }

    private QueryResult notAsked(String why) {
        return new QueryResult(false, why, positions, null, java.time.Duration.ZERO);
    }

    private void run() {
        try {
            while (!stopping) {
                owner.step();
                positions = owner.positions();
                await();
            }
            drain();
            owner.stop();
            positions = owner.positions();
            ended = true;
            open.values().forEach(Runnable::run);
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /** A fault of ours, or of a listener: said where everybody looks, for nobody knows any more where the cards are. */
    private void fail(Throwable fault) {
        SwitchPositions last = positions;
        positions = new SwitchPositions(
                name,
                Reach.UNREACHABLE,
                "stopped by a fault of ours: " + fault,
                last.path(),
                last.cards(),
                last.paths());
        ended = true;
        paths.forEach(BoxPath::close);
        open.keySet()
                .forEach(answer -> answer.completeExceptionally(
                        new IllegalStateException("the thread of switch " + name + " ended", fault)));
    }

    /** Orders that came before the stop get their refusal. */
    private void drain() {
        Event event = inbox.poll();
        while (event != null) {
            event.run().run();
            event = inbox.poll();
        }
    }

    private void await() {
        long beforeNs = nowNs();
        long dueNs = Math.min(owner.dueNs(), beforeNs + LONG_WAIT_NS);
        Event event;
        try {
            event = dueNs <= beforeNs ? inbox.poll() : inbox.poll(dueNs - beforeNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            stopping = true;
            return;
        }
        long untilNs = Math.min(event == null ? nowNs() : event.atNs(), dueNs);
        owner.waited(Math.max(0, untilNs - beforeNs));
        if (event != null) {
            event.run().run();
        }
    }

    private void hop(Runnable run) {
        inbox.add(new Event(nowNs(), run));
    }

    private void hopBytes(Runnable run) {
        if (inbox.size() >= INBOX_MAX) {
            droppedReads.incrementAndGet();
        } else {
            hop(run);
        }
    }

    /** Begins at zero, so that times can be compared with less and greater. */
    private long nowNs() {
        return System.nanoTime() - originNs;
    }
}
