package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.CstaTraffic;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.LegSummary;
import org.tandemgw.recovery.TableLimits;

/** What a switching function tells of its devices is turned into what happened to calls and agents. */
class CstaCallsTest {
    private static final List<String> MONITORED = List.of("8000", "2001", "2002", "N<2003>");

    private final List<String> told = new ArrayList<>();

    private List<String> decode(String document) {
        return decode(document, MONITORED);
    }

    private List<String> decode(String document, List<String> devices) {
        told.clear();
        final byte[] frame = ("#00009999" + document).getBytes(StandardCharsets.UTF_8);
        new CstaCallDecoder(event -> told.add(event.toString()), devices).decode(frame, 1, frame.length - 1, 7, 1_000);
        return List.copyOf(told);
    }

    private static String event(String name, String device, String inside) {
        return "<" + name + "Event><monitorCrossRefID>" + device + "</monitorCrossRefID>" + inside + "</" + name
                + "Event>";
    }

    private static String connection(String name, String call, String device) {
        return "<" + name + "><callID>" + call + "</callID><deviceID>" + device + "</deviceID></" + name + ">";
    }

    private static String party(String name, String device) {
        return "<" + name + "><deviceIdentifier>" + device + "</deviceIdentifier></" + name + ">";
    }

    private static String local(String state) {
        return "<localConnectionInfo>" + state + "</localConnectionInfo>";
    }

    @Test
    void shouldNameALegByItsCallAndDevice() {
        assertEquals(
                List.of("7 RINGING CALL=C1 LEG=C1/2001 PARTY=2001 CALLING=5551234 CALLED=8000 AGENT=2001"),
                decode(event(
                        "Delivered",
                        "2001",
                        connection("connection", "C1", "2001") + party("alertingDevice", "2001")
                                + party("callingDevice", "5551234") + party("calledDevice", "8000")
                                + "<lastRedirectionDevice><numberDialed>8000</numberDialed></lastRedirectionDevice>"
                                + local("alerting") + "<cause>distributed</cause>")));
    }

    @Test
    void shouldTellOfTheMonitoredDeviceAloneWhoeverTheEventIsAbout() {
        assertEquals(
                List.of("7 CONNECTED CALL=C2 LEG=C2/2001 PARTY=2001"),
                decode(event("Delivered", "2001", connection("connection", "C2", "2002") + local("connected"))));
        assertEquals(
                List.of("7 CHANGED CALL=C2 LEG=C2/2001 PARTY=2001"),
                decode(event("Delivered", "2001", connection("connection", "C2", "2002"))));
        assertEquals(
                List.of("7 CLEARED CALL=C2 LEG=C2/2001 PARTY=2001"),
                decode(event(
                        "ConnectionCleared", "2001", connection("droppedConnection", "C2", "T7") + local("null"))));
    }

    @Test
    void shouldReadTheEventWhereNoStateIsTold() {
        final String[][] all = {
            {"ServiceInitiated", "initiatedConnection", "BORN"},
            {"Originated", "originatedConnection", "OFFERED"},
            {"Offered", "offeredConnection", "OFFERED"},
            {"Delivered", "connection", "RINGING"},
            {"Established", "establishedConnection", "CONNECTED"},
            {"Queued", "queuedConnection", "QUEUED"},
            {"Held", "heldConnection", "HELD"},
            {"Retrieved", "retrievedConnection", "RETRIEVED"},
            {"Failed", "failedConnection", "FAILED"},
            {"NetworkReached", "outboundConnection", "OFFERED"},
            {"DigitsDialed", "dialingConnection", "CHANGED"},
            {"Bridged", "bridgedConnection", "CHANGED"},
            {"CallInformation", "connection", "CHANGED"},
            {"ConnectionCleared", "droppedConnection", "CLEARED"},
        };
        for (final String[] each : all) {
            final List<String> events = decode(event(each[0], "2001", connection(each[1], "C1", "2001")));
            assertEquals(1, events.size(), each[0]);
            assertTrue(events.get(0).startsWith("7 " + each[2] + " CALL=C1 LEG=C1/2001"), events.toString());
        }
        assertEquals(
                List.of("7 CLEARED CALL=C1 CAUSE=normalClearing"),
                decode(event(
                        "CallCleared",
                        "2001",
                        "<clearedCall><callID>C1</callID></clearedCall><cause>normalClearing</cause>")));
    }

