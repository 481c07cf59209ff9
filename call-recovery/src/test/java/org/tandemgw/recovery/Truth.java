package org.tandemgw.recovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is true in a simulated contact centre. Shares no code with the table, only its words. */
final class Truth {
    final Map<String, Call> calls = new LinkedHashMap<>();
    final Map<String, Leg> legs = new LinkedHashMap<>();
    final Map<String, Agent> agents = new LinkedHashMap<>();
    /** Calls that became part of others. */
    final Map<String, Call> merged = new LinkedHashMap<>();
    /** All legs in no order, to pick from. */
    final List<Leg> any = new ArrayList<>();

    static final class Leg {
        String id;
        Call call;
        int index;
        CallState state;
        String party = "";
        String agent = "";
        String trunk = "";
        /** Somebody else has it now than who had it first. */
        boolean passedOn;
    }

    static final class Agent {
        String id;
        String queue;
        AgentState state;
        long sinceNs;
        String cause = "";
        /** Listed as logged on, and no more: then what was known of his readiness stands, right or wrong. */
        boolean vague;
    }

    static final class Call {
        String id;
        Media media = Media.VOICE;
        long startedNs;
        boolean tellsStart;
        boolean joined;
        boolean holed;
        String queue = "";
        String cause = "";
        String calling = "";
        String called = "";
        final List<Leg> legs = new ArrayList<>();
        final List<Long> frames = new ArrayList<>();
        long waitedNs;
        long waitingSinceNs = -1;
        long heldNs;
        long holdingSinceNs = -1;
        long answeredNs;
        long stateSinceNs;
        CallState last = CallState.OFFERED;
        int segments = 1;
        long segmentSinceNs;
        final List<Stay> stays = new ArrayList<>();
        /** The one that ended last. */
        Segment segment;

        /** Time that this call itself waited, was held, talked. */
        record Stay(String what, long fromNs, long toNs) {}

        /** A segment, and how long the call waited, was held and talked in it. */
        record Segment(int number, long fromNs, long toNs, long waitedNs, long heldNs, long talkedNs) {}

        private final Map<String, Long> staysSince = new LinkedHashMap<>();

        private void stay(String what, boolean does, long nowNs) {
            if (does) {
                staysSince.putIfAbsent(what, nowNs);
            } else if (staysSince.containsKey(what)) {
                stays.add(new Stay(what, staysSince.remove(what), nowNs));
            }
        }

        /** The present segment as it would be if it ended now. */
        Segment segmentUntil(long nowNs) {
            return new Segment(
                    segments,
                    segmentSinceNs,
                    nowNs,
                    inSegment("waits", nowNs),
                    inSegment("held", nowNs),
                    inSegment("talks", nowNs));
        }

        private long inSegment(String what, long nowNs) {
            long sum = staysSince.containsKey(what) ? nowNs - Math.max(segmentSinceNs, staysSince.get(what)) : 0;
            for (final Stay stay : stays) {
                if (stay.what.equals(what)) {
                    sum += Math.max(0, stay.toNs - Math.max(segmentSinceNs, stay.fromNs));
                }
            }
            return sum;
        }

        void nextSegment(long nowNs) {
            segment = segmentUntil(nowNs);
            segments++;
            segmentSinceNs = nowNs;
        }

        boolean any(CallState state) {
            return legs.stream().anyMatch(leg -> leg.state == state);
        }

        CallState state() {
            final long talking = legs.stream()
                    .filter(leg -> leg.state == CallState.CONNECTED)
                    .count();
            if (any(CallState.HELD)) {
                return CallState.HELD;
            } else if (talking >= 2) {
                return CallState.CONNECTED;
            } else if (any(CallState.RINGING)) {
                return CallState.RINGING;
            } else if (any(CallState.QUEUED)) {
                return CallState.QUEUED;
            } else if (talking == 1) {
                return CallState.CONNECTED;
            } else if (legs.isEmpty() || any(CallState.OFFERED)) {
                return CallState.OFFERED;
            } else if (any(CallState.ABANDONED)) {
                return CallState.ABANDONED;
            }
            return any(CallState.FAILED) ? CallState.FAILED : CallState.BORN;
        }

