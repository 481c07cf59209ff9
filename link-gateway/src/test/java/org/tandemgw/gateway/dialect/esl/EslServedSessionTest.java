package org.tandemgw.gateway.dialect.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallText;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/** What a client of a FreeSWITCH is told that is Tandem: the login, events by name and filter, lists, and a polite no to what would command. */
class EslServedSessionTest {
    private final CallTable table = new CallTable(TableLimits.ofCalls(100), CallWatcher.NONE);
    private final HeardClient client = new HeardClient(table);

    private static String reply(String text) {
        return "Content-Type: command/reply\nReply-Text: " + text + "\n\n";
    }

    private String ask(String command) {
        client.heard();
        return client.says(command + "\n\n").heard();
    }

    private String api(String command) {
        final String answer = ask("api " + command);
        final int body = answer.indexOf("\n\n") + 2;
        assertEquals(
                "Content-Type: api/response\nContent-Length: "
                        + answer.substring(body).getBytes(StandardCharsets.UTF_8).length + "\n\n",
                answer.substring(0, body));
        return answer.substring(body);
    }

    private boolean wants(String name, String... more) {
        final String inside =
                "Event-Name: " + name + "\n" + String.join("\n", more) + (more.length == 0 ? "\n" : "\n\n");
        final byte[] frame = ("Content-Length: " + inside.length() + "\nContent-Type: text/event-plain\n\n" + inside)
                .getBytes(StandardCharsets.UTF_8);
        return client.session.wants(frame, 0, frame.length);
    }

    @Test
    void shouldLetInByPasswordAndSeatWithTheFirstSubscription() {
        assertEquals("Content-Type: auth/request\n\n", client.heard());
        assertEquals(reply("+OK accepted"), ask("auth secret"));
        assertEquals(List.of(), client.seated, "no event may pass before he has said which he wants");
        assertEquals(
                reply("+OK event listener enabled plain"), ask("event plain CHANNEL_CREATE CUSTOM callcenter::info"));
        assertEquals(List.of("east"), client.seated);
        assertTrue(wants("CHANNEL_CREATE"));
        assertFalse(wants("CHANNEL_DESTROY"));
        assertTrue(wants("CUSTOM", "Core-UUID: 1", "Event-Subclass: callcenter%3A%3Ainfo"));
        assertFalse(wants("CUSTOM", "Event-Subclass: sofia%3A%3Aregister"));
        assertEquals(reply("+OK events nixed"), ask("nixevent CHANNEL_CREATE"));
        assertFalse(wants("CHANNEL_CREATE"));
        assertEquals(reply("+OK event listener enabled plain"), ask("event CHANNEL_CREATE"));
        assertTrue(wants("CHANNEL_CREATE"));
        assertEquals(reply("+OK event listener enabled plain"), ask("event plain ALL"));
        assertTrue(wants("CUSTOM", "Event-Subclass: sofia%3A%3Aregister"));
        assertEquals(reply("+OK no longer listening for events"), ask("noevents"));
        assertFalse(wants("CHANNEL_CREATE"));
    }

    @Test
    void shouldSeatAUserByNameAndNobodyBeforeHeAsksForEvents() {
        assertTrue(ask("userauth watch@pbx.example.org:looking")
                .startsWith("Content-Type: command/reply\nReply-Text: +OK accepted\nAllowed-Events: all\n"));
        assertEquals(List.of("watch"), client.proved);
        client.nowNs += 3_000_000_000_000L;
        client.session.goOn();
        assertTrue(api("status").startsWith("UP"));
        assertEquals(reply("+OK filter added. [Event-Name]=[HEARTBEAT]"), ask("filter Event-Name HEARTBEAT"));
        assertEquals(reply("-ERR not loging"), ask("nolog"));
        assertEquals(reply("-ERR not listening for events"), ask("noevents"));
        assertEquals(reply("+OK events nixed"), ask("nixevent ALL"));
        assertEquals(reply("-ERR permission denied"), ask("api reloadxml"));
        assertEquals(reply("-ERR only plain events are served here"), ask("event json ALL"));
        assertEquals(reply("-ERR no keywords supplied"), ask("event plain"));
        assertEquals(List.of(), client.seated, "he has asked for no event");
        assertEquals(reply("+OK event listener enabled plain"), ask("event plain ALL"));
        assertEquals(List.of("watch"), client.seated);
        assertTrue(wants("HEARTBEAT"));
        assertFalse(wants("CHANNEL_CREATE"), "what he filtered before counts");
        ask("event plain CHANNEL_CREATE");
        assertEquals(List.of("watch"), client.seated, "once");
    }

    @Test
    void shouldHangUpOnAWrongPassword() {
        assertTrue(ask("auth wrong").startsWith(reply("-ERR invalid") + "Content-Type: text/disconnect-notice\n"));
        assertFalse(client.isOpen());
        final HeardClient other = new HeardClient(table);
        other.says("userauth east:looking@x\n\n");
        assertFalse(other.isOpen());
        final HeardClient third = new HeardClient(table);
        third.says("api status\n\n");
        assertFalse(third.isOpen());
    }

    @Test
    void shouldFilterAsAFreeSwitchDoes() {
        ask("auth secret");
        ask("event plain ALL");
        assertEquals(reply("+OK filter added. [Unique-ID]=[u 1]"), ask("filter Unique-ID u 1"));
        assertTrue(wants("CHANNEL_CREATE", "Unique-ID: u%201"));
        assertFalse(wants("CHANNEL_CREATE", "Unique-ID: u2"));
        assertFalse(wants("HEARTBEAT"));
        ask("filter add Event-Name heartbeat");
        assertTrue(wants("HEARTBEAT"));
        ask("filter Unique-ID -u2");
        assertFalse(wants("HEARTBEAT", "Unique-ID: u2"));
        assertEquals(reply("+OK filter deleted. [all][]"), ask("filter delete all"));
        assertTrue(wants("HEARTBEAT", "Unique-ID: u2"));
        assertEquals(reply("-ERR regular expressions are not served here"), ask("filter Unique-ID /u.*/"));
        assertEquals(reply("-ERR invalid syntax"), ask("filter Unique-ID"));
    }