    @Test
    void shouldKeepACallThatIsDivertedToAMonitoredDeviceAndEndOneThatGoesElsewhere() {
        final String before = connection("connection", "C1", "8000") + party("divertingDevice", "8000");
        assertEquals(
                List.of("7 DIVERTED CALL=C1 LEG=C1/8000 PARTY=8000 distributed"),
                decode(event("Diverted", "8000", before + party("newDestination", "2001") + local("null"))));
        assertEquals(
                List.of("7 DIVERTED CALL=C1 LEG=C1/8000 PARTY=8000 distributed"),
                decode(event("Diverted", "8000", before + party("newDestination", "tel:2003;x=y"))));
        assertEquals(
                List.of("7 CLEARED CALL=C1 LEG=C1/8000 PARTY=8000"),
                decode(event("Diverted", "8000", before + party("newDestination", "900") + local("null"))));
        assertEquals(
                List.of("7 DIVERTED CALL=C1 LEG=C1/8000 PARTY=8000 distributed"),
                decode(event("Diverted", "8000", before + party("newDestination", "900")), List.of()));
    }

    @Test
    void shouldKnowThatAQueueHasGivenACallToSomebody() {
        final String before = connection("connection", "C1", "8000") + party("newDestination", "2001");
        assertEquals(
                List.of("7 DIVERTED CALL=C1 LEG=C1/8000 PARTY=8000 CAUSE=distributed distributed"),
                decode(event("Diverted", "8000", before + "<cause>distributed</cause>")));
        assertEquals(
                List.of("7 DIVERTED CALL=C1 LEG=C1/8000 PARTY=8000 CAUSE=overflow"),
                decode(event("Diverted", "8000", before + "<cause>overflow</cause>")));
        assertEquals(
                List.of("7 CONNECTED CALL=C1 LEG=C1/2001 PARTY=2001 AGENT=2001 distributed"),
                decode(event("Established", "2001", connection("establishedConnection", "C1", "2001"))));
        assertEquals(
                List.of("7 CONNECTED CALL=C1 LEG=C1/2002 PARTY=2002"),
                decode(event(
                        "Established",
                        "2002",
                        connection("establishedConnection", "C1", "2001") + local("connected"))));
    }

    /** A reference that is none of the monitors': nobody would ever tell that such a leg has ended. */
    @Test
    void shouldSayNothingOfADeviceThatIsNotMonitored() {
        final String held = connection("heldConnection", "C1", "2001");
        assertEquals(List.of(), decode(event("Held", "17", held)));
        assertEquals(1, decode(event("Held", "17", held), List.of()).size());
    }

    @Test
    void shouldNameADeviceAsTheSiteWritesItInWhicheverList() {
        final List<String> monitored = List.of("8000", "tel:2002", "N<2003>Smith");
        final CallTable table = new CallTable(TableLimits.ofCalls(10), CallWatcher.NONE);
        final CstaCallDecoder decoder = new CstaCallDecoder(table::apply, monitored);
        final CallEvent list = new CallEvent();
        tell(decoder, 1, event("Established", "tel:2002", connection("establishedConnection", "P1", "sip:2002@pbx")));
        table.apply(list.begin(CallEventKind.LIST_BEGAN, 2, 0));
        item(decoder, "tel:2002", listed("P1", "2002"));
        item(decoder, "", participant("P1", "2002") + participant("P1", "N<2003>".replace("<", "&lt;")));
        table.apply(list.begin(CallEventKind.CALLS_LISTED, 2, 0));
        assertEquals(
                List.of("P1/tel:2002", "P1/N<2003>Smith"),
                table.call("P1").legList().stream().map(LegSummary::id).toList());
        tell(
                decoder,
                3,
                event("ConnectionCleared", "N&lt;2003&gt;Smith", connection("droppedConnection", "P1", "2003")));
        tell(decoder, 4, event("ConnectionCleared", "tel:2002", connection("droppedConnection", "P1", "2002")));
        assertEquals(0, table.inFlight());
    }

    private static void tell(CstaCallDecoder decoder, long sequence, String document) {
        final byte[] frame = ("\0\0\0\0" + "9999" + document).getBytes(StandardCharsets.UTF_8);
        decoder.decode(frame, 0, frame.length, sequence, 1_000);
    }