        /** Time has come to now, and the legs are as they are from now on. */
        void account(long nowNs) {
            stay("waits", any(CallState.QUEUED), nowNs);
            stay("held", any(CallState.HELD), nowNs);
            stay("talks", state() == CallState.CONNECTED, nowNs);
            if (any(CallState.QUEUED) && waitingSinceNs < 0) {
                waitingSinceNs = nowNs;
            } else if (!any(CallState.QUEUED) && waitingSinceNs >= 0) {
                waitedNs += nowNs - waitingSinceNs;
                waitingSinceNs = -1;
            }
            if (any(CallState.HELD) && holdingSinceNs < 0) {
                holdingSinceNs = nowNs;
            } else if (!any(CallState.HELD) && holdingSinceNs >= 0) {
                heldNs += nowNs - holdingSinceNs;
                holdingSinceNs = -1;
            }
            if (state() != last) {
                last = state();
                stateSinceNs = nowNs;
            }
        }

        long waitedNs(long nowNs) {
            return waitedNs + (waitingSinceNs < 0 ? 0 : nowNs - waitingSinceNs);
        }

        long heldNs(long nowNs) {
            return heldNs + (holdingSinceNs < 0 ? 0 : nowNs - holdingSinceNs);
        }

        /** The history of the one that began first counts; answers, segments and frames of both. */
        void learnFrom(Call other) {
            joined = true;
            other.joined = true;
            if (other.startedNs < startedNs) {
                takeHistory(other);
            }
            if (answeredNs == 0 || other.answeredNs != 0 && other.answeredNs < answeredNs) {
                answeredNs = other.answeredNs;
            }
            segments = Math.max(segments, other.segments);
            holed |= other.holed;
            frames.addAll(other.frames);
            final List<Long> inOrder = frames.stream().sorted().distinct().toList();
            frames.clear();
            frames.addAll(inOrder);
        }

        void takeHistory(Call other) {
            startedNs = other.startedNs;
            tellsStart = other.tellsStart;
            waitedNs = other.waitedNs;
            heldNs = other.heldNs;
            queue = other.queue.isEmpty() ? queue : other.queue;
            cause = other.cause.isEmpty() ? cause : other.cause;
            calling = other.calling.isEmpty() ? calling : other.calling;
            called = other.called.isEmpty() ? called : other.called;
        }
    }

    Leg leg(Call call, String id) {
        final Leg leg = new Leg();
        leg.id = id;
        leg.call = call;
        leg.state = CallState.BORN;
        call.legs.add(leg);
        legs.put(id, leg);
        leg.index = any.size();
        any.add(leg);
        return leg;
    }

    void set(Leg leg, CallState state, long nowNs) {
        leg.state = state;
        if (state == CallState.CONNECTED && leg.call.answeredNs == 0) {
            leg.call.answeredNs = nowNs;
        }
        leg.call.account(nowNs);
    }

    private void forget(Leg leg) {
        legs.remove(leg.id);
        final Leg last = any.remove(any.size() - 1);
        if (last != leg) {
            any.set(leg.index, last);
            last.index = leg.index;
        }
    }

    void end(Leg leg, long nowNs) {
        leg.call.legs.remove(leg);
        forget(leg);
        leg.call.account(nowNs);
    }

    void end(Call call) {
        call.legs.forEach(this::forget);
        calls.remove(call.id);
    }

    void rename(Call call, String id) {
        calls.remove(call.id);
        call.id = id;
        calls.put(id, call);
    }

    void move(Leg leg, Call to, long nowNs) {
        final Call from = leg.call;
        from.legs.remove(leg);
        to.legs.add(leg);
        leg.call = to;
        // Waiting and holding go with the leg that waits or is held.
        if (leg.state == CallState.QUEUED && to.waitingSinceNs < 0) {
            to.waitingSinceNs = from.waitingSinceNs;
        }
        if (leg.state == CallState.HELD && to.holdingSinceNs < 0) {
            to.holdingSinceNs = from.holdingSinceNs;
        }
        if (!from.any(CallState.QUEUED)) {
            from.waitingSinceNs = -1;
        }
        if (!from.any(CallState.HELD)) {
            from.holdingSinceNs = -1;
        }
        from.account(nowNs);
        to.account(nowNs);
        to.learnFrom(from);
        if (from.legs.isEmpty()) {
            calls.remove(from.id);
            merged.put(from.id, from);
        }
    }
}
