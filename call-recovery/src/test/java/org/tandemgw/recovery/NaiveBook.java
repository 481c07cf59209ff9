package org.tandemgw.recovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Interval statistics in the plainest way: every stay of every leg and call is an object with a beginning and an end, everything that happens is another one, and at the end they
 * are added up interval by interval. Shares nothing with {@link IntervalBook} but the words; looks at the table's calls only from outside.
 */
final class NaiveBook {
    private record Key(AccountKind kind, String name) {}

    private record Stay(Key key, String span, long fromNs, long toNs) {}

    private record Happened(int part, Key key, String what, int count) {}

    private record Part(long fromNs, Cut began, boolean sure, String server) {}

    private record Face(String call, CallState state, String queue, String agent, String trunk) {}

    private record CallFace(CallState state, String queue, boolean answered) {}

    private static final Key WHOLE = new Key(AccountKind.ACD, "");

    private final long intervalNs;
    private final Map<String, Face> legs = new HashMap<>();
    private final Map<String, CallFace> calls = new HashMap<>();
    private final Map<String, List<String>> legsOf = new HashMap<>();
    private final Map<String, Map<Key, String>> doing = new HashMap<>();
    private final Map<String, Long> since = new HashMap<>();
    private final List<Stay> stays = new ArrayList<>();
    private final List<Happened> happened = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Integer> agents = new HashMap<>();
    private boolean sure;
    private String server = "";
    private long nowNs;
    private CallEvent event;

