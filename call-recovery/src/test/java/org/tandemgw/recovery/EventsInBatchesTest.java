package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whoever reads many events at a time says beforehand which come: the table is the same as if each had come unexpected. */
class EventsInBatchesTest {
    private final Random random = new Random(Long.getLong("tandem.seed", 11));
    private final CallTable alone = new CallTable(TableLimits.ofCalls(300), CallWatcher.NONE);
    private final CallTable batched = new CallTable(TableLimits.ofCalls(300), CallWatcher.NONE);
    private final CallEvent[] waiting = new CallEvent[CallTable.MOST_EXPECTED];
    private int count;

    @Test
    void shouldMakeTheSameTableOfEventsThatWereExpected() throws IOException {
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = new CallEvent();
        }
        final ContactCentre centre = new ContactCentre(random.nextLong(), (event, about) -> told(event));
        while (alone.count(Count.EVENTS) < 10_000) {
            centre.step();
        }
        flush();
        assertArrayEquals(written(alone), written(batched));
    }

    private void told(CallEvent event) {
        alone.apply(event);
        waiting[count++].copyOf(event);
        if (count == waiting.length || random.nextInt(20) == 0) {
            flush();
        }
    }

    /** Sometimes it comes to nothing of what was expected, or only to some of it, or to the same in another order. */
    private void flush() {
        switch (random.nextInt(4)) {
            case 0 -> batched.expect(waiting, count);
            case 1 -> batched.expect(waiting, random.nextInt(count + 1));
            case 2 -> {
                final CallEvent[] last = {new CallEvent().copyOf(waiting[Math.max(0, count - 1)])};
                batched.expect(last, 1);
                batched.expect(new CallEvent[] {last[0].begin(CallEventKind.CHANGED, 0, 0)}, 1);
            }
            default -> {}
        }
        for (int i = 0; i < count; i++) {
            batched.apply(waiting[i]);
        }
        count = 0;
    }

    private static byte[] written(CallTable table) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableSnapshot.write(table, out::write);
        return out.toByteArray();
    }
}
