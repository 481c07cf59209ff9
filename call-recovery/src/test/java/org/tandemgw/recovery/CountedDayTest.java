package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.recovery.Truth.Call;

/**
 * Intervals add up to what the plainest way of counting says, exactly, through switchovers, gaps, lists and restarts at any point. Row C7 of the reference systems: an
 * interval is cut at a switchover, and its parts are the whole.
 */
class CountedDayTest {
    private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(15);

    private final long seed = Long.getLong("tandem.seed", 7);
    private final List<IntervalPart> parts = new ArrayList<>();
    private final List<IntervalPart> steadyParts = new ArrayList<>();
    private final NaiveBook naive = new NaiveBook(INTERVAL_NS);
    private CallTable table = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
    private IntervalBook book = new IntervalBook(INTERVAL_NS, TrunkGroups.BY_NAME, 1_000, parts::add);
    private final CallTable steady = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
    private final IntervalBook steadyBook = new IntervalBook(INTERVAL_NS, TrunkGroups.BY_NAME, 1_000, steadyParts::add);
    private long events;

    @Test
    void shouldCountWhatHappenedThroughSwitchesGapsAndRestarts() throws Exception {
        day(seed, 40_000, 1_000);
    }

    @Test
    void shouldGoOnCountingAfterARestartAtAnyPoint() throws Exception {
        day(seed + 1, 2_000, 1);
    }

    @Test
    @Tag("slow")
    void shouldCountWhatHappenedInHalfAMillionEvents() throws Exception {
        day(Long.getLong("tandem.seed", System.nanoTime()), 500_000, 3_000);
    }

    private void day(long daySeed, long until, int restartEach) throws Exception {
        try {
            final Random restarts = new Random(daySeed);
            table.keepBook(book);
            steady.keepBook(steadyBook);
            final ContactCentre centre = new ContactCentre(daySeed, this::told);
            while (events < until) {
                centre.step();
                if (restarts.nextInt(restartEach) == 0) {
                    restart();
                }
            }
            assertEquals(steadyParts, parts);
            assertArrayEquals(bytes(steadyBook), bytes(book));
            final List<String> expected = naive.lines();
            final List<String> counted = NaiveBook.lines(parts);
            for (int i = 0; i < Math.min(expected.size(), counted.size()); i++) {
                assertEquals(expected.get(i), counted.get(i), "line " + i);
            }
            assertEquals(expected.size(), counted.size());
            assertTrue(until < 40_000 || parts.size() > 25, parts.size() + " parts");
            addsUp();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("replay with -Dtandem.seed=" + daySeed + ": " + e.getMessage(), e);
        }
    }

    private void told(CallEvent event, Call about) {
        events++;
        naive.before(event);
        for (final IntervalBook each : List.of(book, steadyBook)) {
            each.advance(event.arrivedNs(), event.sequence());
        }
        table.apply(event);
        steady.apply(event);
        naive.after(table);
    }

    private void restart() throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableSnapshot.write(table, out::write);
        book.write(out::write);
        final ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
        table = TableSnapshot.read(in::read, TableLimits.ofCalls(1_000), CallWatcher.NONE);
        book = new IntervalBook(INTERVAL_NS, TrunkGroups.BY_NAME, 1_000, parts::add).read(in::read);
        table.keepBook(book);
        assertEquals(0, in.available());
    }

    private static byte[] bytes(IntervalBook book) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        book.write(out::write);
        return out.toByteArray();
    }

    /** Parts follow each other, who was there at the end is there at the beginning, and queues and agents sum up to the whole ACD. */
    private void addsUp() {
        for (int i = 0; i < parts.size(); i++) {
            final IntervalPart part = parts.get(i);
            assertTrue(i == 0 || part.fromNs() == parts.get(i - 1).toNs());
            assertTrue(part.lines().stream().allMatch(IntervalLine::balanced), part::toString);
            final IntervalLine whole = part.lines().get(part.lines().size() - 1);
            assertEquals(AccountKind.ACD, whole.kind());
            assertEquals(whole.waitNs(), sum(part, AccountKind.QUEUE, IntervalLine::waitNs));
            assertEquals(whole.ringNs(), sum(part, AccountKind.AGENT, IntervalLine::ringNs));
            assertEquals(whole.workNs(), sum(part, AccountKind.AGENT, IntervalLine::workNs));
            assertTrue(i == 0 || whole.atBegin() == last(i - 1).atEnd());
        }
    }

    private IntervalLine last(int part) {
        return parts.get(part).lines().get(parts.get(part).lines().size() - 1);
    }

    private static long sum(IntervalPart part, AccountKind kind, java.util.function.ToLongFunction<IntervalLine> of) {
        return part.lines().stream()
                .filter(line -> line.kind() == kind)
                .mapToLong(of)
                .sum();
    }
}
