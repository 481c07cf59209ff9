package org.tandemgw.gateway.controlfile;

import org.tandemgw.gateway.journal.JournalSurvey;

/** What a new generation costs each server that was ever fed from the one before. Pure. */
final class MissedRecords {
    private MissedRecords() {}

    /** One clause per server, each behind a semicolon; empty if no server is known. */
    static String text(ControlState.Acd known, JournalSurvey disk) {
        final StringBuilder text = new StringBuilder();
        for (final ControlState.Hold hold : known.holds()) {
            text.append("; ")
                    .append(hold.server())
                    .append(" has ")
                    .append(hold.through() == 0 ? "nothing" : "1 to " + hold.through())
                    .append(" of generation ")
                    .append(known.generation())
                    .append(missed(known, hold.through(), disk));
        }
        return text.toString();
    }

    private static String missed(ControlState.Acd known, long through, JournalSurvey disk) {
        if (disk.generation() != known.generation()) {
            return ", of which nothing more is on the disk";
        }
        if (disk.end() < through) {
            return ", more than is left of it";
        }
        return disk.end() == through
                ? ", which is all of it"
                : ", and " + (through + 1) + " to " + disk.end()
                        + " do not reach it by its feed: tandem journal export "
                        + known.name() + " --generation " + known.generation() + " --from " + (through + 1) + " --to "
                        + disk.end();
    }
}
