package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AmiFact;
import org.tandemgw.gateway.emulate.AmiFact.Does;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.AmiTraffic;
import org.tandemgw.recovery.AccountKind;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.IntervalBook;
import org.tandemgw.recovery.IntervalLine;
import org.tandemgw.recovery.IntervalPart;
import org.tandemgw.recovery.SegmentEnd;
import org.tandemgw.recovery.TableLimits;
import org.tandemgw.recovery.TrunkGroups;

/** Callers of an Asterisk wait in queues and are answered: what is counted of its messages is what it wrote down itself. */
class AnsweredOutOfQueuesTest {
    private static final long AT = 1_795_251_600_000_000_000L;
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final long seed = Long.getLong("tandem.seed", 20_261_122L);
    private final List<IntervalPart> parts = new ArrayList<>();
    private final IntervalBook book =
            new IntervalBook(TimeUnit.MINUTES.toNanos(15), TrunkGroups.BY_NAME, 1_000, parts::add);
    private final CallTable table = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
    private final Map<String, String> waits = new HashMap<>();
    private final Map<String, Long> came = new TreeMap<>();
    private final Map<String, Long> answered = new TreeMap<>();
    private int cleared;
    private int clearedWithoutAgent;
    private int queuedAgain;

    @Test
    void shouldCountWhatTheAsteriskWroteDownItself() {
        table.keepBook(book);
        table.tellSegments(this::segment);
        final AmiTraffic asterisk = new AmiTraffic(seed, AmiSettings.DEFAULT);
        final AmiCallDecoder decoder = new AmiCallDecoder(event -> {
            book.advance(event.arrivedNs(), event.sequence());
            table.apply(event);
        });
        long nowNs = AT;
        for (long sequence = 1; sequence <= 40_000; sequence++) {
            final byte[] frame = AcdDialect.ASTERISK_AMI.frame(asterisk.next());
            nowNs += TICK_NS;
            decoder.decode(frame, 0, frame.length, sequence, nowNs);
            asterisk.told().forEach(this::said);
        }
        parts.add(book.present(nowNs));
        final String where = "seed " + seed;
        assertTrue(parts.size() > 5, parts.size() + " parts, " + where);
        assertEquals(came, sums(AccountKind.QUEUE, IntervalLine::offered), where);
        assertEquals(answered, sums(AccountKind.QUEUE, IntervalLine::answered), where);
        assertTrue(queuedAgain > 20, queuedAgain + " waited again, " + where);
        assertEquals(total(answered), total(sums(AccountKind.AGENT, IntervalLine::answered)), "by agents, " + where);
        sums(AccountKind.TRUNK, IntervalLine::left)
                .forEach((group, left) -> assertEquals(0, group.contains("trunk") ? left : 0, group + ", " + where));
        assertTrue(cleared > 100, cleared + " cleared, " + where);
        assertEquals(0, clearedWithoutAgent, "records of answered calls without an agent, " + where);
        parts.forEach(part -> assertTrue(part.lines().stream().allMatch(IntervalLine::balanced), where));
    }

    private void said(AmiFact fact) {
        if (fact.does() == Does.WAITS) {
            waits.put(fact.id(), fact.queue());
            came.merge(fact.queue(), 1L, Long::sum);
            final CallView call = table.call(fact.call());
            assertEquals(CallState.QUEUED, call.state(), () -> fact + ", seed " + seed);
            assertEquals("", call.agent(), () -> fact + ", seed " + seed);
            queuedAgain += call.segments() > 1 ? 1 : 0;
        } else if (fact.does() == Does.TALKS && waits.containsKey(fact.id())) {
            answered.merge(waits.remove(fact.id()), 1L, Long::sum);
            assertTrue(!table.call(fact.call()).agent().isEmpty(), () -> fact + ", seed " + seed);
        }
    }

    private void segment(CallView call, SegmentEnd how, long atNs) {
        if (how == SegmentEnd.CLEARED && call.segments() == 1 && call.answeredNs() != 0) {
            cleared++;
            assertEquals(CallState.CONNECTED, call.state(), () -> call.id() + ", seed " + seed);
            clearedWithoutAgent += call.segmentAgent().isEmpty() ? 1 : 0;
        }
    }

    private Map<String, Long> sums(AccountKind kind, ToLongFunction<IntervalLine> of) {
        final Map<String, Long> sums = new TreeMap<>();
        parts.forEach(part -> part.lines().stream()
                .filter(line -> line.kind() == kind)
                .forEach(line -> sums.merge(line.name(), of.applyAsLong(line), Long::sum)));
        return sums;
    }

    private static long total(Map<String, Long> of) {
        return of.values().stream().mapToLong(each -> each).sum();
    }
}
