package org.tandemgw.gateway.cli;

import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordKind;
import picocli.CommandLine.Option;

/** Which frames are shown of an ACD whose legs are passed through: what one end of one leg said. Records that are no frames are always shown. */
final class PassedBytes {
    @Option(names = "--leg", paramLabel = "LEG", description = "Frames of this leg only: 1 or 2.")
    private Integer leg;

    @Option(
            names = "--direction",
            paramLabel = "DIRECTION",
            description =
                    "Frames of this direction only: from-acd or to-acd. A merged ACD has no others than from-acd.")
    private String direction;

    void check() {
        if (leg != null && leg != 1 && leg != 2) {
            throw Refusal.usage("an ACD has leg 1 and leg 2", null);
        }
        if (direction != null && !direction.equals("from-acd") && !direction.equals("to-acd")) {
            throw Refusal.usage("--direction is from-acd or to-acd", null);
        }
    }

    boolean shows(JournalRecord record) {
        return record.kind() != RecordKind.FRAME
                || (leg == null || leg == record.leg())
                        && (direction == null || direction.equals(record.direction() == 0 ? "from-acd" : "to-acd"));
    }
}
