package org.tandemgw.gateway.health;

import java.util.List;

/** Which places of the network (gateways, net-test neighbours, machines) answer, and since when. One thread. */
public final class Reach {
    /** Looks in a row without an answer, after which a place is lost. */
    private static final int LOST_AFTER = 3;

    private final List<String> targets;
    private final long[] answeredMs;
    private final long[] backMs;
    private final long[] failedMs;
    private final int[] failed;

    /** Nothing is known yet. */
    public Reach(List<String> targets) {
        this.targets = List.copyOf(targets);
        answeredMs = new long[targets.size()];
        backMs = new long[targets.size()];
        failedMs = new long[targets.size()];
        failed = new int[targets.size()];
    }

    /**
     * A look is over.
     *
     * @throws IllegalArgumentException if there is no such target
     */
    public void looked(String target, Look look, long nowMs) {
        final int at = index(target);
        if (look.sight().reached()) {
            backMs[at] = failed[at] > 0 ? nowMs : backMs[at];
            answeredMs[at] = nowMs;
            failed[at] = 0;
        } else if (look.sight().silence()) {
            failedMs[at] = nowMs;
            failed[at] = Math.min(LOST_AFTER, failed[at] + 1);
        }
    }

    private int index(String target) {
        final int at = targets.indexOf(target);
        if (at < 0) {
            throw new IllegalArgumentException("nobody looks at " + target);
        }
        return at;
    }

    /** Whether the newest look was answered, and not before this time; of a target that is null: no. */
    public boolean answeredSince(String target, long sinceMs) {
        if (target == null) {
            return false;
        }
        final int at = index(target);
        return failed[at] == 0 && answeredMs[at] > 0 && answeredMs[at] >= sinceMs;
    }

    /** When it answered last; 0: never. */
    public long answeredMs(String target) {
        return answeredMs[index(target)];
    }

    /** Since when it answers: the first answer after a look that was not; {@code Long.MAX_VALUE}: it has not at this time or later. */
    public long backMs(String target, long sinceMs) {
        return answeredSince(target, sinceMs) ? backMs[index(target)] : Long.MAX_VALUE;
    }

    /** Whether the newest look was not answered, and was over at this time or later. */
    public boolean failedSince(String target, long sinceMs) {
        final int at = index(target);
        return failed[at] > 0 && failedMs[at] >= sinceMs;
    }

    /** Whether the newest look at any place was answered. */
    public boolean anyAnswers() {
        for (int i = 0; i < failed.length; i++) {
            if (failed[i] == 0 && answeredMs[i] > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether several looks in a row were not answered. */
    public boolean lost(String target) {
        return failed[index(target)] == LOST_AFTER;
    }

    /** All of its state, place by place. */
    public List<Memory> memory() {
        return targets.stream()
                .map(target -> index(target))
                .map(at -> new Memory(targets.get(at), answeredMs[at], backMs[at], failedMs[at], failed[at]))
                .toList();
    }

    /** Goes on where that was written. */
    public void recall(List<Memory> memory) {
        for (final Memory each : memory) {
            final int at = index(each.target);
            answeredMs[at] = each.answeredMs;
            backMs[at] = each.backMs;
            failedMs[at] = each.failedMs;
            failed[at] = each.failed;
        }
    }

    /** Goes on where another one is, of the places that both know. */
    public void takeOver(Reach before) {
        recall(before.memory().stream()
                .filter(each -> targets.contains(each.target))
                .toList());
    }

    /** What is known of one place. */
    public record Memory(String target, long answeredMs, long backMs, long failedMs, int failed) {}
}
