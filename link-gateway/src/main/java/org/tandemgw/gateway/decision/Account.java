package org.tandemgw.gateway.decision;

import java.util.List;

/**
 * What became of the calls that were in flight as a decision began, for its page.
 *
 * @param ended how many have ended since, by the ACD's own list
 * @param rows those that somebody should look at first
 * @param notes in sentences: how far the account has come, where all of it stands
 */
public record Account(DecisionJson.Calls calls, long ended, List<Row> rows, List<String> notes) {
    /** Copies the lists. */
    public Account {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** One call. */
    public record Row(String fate, String text) {}
}
