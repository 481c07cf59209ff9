package org.tandemgw.gateway.journal;

import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/** A place in the queue: moves to a slot of a cycle and reads the record there. Belongs to one thread at a time. */
final class QueueCursor implements AutoCloseable {
    /** What {@link #read} says when there is no record at all. */
    static final String NOTHING = "not there";

    private final SingleChronicleQueue queue;
    private ExcerptTailer tailer;
    private final RollCycle rollCycle;
    private final RecordCodec codec = new RecordCodec();

    QueueCursor(SingleChronicleQueue queue) {
        this.queue = queue;
        this.rollCycle = queue.rollCycle();
    }

    /** Is nowhere until it is moved: a file that was deleted keeps its space as long as somebody stands in it. */
    void letGo() {
        if (tailer != null) {
            tailer.close();
            tailer = null;
        }
    }

    /** A new one stands in the oldest file at once, so that there must be none before it is needed. */
    private ExcerptTailer tailer() {
        if (tailer == null) {
            tailer = queue.createTailer();
            tailer.singleThreadedCheckDisabled(true);
        }
        return tailer;
    }

    /** Every so many slots there is one that is found without a look at the slots before it. */
    int indexSpacing() {
        return rollCycle.defaultIndexSpacing();
    }

    /** Makes the record in that slot the next. False if there is none. */
    boolean moveTo(int cycle, long slot) {
        try {
            return tailer().moveToIndex(rollCycle.toIndex(cycle, slot));
        } catch (RuntimeException | InternalError e) {
            return false; // damage: Chronicle has many ways to say so
        }
    }

    /**
     * Reads the record here and moves on to the next.
     *
     * @return null if it is sound, else what is wrong
     */
    String read(JournalRecord into) {
        try (DocumentContext document = tailer().readingDocument()) {
            return document.isPresent() ? codec.decode(document.wire().bytes(), into) : NOTHING;
        } catch (RuntimeException | InternalError e) {
            return "queue is damaged here";
        }
    }

    int crcOf(byte[] bytes, int length) {
        return codec.crcOf(bytes, 0, length);
    }

    @Override
    public void close() {
        letGo();
    }
}
