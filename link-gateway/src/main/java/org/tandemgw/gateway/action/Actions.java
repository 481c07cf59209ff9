package org.tandemgw.gateway.action;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.config.ActionConfig;
import org.tandemgw.gateway.support.KnownSecrets;
import org.tandemgw.gateway.time.Clock;

/**
 * Runs programs and posts to URLs, a few at once, a few waiting. Called from any thread, never blocks it. Steps of a switchover and hooks have one of these
 * each, so that no hook keeps a step waiting. Every order is answered exactly once: an order that finds the queue full has failed at once, and what still runs when this is closed is killed.
 */
public final class Actions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Actions.class);
    private static final long STOP_MS = 3_000;

    private final String name;
    private final Clock clock;
    private final int waiting;
    private final ThreadPoolExecutor threads;
    private final Map<String, String> marks;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Post post = new Post();
    private volatile boolean closed;

    /**
     * Starts no thread until there is something to do.
     *
     * @param name what the threads are called: {@code action-<name>-1}
     * @param atOnce how many run at once
     * @param waiting how many may wait beside those
     * @param marks what programs find in their environment beside what they are told, so that {@link #outlive} finds them
     */
    public Actions(String name, int atOnce, int waiting, Map<String, String> marks, Clock clock) {
        this.name = name;
        this.marks = Map.copyOf(marks);
        this.clock = clock;
        this.waiting = waiting;
        final AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                atOnce, atOnce, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), work -> {
                    final Thread thread = new Thread(work, "action-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** This action may be wanted: what it needs is made now, and not when every millisecond counts. */
    public void expect(ActionConfig action) {
        if (action.kind() == ActionConfig.Kind.POST) {
            post.client();
        }
    }

    /**
     * Does it, as soon as there is a thread. The time limit begins when it begins.
     *
     * @param told hears how it ended, once, on an action's thread or, if it cannot even wait, on the caller's; must not block
     */
    public void start(ActionConfig action, Occasion occasion, Consumer<ActionOver> told) {
        start(action, occasion, () -> {}, told);
    }

    /**
     * Likewise.
     *
     * @param begun hears that it begins, on an action's thread, before {@code told}; never, if it does not; must not block
     */
    public void start(ActionConfig action, Occasion occasion, Runnable begun, Consumer<ActionOver> told) {
        final long orderedNs = clock.nanoTime();
        try {
            threads.execute(() -> told.accept(over(action, occasion, done(action, occasion, begun), orderedNs)));
        } catch (RejectedExecutionException | OutOfMemoryError e) { // no more threads is an OutOfMemoryError, too
            refused.incrementAndGet();
            final String why = closed
                    ? "not begun: Tandem stops"
                    : e instanceof RejectedExecutionException
                            ? "not begun: " + waiting + " other actions of this kind are waiting already"
                            : "not begun: " + e.getMessage();
            told.accept(over(action, occasion, new Post.Answer(false, why), orderedNs));
        }
    }

    /**
     * Before anything else: what an earlier run began and did not see the end of comes to its end, or is killed at its limit, which
     * runs from when it was begun.
     *
     * @param programs of which any may be left
     */
    public void outlive(List<ActionConfig> programs) {
        final Set<String> paths = programs.stream()
                .filter(each -> each.kind() == ActionConfig.Kind.RUN)
                .map(ActionConfig::target)
                .collect(Collectors.toSet());
        final List<ProcessHandle> left = new ArrayList<>();
        marks.forEach((key, value) -> left.addAll(LeftBehind.find(key + "=" + value, paths)));
        if (!left.isEmpty()) {
            final long limitMs = programs.stream()
                    .mapToLong(each -> each.timeout().toMillis())
                    .max()
                    .orElse(0);
            threads.execute(() -> LeftBehind.outlive(left, limitMs, clock));
        }
    }

    private Post.Answer done(ActionConfig action, Occasion occasion, Runnable begun) {
        final long timeoutMs = action.timeout().toMillis();
        try {
            if (closed) {
                return new Post.Answer(false, "not begun: Tandem stops");
            }
            begun.run();
            if (action.kind() == ActionConfig.Kind.POST) {
                return post.post(action.target(), occasion.json(), timeoutMs);
            }
            final Map<String, String> environment = new HashMap<>(occasion.environment());
            environment.putAll(marks);
            if (!marks.isEmpty()) {
                environment.put(LeftBehind.LIMIT, Long.toString(timeoutMs));
            }
            final ProgramEnd end = ProgramRun.run(action.target(), environment, timeoutMs, clock, !marks.isEmpty());
            return new Post.Answer(end.ok(), end.inWords());
        } catch (InterruptedException e) {
            return new Post.Answer(false, "killed: Tandem stops");
        } catch (RuntimeException e) {
            LOG.error("{} of {} failed in an unforeseen way", action.kind(), shown(action), e);
            return new Post.Answer(false, e.toString());
        }
    }

    /** The path and the query of a URL are often the secret. */
    private static String shown(ActionConfig action) {
        return action.kind() == ActionConfig.Kind.POST ? KnownSecrets.shown(action.target()) : action.target();
    }

    private ActionOver over(ActionConfig action, Occasion occasion, Post.Answer answer, long orderedNs) {
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - orderedNs);
        if (!answer.ok()) {
            failed.incrementAndGet();
        }
        LOG.info(
                "{} for epoch {}: {} {} {} after {} ms: {}",
                occasion.event(),
                occasion.epoch(),
                action.kind().name().toLowerCase(Locale.ROOT),
                shown(action),
                answer.ok() ? "is done" : "has failed",
                tookMs,
                answer.said());
        return new ActionOver(answer.ok(), answer.said(), tookMs);
    }

    /** Orders that did not even begin. Any thread. */
    public long refused() {
        return refused.get();
    }

    /** Orders that failed, those included. Any thread. */
    public long failed() {
        return failed.get();
    }

    /** Kills what runs, answers what waits. Bounded. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow().forEach(Runnable::run); // what waited finds out that it is too late
        try {
            if (!threads.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("an action of kind {} does not end; it is left behind", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
