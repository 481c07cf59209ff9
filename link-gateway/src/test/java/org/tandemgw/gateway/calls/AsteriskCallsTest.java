package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.AmiTraffic;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/** What an Asterisk says is turned into what happened to calls and agents. */
class AsteriskCallsTest {
    private final List<String> told = new ArrayList<>();

    private List<String> decode(String... lines) {
        told.clear();
        final byte[] frame = ("#" + String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        new AmiCallDecoder(event -> told.add(event.toString())).decode(frame, 1, frame.length - 1, 7, 1_000);
        return List.copyOf(told);
    }

    @Test
    void shouldBeginACallWithItsOwnTimes() {
        final List<CallEvent> seen = new ArrayList<>();
        final byte[] frame = ("Event: Newchannel\r\nPrivilege: call,all\r\nTimestamp: 1767600001.250000\r\n"
                        + "Channel: DAHDI/i1/030123-1\r\nChannelState: 4\r\nCallerIDNum: 030123\r\nExten: 800\r\n"
                        + "Uniqueid: pbx-1767600000.12\r\nLinkedid: pbx-1767600000.12\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        new AmiCallDecoder(event -> {
                    seen.add(event);
                    assertEquals(1_767_600_001_250_000_000L, event.acdNs());
                    assertEquals(1_767_600_000_000_000_000L, event.startedNs());
                    assertEquals(CallEventKind.BORN, event.kind());
                    assertEquals("pbx-1767600000.12", event.text(CallText.CALL));
                    assertEquals("030123", event.text(CallText.CALLING));
                    assertEquals("800", event.text(CallText.CALLED));
                    assertEquals("DAHDI/i1/030123-1", event.text(CallText.TRUNK));
                })
                .decode(frame, 0, frame.length, 1, 5);
        assertEquals(1, seen.size());
    }

