package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Old active servers that were told to stop and have not told their end. Knows whether the trunks wait for it, and keeps a server
 * that may still be stopping from being told to start: the two would overtake each other.
 */
final class Demotions {
    private final Core core;
    private final StepBook book;
    private final List<Sent> sent = new ArrayList<>();

    Demotions(Core core, StepBook book) {
        this.core = core;
        this.book = book;
    }

    /**
     * One that is not over; at most one per server.
     *
     * @param byMs from then on it counts as over; later, once it is told that it has had to wait before it began
     * @param ours false: sent by an earlier run, and perhaps over already
     */
    record Sent(String server, long epoch, long sentMs, long byMs, boolean ours) {}

    /** How one ended. */
    record Over(Sent of, boolean ok, String said) {}

    /**
     * Whether the trunks wait for its end. Where they are the fence, they need not: a server that is down and lost its trunks
     * can do nothing, whatever it is told. Nobody hurries where the server is well or its end is the fence.
     */
    boolean waitedFor(OpenAttempt open) {
        return core.rules.fence() != FencePolicy.TRUNK_SWITCH
                || core.rules.switches().isEmpty()
                || open.trigger() != Trigger.AUTOMATIC
                || !core.facts.health(open.from()).failing(core.nowMs());
    }

    /** Tells the old active to stop. */
    void send(OpenAttempt open) {
        add(open, core.nowMs(), true);
        core.act(new Action.Demote(open.epoch(), open.from()));
    }

    /** After a start: what the run before sent may still be under way. */
    void takeUp(OpenAttempt open) {
        if (open.demoteSent() && core.rules.knows(open.from())) {
            add(open, Math.min(open.openedMs(), core.nowMs()), false);
        }
    }

    private void add(OpenAttempt open, long sentMs, boolean ours) {
        final ServerRules from = core.rules.server(open.from());
        final long byMs = sentMs + (ours ? from.longestMs() : from.demoteMs()) + Attempt.GRACE_MS;
        sent.removeIf(each -> each.server().equals(open.from()));
        sent.add(new Sent(open.from(), open.epoch(), sentMs, byMs, ours));
    }

    /** The one that this is told of; null: nobody knows of it. */
    Sent sent(Event.StepBegan began) {
        return sent.stream()
                .filter(each -> each.ours && each.server().equals(began.server()) && each.epoch() == began.epoch())
                .findFirst()
                .orElse(null);
    }

    /**
     * It begins only now.
     *
     * @return from when on it counts as over
     */
    long began(Sent waited) {
        final long byMs = core.nowMs() + core.rules.server(waited.server()).demoteMs() + Attempt.GRACE_MS;
        sent.set(sent.indexOf(waited), new Sent(waited.server(), waited.epoch(), waited.sentMs(), byMs, true));
        return byMs;
    }

    /** Its end; null: nobody knows of such a one. */
    Over over(Event.StepOver over) {
        return ended(
                each -> each.server().equals(over.server()) && each.epoch() == over.epoch(),
                over.ok(),
                over.said(),
                over.tookMs());
    }

    /** One that has not told its end within its limit, and is over from now on; null: none. */
    Over late() {
        return core.nowMs() < dueMs() ? null : ended(each -> core.nowMs() >= each.byMs(), false, Attempt.LATE, null);
    }

    private Over ended(Predicate<Sent> which, boolean ok, String said, Double tookMs) {
        final Sent found = sent.stream().filter(which).findFirst().orElse(null);
        if (found == null) {
            return null;
        }
        sent.remove(found);
        if (core.kept.open() != null && core.kept.open().epoch() == found.epoch && found.ours) {
            final double ms = tookMs == null ? core.nowMs() - found.sentMs : tookMs;
            book.ran(Step.DEMOTE, found.server, found.sentMs, ms, ok ? "ok" : "failed", said);
        }
        return new Over(found, ok, said);
    }

    /** The switchover of this epoch is over, and they are not. */
    void noteUnended(long epoch) {
        sent.stream().filter(each -> each.ours && each.epoch == epoch).forEach(each -> {
            final double sinceMs = core.nowMs() - each.sentMs;
            book.ran(Step.DEMOTE, each.server, each.sentMs, sinceMs, "no-answer", "not over when the switch was");
        });
    }

    /** What was to be sent under this epoch was never sent. */
    void unsent(long epoch) {
        sent.removeIf(each -> each.epoch() == epoch);
    }

    /** When this server is done with stopping at the latest; now or earlier: it may be told to start. */
    long stoppingUntilMs(String server) {
        long until = 0;
        for (final Sent each : sent) {
            until = each.server().equals(server) ? Math.max(until, each.byMs()) : until;
        }
        return until;
    }

    long dueMs() {
        long due = Long.MAX_VALUE;
        for (final Sent each : sent) {
            due = Math.min(due, each.byMs());
        }
        return due;
    }

    List<Sent> memory() {
        return List.copyOf(sent);
    }

    void recall(List<Sent> memory) {
        sent.addAll(memory);
    }
}
