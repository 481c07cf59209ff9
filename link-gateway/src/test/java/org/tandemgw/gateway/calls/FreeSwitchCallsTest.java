package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.EslTraffic;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/** What a FreeSWITCH says is turned into what happened to calls and agents. */
class FreeSwitchCallsTest {
    private static final long AT = 1_795_251_600_000_000_000L;

    private final List<String> told = new ArrayList<>();

    private List<String> decode(String... lines) {
        told.clear();
        final byte[] inside = (String.join("\n", lines) + "\n\n").getBytes(StandardCharsets.UTF_8);
        final byte[] frame = AcdDialect.FREESWITCH_ESL.frame(inside);
        final byte[] shifted = new byte[frame.length + 3];
        System.arraycopy(frame, 0, shifted, 3, frame.length);
        new EslCallDecoder(event -> told.add(event.toString())).decode(shifted, 3, frame.length, 7, 1_000);
        return List.copyOf(told);
    }

    private List<String> item(String item) {
        told.clear();
        final byte[] bytes = item.getBytes(StandardCharsets.UTF_8);
        new EslCallDecoder(event -> told.add(event.toString())).item(bytes, 0, bytes.length, 7, 1_000);
        return List.copyOf(told);
    }

    @Test
    void shouldBeginACallWithItsOwnTimesAndDecodedTexts() {
        final byte[] frame = AcdDialect.FREESWITCH_ESL.frame(("Event-Name: CHANNEL_CREATE\n"
                        + "Event-Date-Timestamp: 1767600001250000\nUnique-ID: u1\nChannel-Call-UUID: u1\n"
                        + "Call-Direction: inbound\nChannel-Name: sofia/external/030%40x%3A5060\n"
                        + "Caller-Caller-ID-Number: %2B4930\nCaller-Destination-Number: 800%zz%4\n"
                        + "Caller-Channel-Created-Time: 1767600000000000\n\n")
                .getBytes(StandardCharsets.US_ASCII));
        final List<String> seen = new ArrayList<>();
        new EslCallDecoder(event -> {
                    seen.add(event.toString());
                    assertEquals(1_767_600_001_250_000_000L, event.acdNs());
                    assertEquals(
                            event.kind() == CallEventKind.BORN ? 1_767_600_000_000_000_000L : 0, event.startedNs());
                })
                .decode(frame, 0, frame.length, 7, 5);
        assertEquals(
                List.of(
                        "7 BORN CALL=u1 LEG=u1 PARTY=+4930 CALLING=+4930 CALLED=800%zz%4 TRUNK=sofia/external/030@x:5060",
                        "7 OFFERED CALL=u1 LEG=u1 PARTY=+4930 TRUNK=sofia/external/030@x:5060"),
                seen);
    }

    @Test
    void shouldReadTheUnencodedValuesOfOldCaptures() {
        assertEquals(
                List.of("7 CLEARED LEG=u1 PARTY=Zoë CAUSE=NORMAL_CLEARING"),
                decode(
                        "Event-Name: CHANNEL_HANGUP_COMPLETE",
                        "Event-Date-Local: 2015-01-28 15:00:44",
                        "Unique-ID: u1",
                        "Caller-Caller-ID-Number: Zoë",
                        "Channel-Name: _undef_",
                        "Hangup-Cause: NORMAL_CLEARING"));
    }

    @Test
    void shouldPutTheLegOfAnAgentIntoTheCallersCall() {
        assertEquals(
                List.of("7 RINGING CALL=c1 LEG=a1 PARTY=1001 QUEUE=sales AGENT=1001@x"),
                decode(
                        "Event-Name: CHANNEL_PROGRESS",
                        "Unique-ID: a1",
                        "Channel-Call-UUID: a1",
                        "Call-Direction: outbound",
                        "Caller-Destination-Number: 1001",
                        "variable_cc_side: agent",
                        "variable_cc_agent: 1001%40x",
                        "variable_cc_queue: sales",
                        "variable_cc_member_session_uuid: c1"));
        assertEquals(
                List.of("7 CONNECTED LEG=c1 QUEUE=sales", "7 CONNECTED CALL=c1 LEG=a1 QUEUE=sales AGENT=1001@x"),
                decode(
                        "Event-Name: CUSTOM",
                        "Event-Subclass: callcenter%3A%3Ainfo",
                        "CC-Action: bridge-agent-start",
                        "CC-Queue: sales",
                        "CC-Agent: 1001%40x",
                        "CC-Agent-UUID: a1",
                        "CC-Member-Session-UUID: c1"));
    }

