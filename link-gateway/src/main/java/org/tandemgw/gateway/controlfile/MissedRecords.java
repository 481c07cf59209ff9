package org.tandemgw.gateway.controlfile;

import org.tandemgw.gateway.journal.JournalSurvey;

/**
 * What a new generation costs each server that was ever fed from the one before. What a server has is a lower bound: it may have got more
 * since the control file was written. Pure.
 */
final class MissedRecords {
    private MissedRecords() {}

    /** One clause per server, each behind a semicolon; empty if no server is known. */
    static String text(ControlState.Acd known, JournalSurvey disk) {
        final StringBuilder text = new StringBuilder();
        for (final ControlState.Hold hold : known.holds()) {
            text.append("; ")
                    .append(hold.server())
                    .append(" has ")
                    .append(has(hold))
                    .append(" of generation ")
                    .append(known.generation())
                    .append(missed(known, hold, disk));
        }
        return text.toString();
    }

    private static String has(ControlState.Hold hold) {
        return !hold.fed()
                ? "nothing"
                : hold.through() == 0 ? "nothing that is known," : "at least 1 to " + hold.through();
    }

    private static String missed(ControlState.Acd known, ControlState.Hold hold, JournalSurvey disk) {
        final long through = hold.through();
        if (disk.generation() != known.generation()) {
            return ", of which nothing more is on the disk";
        }
        if (disk.end() < through) {
            return ", more than is left of it";
        }
        return disk.end() == through
                ? ", which is all of it"
                : ", and what it lacks of " + (through + 1) + " to " + disk.end() + " does not reach it by its feed: "
                        + (hold.fed() ? "ask it for its last number N, or records are loaded twice; then " : "")
                        + "tandem journal export " + known.name() + " --generation " + known.generation() + " --from "
                        + (hold.fed() ? "N+1" : through + 1 + "") + " --to " + disk.end();
    }
}