    private static void item(CstaCallDecoder decoder, String device, String items) {
        final byte[] item = (device + "\0<SnapshotResponse><snapshotData>" + items
                        + "</snapshotData></SnapshotResponse>")
                .getBytes(StandardCharsets.UTF_8);
        decoder.item(item, 0, item.length, 2, 1_000);
    }

    private static String listed(String call, String device) {
        return "<snapshotDeviceResponseInfo>" + connection("connectionIdentifier", call, device)
                + "<localCallState><compoundCallState>"
                + "<localConnectionState>connected</localConnectionState></compoundCallState></localCallState>"
                + "</snapshotDeviceResponseInfo>";
    }

    private static String participant(String call, String device) {
        return "<snapshotCallResponseInfo>" + party("deviceOnCall", device)
                + connection("callIdentifier", call, device)
                + "<localConnectionState>connected</localConnectionState></snapshotCallResponseInfo>";
    }

    @Test
    void shouldFollowTheIdsOfATransfer() {
        final String what = connection("primaryOldCall", "C1", "2001") + connection("secondaryOldCall", "C2", "2001")
                + party("transferringDevice", "2001") + party("transferredToDevice", "2002")
                + "<transferredConnections><connectionListItem>" + connection("newConnection", "C3", "2002")
                + connection("oldConnection", "C2", "2002") + "</connectionListItem></transferredConnections>";
        for (final String name : List.of("Transfered", "Transferred")) {
            assertEquals(
                    List.of(
                            "7 CHANGED CALL=C3 FORMER_CALL=C1",
                            "7 CHANGED CALL=C3 FORMER_CALL=C2",
                            "7 TRANSFERRED CALL=C3 CALLED=2002",
                            "7 DIVERTED LEG=C1/2001",
                            "7 DIVERTED LEG=C2/2001"),
                    decode(event(name, "2001", what + local("null"))));
            assertEquals(
                    List.of(
                            "7 CHANGED CALL=C3 LEG=C3/2002 FORMER_CALL=C1 FORMER_LEG=C1/2002",
                            "7 CHANGED CALL=C3 LEG=C3/2002 FORMER_CALL=C2 FORMER_LEG=C2/2002",
                            "7 CONNECTED CALL=C3 LEG=C3/2002 PARTY=2002"),
                    decode(event(name, "2002", what + local("connected"))));
        }
    }

    @Test
    void shouldKnowAnAgentByHisDevice() {
        final String agent = party("agentDevice", "2001")
                + "<agentID>4711</agentID><agentPassword>1234</agentPassword><acdGroup>8000</acdGroup>";
        assertEquals(List.of("7 AGENT_LOGGED_ON QUEUE=8000 AGENT=2001"), decode(event("AgentLoggedOn", "2001", agent)));
        assertEquals(List.of("7 AGENT_READY QUEUE=8000 AGENT=2001"), decode(event("AgentReady", "2001", agent)));
        assertEquals(
                List.of("7 AGENT_NOT_READY QUEUE=8000 AGENT=2001 CAUSE=lunch"),
                decode(event("AgentNotReady", "2001", agent + "<cause>lunch</cause>")));
        assertEquals(
                List.of("7 AGENT_AFTER_CALL_WORK QUEUE=8000 AGENT=2001"),
                decode(event("AgentWorkingAfterCall", "2001", agent)));
        assertEquals(List.of(), decode(event("AgentBusy", "2001", agent)));
        assertEquals(
                List.of("7 AGENT_LOGGED_OFF AGENT=4711"),
                decode(event("AgentLoggedOff", "2001", "<agentID>4711</agentID>")));
    }

    @Test
    void shouldSayNothingOfWhatSaysNothing() {
        assertEquals(List.of(), decode("<MonitorStartResponse/>"));
        assertEquals(List.of(), decode("nonsense"));
        assertEquals(List.of(), decode(event("BackInService", "2001", party("device", "2001"))));
        assertEquals(List.of(), decode(event("Delivered", "2001", "<connection><callID/></connection>")));
        assertEquals(List.of(), decode(event("Delivered", "", connection("connection", "C1", "2001"))));
        assertEquals(
                List.of(), decode("<!DOCTYPE a>" + event("Held", "2001", connection("heldConnection", "C1", "2001"))));
    }

