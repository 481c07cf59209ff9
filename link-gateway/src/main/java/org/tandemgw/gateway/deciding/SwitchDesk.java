package org.tandemgw.gateway.deciding;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.control.NetworkPlace;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.SwitchControl;
import org.tandemgw.gateway.control.SwitchReport;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Wish;
import org.tandemgw.gateway.time.Clock;

/**
 * What operators ask of deciding, and the answers. Asked on the operator thread, answered on {@code control}; the last
 * {@link #MOST} requests and decisions are kept, older ones are forgotten.
 */
final class SwitchDesk implements SwitchControl {
    static final int MOST = 100;

    /** More requests than this do not wait: whoever decides is waiting for the disk. */
    static final int MOST_UNANSWERED = 20;

    private static final Logger LOG = LoggerFactory.getLogger(SwitchDesk.class);
    private static final long AT_ONCE_MS = 200;

    private final Supplier<String> configHash;
    private final Consumer<Event> inbox;
    private final Supplier<SwitchoverView> view;
    private final Supplier<String> fault;
    private final Runnable lookNow;
    private final Supplier<List<NetworkPlace>> network;
    private final Clock clock;
    private final Map<Long, Action.Answer> requests = new LinkedHashMap<>(); // null: not answered yet
    private final Map<Long, Decision> decisions = new LinkedHashMap<>();
    private final Map<Long, CompletableFuture<SwitchReport>> adoptions =
            new LinkedHashMap<>(); // at most MOST_UNANSWERED not answered
    private long lastRequest;
    private long lastDecision;

    /**
     * Of a site that switches.
     *
     * @param inbox gets the requests
     * @param fault why nothing is decided any more; null while all is well
     * @param lookNow has everything looked at
     * @param network what is known of the places of the network
     */
    SwitchDesk(
            Supplier<String> configHash,
            Consumer<Event> inbox,
            Supplier<SwitchoverView> view,
            Supplier<String> fault,
            Runnable lookNow,
            Supplier<List<NetworkPlace>> network,
            Clock clock) {
        this.network = network;
        this.configHash = configHash;
        this.inbox = inbox;
        this.view = view;
        this.fault = fault;
        this.lookNow = lookNow;
        this.clock = clock;
        this.lastRequest = TimeUnit.NANOSECONDS.toMillis(
                clock.utcNs()); // so that whoever asks the next run gets no other one's answer
    }

    @Override
    public SwitchReport switchTo(String server, boolean forced, boolean dryRun, Operator by) {
        return ask(new Wish.Switch(server, forced, dryRun), by);
    }

    @Override
    public SwitchReport drill(boolean dryRun, Operator by) {
        return ask(new Wish.Drill(dryRun), by);
    }

    @Override
    public SwitchReport mode(Mode mode, Operator by) {
        return ask(new Wish.SetMode(mode), by);
    }

    @Override
    public SwitchReport resume(Operator by) {
        return ask(new Wish.Resume(), by);
    }

    @Override
    public SwitchReport maintain(String server, boolean on, long forMs, boolean dryRun, Operator by) {
        return ask(new Wish.Maintain(server, on, forMs, dryRun), by);
    }

    @Override
    public SwitchReport liveChecked(String hash, Operator by) {
        final String inForce = configHash.get();
        if (!inForce.equals(hash)) {
            return SwitchReport.refused(
                    now(),
                    "the configuration in force has the hash " + inForce + ", not " + hash,
                    "tandem reload, or restart Tandem with the file that was checked, or check the one in force");
        }
        return ask(new Wish.LiveChecked(hash), by);
    }

    @Override
    public SwitchReport lookNow(Operator by) {
        final String why = fault.get();
        if (why != null) {
            return stopped(why);
        }
        final Instant at = now();
        lookNow.run();
        return new SwitchReport(true, "everything is being looked at", null, null, true, at, null);
    }

    /**
     * The same as an operator's request, for what he has done elsewhere. Any thread; waits for nothing. Ends once it is answered and what it began is
     * over, on the thread {@code control}; at once where nobody answers.
     */
    CompletionStage<SwitchReport> adopted(String name, Operator by) {
        final String why = fault.get();
        if (why != null) {
            return CompletableFuture.completedFuture(stopped(why));
        }
        if (unanswered() >= MOST_UNANSWERED) {
            return CompletableFuture.completedFuture(tooMany());
        }
        final CompletableFuture<SwitchReport> over = new CompletableFuture<>();
        final long number;
        synchronized (this) {
            number = begin();
            adoptions.put(number, over);
        }
        inbox.accept(new Event.Asked(number, new Wish.Adopted(name), by.who(), by.reason()));
        if (fault.get() != null) {
            tellAdoptions(); // whoever would have answered may be gone since
        }
        return over;
    }

