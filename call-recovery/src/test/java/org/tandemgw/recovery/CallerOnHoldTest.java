package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent puts a caller on hold: the ACD says so of the agent's leg, and the caller's trunk is the one that is on hold. */
class CallerOnHoldTest {
    private final CallTable table = new CallTable(TableLimits.ofCalls(10), CallWatcher.NONE);
    private final IntervalBook book = new IntervalBook(TimeUnit.HOURS.toNanos(1), TrunkGroups.BY_NAME, 100, part -> {});
    private final CallEvent event = new CallEvent();
    private long sequence;

    @BeforeEach
    void talk() {
        table.keepBook(book);
        at(1, CallEventKind.CONNECTED, "caller").text(CallText.TRUNK, "DAHDI/i1/0301-1");
        tell();
        at(1, CallEventKind.CONNECTED, "agent").text(CallText.AGENT, "SIP/2001");
        tell();
    }

    @Test
    void shouldCountHoldingForTheTrunkOfHimWhoWaits() {
        at(6, CallEventKind.HELD, "agent");
        tell();
        at(13, CallEventKind.RETRIEVED, "agent");
        tell();
        at(16, CallEventKind.CLEARED, "");
        tell();
        assertEquals("talk 8 hold 7 present 15", trunk());
    }

    @Test
    void shouldEndHoldingForTheTrunkWhereTheHolderGoes() {
        at(6, CallEventKind.HELD, "agent");
        tell();
        at(8, CallEventKind.CLEARED, "agent");
        tell();
        at(11, CallEventKind.CLEARED, "");
        tell();
        assertEquals("talk 8 hold 2 present 10", trunk());
    }

    @Test
    void shouldEndHoldingForTheTrunkThatLeavesTheCall() {
        at(6, CallEventKind.HELD, "agent");
        tell();
        at(8, CallEventKind.CHANGED, "caller").text(CallText.CALL, "another");
        tell();
        at(11, CallEventKind.CLEARED, "").text(CallText.CALL, "another");
        tell();
        assertEquals("talk 8 hold 2 present 10", trunk());
    }

    @Test
    void shouldCountHoldingForAllConnectionsOfACallThatIsPutOnHoldTwice() {
        at(2, CallEventKind.HELD, "agent");
        tell();
        at(4, CallEventKind.HELD, "caller");
        tell();
        at(6, CallEventKind.RETRIEVED, "agent");
        tell();
        at(9, CallEventKind.RETRIEVED, "caller");
        tell();
        at(10, CallEventKind.CLEARED, "");
        tell();
        assertEquals("talk 2 hold 7 present 9", trunk());
    }

    private String trunk() {
        return book.present(event.arrivedNs()).lines().stream()
                .filter(line -> line.kind() == AccountKind.TRUNK && line.name().equals("DAHDI/i1"))
                .map(line -> "talk " + seconds(line.talkNs()) + " hold " + seconds(line.holdNs()) + " present "
                        + seconds(line.presentNs()))
                .findFirst()
                .orElseThrow();
    }

    private static long seconds(long ns) {
        return TimeUnit.NANOSECONDS.toSeconds(ns);
    }

    private CallEvent at(long second, CallEventKind kind, String leg) {
        return event.begin(kind, ++sequence, TimeUnit.SECONDS.toNanos(second))
                .text(CallText.CALL, "call")
                .text(CallText.LEG, leg);
    }

    private void tell() {
        book.advance(event.arrivedNs(), event.sequence());
        table.apply(event);
    }
}
