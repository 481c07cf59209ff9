package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SteadyWorkTest {
    private final CallEvent event = new CallEvent();
    private final byte[] digits = "1700000000.000000".getBytes(StandardCharsets.US_ASCII);
    private final byte[] number = "0170000000".getBytes(StandardCharsets.US_ASCII);
    private final byte[] queue = "sales".getBytes(StandardCharsets.US_ASCII);
    private final byte[] agent = "SIP/agent".getBytes(StandardCharsets.US_ASCII);
    private final byte[] trunk = "DAHDI/i1/0170000000-1a".getBytes(StandardCharsets.US_ASCII);
    private long sequence;

    @Test
    void shouldAllocateNothingWhileCallsComeAndGo() {
        final CallTable table = new CallTable(TableLimits.ofCalls(10_000), CallWatcher.NONE);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        for (int call = 0; call < 3_000; call++) {
            whole(table, call);
        }
        final long before = threads.getThreadAllocatedBytes(thread);
        for (int call = 3_000; call < 23_000; call++) {
            whole(table, call);
        }
        final long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(bytes < 1_000, bytes + " bytes for 160,000 events");
    }

    @Test
    void shouldHoldACallInFiveHundredAndTwelveBytes() {
        final CallTable table = new CallTable(TableLimits.ofCalls(100_000), CallWatcher.NONE);
        final long empty = table.bytes();
        for (int call = 0; call < 100_000; call++) {
            inFlight(table, call);
        }
        final long each = (table.bytes() - empty) / 100_000;
        assertTrue(each <= 512, each + " bytes a call");
    }

    /** Eight events: a caller waits, an agent answers, both hang up; up to a thousand calls at a time. */
    private void whole(CallTable table, int call) {
        inFlight(table, call);
        if (call >= 1_000) {
            say(table, CallEventKind.CLEARED, call - 1_000, 2 * (call - 1_000) + 1);
            say(table, CallEventKind.CLEARED, call - 1_000, 2 * (call - 1_000));
        }
    }

    private void inFlight(CallTable table, int call) {
        final int caller = 2 * call;
        digits(number, call);
        digits(trunk, call, 18);
        begin(CallEventKind.BORN, call, caller)
                .text(CallText.CALLING, number, 0, 10)
                .text(CallText.CALLED, queue, 0, 5)
                .text(CallText.PARTY, number, 0, 10)
                .text(CallText.TRUNK, trunk, 0, 22);
        table.apply(event);
        table.apply(begin(CallEventKind.QUEUED, call, caller).text(CallText.QUEUE, queue, 0, 5));
        table.apply(begin(CallEventKind.OFFERED, call, caller + 1).text(CallText.AGENT, agent, 0, 9));
        table.apply(begin(CallEventKind.RINGING, call, caller + 1).text(CallText.PARTY, agent, 0, 9));
        say(table, CallEventKind.CONNECTED, call, caller);
        say(table, CallEventKind.CONNECTED, call, caller + 1);
    }

    private void say(CallTable table, CallEventKind kind, int call, int leg) {
        table.apply(begin(kind, call, leg));
    }

    private CallEvent begin(CallEventKind kind, int call, int leg) {
        event.begin(kind, ++sequence, sequence * 1_000_000);
        digits(digits, 2 * call);
        event.text(CallText.CALL, digits, 0, digits.length);
        digits(digits, leg);
        return event.text(CallText.LEG, digits, 0, digits.length);
    }

    private static void digits(byte[] to, int number) {
        digits(to, number, to.length - 1);
    }

    private static void digits(byte[] to, int number, int end) {
        int rest = number;
        for (int at = end; at > end - 6; at--) {
            to[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
