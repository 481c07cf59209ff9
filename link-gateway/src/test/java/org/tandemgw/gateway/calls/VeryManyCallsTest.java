package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallText;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/** So many calls are in flight that events are read ahead. */
class VeryManyCallsTest {
    private static final int CALLS = 20_000;

    private final CallTable table = new CallTable(TableLimits.ofCalls(CALLS), CallWatcher.NONE);
    private final List<Long> arrived = new ArrayList<>();
    private final EventsAhead ahead = new EventsAhead(table, this::apply);
    private final CallEvent event = new CallEvent();
    private long sequence;

    @Test
    void shouldFoldInEachEventOnceInItsOrderWithItsOwnTime() {
        for (int call = 0; call < CALLS; call++) {
            say(CallEventKind.BORN, call);
        }
        for (int call = 0; call < CALLS; call += 2) {
            say(CallEventKind.CLEARED, call);
        }
        ahead.flush();
        assertEquals(CALLS / 2, table.inFlight());
        assertEquals(sequence, table.sequence());
        assertEquals(sequence, arrived.size());
        for (int i = 0; i < arrived.size(); i++) {
            assertEquals(7L * (i + 1), arrived.get(i));
        }
    }

    @Test
    void shouldHaveNothingWaitingOnceSomebodyIsAboutToLook() {
        for (int call = 0; call < CALLS - 5; call++) {
            say(CallEventKind.BORN, call);
        }
        ahead.flush();
        assertEquals(CALLS - 5, table.inFlight());
        ahead.flush();
        assertEquals(CALLS - 5, arrived.size());
    }

    private void say(CallEventKind kind, int call) {
        sequence++;
        event.begin(kind, sequence, sequence).text(CallText.CALL, "c" + call).text(CallText.LEG, "l" + call);
        ahead.add(event, 7 * sequence);
    }

    private void apply(CallEvent folded, long cameNs) {
        arrived.add(cameNs);
        table.apply(folded);
    }
}
