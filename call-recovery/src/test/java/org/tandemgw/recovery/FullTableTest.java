package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullTableTest {
    private final CallEvent event = new CallEvent();
    private final List<String> gone = new ArrayList<>();
    private long sequence;

    @Test
    void shouldLetTheLongestSilentOfTheOldestGiveWay() {
        final CallTable table = table(TableLimits.ofCalls(3));
        say(table, CallEventKind.BORN, "one", "1a");
        say(table, CallEventKind.BORN, "two", "2a");
        say(table, CallEventKind.BORN, "three", "3a");
        say(table, CallEventKind.QUEUED, "one", "1a");
        say(table, CallEventKind.BORN, "four", "4a");
        assertEquals(List.of("two GAVE_WAY"), gone);
        assertEquals(3, table.inFlight());
        assertEquals(1, table.count(Count.GAVE_WAY));
        say(table, CallEventKind.QUEUED, "two", "2a"); // and is known again, from the middle
        assertTrue(table.call("two").holed());
    }

    @Test
    void shouldLetACallGiveWayThatIsNotSure() {
        final CallTable table = table(TableLimits.ofCalls(3));
        say(table, CallEventKind.BORN, "one", "1a");
        say(table, CallEventKind.BORN, "two", "2a");
        say(table, CallEventKind.BORN, "three", "3a");
        table.apply(event.begin(CallEventKind.GAP, ++sequence, sequence));
        say(table, CallEventKind.QUEUED, "one", "1a");
        say(table, CallEventKind.QUEUED, "two", "2a");
        say(table, CallEventKind.BORN, "four", "4a");
        assertEquals(List.of("three GAVE_WAY"), gone);
    }

    @Test
    void shouldKeepTheCallThatNeedsTheRoom() {
        final CallTable table = table(new TableLimits(2, 2, 1, 64));
        say(table, CallEventKind.BORN, "one", "1a");
        say(table, CallEventKind.BORN, "two", "2a");
        say(table, CallEventKind.RINGING, "one", "1b");
        assertEquals(List.of("two GAVE_WAY"), gone);
        assertEquals(2, table.call("one").legs());
        say(table, CallEventKind.RINGING, "one", "1c");
        assertEquals(2, table.call("one").legs());
        assertEquals(1, table.count(Count.LEGS_NOT_KEPT));
        say(table, CallEventKind.CONNECTED, "split", "1b"); // a leg that leaves takes nobody's room
        assertEquals(2, table.inFlight());
    }

    @Test
    void shouldCountWhatItDoesNotKeep() {
        final CallTable table = table(new TableLimits(2, 400, 1, 64));
        say(table, CallEventKind.BORN, "one", "1a");
        for (int i = 0; i < 300; i++) {
            say(table, CallEventKind.CHANGED, "one", "1a");
            event.begin(CallEventKind.AGENT_READY, ++sequence, sequence).text(CallText.AGENT, "agent" + i);
            table.apply(event);
            event.begin(CallEventKind.CHANGED, ++sequence, sequence).text(CallText.CALL, "one");
            table.apply(event.text(CallText.CALLING, "x".repeat(40 + i % 200)));
            event.begin(CallEventKind.QUEUED, ++sequence, sequence).text(CallText.CALL, "two");
            table.apply(event.text(CallText.LEG, "id" + "0123456789".repeat(24) + i)
                    .text(CallText.PARTY, "x".repeat(200) + i));
        }
        assertEquals(299, table.count(Count.AGENTS_NOT_KEPT));
        assertTrue(table.count(Count.TEXTS_NOT_KEPT) > 0);
        assertTrue(table.count(Count.LEGS_NOT_KEPT) > 0);
        assertTrue(table.count(Count.LIVES_CUT) > 0);
        assertNotNull(table.call("one"));
        say(table, CallEventKind.CLEARED, "one", "");
        say(table, CallEventKind.CLEARED, "two", "");
        assertEquals(0, table.inFlight());
        for (int i = 0; i < 1000; i++) { // nothing was lost of the room
            say(table, CallEventKind.BORN, "again" + i, "leg" + i);
            say(table, CallEventKind.CLEARED, "again" + i, "leg" + i);
        }
        assertEquals(0, table.inFlight());
    }

    @Test
    void shouldKeepTheFirstFramesOfALifeWithoutEnd() {
        final CallTable table = table(TableLimits.ofCalls(10));
        for (int i = 0; i < 5_000; i++) {
            say(table, i % 2 == 0 ? CallEventKind.HELD : CallEventKind.RETRIEVED, "one", "1a");
        }
        final CallView view = table.call("one");
        assertEquals(Lives.MAX_FRAMES, view.sequences().length);
        assertEquals(1, view.sequences()[0]);
        assertTrue(!view.sequencesComplete());
        assertEquals(5_000, view.sequence());
        assertEquals(1, table.count(Count.LIVES_CUT));
    }

    @Test
    void shouldHoldACallWithTooManyLegs() {
        final CallTable table = table(TableLimits.ofCalls(1_000));
        for (int i = 0; i < 300; i++) {
            say(table, CallEventKind.CONNECTED, "party line", "leg" + i);
        }
        assertEquals(255, table.call("party line").legs());
        assertEquals(45, table.count(Count.LEGS_NOT_KEPT));
        say(table, CallEventKind.CONNECTED, "other", "x");
        event.begin(CallEventKind.CONFERENCED, ++sequence, sequence).text(CallText.CALL, "party line");
        table.apply(event.text(CallText.FORMER_CALL, "other"));
        assertNull(table.call("other"));
        for (int i = 0; i < 255; i++) {
            say(table, CallEventKind.CLEARED, "party line", "leg" + i);
        }
        assertEquals(0, table.inFlight());
    }

    private CallTable table(TableLimits limits) {
        return new CallTable(limits, (call, how, atNs) -> gone.add(call.id() + " " + how));
    }

    private void say(CallTable table, CallEventKind kind, String call, String leg) {
        event.begin(kind, ++sequence, sequence * 1_000).text(CallText.CALL, call);
        table.apply(event.text(CallText.LEG, leg));
    }
}
