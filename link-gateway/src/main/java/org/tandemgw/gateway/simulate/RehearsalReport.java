package org.tandemgw.gateway.simulate;

import java.util.Collection;
import java.util.List;
import org.tandemgw.gateway.switchover.SwitchRules;
import org.tandemgw.gateway.switchover.sim.SimSite;

/**
 * What a rehearsal showed. Component names are the JSON keys.
 *
 * @param good whether nothing was found that an operator would not want
 * @param seed of the first episode
 * @param episodes that were simulated
 * @param wanted that were to be
 * @param falseSwitches switches where nothing should be moved
 * @param assumed what no file says
 */
public record RehearsalReport(
        boolean good,
        String site,
        long seed,
        long episodes,
        long wanted,
        long falseSwitches,
        int callsInFlight,
        List<Row> faults,
        List<Finding> findings,
        List<String> assumed) {
    /** Copies the lists. */
    public RehearsalReport {
        faults = List.copyOf(faults);
        findings = List.copyOf(findings);
        assumed = List.copyOf(assumed);
    }

    /**
     * One kind of fault.
     *
     * @param fault its word
     * @param wanted switch, stay or either
     * @param medianMs from the fault until the other server is in control; null: it never was
     * @param most95Ms in 95 of 100 it took no longer
     * @param callsCut on the average
     */
    public record Row(
            String fault,
            String meaning,
            String wanted,
            int episodes,
            long switched,
            long held,
            long stayed,
            long falseSwitches,
            Long medianMs,
            Long most95Ms,
            Long worstMs,
            double callsCut,
            long worstSeed) {}

    /** Tries remedies, which takes about as long as the rehearsal where much is wrong. */
    static RehearsalReport of(
            Rehearsal rehearsal,
            Collection<CaseTally> tallies,
            List<String> assumed,
            long seed,
            long wanted,
            long slowMs) {
        final SimSite site = rehearsal.site();
        final int cards =
                site.rules().switches().stream().mapToInt(SwitchRules::cards).sum();
        final List<Finding> findings = Findings.of(rehearsal, tallies, slowMs);
        return new RehearsalReport(
                findings.isEmpty(),
                site.rules().site(),
                seed,
                tallies.stream().mapToLong(CaseTally::episodes).sum(),
                wanted,
                tallies.stream().mapToLong(CaseTally::falsely).sum(),
                rehearsal.calls(),
                tallies.stream()
                        .map(each -> row(each, rehearsal.calls(), cards))
                        .toList(),
                findings,
                assumed);
    }

    private static Row row(CaseTally each, int calls, int cards) {
        return new Row(
                each.which().toString(),
                each.which().meaning(),
                each.wanted().name().toLowerCase(java.util.Locale.ROOT),
                each.episodes(),
                each.switched(),
                each.held(),
                each.stayed(),
                each.falsely(),
                each.medianMs(),
                each.mostMs(),
                each.worstMs(),
                Math.round(10 * each.cut(calls, cards)) / 10.0,
                each.worstSeed());
    }
}
