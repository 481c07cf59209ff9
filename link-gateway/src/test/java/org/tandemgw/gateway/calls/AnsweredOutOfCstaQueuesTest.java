package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
import org.tandemgw.gateway.emulate.CstaTraffic;
import org.tandemgw.recovery.AccountKind;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.IntervalBook;
import org.tandemgw.recovery.IntervalLine;
import org.tandemgw.recovery.IntervalPart;
import org.tandemgw.recovery.TableLimits;
import org.tandemgw.recovery.TableSnapshot;
import org.tandemgw.recovery.TrunkGroups;

/** Callers of a switching function wait in queues, are given to agents and answered, or not: what is counted of its events is what it wrote down itself. */
class AnsweredOutOfCstaQueuesTest {
    private static final long AT = 1_795_251_600_000_000_000L;
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(15);

    private final long seed = Long.getLong("tandem.seed", 20_261_122L);
    private final List<IntervalPart> parts = new ArrayList<>();
    private IntervalBook book = new IntervalBook(INTERVAL_NS, TrunkGroups.BY_NAME, 1_000, parts::add);
    private CallTable table = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
    /** Calls that came into a queue and were not answered since. */
    private final Map<String, String> unanswered = new HashMap<>();

    private final Map<String, Long> came = new TreeMap<>();
    private final Map<String, Long> answered = new TreeMap<>();
    private final Map<String, Long> left = new TreeMap<>();
    private final Map<String, Long> abandoned = new TreeMap<>();
    private long sequence;
    private long nowNs = AT;

    private final CstaCallDecoder decoder = new CstaCallDecoder(
            event -> {
                book.advance(event.arrivedNs(), event.sequence());
                table.apply(event);
            },
            CstaTraffic.devices());

    @Test
    void shouldCountWhatTheSwitchingFunctionWroteDownItself() throws Exception {
        table.keepBook(book);
        final CstaTraffic acd = new CstaTraffic(seed);
        while (sequence < 40_000) {
            final byte[] frame = AcdDialect.CSTA_XML.frame(acd.next());
            nowNs += TICK_NS;
            decoder.decode(frame, 0, frame.length, ++sequence, nowNs);
            acd.told().forEach(this::said);
            if (sequence % 997 == 0) {
                restart();
            }
        }
        parts.add(book.present(nowNs));
        final String where = "seed " + seed;
        final Map<String, Long> waiting = new TreeMap<>();
        unanswered.forEach((call, queue) -> {
            final CallView view = table.call(call);
            (view == null ? abandoned : view.state() == CallState.QUEUED ? waiting : left).merge(queue, 1L, Long::sum);
        });
        assertTrue(parts.size() > 5, parts.size() + " parts, " + where);
        assertEquals(came, sums(AccountKind.QUEUE, IntervalLine::offered), where);
        assertEquals(answered, sums(AccountKind.QUEUE, IntervalLine::answered), where);
        assertEquals(abandoned, sums(AccountKind.QUEUE, IntervalLine::abandoned), where);
        assertEquals(left, sums(AccountKind.QUEUE, IntervalLine::left), where);
        assertTrue(total(left) > 20, total(left) + " were not answered by whom they were given to, " + where);
        assertTrue(total(abandoned) > 20, total(abandoned) + " gave up, " + where);
        parts.forEach(part -> assertTrue(part.lines().stream().allMatch(IntervalLine::balanced), where));
    }

    private void said(AmiFact fact) {
        if (fact.does() == Does.WAITS) {
            came.merge(fact.queue(), 1L, Long::sum);
            final String before = unanswered.put(fact.call(), fact.queue());
            if (before != null) {
                left.merge(before, 1L, Long::sum);
            }
        } else if (fact.does() == Does.TALKS && unanswered.containsKey(fact.call())) {
            answered.merge(unanswered.remove(fact.call()), 1L, Long::sum);
        }
    }

    @Test
    void shouldCountHimAsAnsweredWhoTalksBeforeTheQueueHasSaidThatItGaveHimAway() {
        table.keepBook(book);
        tell("Queued", "8001", "8001", "queued", "enteringDistribution");
        tell("Delivered", "2001", "2001", "alerting", "distributed");
        tell("Established", "2001", "2001", "connected", "newCall");
        tell("Diverted", "8001", "8001", "null", "distributed");
        assertEquals(List.of(1L, 1L, 0L, 0L), queue("8001"));
    }

    @Test
    void shouldCountWhoIsAnsweredOnceAndWhoOverflowsAsLeft() {
        table.keepBook(book);
        tell("Queued", "8001", "8001", "queued", "enteringDistribution");
        tell("Diverted", "8001", "8001", "null", "distributed");
        tell("Delivered", "2001", "2001", "alerting", "distributed");
        tell("Established", "2001", "2001", "connected", "newCall");
        tell("Delivered", "2002", "2002", "alerting", "singleStepTransfer");
        tell("Established", "2002", "2002", "connected", "newCall");
        assertEquals(List.of(1L, 1L, 0L, 0L), queue("8001"));
        tell("Queued", "8002", "8002", "queued", "enteringDistribution");
        tell("Diverted", "8002", "8002", "null", "overflow");
        tell("Delivered", "2003", "2003", "alerting", "overflow");
        tell("Established", "2003", "2003", "connected", "newCall");
        assertEquals(List.of(1L, 0L, 0L, 1L), queue("8002"));
    }

    private void tell(String name, String monitored, String device, String local, String cause) {
        final String document = "<" + name + "Event><monitorCrossRefID>" + monitored
                + "</monitorCrossRefID><connection><callID>C1</callID><deviceID>" + device
                + "</deviceID></connection><newDestination><deviceIdentifier>2001</deviceIdentifier></newDestination>"
                + "<localConnectionInfo>" + local + "</localConnectionInfo><cause>" + cause + "</cause></" + name
                + "Event>";
        final byte[] frame = AcdDialect.CSTA_XML.frame(document.getBytes(StandardCharsets.UTF_8));
        nowNs += TICK_NS;
        decoder.decode(frame, 0, frame.length, ++sequence, nowNs);
    }

    /** Offered, answered, abandoned, left. */
    private List<Long> queue(String name) {
        final IntervalLine line = book.present(nowNs).lines().stream()
                .filter(each -> each.kind() == AccountKind.QUEUE && each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return List.of(line.offered(), line.answered(), line.abandoned(), line.left());
    }

    private void restart() throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableSnapshot.write(table, out::write);
        book.write(out::write);
        final ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
        table = TableSnapshot.read(in::read, TableLimits.ofCalls(1_000), CallWatcher.NONE);
        book = new IntervalBook(INTERVAL_NS, TrunkGroups.BY_NAME, 1_000, parts::add).read(in::read);
        table.keepBook(book);
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
