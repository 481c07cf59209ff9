package org.tandemgw.gateway.dialect.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.dialect.FrameIdentity;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/** What Tandem says to an Asterisk, and what it makes of the answers. */
class AmiSessionTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String BANNER = "Asterisk Call Manager/9.0.0\r\n";

    private final List<String> said = new ArrayList<>();
    private final List<String> listed = new ArrayList<>();
    private LegSession session;

    private final LegSession.Listing listing = new LegSession.Listing() {
        @Override
        public void began() {
            listed.add("began");
        }

        @Override
        public void item(byte[] buffer, int offset, int length) {
            listed.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElseThrow());
        }

        @Override
        public void ended(boolean calls, boolean agents) {
            listed.add("ended" + (calls ? " calls" : "") + (agents ? " agents" : ""));
        }
    };

    private AmiDialect dialect(boolean md5) {
        return new AmiDialect(
                LinkFrameDecoder.Limits.WIDEST, 1, md5, "system,call", List.of("CoreShowChannels", "QueueStatus"), 10);
    }

    private void begin(boolean md5) {
        session = dialect(md5)
                .session("tandem", "secret")
                .begin(bytes -> said.add(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    /** How many bytes the session took as its login. */
    private int hear(String text) {
        final byte[] bytes = bytes(text);
        return session.offer(bytes, 0, bytes.length);
    }

    private void heard(String text) {
        final byte[] bytes = bytes(text);
        session.heard(bytes, 0, bytes.length);
    }

    private String lastId() {
        final Matcher id = Pattern.compile("ActionID: (\\S+)").matcher(said.get(said.size() - 1));
        assertTrue(id.find());
        return id.group(1);
    }

    @Test
    void shouldProveTheSecretWithoutSendingIt() {
        begin(true);
        assertEquals(List.of(), said, "nothing is said before the banner");
        assertEquals(BANNER.length(), hear(BANNER));
        assertTrue(
                said.get(0).startsWith("Action: Challenge\r\n") && said.get(0).contains("AuthType: MD5\r\n"));
        hear("Response: Success\r\nChallenge: 145769581\r\nActionID: " + lastId() + "\r\n\r\n");
        assertTrue(said.get(1).contains("Username: tandem\r\nKey: 6a8fac2af5537b85cbe39504089e0399\r\n"), said.get(1));
        assertTrue(said.get(1).contains("Events: system,call\r\n"));
        assertFalse(session.ready());
        final String accepted = "Response: Success\r\nMessage: Authentication accepted\r\n\r\n";
        assertEquals(accepted.length(), hear(accepted + "Event: FullyBooted\r\n\r\n"), "what follows is the stream's");
        assertTrue(session.ready());
        assertFalse(said.toString().contains("secret"));
    }

    @Test
    void shouldSendTheSecretWhereTheProfileSaysSo() {
        begin(false);
        for (final char c : BANNER.toCharArray()) {
            assertEquals(1, hear(String.valueOf(c)));
        }
        assertTrue(said.get(0).startsWith("Action: Login\r\n") && said.get(0).contains("Secret: secret\r\n"));
        hear("Response: Success\r\n\r\n");
        assertTrue(session.ready());
    }

    @Test
    void shouldSayWhoWasRefusedAndNeverWithWhat() {
        begin(false);
        hear(BANNER);
        assertEquals(-1, hear("Response: Error\r\nMessage: Authentication \033[31mfailed\r\n\r\n"));
        assertTrue(session.loginRefused());
        assertTrue(session.refusal().contains("user \"tandem\": \"Authentication ?[31mfailed\""), session.refusal());
        assertFalse(session.refusal().contains("secret\""), session.refusal());
        assertFalse(session.toString().contains("secret"));
        assertFalse(new AmiLogin("u", "geheim", true, "on", List.of(), 1, "i")
                .toString()
                .contains("geheim"));
    }

    @Test
    void shouldKnowThatThisIsNoAsterisk() {
        begin(true);
        assertEquals(-1, hear("SSH-2.0-OpenSSH_9.6\r\n\r\n"));
        assertTrue(session.refusal().contains("SSH-2.0-OpenSSH_9.6"), session.refusal());
        assertFalse(session.loginRefused());
        begin(true);
        assertEquals(-1, hear("x".repeat(20_000)));
        assertTrue(session.refusal().contains("no message ends"), session.refusal());
        begin(true);
        hear(BANNER);
        assertEquals(-1, hear("Response: " + "x".repeat(10_000) + "\r\n\r\n"));
        assertTrue(session.refusal().contains("10014 bytes"), session.refusal());
    }

    @Test
    void shouldAskForOneListAfterTheOtherAndSayWhatStands() {
        begin(false);
        hear(BANNER + "Response: Success\r\n\r\n");
        assertTrue(session.snapshotting());
        session.begun(listing);
        assertTrue(said.get(1).startsWith("Action: CoreShowChannels\r\n"), said.get(1));
        final String first = lastId();
        heard("Response: Success\r\nActionID: " + first + "\r\nEventList: start\r\n\r\n");
        heard("Event: CoreShowChannel\r\nActionID: " + first + "\r\n\r\n");
        heard("Event: CoreShowChannel\r\nActionID: somebody\r\n\r\n");
        heard("Event: CoreShowChannelsComplete\r\nActionID: " + first
                + "\r\nEventList: Complete\r\nListItems: 1\r\n\r\n");
        assertTrue(said.get(2).startsWith("Action: QueueStatus\r\n"), said.get(2));
        assertTrue(session.snapshotting());
        heard("Response: Error\r\nActionID: " + lastId() + "\r\nMessage: Invalid/unknown command\r\n\r\n");
        assertFalse(session.snapshotting());
        assertEquals(3, said.size());
        assertEquals("the ACD told how things stand: 1 CoreShowChannel, 1 lists refused", session.snapshot());
        assertEquals(List.of("began", "Event: CoreShowChannel", "ended calls"), listed);
    }

    @Test
    void shouldCallNoListWholeThatIsShortOfItems() {
        begin(false);
        hear(BANNER + "Response: Success\r\n\r\n");
        session.begun(listing);
        heard("Event: CoreShowChannel\r\nActionID: " + lastId() + "\r\n\r\n");
        heard("Event: CoreShowChannelsComplete\r\nActionID: " + lastId()
                + "\r\nEventList: Complete\r\nListItems: 2\r\n\r\n");
        heard("Event: QueueStatusComplete\r\nActionID: " + lastId() + "\r\n\r\n");
        assertEquals("ended agents", listed.get(2));
        session.askAgain();
        assertTrue(session.snapshotting());
        assertTrue(said.get(said.size() - 1).startsWith("Action: CoreShowChannels\r\n"));
        session.askAgain();
        assertEquals("began", listed.get(3));
        assertEquals(4, listed.size());
    }

    @Test
    void shouldNotWaitForEverForTheEndOfAList() {
        begin(false);
        hear(BANNER + "Response: Success\r\n\r\n");
        session.begun(listing);
        for (int i = 0; i < 6; i++) {
            session.keepAlive();
        }
        assertFalse(session.snapshotting());
        assertTrue(session.snapshot().contains("2 lists without an end"), session.snapshot());
    }

    @Test
    void shouldSayNothingButWhatReads() {
        begin(true);
        hear(BANNER);
        hear("Response: Success\r\nChallenge: 1\r\n\r\n");
        hear("Response: Success\r\n\r\n");
        session.begun(listing);
        for (int i = 0; i < 20; i++) {
            session.keepAlive();
        }
        final List<String> allowed = List.of("Challenge", "Login", "Ping", "CoreShowChannels", "QueueStatus");
        for (final String message : said) {
            assertTrue(allowed.stream().anyMatch(action -> message.startsWith("Action: " + action + "\r\n")), message);
            assertTrue(message.endsWith("\r\n\r\n") && message.indexOf("\r\n\r\n") == message.length() - 4, message);
        }
    }

    // --- which messages belong to the stream ---

    private static boolean local(LegFrames leg, String text) {
        final byte[] bytes = bytes(text);
        return leg.isLocal(bytes, 0, bytes.length, 100 * SECOND);
    }

    @Test
    void shouldKeepAnswersAndOurListsOutOfTheStreamAndNothingElse() {
        final AmiDialect dialect = dialect(true);
        final LegFrames leg = dialect.legFrames();
        dialect.session("u", "s")
                .begin(bytes -> said.add(new String(bytes, StandardCharsets.ISO_8859_1)))
                .offer(bytes(BANNER), 0, BANNER.length());
        final String ours = lastId();
        leg.sessionBegins();
        assertTrue(local(leg, "Response: Success\r\nPing: Pong\r\n\r\n"));
        assertTrue(local(leg, "Event: CoreShowChannel\r\nActionID: " + ours + "\r\n\r\n"));
        assertFalse(local(leg, "Event: OriginateResponse\r\nActionID: somebody-1\r\n\r\n"));
        assertFalse(local(leg, "Event: UserEvent\r\nText: ActionID: " + ours + "\r\n\r\n"));
        assertFalse(local(leg, "nonsense\r\n\r\n"));
    }

    @Test
    void shouldTakeOnlyTheFirstFullyBootedForTheGreeting() {
        final LegFrames leg = dialect(true).legFrames();
        final String booted = "Event: FullyBooted\r\nUptime: 5\r\n\r\n";
        leg.sessionBegins();
        assertTrue(local(leg, "Response: Success\r\n\r\n"));
        assertTrue(local(leg, booted));
        assertFalse(local(leg, booted));
        leg.sessionBegins();
        assertFalse(local(leg, "Event: Newchannel\r\n\r\n"));
        assertFalse(local(leg, booted));
    }

    // --- what makes two of them the same ---

    private static String key(FrameIdentity identity, String text, long atNs) {
        final byte[] bytes = bytes("##" + text);
        identity.of(bytes, 2, bytes.length - 2, atNs);
        return identity.high() + ":" + identity.low();
    }

    @Test
    void shouldIdentifyByAllLinesButTheActionId() {
        final FrameIdentity identity = dialect(true).identity();
        final String plain = key(identity, "Event: A\r\nX: 1\r\n\r\n", 1);
        assertEquals(FrameIdentity.NO_NUMBER, identity.number());
        assertEquals(plain, key(identity, "Event: A\r\nActionID: 7\r\nX: 1\r\n\r\n", 1));
        assertEquals(plain, key(identity, "ActionID: 7\r\nEvent: A\r\nX: 1\r\nactionid:\r\n\r\n", 1));
        assertFalse(plain.equals(key(identity, "Event: A\r\nX: 2\r\n\r\n", 1)));
        final String numbered = key(identity, "Event: A\r\nSequenceNumber: 4711\r\n\r\n", 1);
        assertEquals(4711, identity.number());
        assertFalse(numbered.equals(key(identity, "Event: A\r\nSequenceNumber: 4712\r\n\r\n", 1)));
        key(identity, "Event: A\r\nSequenceNumber: -3\r\n\r\n", 1);
        assertEquals(FrameIdentity.NO_NUMBER, identity.number());
        key(identity, "Event: A\r\nSequenceNumber: 99999999999999999999\r\n\r\n", 1);
        assertEquals(FrameIdentity.NO_NUMBER, identity.number());
    }

    @Test
    void shouldNotTakeEventsOfANewBootForThoseOfTheOld() {
        final AmiDialect dialect = dialect(true);
        final FrameIdentity identity = dialect.identity();
        final String event = "Event: A\r\nSequenceNumber: 0\r\n\r\n";
        final String before = key(identity, event, 90 * SECOND);

        greet(dialect.legFrames(), 300, 100);
        assertEquals(before, key(identity, event, 90 * SECOND), "it runs for longer than we have been without it");

        greet(dialect.legFrames(), 9, 100);
        assertEquals(before, key(identity, event, 90 * SECOND), "whole seconds prove nothing within two");

        greet(dialect.legFrames(), 3, 100);
        final String after = key(identity, event, 101 * SECOND);
        assertFalse(before.equals(after));

        greet(dialect.legFrames(), 6, 103);
        assertEquals(after, key(identity, event, 103 * SECOND), "the other leg tells of the same boot");
    }

    private static void greet(LegFrames leg, int uptimeS, long atS) {
        final byte[] greeting = bytes("Event: FullyBooted\r\nUptime: " + uptimeS + "\r\n\r\n");
        leg.sessionBegins();
        assertTrue(leg.isLocal(greeting, 0, greeting.length, atS * SECOND));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
