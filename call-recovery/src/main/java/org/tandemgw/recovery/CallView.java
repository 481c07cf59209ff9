package org.tandemgw.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One call as the table has it. A cursor: valid while the table walks or until the next event, on the table's thread. Texts are made
 * when they are asked for.
 */
public final class CallView {
    private final CallRows rows;
    private final LegRows legs;
    private final Calls calls;
    private final Texts texts;
    private int call;
    private boolean cleared;

    /** The last gap that it knows of, and how many switchovers; 0 and -1: all there were. */
    private int gapTurn;

    private long switches = -1;

    CallView(Calls calls, Texts texts) {
        this.calls = calls;
        this.texts = texts;
        rows = calls.rows;
        legs = calls.legs;
    }

    /**
     * From here on it shows calls that have not changed as they are now, whatever gaps and switchovers come: those change all calls at once, and no row. What a call has in its segment is
     * gone with a switchover, and not to be asked for.
     */
    CallView asOfNow() {
        gapTurn = calls.turns.gapTurn;
        switches = calls.counts.get(Count.SWITCHES);
        return this;
    }

    private int gapTurn() {
        return gapTurn == 0 ? calls.turns.gapTurn : gapTurn;
    }

    /** How many switchovers have come since the moment that is shown. */
    private int switchesSince() {
        return switches < 0 ? 0 : (int) (calls.counts.get(Count.SWITCHES) - switches);
    }

    private int inSegment() {
        if (switchesSince() != 0) {
            throw new IllegalStateException("the segment that is asked for ended with a switchover since");
        }
        return call;
    }

    CallView on(int row) {
        call = row;
        cleared = false;
        return this;
    }

    /** One that is just over. */
    CallView cleared(int row) {
        on(row);
        cleared = true;
        return this;
    }

    /** The ACD's own. */
    public String id() {
        return rows.ids.id(call);
    }

    public Media media() {
        return rows.media(call);
    }

    /** What it does; of one that is just over what it did last, also where its legs had left queues and bridges before they ended. */
    public CallState state() {
        final CallState now = now();
        return cleared && now == CallState.OFFERED && rows.left(call) != CallState.BORN ? rows.left(call) : now;
    }

    private CallState now() {
        return CallState.ofCall(rows.counts(call));
    }

    /** Since when the call has had this state. */
    public long stateSinceNs() {
        return rows.get(call, CallRows.STATE_SINCE);
    }

    /** When it started: the ACD's own time where it told one, through every change of its id. */
    public long startedNs() {
        return rows.get(call, CallRows.STARTED);
    }

    /** False if the call was first heard of in the middle and nothing tells when it started: then it started earlier. */
    public boolean startSeen() {
        return rows.startSeen(call);
    }

    /** When somebody first talked; 0 if nobody has. */
    public long answeredNs() {
        return rows.get(call, CallRows.ANSWERED);
    }

    /** How long it has waited in queues, by then. */
    public long waitedNs(long nowNs) {
        return sum(CallRows.WAITED, CallRows.QUEUED_SINCE, nowNs);
    }

    /** How long it has been on hold, by then. */
    public long heldNs(long nowNs) {
        return sum(CallRows.HELD, CallRows.HELD_SINCE, nowNs);
    }

    private long sum(int sum, int since, long nowNs) {
        final long sinceNs = rows.get(call, since);
        return rows.get(call, sum) + (sinceNs == 0 ? 0 : Math.max(0, nowNs - sinceNs));
    }

    /** The queue that it was last in; empty if in none. */
    public String queue() {
        return texts.string(rows.queue(call));
    }

