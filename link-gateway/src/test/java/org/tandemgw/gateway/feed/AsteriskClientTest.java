package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.recovery.SwitchMark;

/** What a client of an Asterisk sees that is Tandem: banner, login, events by class, Ping, lists, and a polite no to what would command. */
@Timeout(600)
class AsteriskClientTest {
    @TempDir
    private Path data;

    private NativeRig rig;

    @BeforeEach
    void begin() throws Exception {
        rig = new NativeRig(data).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void shouldGreetAndLetInByDigestAndInPlain() throws Exception {
        try (AmiClient client = rig.connect()) {
            assertEquals("Asterisk Call Manager/9.0.0\r\n", client.banner);
            assertEquals(
                    "Response: Error\r\nActionID: 1\r\nMessage: Permission denied\r\n\r\n",
                    client.ask("Ping", "ActionID: 1"));
            client.login(NativeRig.USER, NativeRig.SECRET, "ActionID: 2");
            assertEquals(
                    "Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n", client.message());
            rig.events(2);
            assertEquals(NativeRig.text(1), client.message());
            assertEquals(NativeRig.text(2), client.message());
        }
        try (AmiClient client = rig.connect()) {
            assertEquals(
                    "Response: Success\r\nActionID: p\r\nMessage: Authentication accepted\r\n\r\n",
                    client.ask("login", "actionid: p", "USERNAME: east", "Secret: secret", "Events: off"));
            assertEquals("Response: Goodbye\r\nMessage: Thanks for all the fish.\r\n\r\n", client.ask("Logoff"));
            assertNull(client.message());
        }
    }

    @Test
    void shouldGreetAsTheAsteriskDid() throws Exception {
        rig.greeted("Asterisk Call Manager/2.10.4");
        try (AmiClient client = rig.login()) {
            assertEquals("Asterisk Call Manager/2.10.4\r\n", client.banner);
        }
    }

    @Test
    void shouldReadActionsWithBareLineFeedsAndInPieces() throws Exception {
        try (AmiClient client = rig.connect()) {
            final String login = "Action: Login\nUsername: east\nSecret: secret\nEvents: off\nActionID: x\n\n\n\r\n";
            for (final char each : login.toCharArray()) {
                client.raw(Character.toString(each));
            }
            assertTrue(client.message().startsWith("Response: Success\r\nActionID: x\r\n"));
            client.raw("Action: Ping\nActionID: a\n\nAction: Ping\r\nActionID: b\r\n\r\n");
            assertTrue(client.message().startsWith("Response: Success\r\nActionID: a\r\nPing: Pong\r\nTimestamp: "));
            assertTrue(client.message().startsWith("Response: Success\r\nActionID: b\r\nPing: Pong\r\nTimestamp: "));
        }
    }

    @Test
    void shouldAnswerWrongLoginsSlowlyCountThemAndHangUp() throws Exception {
        final long beganNs = System.nanoTime();
        try (AmiClient client = rig.connect()) {
            assertEquals(
                    "Response: Error\r\nActionID: 1\r\nMessage: Authentication failed\r\n\r\n",
                    client.ask("Login", "ActionID: 1", "Username: east", "Secret: wrong"));
            assertTrue(System.nanoTime() - beganNs >= NativeConnection.SLOW_MS * 1_000_000);
            assertNull(client.message());
        }
        try (AmiClient client = rig.connect()) {
            client.ask("Login", "AuthType: MD5", "Username: nobody", "Key: 6a8fac2af5537b85cbe39504089e0399");
            assertNull(client.message());
        }
        assertEquals(2, rig.feed().rejectedLogins());
        assertTrue(rig.feed().lastRefusal().startsWith("user or secret is wrong (from 127.0.0.1:"));
    }

    @Test
    void shouldSendOnlyTheClassesThatTheClientWants() throws Exception {
        try (AmiClient client = rig.connect().login(NativeRig.USER, NativeRig.SECRET, "Events: call,agent")) {
            rig.event("Event: VarSet", "Privilege: dialplan,all", "N: 1");
            rig.event("Event: Newchannel", "Privilege: call,all", "N: 2");
            rig.event("Event: UserEvent", "N: 3");
            rig.event("Event: Cdr", "Privilege: call,cdr,all", "N: 4");
            rig.event("Event: AgentCalled", "Privilege: agent,all", "N: 5");
            assertTrue(client.message().contains("N: 2"));
            assertTrue(client.message().contains("N: 3"));
            assertTrue(client.message().contains("N: 5"));
            assertEquals("Response: Success\r\nEvents: Off\r\n\r\n", client.ask("Events", "EventMask: off"));
            rig.event("Event: Newchannel", "Privilege: call,all", "N: 6");
            NativeRig.await().until(() -> rig.feed().sent() == 6);
            assertEquals("Response: Success\r\nEvents: On\r\n\r\n", client.ask("Events", "EventMask: on"));
            rig.event("Event: VarSet", "Privilege: dialplan,all", "N: 7");
            assertTrue(client.message().contains("N: 7"));
        }
    }

    @Test
    void shouldAnswerListsFromTheCallTableWithTheClientsActionId() throws Exception {
        rig.event("Event: QueueMemberAdded", "Queue: sales", "MemberName: Ann", "Interface: PJSIP/4001", "Paused: 0");
        rig.event(
                "Event: QueueMemberAdded",
                "Queue: sales",
                "MemberName: Bob",
                "Interface: PJSIP/4002",
                "Paused: 1",
                "PausedReason: lunch");
        rig.event("Event: QueueMemberAdded", "Queue: sales", "MemberName: Cay", "Interface: PJSIP/4003", "Paused: 0");
        rig.event("Event: QueueMemberStatus", "Queue: sales", "Interface: PJSIP/4003", "Paused: 0", "Status: 5");
        rig.event(
                "Event: Newchannel",
                "Channel: PJSIP/trunk1-1",
                "ChannelState: 4",
                "CallerIDNum: +49301",
                "Exten: 8001",
                "Uniqueid: 1767600000.1",
                "Linkedid: 1767600000.1");
        rig.event(
                "Event: QueueCallerJoin",
                "Channel: PJSIP/trunk1-1",
                "CallerIDNum: +49301",
                "Queue: sales",
                "Uniqueid: 1767600000.1",
                "Linkedid: 1767600000.1");
        rig.event(
                "Event: AgentCalled",
                "Channel: PJSIP/trunk1-1",
                "CallerIDNum: +49301",
                "Uniqueid: 1767600000.1",
                "Linkedid: 1767600000.1",
                "DestChannel: PJSIP/4001-2",
                "DestCallerIDNum: 4001",
                "DestUniqueid: 1767600009.2",
                "DestLinkedid: 1767600000.1",
                "Queue: sales",
                "Interface: PJSIP/4001");
        try (AmiClient client = rig.connect().login(NativeRig.USER, NativeRig.SECRET, "Events: off")) {
            client.send("CoreShowChannels", "ActionID: c 1");
            final List<String> channels = client.until("CoreShowChannelsComplete");
            assertEquals(
                    "Response: Success\r\nActionID: c 1\r\nEventList: start\r\nMessage: Channels will follow\r\n\r\n",
                    channels.get(0));
            assertEquals(4, channels.size(), channels::toString);
            assertTrue(
                    channels.get(1)
                            .startsWith(
                                    "Event: CoreShowChannel\r\nActionID: c 1\r\nChannel: PJSIP/trunk1-1\r\nChannelState: 6\r\n"),
                    channels.get(1));
            assertEquals("4001", AmiClient.header(channels.get(1), "ConnectedLineNum"));
            assertEquals("Queue", AmiClient.header(channels.get(1), "Application"));
            assertEquals("Ringing", AmiClient.header(channels.get(2), "ChannelStateDesc"));
            assertEquals("1767600009.2", AmiClient.header(channels.get(2), "Uniqueid"));
            assertEquals("1767600000.1", AmiClient.header(channels.get(2), "Linkedid"));
            assertEquals(
                    "Event: CoreShowChannelsComplete\r\nActionID: c 1\r\nEventList: Complete\r\nListItems: 2\r\n\r\n",
                    channels.get(3));

            client.send("QueueStatus", "ActionID: q");
            final List<String> queue = client.until("QueueStatusComplete");
            assertEquals(
                    List.of(
                            "Response: Success",
                            "Event: QueueParams",
                            "Event: QueueMember",
                            "Event: QueueMember",
                            "Event: QueueMember",
                            "Event: QueueEntry",
                            "Event: QueueStatusComplete"),
                    queue.stream()
                            .map(each -> each.substring(0, each.indexOf('\r')))
                            .toList());
            assertTrue(queue.stream().allMatch(each -> each.contains("\r\nActionID: q\r\n")), queue::toString);
            assertEquals("6", AmiClient.header(queue.get(2), "Status"));
            assertEquals("1", AmiClient.header(queue.get(3), "Paused"));
            assertEquals("lunch", AmiClient.header(queue.get(3), "PausedReason"));
            assertEquals("5", AmiClient.header(queue.get(4), "Status"));
            assertEquals("1", AmiClient.header(queue.get(5), "Position"));
            assertEquals("5", AmiClient.header(queue.get(6), "ListItems"));

            client.send("QueueSummary", "ActionID: s", "Queue: sales");
            final String summary = client.until("QueueSummaryComplete").get(1);
            assertEquals("2", AmiClient.header(summary, "LoggedIn"));
            assertEquals("0", AmiClient.header(summary, "Available"));
            assertEquals("1", AmiClient.header(summary, "Callers"));
            client.send("Status", "Channel: PJSIP/4001-2");
            assertEquals("1", AmiClient.header(client.until("StatusComplete").get(2), "Items"));
            client.send("DeviceStateList");
            final List<String> devices = client.until("DeviceStateListComplete");
            assertEquals("RINGING", AmiClient.header(devices.get(1), "State"));
            assertEquals("NOT_INUSE", AmiClient.header(devices.get(2), "State"));
            final String status = client.ask("CoreStatus");
            assertEquals("1", AmiClient.header(status, "CoreCurrentCalls"));
            assertFalse(status.contains("CoreStartup"), "nobody told: " + status);
            assertEquals("20.0.0", AmiClient.header(client.ask("CoreSettings"), "AsteriskVersion"));
            assertTrue(client.ask("ListCommands").contains("\r\nQueueStatus: Show queue status."));
        }
    }

    @Test
    void shouldTellHowLongACallerHasWaitedWhicheverServerWasActiveThen() throws Exception {
        final String[] caller = {"Uniqueid: 1767600000.1", "Linkedid: 1767600000.1", "Channel: PJSIP/trunk1-1"};
        rig.event("Event: Newchannel", "Timestamp: 1767600000.5", caller[0], caller[1], caller[2], "ChannelState: 4");
        rig.event("Event: QueueCallerJoin", "Timestamp: 1767600001.5", caller[0], caller[1], caller[2], "Queue: sales");
        for (int epoch = 1; epoch <= 2; epoch++) {
            rig.event(
                    "Event: Newstate",
                    "Timestamp: " + (1767600001 + 100 * epoch) + ".5",
                    caller[0],
                    caller[1],
                    "ChannelState: 6");
            final SwitchMark mark = new SwitchMark(SwitchMark.What.COMMENCE, epoch, epoch, "cms-west", "cms-east");
            rig.journal.appendMark(rig.now(), SwitchMark.WORD, mark.text());
            rig.journal.appendMark(
                    rig.now(),
                    SwitchMark.WORD,
                    mark.as(SwitchMark.What.SWITCHED).text());
            rig.journal.endOfBatch();
            try (AmiClient client = rig.connect().login(NativeRig.USER, NativeRig.SECRET, "Events: off")) {
                client.send("QueueStatus", "ActionID: q");
                final String entry = client.until("QueueStatusComplete").stream()
                        .filter(each -> each.startsWith("Event: QueueEntry"))
                        .findFirst()
                        .orElseThrow();
                final long waitedS = Long.parseLong(AmiClient.header(entry, "Wait"));
                assertTrue(waitedS >= 100 * epoch && waitedS < 100 * epoch + 60, entry); // C5
            }
        }
    }

    /** With both legs down, or while its table is not sure for another reason: what it has may have ended long ago. */
    @Test
    void shouldNotTellOldListsAsTrue() throws Exception {
        rig.event("Event: Newchannel", "Channel: PJSIP/1-1", "Uniqueid: 1767600000.1", "Linkedid: 1767600000.1");
        try (AmiClient client = rig.connect().login(NativeRig.USER, NativeRig.SECRET, "Events: off")) {
            rig.down();
            assertEquals(
                    "Response: Error\r\nActionID: d\r\nMessage: Not known just now\r\n\r\n",
                    client.ask("CoreShowChannels", "ActionID: d"));
            client.send("CoreShowChannels", "ActionID: w");
            rig.listed();
            assertTrue(client.until("CoreShowChannelsComplete").get(0).startsWith("Response: Success\r\nActionID: w"));
        }
    }

    @Test
    void shouldRefuseWhatCommandsAndWhatItDoesNotKnow() throws Exception {
        try (AmiClient client = rig.connect().login(NativeRig.USER, NativeRig.SECRET, "Events: off")) {
            for (final String action :
                    List.of("Originate", "Redirect", "Command", "QueuePause", "Hangup", "SetVar", "UserEvent")) {
                assertEquals(
                        "Response: Error\r\nActionID: 7\r\nMessage: Permission denied\r\n\r\n",
                        client.ask(action, "ActionID: 7"));
            }
            assertEquals(
                    "Response: Error\r\nMessage: Invalid/unknown command: Fly??. Use Action: ListCommands to show available commands.\r\n\r\n",
                    client.ask("Fly\u001b\u00e9"));
            assertEquals(
                    "Response: Error\r\nMessage: Missing action in request\r\n\r\n",
                    askRaw(client, "Foo: bar\r\n\r\n"));
            assertTrue(client.ask("Ping").startsWith("Response: Success"));
        }
        assertEquals(9, rig.feed().deniedActions());
        assertEquals(1, rig.events.count("denied cms-east acd1 east from 127.0.0.1 Originate"));
        assertEquals(1, rig.events.count("denied cms-east acd1 east from 127.0.0.1 an action without a name"));
    }

    /** Bare line feeds, empty values, repeated headers, letters of any alphabet, and a block that begins like nothing: as they came. */
    @Test
    void shouldSendEventsByteForByteWhateverTheyLookLike() throws Exception {
        final List<String> odd = List.of(
                "Event: VarSet\nPrivilege: dialplan,all\nVariable: A\nValue: \n\n",
                "Event: OriginateResponse\r\nActionID: another program's\r\nVariable: a=1\r\nVariable: b=2\r\nVariable:\r\n\r\n",
                "Event: NewCallerid\r\nCallerIDName: M\u00c3\u00bcller \u00e2\u0082\u00ac\r\n\r\n",
                "something\r\nnobody knows\r\n\r\n",
                "Event: Long\r\nValue: " + "x".repeat(60_000) + "\r\n\r\n");
        try (AmiClient client = rig.login()) {
            client.message();
            for (final String each : odd) {
                rig.raw(each.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            for (final String each : odd) {
                assertEquals(each, client.message());
            }
        }
    }

    @Test
    void shouldSayNothingMoreBehindGoodbye() throws Exception {
        try (AmiClient client = rig.login()) {
            client.message();
            client.raw("Action: Logoff\r\n\r\nAction: Ping\r\n\r\n");
            assertTrue(client.message().startsWith("Response: Goodbye"));
            rig.events(3);
            assertNull(client.message());
        }
        NativeRig.await().until(() -> !rig.feed().connected());
    }

    @Test
    void shouldHangUpOnWhoSpeaksNonsense() throws Exception {
        try (AmiClient client = rig.connect()) {
            client.raw("x".repeat(20_000));
            assertNull(client.message());
        } catch (java.net.SocketException reset) {
            // Bytes that nobody read were on their way.
        }
        NativeRig.await().until(() -> rig.feed().badPackets() == 1);
        try (AmiClient client = rig.connect()) {
            client.raw("a: b\r\n".repeat(300) + "\r\n");
            assertNull(client.message());
        } catch (java.net.SocketException reset) {
            // The same.
        }
        NativeRig.await().until(() -> rig.feed().badPackets() == 2);
    }

    private static String askRaw(AmiClient client, String text) throws Exception {
        client.raw(text);
        return client.message();
    }
}
