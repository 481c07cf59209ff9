package org.tandemgw.gateway.control;

import java.time.Instant;
import org.tandemgw.gateway.decision.DecisionJson;

/** A {@link SwitchReport} as it goes over the socket: the decision in the words that programs read. */
public record SwitchAnswer(
        boolean ok, String message, String remedy, Long request, boolean done, Instant at, DecisionJson decision)
        implements Told {
    static SwitchAnswer of(SwitchReport report) {
        return new SwitchAnswer(
                report.ok(),
                report.message(),
                report.remedy(),
                report.request(),
                report.done(),
                report.at(),
                DecisionJson.of(report.decision()));
    }
}
