package org.tandemgw.gateway.control;

import java.time.Instant;
import java.util.List;

/**
 * One call in flight, as operators and programs read it. What is not known is empty.
 *
 * @param id the ACD's own
 * @param stateSince by the ACD's clock, as all times; {@code stateMs} and the other lasting times are right whatever that clock says
 * @param startedAt the ACD's own, through every change of its id
 * @param startSeen false if it was first heard of in the middle and nothing tells when it started: then it started earlier
 * @param answeredAt when somebody first talked; null if nobody has
 * @param sequence of the last frame that told of it
 * @param sure false if frames may have been missed since the state of one of its legs was told
 * @param holed true if frames of its life may have been missed
 * @param sequences of all its frames; null where only the table is shown
 * @param sequencesComplete false if there were more frames than are remembered
 */
public record CallReport(
        String id,
        String acd,
        String media,
        String state,
        Instant stateSince,
        long stateMs,
        Instant startedAt,
        boolean startSeen,
        long ageMs,
        Instant answeredAt,
        long waitedMs,
        long heldMs,
        String queue,
        String agent,
        String calling,
        String called,
        List<String> parties,
        String trunk,
        String cause,
        int segments,
        long sequence,
        boolean sure,
        boolean holed,
        List<Leg> legs,
        List<Long> sequences,
        boolean sequencesComplete) {
    /** One leg of it. */
    public record Leg(String id, String state, String party, String agent, String trunk, boolean sure) {}
}