    /** Who talks, else whom it rings at, else who did; empty if nobody. */
    public String agent() {
        int best = 0;
        int found = -1;
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            final int rank =
                    switch (legs.state(leg)) {
                        case CONNECTED, HELD -> 2;
                        case RINGING -> 1;
                        default -> 0;
                    };
            if (legs.agent(leg) != 0 && rank >= found) {
                best = leg;
                found = rank;
            }
        }
        return best == 0 ? "" : texts.string(legs.agent(best));
    }

    /** Whether an agent has it: he talks, holds it, or it rings at him. */
    public boolean assigned() {
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            switch (legs.state(leg)) {
                case RINGING, CONNECTED, HELD -> {
                    if (legs.agent(leg) != 0) {
                        return true;
                    }
                }
                default -> {
                    // without him so far
                }
            }
        }
        return false;
    }

    public String calling() {
        return texts.string(rows.calling(call));
    }

    public String called() {
        return texts.string(rows.called(call));
    }

    /** Why, as it was last told. */
    public String cause() {
        return texts.string(rows.cause(call));
    }

    /** Who calls, who is called, and the parties of the legs, each once. */
    public List<String> parties() {
        final List<String> parties = new ArrayList<>(4);
        addOnce(parties, calling());
        addOnce(parties, called());
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            addOnce(parties, legs.party.string(leg));
        }
        return parties;
    }

    private static void addOnce(List<String> to, String one) {
        if (!one.isEmpty() && !to.contains(one)) {
            to.add(one);
        }
    }

    /** The first leg's that has one; empty if none. */
    public String trunk() {
        final int leg = calls.firstWithTrunk(call);
        return leg == 0 ? "" : legs.trunk.string(leg);
    }

    /** Those of all legs, each once. */
    public List<String> trunks() {
        final List<String> trunks = new ArrayList<>(2);
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            addOnce(trunks, legs.trunk.string(leg));
        }
        return trunks;
    }

    /** Ids of its legs, where the ACD names them. */
    public List<String> legIds() {
        final List<String> ids = new ArrayList<>(rows.legs(call));
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            if (!legs.ids.nameless(leg)) {
                ids.add(legs.ids.id(leg));
            }
        }
        return ids;
    }

    public int legs() {
        return rows.legs(call);
    }

    /** Each leg: id, state, party, agent, trunk. */
    public List<LegSummary> legList() {
        final List<LegSummary> all = new ArrayList<>(rows.legs(call));
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            all.add(new LegSummary(
                    legs.ids.id(leg),
                    legs.state(leg),
                    legs.party.string(leg),
                    texts.string(legs.agent(leg)),
                    legs.trunk.string(leg),
                    legs.stamp(leg) >= gapTurn()));
        }
        return all;
    }

    /** 1 until it is transferred, joined by others, or recovered on another server. */
    public int segments() {
        return rows.segments(call) - switchesSince();
    }

    /** When its present segment began. */
    public long segmentSinceNs() {
        return rows.get(inSegment(), CallRows.SEGMENT_SINCE);
    }

    /** How long it has waited in queues in this segment, by then. */
    public long segmentWaitedNs(long nowNs) {
        return share(CallRows.SEGMENT_WAITED, CallState.QUEUED.in(rows.counts(call)) > 0, nowNs);
    }

    /** How long it has been on hold in this segment, by then. */
    public long segmentHeldNs(long nowNs) {
        return share(CallRows.SEGMENT_HELD, CallState.HELD.in(rows.counts(call)) > 0, nowNs);
    }

    /** How long it has been {@link CallState#CONNECTED} in this segment, by then. */
    public long segmentTalkedNs(long nowNs) {
        return share(CallRows.SEGMENT_TALKED, now() == CallState.CONNECTED, nowNs);
    }

    private long share(int sum, boolean lasts, long nowNs) {
        return rows.get(inSegment(), sum) + (lasts ? nowNs : 0);
    }

    /** Who talks, or who talked last in this segment, or whom it rings at; empty if nobody. */
    public String segmentAgent() {
        final int gone = rows.goneAgent(inSegment());
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            final CallState state = legs.state(leg);
            if (legs.agent(leg) != 0 && (gone == 0 || state == CallState.CONNECTED || state == CallState.HELD)) {
                return agent();
            }
        }
        return texts.string(gone);
    }

    /** The trunk that the call came in on, also if that leg has gone in this segment; empty if none. */
    public String segmentTrunk() {
        final int gone = rows.goneTrunk(inSegment());
        return gone == 0 ? trunk() : texts.string(gone);
    }

    /** Of the last frame that told of it. */
    public long sequence() {
        return rows.get(call, CallRows.SEQUENCE);
    }

    /** Of all frames that told of it, in order. Empty for a call that is known from a list only. */
    public long[] sequences() {
        final long[] all = new long[Lives.MAX_FRAMES];
        return Arrays.copyOf(all, rows.lives.read(call, all));
    }

    /** The same without allocating; {@code to} holds {@value Lives#MAX_FRAMES}. */
    public int sequences(long[] to) {
        return rows.lives.read(call, to);
    }

    /** The first of {@link #sequences}; 0 if there is none. */
    public long firstSequence() {
        return rows.lives.first(call);
    }

    /** How many {@link #sequences} there are. */
    public int frames() {
        return rows.lives.size(call);
    }

    /** False if there were more frames than are kept: the later ones are missing. */
    public boolean sequencesComplete() {
        return !rows.lifeCut(call);
    }

    /** False if frames may have been missed since the state of one of its legs was told. */
    public boolean sure() {
        return !calls.unsure(call, gapTurn());
    }

    /** True if frames of its life may have been missed, or its beginning was: times and segments may be short of something. */
    public boolean holed() {
        return rows.holed(call) || rows.bornTurn(call) < gapTurn();
    }
}
