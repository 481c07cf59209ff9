package org.tandemgw.gateway.ledger;

import java.time.Instant;
import java.util.List;
import org.tandemgw.recovery.Fate;

/**
 * What became of one call that was in flight when a switchover began. Component names are the JSON keys; what is not known is empty.
 *
 * @param id the ACD's own, then
 * @param fate {@code kept}, {@code recovered}, {@code cut} or {@code unknown}
 * @param state as the switchover began
 * @param startedAt the ACD's own, as all times
 * @param waitedMs in queues, by then
 * @param agentState of the agent in that queue, by what the ACD said of him; empty if he has none
 * @param trunks of all its legs
 * @param sequence of the last frame that had told of it
 * @param doubt why the fate is not known, in a word; empty if it is
 * @param why the fate is what it is, in a sentence; empty where that goes without saying
 * @param after what the ACD's own list said afterwards: {@code in-flight}, {@code ended}, {@code discovered}; empty before there was one
 * @param nowId its id in that list, where that has changed
 * @param legs ids of its legs, where the ACD names them
 */
public record LedgerLine(
        String id,
        String acd,
        String fate,
        String state,
        Instant startedAt,
        long waitedMs,
        String queue,
        String agent,
        String agentState,
        List<String> parties,
        String trunk,
        String media,
        int segments,
        long sequence,
        String doubt,
        String why,
        String after,
        String nowId,
        List<String> trunks,
        List<String> legs) {
    static final String IN_FLIGHT = "in-flight";
    static final String ENDED = "ended";
    static final String DISCOVERED = "discovered";

    /** Copies the lists. */
    public LedgerLine {
        parties = List.copyOf(parties);
        trunks = List.copyOf(trunks);
        legs = List.copyOf(legs);
    }

    /** Another fate, or another reason for it. */
    LedgerLine fated(Fate now, String doubted, String because) {
        return with(now.word(), doubted, because, after, nowId);
    }

    /** What the ACD's list said. */
    LedgerLine compared(String said, String idNow) {
        return with(fate, doubt, why, said, idNow);
    }

    private LedgerLine with(String fated, String doubted, String because, String said, String idNow) {
        return new LedgerLine(
                id,
                acd,
                fated,
                state,
                startedAt,
                waitedMs,
                queue,
                agent,
                agentState,
                parties,
                trunk,
                media,
                segments,
                sequence,
                doubted,
                because,
                said,
                idNow,
                trunks,
                legs);
    }
}