    @Test
    void shouldTellATransferFromAnAgentWhoAnswers() {
        final String[] bridge = {
            "Event-Name: CHANNEL_BRIDGE",
            "Event-Date-Timestamp: 1767600001250000",
            "Bridge-A-Unique-ID: c1",
            "Bridge-B-Unique-ID: b1",
            "Unique-ID: c1",
            "Channel-Call-UUID: c1",
            "variable_transfer_source: 1767600000%3Ax%3Auuid_br%3Ab1",
            "variable_cc_agent_uuid: b1"
        };
        assertEquals(List.of("7 CONNECTED CALL=c1 LEG=c1", "7 CONNECTED CALL=c1 LEG=b1"), decode(bridge));
        bridge[7] = "variable_cc_agent_uuid: a1";
        assertEquals(
                List.of("7 CONNECTED CALL=c1 LEG=c1", "7 CONNECTED CALL=c1 LEG=b1", "7 TRANSFERRED LEG=c1"),
                decode(bridge));
        bridge[6] = "variable_transfer_source: 1767500000%3Ax%3Auuid_br%3Ab1";
        assertEquals(2, decode(bridge).size(), "that was long ago");
        assertEquals(
                List.of("7 OFFERED LEG=c1", "7 OFFERED LEG=a1", "7 TRANSFERRED LEG=c1 CALLED=900"),
                decode(
                        "Event-Name: CHANNEL_UNBRIDGE",
                        "Event-Date-Timestamp: 1767600001250000",
                        "Bridge-A-Unique-ID: c1",
                        "Bridge-B-Unique-ID: a1",
                        "Unique-ID: c1",
                        "Caller-Destination-Number: 900",
                        "variable_transfer_source: 1767600001%3Ax%3Abl_xfer%3A900/default/XML"));
    }

    @Test
    void shouldTellWhoGaveUpFromWhoWasSentOn() {
        final String[] end = {
            "Event-Name: CUSTOM",
            "Event-Subclass: callcenter%3A%3Ainfo",
            "Unique-ID: c1",
            "Answer-State: hangup",
            "Hangup-Cause: ORIGINATOR_CANCEL",
            "CC-Action: member-queue-end",
            "CC-Queue: sales",
            "CC-Cause: Cancel",
            "CC-Cancel-Reason: BREAK_OUT",
            "CC-Member-Session-UUID: c1"
        };
        assertEquals(List.of("7 ABANDONED LEG=c1 QUEUE=sales CAUSE=ORIGINATOR_CANCEL"), decode(end));
        end[3] = "Answer-State: answered";
        end[4] = "X: y";
        end[8] = "CC-Cancel-Reason: TIMEOUT";
        assertEquals(List.of("7 OFFERED LEG=c1 QUEUE=sales CAUSE=TIMEOUT"), decode(end));
        end[7] = "CC-Cause: Terminated";
        assertEquals(List.of(), decode(end));
    }

    @Test
    void shouldFollowAChannelThatGetsAnotherId() {
        assertEquals(
                List.of("7 CHANGED LEG=u2 FORMER_LEG=u1", "7 CHANGED CALL=u2 FORMER_CALL=u1"),
                decode("Event-Name: CHANNEL_UUID", "Unique-ID: u2", "Old-Unique-ID: u1"));
    }

    @Test
    void shouldTakeAnAgentsReadinessFromHisStatus() {
        final String[] status = {
            "Event-Name: CUSTOM",
            "Event-Subclass: callcenter%3A%3Ainfo",
            "CC-Agent: 1001%40x",
            "CC-Action: agent-status-change",
            "CC-Agent-Status: Available%20(On%20Demand)"
        };
        assertEquals(List.of("7 AGENT_READY AGENT=1001@x"), decode(status));
        status[4] = "CC-Agent-Status: On%20Break";
        assertEquals(List.of("7 AGENT_NOT_READY AGENT=1001@x CAUSE=On Break"), decode(status));
        status[4] = "CC-Agent-Status: Logged%20Out";
        assertEquals(List.of("7 AGENT_LOGGED_OFF AGENT=1001@x"), decode(status));
        status[3] = "CC-Action: agent-state-change";
        assertEquals(List.of(), decode(status));
    }

