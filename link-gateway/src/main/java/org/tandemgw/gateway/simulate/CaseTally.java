package org.tandemgw.gateway.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tandemgw.gateway.switchover.sim.TrialResult;

/** What became of one kind of fault. One thread. */
public final class CaseTally {
    private static final double MOST = 0.95;

    private final Case which;
    private final Case.Wanted wanted;
    private final List<TrialResult> results = new ArrayList<>();

    CaseTally(Case which, Case.Wanted wanted) {
        this.which = which;
        this.wanted = wanted;
    }

    void add(TrialResult result) {
        results.add(result);
    }

    /** Of what. */
    public Case which() {
        return which;
    }

    /** What should come of it. */
    public Case.Wanted wanted() {
        return wanted;
    }

    List<TrialResult> results() {
        return results;
    }

    /** How many. */
    public int episodes() {
        return results.size();
    }

    /** In how many the other server took over. */
    public long switched() {
        return results.stream().filter(each -> each.switchedMs() != null).count();
    }

    /** In how many Tandem waits for an operator in the end, with nobody having taken over. */
    public long held() {
        return results.stream()
                .filter(each -> each.switchedMs() == null && each.held())
                .count();
    }

    /** In how many the active server stayed active. */
    public long stayed() {
        return episodes() - switched() - held();
    }

    /** In how many it was switched although nothing should be moved. */
    public long falsely() {
        return wanted == Case.Wanted.STAY ? switched() : 0;
    }

    /** From the fault until the other server was in control; null: it never was. */
    public Long medianMs() {
        return quantileMs(0.5);
    }

    /** In 95 of 100 it took no longer; null: it never was. */
    public Long mostMs() {
        return quantileMs(MOST);
    }

    /** The longest; null: it never was. */
    public Long worstMs() {
        return quantileMs(1);
    }

    private Long quantileMs(double part) {
        final List<Long> sorted = results.stream()
                .map(TrialResult::switchedMs)
                .filter(each -> each != null)
                .sorted()
                .toList();
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }

    /** Calls that are cut in an episode, on the average: those on the cards that were moved. */
    public double cut(int calls, int cards) {
        return cards == 0
                ? 0
                : results.stream()
                        .mapToDouble(each -> calls * Math.min(1.0, (double) each.cardsMoved() / cards))
                        .average()
                        .orElse(0);
    }

    /** The seed of the episode that is worth being looked at first. */
    public long worstSeed() {
        return results.stream()
                .min(Comparator.comparingLong(this::goodness).thenComparing(TrialResult::seed))
                .orElseThrow()
                .seed();
    }

    /** Lowest: a broken promise; then what is not as it is wanted; then what took longest. */
    private long goodness(TrialResult result) {
        if (result.broken() != null) {
            return Long.MIN_VALUE;
        }
        final boolean bad = wanted == Case.Wanted.SWITCH ? result.switchedMs() == null : result.switchedMs() != null;
        final long took = result.switchedMs() == null ? 0 : result.switchedMs();
        return -took - (bad ? Long.MAX_VALUE / 2 : 0);
    }
}
