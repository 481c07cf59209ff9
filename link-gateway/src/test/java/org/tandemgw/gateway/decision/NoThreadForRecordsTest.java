package org.tandemgw.gateway.decision;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Step;

/** The machine lets us have no more threads while something is being decided. */
class NoThreadForRecordsTest {
    @TempDir
    Path data;

    private final AtomicBoolean shortOfThreads = new AtomicBoolean(true);
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void shouldGoOnDecidingTellOfItAndCatchUp() throws IOException {
        try (Recorder recorder = new Recorder(data, Decisions.rules(), "1.0.0", this::thread)) {
            final DecisionLog log = new DecisionLog(data);
            tell(recorder, new Event.Tick(), 1_000);
            recorder.opened(Decisions.opened(1), 1_000);
            for (int i = 0; i < 300; i++) {
                tell(recorder, new Event.StepOver(1, "west", Step.PROMOTE, 1, true, null, 1), 1_100 + i);
            }
            recorder.closed(Decisions.switched(1), 1_500);

            assertTrue(recorder.trouble().contains("written, but not synced"), recorder.trouble());
            assertTrue(recorder.threadsRefused() >= 300, () -> "refused " + recorder.threadsRefused());
            assertEquals(Decisions.switched(1), DecisionLog.read(log.file(1)).decision(), "the page cache has it");

            shortOfThreads.set(false);
            tell(recorder, new Event.Tick(), 1_600 + Recorder.RETRY_MS);
            await().until(() -> recorder.trouble() == null);
            assertEquals(1, made.get());
        }
    }

    private static void tell(Recorder recorder, Event event, long nowMs) {
        recorder.event(event, nowMs, () -> "{}");
    }

    private Thread thread(Runnable work) {
        if (shortOfThreads.get()) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        made.incrementAndGet();
        return new Thread(work, "decisions");
    }
}
