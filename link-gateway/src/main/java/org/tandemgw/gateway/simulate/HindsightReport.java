package org.tandemgw.gateway.simulate;

import java.time.Instant;
import java.util.List;

/**
 * What changed thresholds would have done. Component names are the JSON keys.
 *
 * @param good no false switch and no outage that it would have stood by
 * @param from the first that was read
 * @param to the last
 * @param looks at servers that were told again
 * @param falseSwitches of those that would have been made
 * @param medianDelayMs from the first look that failed to the verdict; null: there was none
 * @param worstDelayMs the longest
 * @param switches that would have been made
 * @param stoodBy outages that would not have been acted on
 * @param really what was decided in that time
 * @param asked what operators asked for in that time, by the audit file
 * @param notes what this cannot know
 */
public record HindsightReport(
        boolean good,
        Instant from,
        Instant to,
        long looks,
        long falseSwitches,
        Long medianDelayMs,
        Long worstDelayMs,
        List<Would> switches,
        List<Outage> stoodBy,
        List<Really> really,
        List<Asked> asked,
        List<String> notes) {
    /** Copies the lists. */
    public HindsightReport {
        switches = List.copyOf(switches);
        stoodBy = List.copyOf(stoodBy);
        really = List.copyOf(really);
        asked = List.copyOf(asked);
        notes = List.copyOf(notes);
    }

    /**
     * One switch that would have been made.
     *
     * @param at of the verdict
     * @param reason the machine's
     * @param diagnosis where the fault would have been found
     * @param delayMs from the first look that failed; null: it did not begin with one
     * @param outcome as far as it can be known: switched, held
     * @param judged right, false, as-it-was, unknown
     * @param because one sentence on that
     */
    public record Would(
            Instant at,
            String from,
            String to,
            String reason,
            String diagnosis,
            Long delayMs,
            String outcome,
            String judged,
            String because) {}

    /**
     * A server in control that was down for long, and would not have been left.
     *
     * @param because what would have been in the way
     */
    public record Outage(Instant from, String server, long downMs, List<String> because) {
        /** Copies the list. */
        public Outage {
            because = List.copyOf(because);
        }
    }

    /** What somebody asked for. */
    public record Asked(Instant at, String who, String action, String object, String reason, boolean ok) {}

    /** What was really decided. */
    public record Really(
            long decision,
            Instant at,
            String from,
            String to,
            String trigger,
            String who,
            String outcome,
            String reason) {}
}
