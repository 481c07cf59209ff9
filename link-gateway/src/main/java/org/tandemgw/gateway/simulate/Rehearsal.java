package org.tandemgw.gateway.simulate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.TimeToAct;
import org.tandemgw.gateway.switchover.sim.SimSite;
import org.tandemgw.gateway.switchover.sim.Trial;
import org.tandemgw.gateway.switchover.sim.TrialResult;

/**
 * Many faults at one site, one after the other by their seeds. The seed alone says which fault it is and when it comes, so that any episode can be seen again. Runs on
 * the caller's thread and the common pool; the same site and seeds give the same results.
 */
public final class Rehearsal {
    private static final int AT_A_TIME = 128;
    /** Half of all seeds, in no order that has to do with the faults. */
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    private static final long LEAST_WATCHED_MS = 70_000;
    private static final long MOST_WATCHED_MS = 30 * 60_000L;
    private static final long AFTERWARDS_MS = 20_000;

    private final SimSite site;
    private final int calls;
    private final long watchedMs;
    private final long quietMs;
    private final List<Case> cases;

    /**
     * A rehearsal.
     *
     * @param calls in flight at any time
     * @param slowMs what is slower than this must still be seen to end
     * @param only the case to look at; null: all that may happen at this site
     */
    public Rehearsal(SimSite site, int calls, long slowMs, Case only) {
        this.site = site;
        this.calls = calls;
        this.watchedMs = watchedMs(site.rules(), slowMs);
        this.quietMs = watchedMs(site.rules(), 0);
        this.cases = only != null
                ? List.of(only)
                : Stream.of(Case.values()).filter(each -> each.mayHappen(site)).toList();
    }

    /** So long nothing is overlooked: the longest time to act of this site, and its steps. */
    private static long watchedMs(SwitchoverRules rules, long slowMs) {
        long actMs = slowMs;
        long stepsMs = 0;
        for (final ServerRules server : rules.servers()) {
            for (final ProbeRules probe : server.probes()) {
                actMs = Math.max(
                        actMs,
                        probe.everyMs()
                                + TimeToAct.worstMs(
                                        probe,
                                        rules.reconnectMs(),
                                        Math.max(0, rules.unreachablePings()),
                                        rules.unreachableEveryMs(),
                                        TimeToAct.Fault.CUT_OFF));
            }
            stepsMs = Math.max(stepsMs, server.promoteMs() + server.demoteMs());
        }
        for (final SwitchRules each : rules.switches()) {
            stepsMs = Math.max(stepsMs, each.dwellMs());
        }
        return Math.min(MOST_WATCHED_MS, Math.max(LEAST_WATCHED_MS, actMs + stepsMs + AFTERWARDS_MS));
    }

    /** Whether this can happen at this site. */
    public static boolean mayHappen(Case which, SimSite site) {
        return which.mayHappen(site);
    }

    /** What it showed, with a remedy for what is wrong that was tried: takes a while where much is wrong. */
    public RehearsalReport report(
            Map<Case, CaseTally> tallies, List<String> assumed, long firstSeed, long wanted, long slowMs) {
        return RehearsalReport.of(this, tallies.values(), assumed, firstSeed, wanted, slowMs);
    }

    /** Which fault the episode of this seed is about. */
    public Case caseOf(long seed) {
        return cases.get((int) Math.floorMod(seed, (long) cases.size()));
    }

    /**
     * Runs them.
     *
     * @param stop asked now and then
     * @param progress is told how many are done
     */
    public Map<Case, CaseTally> run(long firstSeed, long episodes, BooleanSupplier stop, LongConsumer progress) {
        final Map<Case, CaseTally> tallies = new TreeMap<>();
        cases.forEach(each -> tallies.put(each, new CaseTally(each, each.wanted(site))));
        for (long done = 0; done < episodes && !stop.getAsBoolean(); ) {
            final long from = firstSeed + done;
            final long to = firstSeed + Math.min(episodes, done + AT_A_TIME);
            final List<TrialResult> results = LongStream.range(from, to)
                    .parallel()
                    .mapToObj(seed -> run(caseOf(seed), seed, null))
                    .toList();
            results.forEach(each -> tallies.get(caseOf(each.seed())).add(each));
            done = to - firstSeed;
            progress.accept(done);
        }
        tallies.values().removeIf(each -> each.episodes() == 0);
        return tallies;
    }

    /** One, told line for line. */
    public TrialResult explain(long seed, Consumer<String> told) {
        return run(caseOf(seed), seed, told);
    }

    private TrialResult run(Case which, long seed, Consumer<String> told) {
        return at(site, which, seed, told);
    }

    /** The same episode at a site that differs in something. Which server is active before it says the seed. */
    TrialResult at(SimSite other, Case which, long seed, Consumer<String> told) {
        final long forMs = which.wanted(site) == Case.Wanted.SWITCH ? watchedMs : quietMs;
        final Trial.Happening what = new Trial.Happening(which.before(), which.fault(), forMs, forMs);
        return new Trial(other.with(Changed.initial(other.rules(), active(seed))), calls).run(what, seed, told);
    }

    /** Who is active before it. */
    String active(long seed) {
        return site.rules()
                .servers()
                .get((int) (seed * SCATTER >>> Long.SIZE - 1))
                .name();
    }

    SimSite site() {
        return site;
    }

    int calls() {
        return calls;
    }
}