    @Test
    void shouldTakeATimeThatDoesNotFitForNone() {
        final List<Long> seen = new ArrayList<>();
        final byte[] frame = ("Event: Newchannel\r\nTimestamp: 9999999999.5\r\nChannelState: 4\r\n"
                        + "Uniqueid: 9999999999.1\r\nLinkedid: 9999999999.1\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        new AmiCallDecoder(event -> {
                    seen.add(event.acdNs());
                    seen.add(event.startedNs());
                })
                .decode(frame, 0, frame.length, 1, 5);
        assertEquals(List.of(0L, 0L), seen);
    }

    @Test
    void shouldTellOfBothLegsWhenAnAgentAnswers() {
        assertEquals(
                List.of(
                        "7 CONNECTED CALL=1.1 LEG=1.1 QUEUE=sales",
                        "7 CONNECTED CALL=1.1 LEG=1.2 QUEUE=sales AGENT=PJSIP/1"),
                decode(
                        "Event: AgentConnect",
                        "Queue: sales",
                        "Uniqueid: 1.1",
                        "Linkedid: 1.1",
                        "DestUniqueid: 1.2",
                        "DestLinkedid: 1.2",
                        "Interface: PJSIP/1"));
    }

    @Test
    void shouldJoinTwoCallsAtATransfer() {
        assertEquals(
                List.of("7 TRANSFERRED CALL=1.1 FORMER_CALL=1.7"),
                decode(
                        "Event: AttendedTransfer",
                        "Result: Success",
                        "OrigTransfererLinkedid: 1.1",
                        "SecondTransfererLinkedid: 1.7",
                        "TransfereeLinkedid: 1.1"));
        assertEquals(
                List.of("7 TRANSFERRED CALL=1.1 CALLED=900"),
                decode("Event: BlindTransfer", "Result: Success", "TransfererLinkedid: 1.1", "Extension: 900"));
        assertEquals(List.of(), decode("Event: BlindTransfer", "Result: Failed", "TransfererLinkedid: 1.1"));
    }

    @Test
    void shouldKnowAfterCallWorkFromAPause() {
        final String[] pause = {"Event: QueueMemberPause", "Queue: q", "Interface: P/1", "Paused: 1", "PausedReason: "};
        assertEquals(List.of("7 AGENT_NOT_READY QUEUE=q AGENT=P/1"), decode(pause));
        pause[4] += "lunch";
        assertEquals(List.of("7 AGENT_NOT_READY QUEUE=q AGENT=P/1 CAUSE=lunch"), decode(pause));
        pause[4] = "PausedReason: WrapUp";
        assertEquals(List.of("7 AGENT_AFTER_CALL_WORK QUEUE=q AGENT=P/1"), decode(pause));
        pause[3] = "Paused: 0";
        assertEquals(List.of("7 AGENT_READY QUEUE=q AGENT=P/1"), decode(pause));
    }

    @Test
    void shouldSayNothingOfWhatSaysNothing() {
        assertEquals(List.of(), decode("Event: VarSet", "Uniqueid: 1.1", "Linkedid: 1.1"));
        assertEquals(List.of(), decode("Response: Success", "Uniqueid: 1.1", "Linkedid: 1.1"));
        assertEquals(List.of(), decode("Event: Hangup", "Uniqueid: 1.1"), "an old release does not say which call");
        assertEquals(
                List.of(), decode("Event: DialEnd", "DialStatus: ANSWER", "DestUniqueid: 1.2", "DestLinkedid: 1.1"));
        assertEquals(List.of(), decode("nonsense"));
        assertEquals(
                List.of("7 CLEARED CALL=1.1 LEG=1.1 CAUSE=16"),
                decode("Event: Hangup", "uniqueid: 1.1", "LINKEDID: 1.1", "Cause: 16", "Cause: 17"));
    }

    /** The simulated Asterisk's own lists are the truth: after each thing that happens, they and the events agree. */
    @Test
    void shouldAgreeWithTheAsteriskAboutEveryCallAndAgent() {
        final long seed = Long.getLong("tandem.seed", 20_261_121L);
        final AmiTraffic asterisk = new AmiTraffic(seed, AmiSettings.DEFAULT);
        final Folded folded = new Folded();
        final AmiCallDecoder decoder = new AmiCallDecoder(folded::take);
        int compared = 0;
        for (long sequence = 1; sequence <= 40_000; sequence++) {
            final byte[] frame = AcdDialect.ASTERISK_AMI.frame(asterisk.next());
            decoder.decode(frame, 0, frame.length, sequence, sequence);
            if (asterisk.isAllTold() && sequence % 20 == 0) {
                assertEquals(truth(asterisk), folded.now(), "seed " + seed + " sequence " + sequence);
                compared++;
            }
        }
        assertTrue(compared > 300, compared + " comparisons, seed " + seed);
        assertTrue(
                folded.kinds
                        .keySet()
                        .containsAll(List.of(
                                CallEventKind.HELD,
                                CallEventKind.RETRIEVED,
                                CallEventKind.TRANSFERRED,
                                CallEventKind.CONFERENCED,
                                CallEventKind.ABANDONED,
                                CallEventKind.FAILED,
                                CallEventKind.AGENT_AFTER_CALL_WORK,
                                CallEventKind.AGENT_LOGGED_OFF)),
                folded.kinds + " seed " + seed);
    }

    private static Map<String, String> truth(AmiTraffic asterisk) {
        final Map<String, String> all = new TreeMap<>();
        for (final String channel : asterisk.standing("CoreShowChannels")) {
            all.put(
                    header(channel, "Uniqueid"),
                    header(channel, "Linkedid") + (header(channel, "BridgeId").isEmpty() ? " apart" : " talks"));
        }
        for (final String item : asterisk.standing("QueueStatus")) {
            if (item.startsWith("QueueEntry")) {
                all.merge(header(item, "Uniqueid"), " in " + header(item, "Queue"), String::concat);
            } else if (item.startsWith("QueueMember")) {
                all.put(
                        header(item, "Location"),
                        header(item, "Paused").equals("0") ? "ready" : header(item, "PausedReason"));
            }
        }
        return all;
    }

    private static String header(String item, String name) {
        final int at = item.indexOf("\r\n" + name + ": ");
        final int value = at + name.length() + 4;
        return at < 0 ? "" : item.substring(value, item.indexOf("\r\n", value));
    }

    /** The plainest table there can be. */
    private static final class Folded {
        private final Map<String, String> legs = new HashMap<>();
        private final Map<String, String> agents = new HashMap<>();
        private final Map<CallEventKind, Integer> kinds = new HashMap<>();

        void take(CallEvent event) {
            kinds.merge(event.kind(), 1, Integer::sum);
            final String leg = event.text(CallText.LEG);
            final String call = event.text(CallText.CALL);
            final String agent = event.text(CallText.AGENT);
            switch (event.kind()) {
                case BORN, OFFERED, RINGING, FAILED, ABANDONED -> legs.put(leg, call + " apart");
                case QUEUED -> legs.put(leg, call + " apart in " + event.text(CallText.QUEUE));
                case CONNECTED, HELD, RETRIEVED -> legs.put(leg, call + " talks");
                case CLEARED -> legs.remove(leg);
                case AGENT_LOGGED_ON, AGENT_READY -> agents.put(agent, "ready");
                case AGENT_LOGGED_OFF -> agents.remove(agent);
                case AGENT_NOT_READY -> agents.put(agent, event.text(CallText.CAUSE));
                case AGENT_AFTER_CALL_WORK -> agents.put(agent, "wrapup");
                default -> {}
            }
        }

        Map<String, String> now() {
            final Map<String, String> all = new TreeMap<>(legs);
            all.putAll(agents);
            return all;
        }
    }

    @Test
    void shouldBearAnything() {
        final long seed = Long.getLong("tandem.seed", 20_261_121L);
        final Random random = new Random(seed);
        final AmiTraffic asterisk = new AmiTraffic(seed, AmiSettings.DEFAULT);
        final int[] events = new int[1];
        final AmiCallDecoder decoder = new AmiCallDecoder(event -> {
            events[0]++;
            assertTrue(event.has(CallText.CALL) || event.has(CallText.AGENT), "seed " + seed);
        });
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = AcdDialect.ASTERISK_AMI.frame(asterisk.next());
            for (int change = random.nextInt(6); change > 0; change--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            if (i % 100 == 0) {
                frame = (new String(frame, StandardCharsets.ISO_8859_1).replace("Queue: ", "Queue: " + "q".repeat(400)))
                        .getBytes(StandardCharsets.ISO_8859_1);
            }
            final int from = random.nextInt(8) == 0 ? random.nextInt(frame.length) : 0;
            decoder.decode(frame, from, random.nextInt(frame.length - from + 1), i, i);
            decoder.decode(frame, from, frame.length - from, i, i);
        }
        assertTrue(events[0] > 5_000, "seed " + seed);
    }
}
