package org.tandemgw.recovery;

import java.util.Arrays;

/**
 * Looks at the rows of events that are about to be folded in. One event waits for memory several times in turn: for the index, for the leg, for the call. Here all
 * events of a batch are taken a step further at a time, and none waits for another. What was found is only likely: nothing depends on it.
 */
final class Foresight {
    private static final int MOST = CallTable.MOST_EXPECTED;

    private final LegRows legs;
    private final CallRows calls;
    private final int[] legHashes = new int[MOST];
    private final int[] callHashes = new int[MOST];
    private final CallEvent[] expected = new CallEvent[MOST];
    private final int[] likelyLegs = new int[MOST];
    private int next = MOST;

    /** What was read. Nobody asks for it, but the reads must not be left out. */
    private long read;

    Foresight(Calls calls) {
        legs = calls.legs;
        this.calls = calls.rows;
    }

    void expect(CallEvent[] events, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            legHashes[i] = legs.ids.hash(events[i], CallText.LEG);
            sum += legs.ids.index.home(legHashes[i]);
        }
        for (int i = 0; i < count; i++) {
            final int leg = events[i].has(CallText.LEG) ? legs.ids.index.likely(legHashes[i]) : 0;
            likelyLegs[i] = leg;
            sum += legs.ids.rows.touch(leg);
            if (leg == 0) {
                callHashes[i] = calls.ids.hash(events[i], CallText.CALL);
                sum += calls.ids.index.home(callHashes[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            final int leg = likelyLegs[i];
            sum += calls.ids.rows.touch(leg == 0 ? calls.ids.index.likely(callHashes[i]) : legs.call(leg));
        }
        System.arraycopy(events, 0, expected, 0, count);
        Arrays.fill(expected, count, MOST, null);
        next = 0;
        read = sum;
    }

    /** The row of this event's leg as it was when the event was expected; 0 if there was none, or it was not expected now. */
    int leg(CallEvent event) {
        return next < MOST && expected[next] == event ? likelyLegs[next++] : 0;
    }
}
