package org.tandemgw.gateway.history;

import java.util.List;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/**
 * Who wrote what follows. Component names are the JSON keys.
 *
 * @param begins whether Tandem was started here; otherwise a new day's file begins
 * @param tandem its version
 * @param active the server in control; null: not known
 * @param epoch the newest
 * @param rules in force
 * @param out what is out for maintenance, as {@link HistoryEntry#out} has it
 */
public record HistoryRun(
        boolean begins, String tandem, String active, long epoch, SwitchoverRules rules, List<String> out) {
    /** Copies the list, which a file of an older version has not. */
    public HistoryRun {
        out = out == null ? List.of() : List.copyOf(out);
    }
}
