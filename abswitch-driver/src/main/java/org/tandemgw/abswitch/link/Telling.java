package org.tandemgw.abswitch.link;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.tandemgw.abswitch.PathEnd;
import org.tandemgw.abswitch.PathEvents;

/**
 * What every adapter owes the owner of one opening: one end, nothing after it, and no flood. A box that sends more than
 * {@link #FLOOD_BYTES} without having been asked anything again is shut out, since whoever listens must keep what came.
 */
final class Telling {
    static final long FLOOD_BYTES = 1 << 20;

    private final PathEvents events;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong unasked = new AtomicLong();

    Telling(PathEvents events) {
        this.events = events;
    }

    void opened() {
        if (!ended.get()) {
            events.opened();
        }
    }

    void asked() {
        unasked.set(0);
    }

    void sent() {
        if (!ended.get()) {
            events.sent();
        }
    }

    /** False: it was too much, and the wire is to be closed. */
    boolean received(byte[] bytes) {
        if (unasked.addAndGet(bytes.length) > FLOOD_BYTES) {
            ended(PathEnd.FAILED, "more than " + FLOOD_BYTES + " bytes came without a question");
            return false;
        }
        if (!ended.get()) {
            events.received(bytes);
        }
        return true;
    }

    void ended(PathEnd end, String text) {
        if (ended.compareAndSet(false, true)) {
            events.closed(end, text);
        }
    }
}
