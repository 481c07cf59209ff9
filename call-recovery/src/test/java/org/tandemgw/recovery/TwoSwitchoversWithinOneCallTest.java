package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A caller waits, another server takes over, he is answered, the first one takes over again, he hangs up; Tandem starts anew in between. Rows C5 (his times are those of the
 * call), C6 (segments have numbers and the call's id), C7 (the interval is cut twice and adds up), C9 (an agent in after-call work stays there).
 */
class TwoSwitchoversWithinOneCallTest {
    private static final long S = 1_000_000_000L;
    private static final long BEGIN = 1_795_251_600L * S; // on the hour
    private static final TableLimits LIMITS = TableLimits.ofCalls(100);

    private final CallEvent event = new CallEvent();
    private final List<String> segments = new ArrayList<>();
    private final List<IntervalPart> parts = new ArrayList<>();
    private CallTable table = new CallTable(LIMITS, CallWatcher.NONE);
    private IntervalBook book = new IntervalBook(1_800 * S, TrunkGroups.BY_NAME, 100, parts::add);
    private long sequence;

    @Test
    void shouldKeepTimesSegmentsAndStates() throws Exception {
        listen();
        happens(0, CallEventKind.LIST_BEGAN);
        happens(0, CallEventKind.AGENTS_LISTED);
        happens(0, CallEventKind.CALLS_LISTED);
        agent(1, CallEventKind.AGENT_LOGGED_ON, "mia");
        agent(2, CallEventKind.AGENT_AFTER_CALL_WORK, "tom");
        table.apply(leg(10, CallEventKind.BORN, "1.1").text(CallText.TRUNK, "DAHDI/i1/0170-1a"));
        table.apply(leg(20, CallEventKind.QUEUED, "1.1").text(CallText.QUEUE, "sales"));
        switched(50, "west");
        restart();
        table.apply(leg(60, CallEventKind.RINGING, "1.2").text(CallText.AGENT, "mia"));
        table.apply(leg(70, CallEventKind.CONNECTED, "1.2").text(CallText.AGENT, "mia"));
        table.apply(leg(70, CallEventKind.CONNECTED, "1.1"));
        switched(100, "east");
        restart();
        table.apply(leg(130, CallEventKind.CLEARED, "1.1"));
        table.apply(leg(131, CallEventKind.CLEARED, "1.2"));
        happens(1_800, CallEventKind.LIST_BEGAN);

        assertEquals(
                List.of(
                        "1.1 segment 1 SWITCHED 10-50 waited 30 talked 0, in all 30; queue sales, agent , trunk DAHDI/i1/0170-1a",
                        "1.1 segment 2 SWITCHED 50-100 waited 20 talked 30, in all 50; queue sales, agent mia, trunk DAHDI/i1/0170-1a",
                        "1.1 segment 3 CLEARED 100-131 waited 0 talked 31, in all 50; queue sales, agent mia, trunk DAHDI/i1/0170-1a"),
                segments);
        final List<AgentState> states = new ArrayList<>();
        table.agents(each -> states.add(each.state()));
        assertEquals(List.of(AgentState.LOGGED_ON, AgentState.AFTER_CALL_WORK), states);

        assertEquals(
                List.of("0 LISTED true", "50 SWITCH true west", "100 SWITCH true east"),
                parts.stream()
                        .map(part -> ((part.fromNs() - BEGIN) / S + " " + part.began() + " " + part.sure() + " "
                                        + part.server())
                                .strip())
                        .toList());
        assertEquals(30 * S, line(parts.size() - 3, AccountKind.QUEUE).waitNs());
        assertEquals(20 * S, line(parts.size() - 2, AccountKind.QUEUE).waitNs());
        assertEquals(1, line(parts.size() - 3, AccountKind.QUEUE).atEnd());
        assertEquals(1, line(parts.size() - 2, AccountKind.QUEUE).answered());
        assertEquals(1_798 * S, whole(IntervalLine::workNs));
        assertEquals(61 * S, whole(IntervalLine::talkNs));
        assertEquals(121 * S, whole(IntervalLine::presentNs));
        assertTrue(parts.stream().flatMap(part -> part.lines().stream()).allMatch(IntervalLine::balanced));
    }

    private long whole(java.util.function.ToLongFunction<IntervalLine> of) {
        return parts.stream()
                .flatMap(part -> part.lines().stream())
                .filter(line -> line.kind() == AccountKind.ACD)
                .mapToLong(of)
                .sum();
    }

    private IntervalLine line(int part, AccountKind kind) {
        return parts.get(part).lines().stream()
                .filter(line -> line.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private void listen() {
        table.keepBook(book);
        table.tellSegments((call, how, atNs) -> segments.add(call.id() + " segment " + call.segments() + " " + how + " "
                + (call.segmentSinceNs() - BEGIN) / S + "-" + (atNs - BEGIN) / S + " waited "
                + call.segmentWaitedNs(atNs) / S + " talked " + call.segmentTalkedNs(atNs) / S + ", in all "
                + call.waitedNs(atNs) / S + "; queue " + call.queue() + ", agent " + call.segmentAgent() + ", trunk "
                + call.segmentTrunk()));
    }

    private void restart() throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableSnapshot.write(table, out::write);
        book.write(out::write);
        final ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
        table = TableSnapshot.read(in::read, LIMITS, CallWatcher.NONE);
        book = new IntervalBook(1_800 * S, TrunkGroups.BY_NAME, 100, parts::add).read(in::read);
        listen();
    }

    private void happens(long atS, CallEventKind kind) {
        table.apply(begin(atS, kind));
    }

    private void switched(long atS, String server) {
        table.apply(begin(atS, CallEventKind.SWITCHED).text(CallText.PARTY, server));
    }

    private void agent(long atS, CallEventKind kind, String id) {
        table.apply(begin(atS, kind).text(CallText.AGENT, id));
    }

    private CallEvent leg(long atS, CallEventKind kind, String id) {
        return begin(atS, kind).text(CallText.CALL, "1.1").text(CallText.LEG, id);
    }

    private CallEvent begin(long atS, CallEventKind kind) {
        book.advance(BEGIN + atS * S, ++sequence);
        return event.begin(kind, sequence, BEGIN + atS * S);
    }
}