    @Test
    void shouldSayNothingOfWhatSaysNothing() {
        assertEquals(List.of(), decode("Event-Name: HEARTBEAT", "Unique-ID: u1"));
        assertEquals(List.of(), decode("Event-Name: CHANNEL_CREATE"));
        assertEquals(List.of(), decode("Event-Name: CUSTOM", "Event-Subclass: sofia%3A%3Aregister", "Unique-ID: u1"));
        assertEquals(List.of(), decode("Event-Name: CHANNEL_BRIDGE", "Unique-ID: u1", "Bridge-A-Unique-ID: u1"));
        assertEquals(List.of(), decode("nonsense"));
        final byte[] reply = "Content-Type: command/reply\n\nEvent-Name: CHANNEL_CREATE\nUnique-ID: u\n\n"
                .getBytes(StandardCharsets.US_ASCII);
        new EslCallDecoder(event -> told.add("what")).decode(reply, 0, reply.length, 1, 1);
        assertEquals(List.of(), told);
        assertEquals(
                List.of("7 CLEARED LEG=u1"),
                decode("--", "Event-Name: CHANNEL_HANGUP_COMPLETE", "Unique-ID: u1", "", "Hangup-Cause: IN_THE_BODY"),
                "what stands in a body is no header");
    }

    @Test
    void shouldReadListsInBothForms() {
        assertEquals(
                List.of("7 BORN CALL=u1 LEG=u1 PARTY=é\"1 CALLING=é\"1 CALLED=800 TRUNK=sofia/x listed"),
                item(
                        "{\"uuid\":\"u1\",\"direction\":\"inbound\",\"created_epoch\":\"1767600000\",\"name\":\"sofia/x\","
                                + "\"cid_num\":\"\\u00e9\\\"1\",\"dest\":\"800\",\"callstate\":\"ACTIVE\",\"call_uuid\":\"u1\"}"));
        assertEquals(
                List.of("7 RINGING LEG=u2 listed"),
                item("{\"uuid\":\"u2\",\"direction\":\"outbound\",\"callstate\":\"RINGING\",\"call_uuid\":\"u2\"}"),
                "of whose call it is the list does not tell");
        assertEquals(
                List.of("7 HELD CALL=u1 LEG=u3 listed"),
                item("{\"uuid\":\"u3\",\"direction\":\"outbound\",\"callstate\":\"HELD\",\"call_uuid\":\"u1\"}"));
        assertEquals(
                List.of("7 RETRIEVED LEG=u1 listed", "7 HELD LEG=u3 listed"),
                item("{\"uuid\":\"u1\",\"callstate\":\"ACTIVE\",\"b_uuid\":\"u3\",\"b_callstate\":\"HELD\"}"));
        assertEquals(
                List.of("7 QUEUED LEG=u1 QUEUE=sales@x listed"),
                item("queue|uuid|session_uuid|joined_epoch|state\nsales@x|m|u1|1767600000|Trying"));
        assertEquals(List.of(), item("queue|uuid|session_uuid|joined_epoch|state\nsales@x|m||0|Abandoned"));
        assertEquals(
                List.of("7 AGENT_NOT_READY AGENT=1001@x CAUSE=On Break listed", "7 CHANGED LEG=u9 AGENT=1001@x listed"),
                item("name|uuid|status|state\n1001@x|u9|On Break|Waiting"));
        assertEquals(List.of(), item("name|uuid|status|state\n1001@x||Logged Out|Waiting"));
        assertEquals(List.of(), item("{\"uuid\":"));
        assertEquals(List.of(), item(""));
    }

    /** The simulated FreeSWITCH's own record is the truth: after each thing that happens the table agrees with it. */
    @Test
    void shouldAgreeWithTheFreeSwitchAboutEveryCallAndAgent() {
        final long seed = Long.getLong("tandem.seed", 20_261_121L);
        final Told site = new Told(seed);
        site.live(15_000);
        assertTrue(
                site.kinds
                        .keySet()
                        .containsAll(List.of(
                                CallEventKind.QUEUED,
                                CallEventKind.HELD,
                                CallEventKind.RETRIEVED,
                                CallEventKind.TRANSFERRED,
                                CallEventKind.CONFERENCED,
                                CallEventKind.ABANDONED,
                                CallEventKind.AGENT_NOT_READY,
                                CallEventKind.AGENT_LOGGED_OFF)),
                site.kinds + " seed " + seed);
    }

