package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.AmiTraffic;
import org.tandemgw.recovery.AccountKind;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.IntervalBook;
import org.tandemgw.recovery.IntervalLine;
import org.tandemgw.recovery.LegSummary;
import org.tandemgw.recovery.TableLimits;
import org.tandemgw.recovery.TrunkGroups;

/**
 * Nobody listened while calls of an Asterisk came and were answered. What its lists alone make of them is what somebody knows who has heard every message: who talks for
 * whom, and that his telephone is no trunk. The one who has heard them is held against the Asterisk's own record by {@link AnsweredOutOfQueuesTest}.
 */
class FoundOnCallsByAListTest {
    private static final long AT = 1_795_251_600_000_000_000L;

    private final long seed = Long.getLong("tandem.seed", 20_261_122L);
    private final AmiTraffic asterisk = new AmiTraffic(seed, AmiSettings.DEFAULT);
    private final CallTable steady = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
    private final AmiCallDecoder decoder = new AmiCallDecoder(steady::apply);
    private long nowNs = AT;
    private long sequence;
    private int found;

    @Test
    void shouldKnowWhoTalksAsSomebodyDoesWhoHasHeardAll() {
        for (int list = 0; list < 60; list++) {
            for (int frame = 0; frame < 300; frame++) {
                next();
            }
            while (!asterisk.isAllTold()) {
                next();
            }
            compare();
        }
        assertTrue(found > 100, found + " found, seed " + seed);
    }

    private void next() {
        final byte[] frame = AcdDialect.ASTERISK_AMI.frame(asterisk.next());
        nowNs += TimeUnit.MILLISECONDS.toNanos(200);
        decoder.decode(frame, 0, frame.length, ++sequence, nowNs);
    }

    private void compare() {
        final CallTable late = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
        final IntervalBook book =
                new IntervalBook(TimeUnit.MINUTES.toNanos(15), TrunkGroups.BY_NAME, 1_000, part -> {});
        late.keepBook(book);
        book.advance(nowNs, sequence);
        final CallEvent event = new CallEvent();
        late.apply(event.begin(CallEventKind.GAP, sequence, nowNs));
        late.apply(event.begin(CallEventKind.LIST_BEGAN, sequence, nowNs));
        final List<String> items = new ArrayList<>(asterisk.standing("CoreShowChannels"));
        items.addAll(asterisk.standing("QueueStatus"));
        final AmiCallDecoder lists = new AmiCallDecoder(late::apply);
        for (final String item : items) {
            final byte[] bytes = ("Event: " + item + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            lists.item(bytes, 0, bytes.length, sequence, nowNs);
        }
        late.apply(event.begin(CallEventKind.AGENTS_LISTED, sequence, nowNs));
        late.apply(event.begin(CallEventKind.CALLS_LISTED, sequence, nowNs));
        assertTrue(late.placed(), () -> "at " + sequence + ", seed " + seed);
        final Map<String, String> agents = new HashMap<>();
        late.calls(call -> call.legList().forEach(leg -> agents.put(leg.id(), leg.agent())));
        final List<String> telephones = new ArrayList<>();
        steady.calls(call -> call.legList().stream()
                .filter(FoundOnCallsByAListTest::talksForTheAcd)
                .forEach(leg -> {
                    found++;
                    telephones.add(leg.agent());
                    assertEquals(leg.agent(), agents.get(leg.id()), () -> leg + " at " + sequence + ", seed " + seed);
                }));
        for (final IntervalLine line : book.present(nowNs + 1).lines()) {
            assertTrue(
                    line.kind() != AccountKind.TRUNK || line.atEnd() == 0 || !telephones.contains(line.name()),
                    () -> line + " at " + sequence + ", seed " + seed);
        }
    }

    private static boolean talksForTheAcd(LegSummary leg) {
        return !leg.agent().isEmpty() && (leg.state() == CallState.CONNECTED || leg.state() == CallState.HELD);
    }
}
