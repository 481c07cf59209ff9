package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** More queues and agents than are counted each for itself: nothing is missing from the sums, and who was counted with the others leaves with the others. */
class TooManyQueuesTest {
    private final List<IntervalPart> parts = new ArrayList<>();
    private final IntervalBook book =
            new IntervalBook(TimeUnit.MINUTES.toNanos(15), TrunkGroups.BY_NAME, 12, parts::add);

    @Test
    void shouldCountTheRestTogether() {
        final CallTable table = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
        table.keepBook(book);
        final Random random = new Random(11);
        final CallEvent event = new CallEvent();
        long sequence = 0;
        long nowNs = 1_795_251_600_000_000_000L;
        for (int i = 0; i < 60_000; i++) {
            nowNs += random.nextInt(1_000_000_000);
            book.advance(nowNs, ++sequence);
            final String call = "c" + random.nextInt(100);
            final CallEventKind kind =
                    switch (random.nextInt(8)) {
                        case 0, 1 -> CallEventKind.CLEARED;
                        case 2, 3, 4 -> CallEventKind.QUEUED;
                        case 5 -> CallEventKind.RINGING;
                        case 6 -> CallEventKind.CONNECTED;
                        default -> CallEventKind.HELD;
                    };
            event.begin(kind, sequence, nowNs).text(CallText.CALL, call);
            if (kind != CallEventKind.CLEARED) {
                event.text(CallText.LEG, call + "." + random.nextInt(3))
                        .text(CallText.QUEUE, "q" + random.nextInt(15))
                        .text(CallText.AGENT, "a" + random.nextInt(40));
            }
            table.apply(event);
        }
        assertTrue(book.notOpened() > 1_000);
        assertTrue(parts.size() > 20);
        boolean others = false;
        for (final IntervalPart part : parts) {
            final IntervalLine whole = part.lines().get(part.lines().size() - 1);
            assertEquals(
                    whole.waitNs(),
                    part.lines().stream()
                            .filter(line -> line.kind() == AccountKind.QUEUE)
                            .mapToLong(IntervalLine::waitNs)
                            .sum());
            assertTrue(part.lines().stream().allMatch(IntervalLine::balanced));
            assertTrue(part.lines().stream().allMatch(line -> line.waitNs() >= 0 && line.talkNs() >= 0));
            assertTrue(part.lines().size() <= 12 + 4);
            others |= part.lines().stream().anyMatch(line -> line.name().equals("(others)"));
        }
        assertTrue(others);
    }

    @Test
    void shouldMakeOnePartOfALeapOfTheClock() {
        final CallTable table = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
        table.keepBook(book);
        final long nowNs = 1_795_251_600_000_000_000L;
        book.advance(nowNs, 1);
        table.apply(new CallEvent().begin(CallEventKind.QUEUED, 1, nowNs).text(CallText.CALL, "c"));
        final long yearsLater = nowNs + TimeUnit.DAYS.toNanos(3_000);
        book.advance(yearsLater, 2);
        book.advance(nowNs, 3);
        assertEquals(1, parts.size());
        assertEquals(yearsLater - nowNs, parts.get(0).lines().get(0).waitNs());
        assertEquals(yearsLater, book.present(nowNs).toNs());
    }
}