    /** Nobody heard it for a while: then it is asked how things stand, and what it lists makes everything sure again. */
    @Test
    void shouldBeSureAgainAfterItsListsWhateverWasMissed() {
        final long seed = Long.getLong("tandem.seed", 20_261_121L);
        final Random random = new Random(seed);
        final Told site = new Told(seed);
        for (int outage = 0; outage < 25; outage++) {
            site.live(400);
            site.miss(random.nextInt(3_000));
        }
        site.live(400);
    }

    /** A table, what is told to it, and the record that it is held against. */
    private static final class Told {
        private final EslTraffic freeSwitch;
        private final AsteriskRecord record = new AsteriskRecord();
        private final CallTable table = new CallTable(TableLimits.ofCalls(10_000), CallWatcher.NONE);
        private final Map<CallEventKind, Integer> kinds = new EnumMap<>(CallEventKind.class);
        private final CallEvent own = new CallEvent();
        private final EslCallDecoder decoder = new EslCallDecoder(event -> {
            kinds.merge(event.kind(), 1, Integer::sum);
            table.apply(event);
        });
        private final String seed;
        private long sequence;

        Told(long seed) {
            this.seed = ", seed " + seed;
            freeSwitch = new EslTraffic(seed);
            list();
        }

        private String where() {
            return " at " + sequence + seed;
        }

        void live(int messages) {
            for (int i = 0; i < messages; i++) {
                next();
                record.hold(table, freeSwitch.told(), this::where);
                if (freeSwitch.isAllTold() && sequence % 20 == 0) {
                    record.holdAll(table, this::where);
                }
            }
        }

        private void next() {
            final byte[] frame = AcdDialect.FREESWITCH_ESL.frame(freeSwitch.next());
            sequence++;
            decoder.decode(frame, 0, frame.length, sequence, AT + sequence);
            record.said(freeSwitch.told());
        }

        void miss(int messages) {
            for (int i = 0; i < messages || !freeSwitch.isAllTold(); i++) {
                freeSwitch.next();
                record.said(freeSwitch.told());
            }
            sequence++;
            table.apply(own.begin(CallEventKind.GAP, sequence, AT + sequence));
            list();
            // Legs to agents that rang during the outage are known when they do the next thing.
            while (!freeSwitch.isAllTold() || record.rings()) {
                next();
            }
        }

        private void list() {
            table.apply(own.begin(CallEventKind.LIST_BEGAN, sequence, AT + sequence));
            items("show channels as json", false);
            items("show bridged_calls as json", false);
            items("callcenter_config queue list members", true);
            items("callcenter_config agent list", true);
            table.apply(own.begin(CallEventKind.CALLS_LISTED, sequence, AT + sequence));
            table.apply(own.begin(CallEventKind.AGENTS_LISTED, sequence, AT + sequence));
            assertTrue(table.complete(), this::where);
        }

        private void items(String list, boolean named) {
            final List<String> rows = freeSwitch.standing(list);
            for (int i = named ? 1 : 0; i < rows.size(); i++) {
                final byte[] item = ((named ? rows.get(0) + "\n" : "") + rows.get(i)).getBytes(StandardCharsets.UTF_8);
                decoder.item(item, 0, item.length, sequence, AT + sequence);
            }
        }
    }

    @Test
    void shouldBearAnything() {
        final long seed = Long.getLong("tandem.seed", 20_261_121L);
        final Random random = new Random(seed);
        final EslTraffic freeSwitch = new EslTraffic(seed);
        final int[] events = new int[1];
        final CallTable table = new CallTable(TableLimits.ofCalls(100), CallWatcher.NONE);
        final EslCallDecoder decoder = new EslCallDecoder(event -> {
            events[0]++;
            table.apply(event);
        });
        for (int i = 1; i < 20_000; i++) {
            final byte[] frame = AcdDialect.FREESWITCH_ESL.frame(freeSwitch.next());
            for (int change = random.nextInt(6); change > 0; change--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            final int from = random.nextInt(8) == 0 ? random.nextInt(frame.length) : 0;
            decoder.decode(frame, from, random.nextInt(frame.length - from + 1), i, AT + i);
            decoder.decode(frame, from, frame.length - from, i, AT + i);
            decoder.item(frame, from, frame.length - from, i, AT + i);
        }
        assertTrue(events[0] > 5_000, "seed " + seed);
    }
}