    @Test
    void shouldReadSnapshots() {
        final List<String> listed = new ArrayList<>();
        final CstaCallDecoder decoder = new CstaCallDecoder(event -> listed.add(event.toString()), MONITORED);
        final String items = "<SnapshotDeviceResponse><crossRefIDorSnapshotData><snapshotData>"
                + info(
                        "C1",
                        "<compoundCallState><localConnectionState>hold</localConnectionState>"
                                + "<localConnectionState>connected</localConnectionState></compoundCallState>")
                + info("C2", "<simpleCallDetailedState>callEstablished</simpleCallDetailedState>")
                + info(
                        "C3",
                        "<compoundCallState><localConnectionState>queued</localConnectionState></compoundCallState>")
                + info("C4", "<compoundCallState><localConnectionState>null</localConnectionState></compoundCallState>")
                + info("C5", "<simpleCallState>callWhatever</simpleCallState>")
                + "</snapshotData></crossRefIDorSnapshotData></SnapshotDeviceResponse>";
        final byte[] item = ("2001\0" + items).getBytes(StandardCharsets.UTF_8);
        decoder.item(item, 0, item.length, 7, 1_000);
        assertEquals(
                List.of(
                        "7 HELD CALL=C1 LEG=C1/2001 PARTY=2001 listed",
                        "7 RETRIEVED CALL=C2 LEG=C2/2001 PARTY=2001 listed",
                        "7 QUEUED CALL=C3 LEG=C3/2001 PARTY=2001 QUEUE=2001 listed",
                        "7 BORN CALL=C5 LEG=C5/2001 PARTY=2001 listed"),
                listed);
    }

    private static String info(String call, String state) {
        return "<snapshotDeviceResponseInfo>" + connection("connectionIdentifier", call, "2001") + "<localCallState>"
                + state + "</localCallState></snapshotDeviceResponseInfo>";
    }

    /** The simulated ACD's own record is the truth: after each message, the table agrees with it. */
    @Test
    void shouldAgreeWithTheAcdAboutEveryCallAndAgent() {
        final long seed = Long.getLong("tandem.seed", 20_261_122L);
        final CstaTraffic acd = new CstaTraffic(seed);
        final AsteriskRecord record = new AsteriskRecord();
        final CallTable table = new CallTable(TableLimits.ofCalls(1_000), CallWatcher.NONE);
        final Set<CallEventKind> kinds = EnumSet.noneOf(CallEventKind.class);
        final CstaCallDecoder decoder = new CstaCallDecoder(
                event -> {
                    kinds.add(event.kind());
                    table.apply(event);
                },
                CstaTraffic.devices());
        final CallEvent list = new CallEvent();
        table.apply(list.begin(CallEventKind.LIST_BEGAN, 0, 0));
        table.apply(list.begin(CallEventKind.CALLS_LISTED, 0, 0));
        table.apply(list.begin(CallEventKind.AGENTS_LISTED, 0, 0));
        int whole = 0;
        for (long sequence = 1; sequence <= 20_000; sequence++) {
            final byte[] frame = AcdDialect.CSTA_XML.frame(acd.next());
            final long at = sequence;
            decoder.decode(frame, 0, frame.length, sequence, sequence);
            record.said(acd.told());
            record.hold(table, acd.told(), () -> " at " + at + " seed " + seed);
            if (acd.isAllTold() && sequence % 20 == 0) {
                record.holdAll(table, () -> " at " + at + " seed " + seed);
                whole++;
            }
        }
        assertTrue(whole > 200, whole + " comparisons, seed " + seed);
        assertTrue(table.complete());
        assertTrue(
                kinds.containsAll(List.of(
                        CallEventKind.QUEUED,
                        CallEventKind.HELD,
                        CallEventKind.RETRIEVED,
                        CallEventKind.FAILED,
                        CallEventKind.DIVERTED,
                        CallEventKind.TRANSFERRED,
                        CallEventKind.CONFERENCED,
                        CallEventKind.AGENT_AFTER_CALL_WORK,
                        CallEventKind.AGENT_LOGGED_OFF)),
                kinds + " seed " + seed);
    }
}
