package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListAfterAGapTest {
    private final CallTable table = new CallTable(TableLimits.ofCalls(10), CallWatcher.NONE);
    private final CallEvent event = new CallEvent();
    private long sequence;

    @Test
    void shouldBelieveTheListAboutALegThatLeftUnheardACallThatHasAnotherNameNow() {
        say(CallEventKind.CONNECTED, "one", "stays");
        say(CallEventKind.OFFERED, "one", "leaves");
        apply(begin(CallEventKind.GAP)); // in which it left for "two"
        apply(begin(CallEventKind.LIST_BEGAN));
        apply(begin(CallEventKind.CHANGED).text(CallText.CALL, "one-b").text(CallText.FORMER_CALL, "one"));
        say(CallEventKind.CONNECTED, "one-b", "stays");
        list(CallEventKind.OFFERED, "two", "leaves");
        list(CallEventKind.CONNECTED, "one", "stays");
        apply(begin(CallEventKind.CALLS_LISTED));
        assertNull(table.call("one"));
        assertEquals(List.of("stays"), legs("one-b"));
        assertEquals(List.of("leaves"), legs("two"));
    }

    @Test
    void shouldKnowBetterThanTheListWhereALegBelongsThatWasToldOfSinceTheGap() {
        apply(begin(CallEventKind.GAP));
        say(CallEventKind.CONNECTED, "one", "stays");
        apply(begin(CallEventKind.LIST_BEGAN));
        apply(begin(CallEventKind.CHANGED).text(CallText.CALL, "one-b").text(CallText.FORMER_CALL, "one"));
        list(CallEventKind.CONNECTED, "one", "stays");
        apply(begin(CallEventKind.CALLS_LISTED));
        assertNull(table.call("one"));
        assertEquals(List.of("stays"), legs("one-b"));
    }

    private List<String> legs(String call) {
        return table.call(call).legList().stream().map(LegSummary::id).toList();
    }

    private void say(CallEventKind kind, String call, String leg) {
        apply(begin(kind).text(CallText.CALL, call).text(CallText.LEG, leg));
    }

    private void list(CallEventKind kind, String call, String leg) {
        apply(begin(kind).text(CallText.CALL, call).text(CallText.LEG, leg).listed(true));
    }

    private CallEvent begin(CallEventKind kind) {
        return event.begin(kind, ++sequence, sequence);
    }

    private void apply(CallEvent told) {
        table.apply(told);
    }
}
