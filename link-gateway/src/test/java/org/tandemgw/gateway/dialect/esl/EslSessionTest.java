package org.tandemgw.gateway.dialect.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.frame.EslDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/** What Tandem says to a FreeSWITCH, and what it makes of the answers. */
class EslSessionTest implements LegSession.Listing {
    private static final String GREETING = "Content-Type: auth/request\n\n";
    private static final String CHANNELS = "show channels as json";
    private static final String AGENTS = "callcenter_config agent list";

    private final List<String> said = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private EslSession session = with("tandem", List.of(CHANNELS, AGENTS));

    private EslSession with(String user, List<String> snapshot) {
        return new EslSession(
                new EslLogin(user, "ClueCon", "CHANNEL_CREATE CUSTOM callcenter::info", snapshot, 10_000),
                bytes -> said.add(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    private static String reply(String text) {
        return "Content-Type: command/reply\nReply-Text: " + text + "\n\n";
    }

    private static String answer(String body) {
        return "Content-Type: api/response\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\n\n"
                + body;
    }

    private int offer(String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return session.offer(bytes, 0, bytes.length);
    }

    /** As a leg does: through the decoder, and only what is local. */
    private void hear(String text, int piece) {
        final EslLegFrames local = new EslLegFrames();
        final EslDecoder decoder = new EslDecoder(LinkFrameDecoder.Limits.WIDEST, new FrameSink() {
            @Override
            public void onFrame(byte[] buffer, int offset, int length) {
                if (local.isLocal(buffer, offset, length, 0)) {
                    session.heard(buffer, offset, length);
                } else {
                    told.add("shared");
                }
            }

            @Override
            public void onLongFrame(long length, byte[] sha256) {
                throw new AssertionError("long");
            }
        });
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += piece) {
            assertTrue(decoder.decode(bytes, at, Math.min(piece, bytes.length - at)));
        }
    }

    @Override
    public void began() {
        told.add("began");
    }

    @Override
    public void item(byte[] buffer, int offset, int length) {
        told.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void ended(boolean calls, boolean agents) {
        told.add("ended " + calls + " " + agents);
    }

    private void logIn() {
        offer(GREETING + reply("+OK accepted") + reply("+OK event listener enabled plain"));
        assertTrue(session.ready());
        said.clear();
    }

    @Test
    void shouldLogInSubscribeAndLeaveTheRestToTheStream() {
        final String greeted = GREETING + reply("+OK accepted");
        assertEquals(greeted.length(), offer(greeted));
        final String subscribed = reply("+OK event listener enabled plain");
        assertEquals(subscribed.length(), offer(subscribed + "Content-Length: 1"));
        assertTrue(session.ready());
        assertEquals(List.of("auth ClueCon\n\n", "event plain CHANNEL_CREATE CUSTOM callcenter::info\n\n"), said);
    }

    @Test
    void shouldLogInAsAUserOfTheDirectoryWhereTheNameHasADomain() {
        session = with("tandem@pbx.example.org", List.of());
        offer(GREETING);
        assertEquals(List.of("userauth tandem@pbx.example.org:ClueCon\n\n"), said);
    }

    @Test
    void shouldSayWhoWasRefusedAndWhyAndNeverTheSecret() {
        assertEquals(-1, offer(GREETING + reply("-ERR invalid")));
        assertTrue(session.loginRefused());
        assertTrue(session.refusal().contains("refused the login: \"-ERR invalid\""), session.refusal());
        assertTrue(session.refusal().contains("event_socket.conf.xml"), session.refusal());
        assertFalse(session.refusal().contains("ClueCon"));

        session = with("tandem", List.of());
        assertEquals(-1, offer("Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n"));
        assertTrue(session.loginRefused());
        assertTrue(session.refusal().contains("\"Access Denied, go away.\""), session.refusal());
        assertTrue(session.refusal().contains("apply-inbound-acl"), session.refusal());

        session = with("tandem@x", List.of());
        assertEquals(-1, offer(GREETING + reply("+OK accepted") + reply("-ERR no keywords supplied")));
        assertTrue(session.refusal().contains("esl-allowed-events"), session.refusal());

        session = with("tandem", List.of());
        assertEquals(-1, offer("SSH-2.0-OpenSSH_9.2\n\n"));
        assertTrue(session.refusal().contains("no FreeSWITCH event socket"), session.refusal());
        assertFalse(session.loginRefused());

        session = with("tandem", List.of());
        assertEquals(-1, offer("Content-Type: text/disconnect-notice\nContent-Length: 5\n\nbye.\n"));
        assertTrue(session.refusal().contains("ended the session: \"bye.\""), session.refusal());
    }

    @Test
    void shouldAskForOneListAfterTheOtherAndCutThemIntoItemsHoweverTheyCome() {
        for (final int piece : new int[] {1, 7, 100_000}) {
            session = with("tandem", List.of(CHANNELS, AGENTS));
            logIn();
            told.clear();
            session.begun(this);
            assertEquals(List.of("api show channels as json\n\n"), said);
            hear(
                    answer(
                                    "{\"row_count\":2,\"rows\":[{\"uuid\":\"a\",\"name\":\"so{f}ia \\\"Zo\u00eb\\\"\"},{\"uuid\":\"b\"}]}")
                            + "Content-Length: 1\nContent-Type: text/event-plain\n\n\n",
                    piece);
            assertEquals("api callcenter_config agent list\n\n", said.get(1));
            assertTrue(session.snapshotting());
            hear(answer("name|status\n1001@x|Available\n1002@x|On Break\n+OK\n"), piece);
            assertFalse(session.snapshotting());
            assertEquals(
                    List.of(
                            "began",
                            "{\"uuid\":\"a\",\"name\":\"so{f}ia \\\"Zo\u00eb\\\"\"}",
                            "{\"uuid\":\"b\"}",
                            "shared",
                            "name|status\n1001@x|Available",
                            "name|status\n1002@x|On Break",
                            "ended true true"),
                    told);
        }
    }

    @Test
    void shouldKnowAListThatIsRefusedCutOrEmpty() {
        logIn();
        session.begun(this);
        hear(answer("{\"row_count\":3,\"rows\":[{\"uuid\":\"a\"}]}"), 1_000);
        hear(reply("-ERR permission denied"), 1_000);
        assertEquals(List.of("began", "{\"uuid\":\"a\"}", "ended false false"), told);
        assertTrue(session.snapshot().contains("1 lists refused"), session.snapshot());

        told.clear();
        session.askAgain();
        hear(answer("{\"row_count\": 0}\n"), 1_000);
        hear(answer("-ERR callcenter_config Command not found!\n"), 1_000);
        assertEquals(List.of("began", "ended true false"), told);

        told.clear();
        session.askAgain();
        hear(answer("-USAGE: show\n"), 1_000);
        hear(answer("+OK\n"), 1_000);
        assertEquals(List.of("began", "ended false true"), told);
    }

    @Test
    void shouldTellAnswersToTheKeepAliveFromThoseToLists() {
        logIn();
        session.begun(this);
        session.keepAlive();
        assertEquals(List.of("api show channels as json\n\n", "nolog\n\n"), said);
        hear(answer("{\"row_count\": 0}\n"), 1_000);
        hear(reply("-ERR not loging"), 1_000);
        hear(answer("+OK\n"), 1_000);
        assertEquals(List.of("began", "ended true true"), told);
    }

    @Test
    void shouldGiveUpAListThatDoesNotComeAndNotTakeALateAnswerForTheNext() {
        logIn();
        session.begun(this);
        session.keepAlive();
        session.keepAlive();
        session.keepAlive();
        assertEquals("api callcenter_config agent list\n\n", said.get(said.size() - 1));
        hear(answer("{\"row_count\":1,\"rows\":[{\"uuid\":\"late\"}]}"), 1_000);
        hear(reply("-ERR not loging").repeat(3), 1_000);
        hear(answer("+OK\n"), 1_000);
        assertEquals(List.of("began", "ended false true"), told);
        assertTrue(session.snapshot().contains("1 lists without an end"), session.snapshot());
    }

    @Test
    void shouldNotLetASecretBecomeAnotherCommand() {
        session = new EslSession(
                new EslLogin("tandem", "a\n\napi shutdown", "ALL", List.of(), 0),
                bytes -> said.add(new String(bytes, StandardCharsets.ISO_8859_1)));
        offer(GREETING);
        assertEquals(List.of("auth a??api shutdown\n\n"), said);
        assertFalse(new EslLogin("tandem", "ClueCon", "ALL", List.of(), 0)
                .toString()
                .contains("ClueCon"));
    }
}
