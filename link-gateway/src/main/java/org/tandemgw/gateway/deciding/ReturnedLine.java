package org.tandemgw.gateway.deciding;

import java.time.Instant;
import org.tandemgw.gateway.switchover.Maintenance;

/**
 * A maintenance that nobody said was over, as a line of the audit file: its server is in control. It reads as an operator's {@code maintenance off} does, so
 * that whoever searches the file for what is out finds the end, too.
 */
record ReturnedLine(Instant at, String who, String action, String object, String reason, boolean ok, String message) {
    static ReturnedLine of(Instant at, Maintenance ended) {
        return new ReturnedLine(
                at,
                "tandem",
                "maintenance",
                "off " + ended.server(),
                null,
                true,
                ended.server() + " is in control: it is not out any more, whatever was said before (" + ended.detail()
                        + ")");
    }
}