    @Test
    void shouldAnswerListsFromTheCallTable() {
        final CallEvent event = new CallEvent();
        event.begin(CallEventKind.QUEUED, 1, 1_767_600_040_000_000_000L)
                .startedNs(1_767_600_000_000_000_000L)
                .text(CallText.CALL, "c1")
                .text(CallText.LEG, "c1")
                .text(CallText.PARTY, "\u00e9\"1")
                .text(CallText.CALLED, "800")
                .text(CallText.QUEUE, "sales@x");
        table.apply(event);
        event.begin(CallEventKind.AGENT_NOT_READY, 2, 1_767_600_040_000_000_000L)
                .text(CallText.AGENT, "1001@x")
                .text(CallText.CAUSE, "On Break");
        table.apply(event);
        ask("auth secret");
        final String channels = api("show channels as json");
        assertTrue(
                channels.startsWith("{\"row_count\":1,\"rows\":[{\"uuid\":\"c1\",\"direction\":\"inbound\","),
                channels);
        assertTrue(channels.contains("\"created_epoch\":\"1767600000\""), channels);
        assertTrue(channels.contains("\"cid_num\":\"\u00e9\\\"1\""), channels);
        assertTrue(channels.endsWith("\"call_uuid\":\"c1\"}]}"), channels);
        assertTrue(api("show channels").endsWith("\n\n1 total.\n"));
        assertEquals("\n1 total.\n", api("show  calls count"));
        assertEquals("{\"row_count\": 0}\n", api("show bridged_calls as json"));
        assertTrue(api("status").startsWith("UP"));
        assertTrue(api("callcenter_config agent list").contains("\n1001@x|single_box||callback||On Break|Waiting|"));
        assertTrue(api("callcenter_config queue list members sales@x")
                .contains("\nsales@x|single_box||c1|\u00e9\"1||1767600000|1767600040|0|"));
        assertEquals("+OK\n", api("callcenter_config queue list members other"));
        assertEquals("name\nsales@x\n+OK\n", api("callcenter_config queue list"));
        client.tableKnows = false;
        assertEquals("-ERR Not known just now\n", api("show channels as json"));
    }

    @Test
    void shouldAnswerAJobInTheBackgroundWithItsEvent() {
        ask("auth secret");
        assertEquals(
                reply("+OK Job-UUID: mine").replace("\n\n", "\nJob-UUID: mine\n\n"),
                ask("bgapi show calls count\nJob-UUID: mine"),
                "he has not subscribed what it is told with");
        ask("event plain BACKGROUND_JOB");
        assertTrue(ask("bgapi show calls count\njob-uuid: mine")
                .contains("\n\nEvent-Name: BACKGROUND_JOB\nJob-UUID: mine\n"));
        assertFalse(ask("bgapi show calls count\nJob-UUID: m i n e").contains("m i n e"));
        final String answer = ask("bgapi show calls count");
        final String job =
                answer.substring(answer.indexOf("Job-UUID: ") + 10, answer.indexOf('\n', answer.indexOf("Job-UUID: ")));
        final String inside = "Event-Name: BACKGROUND_JOB\nJob-UUID: " + job + "\nContent-Length: 10\n\n\n0 total.\n";
        assertEquals(
                "Content-Type: command/reply\nReply-Text: +OK Job-UUID: " + job + "\nJob-UUID: " + job + "\n\n"
                        + "Content-Length: " + inside.length() + "\nContent-Type: text/event-plain\n\n" + inside,
                answer);
    }

    @Test
    void shouldRefuseWhatWouldCommandAndSayWhoAsked() {
        ask("auth secret");
        for (final String command : List.of(
                "api originate user/1001 &park",
                "bgapi uuid_kill 1",
                "api callcenter_config agent set status 1001 Available",
                "sendmsg 1\ncall-command: hangup\nContent-Length: 4\n\nabcd",
                "sendevent CUSTOM",
                "log debug",
                "auth once-more",
                "userauth east:once-more",
                "api {secret=1}originate",
                "reload",
                "api reloadxml")) {
            assertEquals(reply("-ERR permission denied"), ask(command), command);
        }
        assertEquals(
                List.of(
                        "api originate",
                        "bgapi uuid_kill",
                        "api callcenter_config",
                        "sendmsg",
                        "sendevent",
                        "log",
                        "auth",
                        "userauth",
                        "api ?",
                        "an unknown command",
                        "api reloadxml"),
                client.denied,
                "without secrets and numbers");
        assertEquals(reply("-ERR only plain events are served here"), ask("event json ALL"));
        assertTrue(client.isOpen());
        assertTrue(ask("exit").startsWith(reply("+OK bye") + "Content-Type: text/disconnect-notice\n"));
        assertFalse(client.isOpen());
    }

    @Test
    void shouldReadCommandsInPiecesAndWithReturns() {
        for (final char each : "\r\n\nauth secret\r\n\r\nevent plain ALL\r\n\r\nnolog\n\n".toCharArray()) {
            client.says(Character.toString(each));
        }
        assertTrue(client.heard().endsWith(reply("+OK event listener enabled plain") + reply("-ERR not loging")));
        client.says("x".repeat(20_000));
        assertFalse(client.isOpen());
    }
}
