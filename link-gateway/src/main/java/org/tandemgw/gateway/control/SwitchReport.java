package org.tandemgw.gateway.control;

import java.time.Instant;
import org.tandemgw.gateway.switchover.Decision;

/**
 * What became of a request about which server is active. Component names are the JSON keys.
 *
 * @param ok true if it was carried out or, for a switch, begun
 * @param request its number, to ask again by; null: it was not even asked
 * @param done false while it is not answered, or the switchover that it began is under way: ask again
 * @param at when this was said
 * @param decision that it led to, as it stands now; null: none
 */
public record SwitchReport(
        boolean ok, String message, String remedy, Long request, boolean done, Instant at, Decision decision)
        implements Told {
    /** Nothing was asked of anybody. */
    public static SwitchReport refused(Instant at, String message, String remedy) {
        return new SwitchReport(false, message, remedy, null, true, at, null);
    }
}