    NaiveBook(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    /** Before the event is told to the table. */
    void before(CallEvent event) {
        this.event = event;
        if (parts.isEmpty()) {
            parts.add(new Part(event.arrivedNs(), Cut.START, false, ""));
        }
        for (long at = nowNs - nowNs % intervalNs + intervalNs;
                nowNs > 0 && at <= event.arrivedNs();
                at += intervalNs) {
            parts.add(new Part(at, Cut.INTERVAL, sure, server));
        }
        nowNs = event.arrivedNs();
        switch (event.kind()) {
            case GAP -> {
                if (sure) {
                    sure = false;
                    cut(Cut.GAP);
                }
            }
            case SWITCHED -> {
                server = event.text(CallText.PARTY);
                cut(Cut.SWITCH);
            }
            default -> {}
        }
    }

    private void cut(Cut why) {
        parts.add(new Part(nowNs, why, sure, server));
    }

    /** After it was. */
    void after(CallTable table) {
        final TreeSet<String> changed = new TreeSet<>();
        if (event.kind() == CallEventKind.CALLS_LISTED) {
            changed.addAll(calls.keySet());
        }
        changed.add(event.text(CallText.CALL));
        changed.add(event.text(CallText.FORMER_CALL));
        for (final CallText id : List.of(CallText.LEG, CallText.FORMER_LEG)) {
            final Face leg = legs.get(event.text(id));
            changed.add(leg == null ? "" : leg.call);
        }
        final Map<String, Face> legsNow = new TreeMap<>();
        final Map<String, Face> legsWere = new TreeMap<>();
        final Map<String, CallFace> callsNow = new TreeMap<>();
        final Map<String, CallFace> callsWere = new TreeMap<>();
        for (final String id : changed) {
            if (calls.containsKey(id)) {
                callsWere.put(id, calls.remove(id));
                legsOf.remove(id).forEach(leg -> legsWere.put(leg, legs.remove(leg)));
            }
        }
        for (final String id : changed) {
            final CallView view = id.isEmpty() ? null : table.call(id);
            if (view != null) {
                callsNow.put(id, new CallFace(view.state(), view.queue(), view.answeredNs() != 0));
                final List<String> of = new ArrayList<>();
                for (final LegSummary leg : view.legList()) {
                    of.add(leg.id());
                    legsNow.put(leg.id(), new Face(id, leg.state(), view.queue(), leg.agent(), leg.trunk()));
                }
                legsOf.put(id, of);
            }
        }
        renamed(callsWere, callsNow, legsWere, legsNow);
        post(callsWere, callsNow, legsWere, legsNow);
        calls.putAll(callsNow);
        legs.putAll(legsNow);
        staff(table);
        if (event.kind() == CallEventKind.CALLS_LISTED && !sure && table.complete() && table.placed()) {
            sure = true;
            cut(Cut.LISTED);
        }
    }

    /** What only has another name now is the same. */
    private void renamed(
            Map<String, CallFace> callsWere,
            Map<String, CallFace> callsNow,
            Map<String, Face> legsWere,
            Map<String, Face> legsNow) {
        final String leg = event.text(CallText.LEG);
        final String formerLeg = event.text(CallText.FORMER_LEG);
        if (!formerLeg.isEmpty()
                && legsWere.containsKey(formerLeg)
                && legsNow.containsKey(leg)
                && !legsWere.containsKey(leg)) {
            legsWere.put(leg, legsWere.remove(formerLeg));
            List.of("waits ", "agent ", "uses ", "trunk ").forEach(each -> moved(each + formerLeg, each + leg));
        }
        final TreeSet<String> gone = new TreeSet<>(callsWere.keySet());
        gone.removeAll(callsNow.keySet());
        final TreeSet<String> come = new TreeSet<>(callsNow.keySet());
        come.removeAll(callsWere.keySet());
        if (gone.size() == 1 && come.size() == 1 && (sameLegs(gone.first(), legsWere, come.first(), legsNow))) {
            callsWere.put(come.first(), callsWere.remove(gone.first()));
            List.of("call ", "there ").forEach(each -> moved(each + gone.first(), each + come.first()));
        }
    }

    private static boolean sameLegs(String call, Map<String, Face> legsWere, String now, Map<String, Face> legsNow) {
        return legsWere.entrySet().stream()
                .filter(leg -> leg.getValue().call.equals(call))
                .allMatch(leg -> legsNow.containsKey(leg.getKey())
                        && legsNow.get(leg.getKey()).call.equals(now));
    }

    private void moved(String from, String to) {
        final Map<Key, String> keys = doing.remove(from);
        if (keys != null) {
            doing.put(to, keys);
            keys.forEach((key, span) -> since.put(to + key, since.remove(from + key)));
        }
    }

    private void post(
            Map<String, CallFace> callsWere,
            Map<String, CallFace> callsNow,
            Map<String, Face> legsWere,
            Map<String, Face> legsNow) {
        final TreeSet<String> allCalls = new TreeSet<>(callsWere.keySet());
        allCalls.addAll(callsNow.keySet());
        for (final String id : allCalls) {
            final CallFace was = callsWere.get(id);
            final CallFace is = callsNow.get(id);
            final Map<Key, String> does = new HashMap<>();
            if (is != null && (is.state == CallState.CONNECTED || is.state == CallState.HELD)) {
                final String span = is.state == CallState.HELD ? "hold" : "talk";
                does.put(WHOLE, span);
                if (!is.queue.isEmpty()) {
                    does.put(new Key(AccountKind.QUEUE, is.queue), span);
                }
            }
            does("call " + id, does);
            does("there " + id, is == null ? Map.of() : Map.of(WHOLE, "present"));
            if (was == null) {
                happens(WHOLE, came());
            } else if (is == null) {
                final String named = event.text(CallText.CALL);
                final boolean joined = !named.isEmpty() && !named.equals(id) && callsWere.containsKey(named);
                happens(WHOLE, joined ? "left" : went(was.answered));
            }
        }
        final TreeSet<String> allLegs = new TreeSet<>(legsWere.keySet());
        allLegs.addAll(legsNow.keySet());
        for (final String id : allLegs) {
            final Face was = legsWere.get(id);
            final Face is = legsNow.get(id);
            queue(id, was, is);
            agent(id, was, is);
            // One that turns up under another call when it ends, ends there.
            trunk(
                    id,
                    was,
                    is,
                    was != null && (answered(callsWere, was.call) || answered(callsWere, event.text(CallText.CALL))),
                    is != null && callsNow.get(is.call).state == CallState.HELD);
        }
    }

    private static boolean answered(Map<String, CallFace> calls, String id) {
        return calls.containsKey(id) && calls.get(id).answered;
    }

    private void queue(String id, Face was, Face is) {
        final Key before = was != null && was.state == CallState.QUEUED ? new Key(AccountKind.QUEUE, was.queue) : null;
        final Key after = is != null && is.state == CallState.QUEUED ? new Key(AccountKind.QUEUE, is.queue) : null;
        does("waits " + id, after == null ? Map.of() : Map.of(after, "wait", WHOLE, "wait"));
        if (before != null && !before.equals(after)) {
            happens(before, unanswered(is, is != null && talks(is.state)));
        }
        if (after != null && !after.equals(before)) {
            happens(after, came());
        }
        if (event.kind() == CallEventKind.CONNECTED
                && !event.text(CallText.QUEUE).isEmpty()
                && event.text(CallText.AGENT).isEmpty()
                && was != null
                && was.state == CallState.OFFERED
                && is != null
                && is.state == CallState.CONNECTED
                && is.agent.isEmpty()
                && !is.queue.isEmpty()
                && is.queue.equals(was.queue)) {
            happens(new Key(AccountKind.QUEUE, is.queue), "answered");
            happened.add(new Happened(parts.size() - 1, new Key(AccountKind.QUEUE, is.queue), "left", -1));
        }
    }

    private void agent(String id, Face was, Face is) {
        final String before = was == null || was.agent.isEmpty() ? null : agentSpan(was.state);
        final String after = is == null || is.agent.isEmpty() ? null : agentSpan(is.state);
        final boolean same = before != null && after != null && was.agent.equals(is.agent);
        final Map<Key, String> does = new HashMap<>();
        if (after != null) {
            does.put(new Key(AccountKind.AGENT, is.agent), after);
            if (after.equals("ring")) {
                does.put(WHOLE, "ring");
            }
        }
        does("agent " + id, does);
        if (same && before.equals(after)) {
            return;
        }
        if ("ring".equals(before)) {
            happens(new Key(AccountKind.AGENT, was.agent), unanswered(is, same));
        }
        if ("ring".equals(after)) {
            happens(new Key(AccountKind.AGENT, is.agent), came());
        } else if (after != null && !same) {
            happens(new Key(AccountKind.AGENT, is.agent), came());
            happens(new Key(AccountKind.AGENT, is.agent), "answered");
        }
    }

    private void trunk(String id, Face was, Face is, boolean answered, boolean callOnHold) {
        final Key before = group(was);
        final Key after = group(is);
        does("uses " + id, after == null ? Map.of() : Map.of(after, "present"));
        String span = "";
        if (is != null && is.state == CallState.QUEUED) {
            span = "wait";
        } else if (is != null && talks(is.state)) {
            span = callOnHold ? "hold" : "talk";
        }
        does("trunk " + id, after == null || span.isEmpty() ? Map.of() : Map.of(after, span));
        if (before != null && !before.equals(after)) {
            happens(before, is != null ? "left" : went(answered));
        }
        if (after != null && !after.equals(before)) {
            happens(after, came());
        }
    }

    private static Key group(Face leg) {
        if (leg == null || leg.trunk.isEmpty() || !leg.agent.isEmpty()) {
            return null;
        }
        final int slash = leg.trunk.indexOf('/', leg.trunk.indexOf('/') + 1);
        return new Key(AccountKind.TRUNK, leg.trunk.substring(0, slash < 0 ? leg.trunk.lastIndexOf('-') : slash));
    }

    private static boolean talks(CallState state) {
        return state == CallState.CONNECTED || state == CallState.HELD;
    }

    private static String agentSpan(CallState state) {
        return switch (state) {
            case RINGING -> "ring";
            case CONNECTED -> "talk";
            case HELD -> "hold";
            default -> null;
        };
    }

    private String came() {
        return event.listed() || event.kind() == CallEventKind.CALLS_LISTED ? "found" : "offered";
    }

    private String unanswered(Face is, boolean answered) {
        if (answered) {
            return "answered";
        }
        if (is != null) {
            return is.state == CallState.ABANDONED ? "abandoned" : "left";
        }
        return switch (event.kind()) {
            case CLEARED -> "abandoned";
            case CALLS_LISTED -> "lost";
            default -> "left";
        };
    }

    private String went(boolean answered) {
        return switch (event.kind()) {
            case CLEARED -> answered ? "answered" : "abandoned";
            case CALLS_LISTED -> "lost";
            default -> "left";
        };
    }

    private void staff(CallTable table) {
        if (event.kind() != CallEventKind.AGENTS_LISTED
                && event.kind() != CallEventKind.GAP
                && event.kind() != CallEventKind.LIST_BEGAN
                && !event.kind().name().startsWith("AGENT_")) {
            return;
        }
        final Map<String, Integer> now = new HashMap<>();
        table.agents(
                view -> now.merge(view.agent(), view.state() == AgentState.AFTER_CALL_WORK ? 2 : 1, (a, b) -> a | b));
        final TreeSet<String> all = new TreeSet<>(agents.keySet());
        all.addAll(now.keySet());
        for (final String id : all) {
            final Key key = new Key(AccountKind.AGENT, id);
            final int does = now.getOrDefault(id, 0);
            does("logged on " + id, does == 0 ? Map.of() : Map.of(key, "present"));
            does("works " + id, (does & 2) == 0 ? Map.of() : Map.of(key, "work", WHOLE, "work"));
        }
        agents.clear();
        agents.putAll(now);
    }

    private void happens(Key key, String what) {
        happened.add(new Happened(parts.size() - 1, key, what, 1));
    }

    /** Who it is does this from now on, and nothing else. */
    private void does(String who, Map<Key, String> now) {
        final Map<Key, String> was = doing.getOrDefault(who, Map.of());
        if (was.equals(now)) {
            return;
        }
        was.forEach((key, span) -> {
            if (!span.equals(now.get(key))) {
                stays.add(new Stay(key, span, since.remove(who + key), nowNs));
            }
        });
        now.forEach((key, span) -> {
            if (!span.equals(was.get(key))) {
                since.put(who + key, nowNs);
            }
        });
        if (now.isEmpty()) {
            doing.remove(who);
        } else {
            doing.put(who, now);
        }
    }

    /** Everything that is over: one text for each part and line. */
    List<String> lines() {
        final List<Stay> all = new ArrayList<>(stays);
        doing.forEach((who, keys) ->
                keys.forEach((key, span) -> all.add(new Stay(key, span, since.get(who + key), Long.MAX_VALUE))));
        final List<Map<Key, Map<String, Long>>> sums = new ArrayList<>();
        parts.forEach(
                part -> sums.add(new TreeMap<>(Comparator.comparing(Key::kind).thenComparing(Key::name))));
        for (final Stay stay : all) {
            for (int i = firstAt(stay.fromNs); i < parts.size() - 1 && parts.get(i).fromNs < stay.toNs; i++) {
                final long ns =
                        Math.min(stay.toNs, parts.get(i + 1).fromNs) - Math.max(stay.fromNs, parts.get(i).fromNs);
                if (ns > 0) {
                    add(sums.get(i), stay.key, stay.span, ns);
                }
            }
        }
        happened.forEach(each -> add(sums.get(each.part), each.key, each.what, each.count));
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < parts.size() - 1; i++) {
            final Part part = parts.get(i);
            final String head = part.fromNs + "-" + parts.get(i + 1).fromNs + " " + part.began + " " + part.sure + " "
                    + part.server;
            sums.get(i).values().forEach(sum -> sum.values().removeIf(value -> value == 0));
            sums.get(i).values().removeIf(Map::isEmpty);
            sums.get(i).computeIfAbsent(WHOLE, whole -> new TreeMap<>());
            sums.get(i).forEach((key, sum) -> lines.add(head + " " + key.kind + " " + key.name + " " + sum));
        }
        return lines;
    }

