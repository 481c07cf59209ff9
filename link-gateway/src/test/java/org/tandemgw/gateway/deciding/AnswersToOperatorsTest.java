package org.tandemgw.gateway.deciding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.SwitchReport;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Trigger;
import org.tandemgw.gateway.time.SystemClock;

/** An operator has asked for a switchover and waits for what becomes of it. */
class AnswersToOperatorsTest {
    private static final Instant AT = Instant.parse("2026-11-21T02:12:45Z");

    private final AtomicReference<SwitchDesk> desk = new AtomicReference<>();
    private long request;

    @Test
    void shouldSayWhyItFailedAndNotThatItHasBegun() {
        ask();
        assertFalse(desk.get().request(request).done());
        assertEquals(
                "decision 3 has begun: east is to be active",
                desk.get().request(request).message());

        final String why = "nothing was moved: trunks sent nothing: epoch 2 was taken by an order by hand meanwhile";
        desk.get().decided(decision(Outcome.FAILED, List.of(why)));

        assertTrue(desk.get().request(request).done());
        assertEquals(why, desk.get().request(request).message());
    }

    @Test
    void shouldSayWhoIsActiveOnceItIsOver() {
        ask();
        desk.get().decided(decision(Outcome.SWITCHED, List.of()));

        assertEquals("east is active", desk.get().request(request).message());
    }

    /** An adopt may begin a switchover: whoever adopted is told once that is over. */
    @Test
    void shouldTellWhoAdoptedHowItEnded() {
        ask();
        final CompletableFuture<SwitchReport> told =
                desk.get().adopted("trunks", new Operator("jd", "because")).toCompletableFuture();
        assertFalse(told.isDone());

        desk.get().decided(decision(Outcome.FAILED, List.of("promote failed")));

        assertEquals("promote failed", told.join().message());
        assertEquals(Outcome.FAILED, told.join().decision().outcome());
    }

    @Test
    void shouldTellWhoAdoptedThatNobodyDecidesAnyMore() {
        final AtomicReference<String> fault = new AtomicReference<>();
        desk.set(new SwitchDesk(
                () -> "hash", event -> {}, () -> null, fault::get, () -> {}, List::of, new SystemClock()));
        final CompletableFuture<SwitchReport> told =
                desk.get().adopted("trunks", new Operator("jd", "because")).toCompletableFuture();
        assertFalse(told.isDone());

        fault.set("a fault of ours");
        desk.get().ended("a fault of ours");

        assertFalse(told.join().ok());
        final CompletableFuture<SwitchReport> late =
                desk.get().adopted("trunks", new Operator("jd", "because")).toCompletableFuture();
        assertFalse(late.join().ok());
    }

    private void ask() {
        final Decision begun = decision(null, List.of());
        desk.set(new SwitchDesk(
                () -> "hash",
                event -> desk.get()
                        .answer(new Action.Answer(
                                ((Event.Asked) event).request(),
                                true,
                                "decision 3 has begun: east is to be active",
                                null,
                                begun)),
                () -> null,
                () -> null,
                () -> {},
                List::of,
                new SystemClock()));
        desk.get().decided(begun);
        request = desk.get()
                .switchTo("east", false, false, new Operator("jd", "because"))
                .request();
    }

    private static Decision decision(Outcome outcome, List<String> because) {
        return new Decision(
                3,
                2L,
                "west",
                "east",
                Trigger.MANUAL,
                "because",
                "jd",
                false,
                outcome,
                because,
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                -1,
                AT,
                outcome == null ? null : AT);
    }
}