    /** Whatever waits for an answer gets none any more. On the thread {@code control}. */
    void ended(String why) {
        LOG.debug("requests end unanswered: {}", why);
        tellAdoptions();
    }

    /** Those that are over are told, outside the lock: who listens writes to a file. */
    private void tellAdoptions() {
        final Map<CompletableFuture<SwitchReport>, SwitchReport> over = new LinkedHashMap<>();
        synchronized (this) {
            for (final Long number : List.copyOf(adoptions.keySet())) {
                final SwitchReport report = request(number);
                if (report.done()) {
                    over.put(adoptions.remove(number), report);
                }
            }
        }
        over.forEach(CompletableFuture::complete);
    }

    private SwitchReport ask(Wish wish, Operator by) {
        final String why = fault.get();
        if (why != null) {
            return stopped(why);
        }
        if (unanswered() >= MOST_UNANSWERED) {
            return tooMany();
        }
        final long number = begin();
        inbox.accept(new Event.Asked(number, wish, by.who(), by.reason()));
        await(number);
        return request(number);
    }

    private SwitchReport tooMany() {
        return SwitchReport.refused(
                now(),
                MOST_UNANSWERED + " requests wait for an answer already",
                "look whether the disk of the data folder answers: what is decided is written there first");
    }

    private SwitchReport stopped(String why) {
        return SwitchReport.refused(now(), "nothing is decided any more: " + why, "restart Tandem, and keep its log");
    }

    private synchronized long unanswered() {
        return requests.values().stream().filter(Objects::isNull).count();
    }

    private synchronized long begin() {
        lastRequest++;
        requests.put(lastRequest, null);
        while (requests.size() > MOST) {
            requests.remove(requests.keySet().iterator().next());
        }
        return lastRequest;
    }

    private synchronized void await(long number) {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AT_ONCE_MS);
        try {
            for (long leftNs = endNs - System.nanoTime();
                    requests.get(number) == null && leftNs > 0;
                    leftNs = endNs - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, leftNs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** On the thread {@code control}. */
    void answer(Action.Answer answer) {
        LOG.info("request {}: {}", answer.request(), answer.message());
        synchronized (this) {
            if (requests.containsKey(answer.request())) {
                requests.put(answer.request(), answer);
            }
            notifyAll();
        }
        tellAdoptions();
    }

    /** A decision was opened or closed. On the thread {@code control}. */
    void decided(Decision decision) {
        if (decision.decision() == 0) {
            return; // a dry run
        }
        synchronized (this) {
            lastDecision = Math.max(lastDecision, decision.decision());
            decisions.put(decision.decision(), decision);
            while (decisions.size() > MOST) {
                decisions.remove(decisions.keySet().iterator().next());
            }
        }
        tellAdoptions();
    }

    @Override
    public synchronized SwitchReport request(long number) {
        if (!requests.containsKey(number)) {
            return SwitchReport.refused(now(), "there is no request " + number + " any more", "tandem status");
        }
        final Action.Answer answer = requests.get(number);
        final String why = fault.get();
        if (answer == null && why != null) {
            return stopped(why); // nobody will answer it any more
        }
        if (answer == null) {
            return new SwitchReport(true, "asked", null, number, false, now(), null);
        }
        final Decision told = answer.decision();
        final Decision decision = told == null || told.decision() == 0 ? told : newest(told);
        final boolean open = decision != null && decision.outcome() == null;
        return new SwitchReport(
                answer.ok(),
                message(answer, decision),
                answer.remedy(),
                number,
                !answer.ok() || !open,
                now(),
                decision);
    }

    /** What was answered as it began is not true any more once it is over. */
    private static String message(Action.Answer answer, Decision decision) {
        final Decision told = answer.decision();
        if (told == null || told.outcome() != null || decision.outcome() == null) {
            return answer.message();
        }
        return decision.refusedBecause().isEmpty()
                ? decision.to() + " is active"
                : String.join("; ", decision.refusedBecause());
    }

    private Decision newest(Decision told) {
        final Decision kept = decision(told.decision());
        return kept == null ? told : kept;
    }

    @Override
    public synchronized Decision decision(long number) {
        final long wanted = number == 0 ? lastDecision : number;
        final Decision kept = decisions.get(wanted);
        final SwitchoverView now = view.get();
        final Decision open = now == null ? null : now.open();
        return kept != null && kept.outcome() == null && open != null && open.decision() == wanted ? open : kept;
    }

    @Override
    public SwitchoverView view() {
        return view.get();
    }

    @Override
    public List<NetworkPlace> network() {
        return network.get();
    }

    @Override
    public String configHash() {
        return configHash.get();
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, clock.utcNs());
    }
}