    private int firstAt(long ns) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            final int middle = (low + high + 1) / 2;
            if (parts.get(middle).fromNs <= ns) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static void add(Map<Key, Map<String, Long>> sums, Key key, String what, long value) {
        sums.computeIfAbsent(key, none -> new TreeMap<>()).merge(what, value, Long::sum);
    }

    /** The same text of what {@link IntervalBook} says. */
    static List<String> lines(List<IntervalPart> parts) {
        final List<String> lines = new ArrayList<>();
        for (final IntervalPart part : parts) {
            final String head =
                    part.fromNs() + "-" + part.toNs() + " " + part.began() + " " + part.sure() + " " + part.server();
            for (final IntervalLine line : part.lines()) {
                final Map<String, Long> sum = new TreeMap<>();
                sum.put("offered", line.offered());
                sum.put("found", line.found());
                sum.put("answered", line.answered());
                sum.put("abandoned", line.abandoned());
                sum.put("left", line.left());
                sum.put("lost", line.lost());
                sum.put("wait", line.waitNs());
                sum.put("ring", line.ringNs());
                sum.put("talk", line.talkNs());
                sum.put("hold", line.holdNs());
                sum.put("work", line.workNs());
                sum.put("present", line.presentNs());
                sum.values().removeIf(value -> value == 0);
                lines.add(head + " " + line.kind() + " " + line.name() + " " + sum);
            }
        }
        return lines;
    }
}
