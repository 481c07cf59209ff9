package org.tandemgw.gateway.deciding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.SwitchReport;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.time.SystemClock;

/** An operator asks while nobody decides: because the disk hangs, or because deciding has ended. */
class UnansweredRequestTest {
    private static final Operator BY = new Operator("jd", "test");

    private final List<Event> inbox = new ArrayList<>();
    private final AtomicReference<String> fault = new AtomicReference<>();
    private final SwitchDesk desk =
            new SwitchDesk(() -> "cafe", inbox::add, () -> null, fault::get, () -> {}, List::of, new SystemClock());

    @Test
    void shouldNotLetHimWaitForAnAnswerThatNobodyWillGive() {
        final SwitchReport asked = desk.resume(BY);
        assertTrue(asked.ok() && !asked.done(), asked::toString);
        fault.set("a broken promise");
        final SwitchReport told = desk.request(asked.request());
        assertFalse(told.ok());
        assertTrue(told.done());
        assertTrue(told.message().contains("a broken promise"), told.message());
    }

    @Test
    void shouldNotGetTheAnswerToARequestOfAnotherRun() {
        final long before = desk.resume(BY).request();
        Awaitility.await().until(() -> System.currentTimeMillis() > before);
        final SwitchDesk nextRun =
                new SwitchDesk(() -> "cafe", inbox::add, () -> null, fault::get, () -> {}, List::of, new SystemClock());
        nextRun.resume(BY);
        assertTrue(nextRun.request(before).message().contains("no request"));
    }

    @Test
    void shouldLetNoMoreInThanItCanHold() {
        for (int i = 0; i < SwitchDesk.MOST_UNANSWERED; i++) {
            assertTrue(desk.resume(BY).ok());
        }
        final SwitchReport refused = desk.resume(BY);
        assertFalse(refused.ok());
        assertTrue(refused.remedy().contains("disk"), refused.remedy());
        assertEquals(SwitchDesk.MOST_UNANSWERED, inbox.size());
    }
}
