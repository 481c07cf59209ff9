package org.tandemgw.abswitch.link;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.tandemgw.abswitch.PathEnd;
import org.tandemgw.abswitch.PathEvents;

/** What one opening of a path has told so far. */
final class Told implements PathEvents {
    static final Duration LONG = Duration.ofSeconds(90);

    final AtomicInteger closings = new AtomicInteger();
    private final StringBuffer received = new StringBuffer();
    volatile boolean opened;
    volatile int sent;
    volatile PathEnd end;
    volatile String why;

    @Override
    public void opened() {
        opened = true;
    }

    @Override
    public synchronized void sent() {
        sent++;
    }

    @Override
    public void received(byte[] bytes) {
        received.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void closed(PathEnd how, String text) {
        closings.incrementAndGet();
        why = text;
        end = how;
    }

    String text() {
        return received.toString();
    }

    Told untilOpen() {
        await("open; " + why).atMost(LONG).until(() -> opened);
        return this;
    }

    /** Waits for exactly this, from the beginning. */
    void untilText(String wanted) {
        await().atMost(LONG)
                .failFast(() -> end != null && !text().equals(wanted))
                .until(() -> text().equals(wanted));
    }

    PathEnd untilEnd() {
        await().atMost(LONG).until(() -> end != null);
        return end;
    }
}
