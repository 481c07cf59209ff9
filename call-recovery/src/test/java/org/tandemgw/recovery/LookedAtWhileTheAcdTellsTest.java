package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of one moment are looked at a few at a time, while they are counted and each of them changes by one leg: row C8. */
class LookedAtWhileTheAcdTellsTest {
    private static final int CALLS = 40;

    private final CallTable table = new CallTable(TableLimits.ofCalls(100), CallWatcher.NONE);
    private final IntervalBook book =
            new IntervalBook(TimeUnit.MINUTES.toNanos(15), TrunkGroups.BY_NAME, 1_000, part -> {});
    private final CallEvent event = new CallEvent();
    private final List<String> shown = new ArrayList<>();
    private long sequence;

    @BeforeEach
    void countCalls() {
        table.keepBook(book);
        for (int call = 0; call < CALLS; call++) {
            tell(begin(CallEventKind.QUEUED, call).text(CallText.QUEUE, "sales"));
        }
    }

    @Test
    void shouldShowEachCallAsItWasBeforeItsLegHadAnotherState() {
        shouldShowWhatWas(CallEventKind.CONNECTED, "");
    }

    @Test
    void shouldShowEachCallAsItWasBeforeSomebodyElseWasNamed() {
        shouldShowWhatWas(CallEventKind.CHANGED, "support");
    }

    private void shouldShowWhatWas(CallEventKind kind, String queue) {
        final List<String> expected = new ArrayList<>();
        table.calls(call -> expected.add(face(call)));
        final CallSweep sweep = table.sweep(call -> shown.add(face(call)));
        boolean more = true;
        for (int call = CALLS - 1; call >= 0; call--) { // the last first: those are shown the latest
            tell(begin(kind, call).text(CallText.QUEUE, queue).text(CallText.AGENT, "a" + call));
            more = sweep.step(1);
        }
        assertFalse(more);
        expected.sort(null);
        shown.sort(null);
        assertEquals(expected, shown);
    }

    /** A gap, a list and a switchover mean all calls at once, and are no reason to show them all at once. */
    @Test
    void shouldGoOnStepByStepThroughWhatChangesAllCalls() {
        final List<String> expected = new ArrayList<>();
        table.calls(call -> expected.add(whole(call)));
        final CallSweep sweep = table.sweep(call -> shown.add(whole(call)));
        sweep.step(1);
        for (final CallEventKind kind : List.of(CallEventKind.GAP, CallEventKind.SWITCHED, CallEventKind.LIST_BEGAN)) {
            tell(event.begin(kind, ++sequence, sequence).text(CallText.PARTY, "cms-west"));
        }
        assertEquals(1, shown.size());
        for (int call = 0; call < CALLS; call += 4) {
            tell(begin(CallEventKind.QUEUED, call).listed(true).text(CallText.QUEUE, "sales"));
        }
        tell(event.begin(CallEventKind.CALLS_LISTED, ++sequence, sequence)); // all others have ended
        assertEquals(CALLS, shown.size());
        expected.sort(null);
        shown.sort(null);
        assertEquals(expected, shown);
        assertFalse(sweep.step(CALLS));
    }

    /** What a call had in its segment is gone with the segment. */
    @Test
    void shouldNotTellOfASegmentThatIsOver() {
        final CallSweep sweep = table.sweep(CallView::segmentSinceNs);
        sweep.step(1);
        tell(event.begin(CallEventKind.SWITCHED, ++sequence, sequence).text(CallText.PARTY, "cms-west"));
        assertThrows(IllegalStateException.class, () -> sweep.step(1));
    }

    @Test
    void shouldShowNothingMoreToWhoeverHasGivenUpLooking() {
        final CallSweep sweep = table.sweep(call -> shown.add(face(call)));
        sweep.step(2);
        sweep.end();
        assertFalse(sweep.step(1));
        tell(begin(CallEventKind.CONNECTED, CALLS - 1));
        tell(begin(CallEventKind.CLEARED, CALLS - 2));
        table.sweep(call -> {}).end();
        tell(event.begin(CallEventKind.GAP, ++sequence, sequence));
        assertEquals(2, shown.size());
    }

    @Test
    void shouldGoOnShowingToTheNextOneWhenTheOneBeforeGivesUpLate() {
        final CallSweep before = table.sweep(call -> {});
        final CallSweep sweep = table.sweep(call -> shown.add(face(call)));
        before.end();
        tell(begin(CallEventKind.CONNECTED, CALLS - 1));
        assertEquals(1, shown.size());
        assertFalse(sweep.step(CALLS));
        assertEquals(CALLS, shown.size());
    }

    private static String whole(CallView call) {
        return face(call) + " " + call.sure() + " " + call.holed() + " " + call.segments() + " " + call.legList();
    }

    private static String face(CallView call) {
        return call.id() + " " + call.state() + " " + call.queue() + " " + call.agent() + " " + call.sequence();
    }

    private CallEvent begin(CallEventKind kind, int call) {
        sequence++;
        return event.begin(kind, sequence, sequence)
                .text(CallText.CALL, "c" + call)
                .text(CallText.LEG, "l" + call);
    }

    private void tell(CallEvent told) {
        book.advance(sequence, sequence);
        table.apply(told);
    }
}
