package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;

/** Logins over a real socket; the rules of session and sequence are in {@link SoupLoginTest}. */
class LoginTest {
    private static final long HOUR_NS = 3_600_000_000_000L;

    @TempDir
    Path data;

    @ParameterizedTest(name = "{0} bytes after the 46th")
    @CsvSource({"0", "1", "5", "20", "977"})
    void shouldAcceptLoginsOf46BytesAndLonger(int more) throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(3).start();
                RawClient client = new RawClient(rig.address())) {
            final byte[] login = Arrays.copyOf(SoupPackets.login("east", "secret", "", 4), 49 + more);
            login[0] = (byte) (47 + more >> 8);
            login[1] = (byte) (47 + more);
            client.send(login).send(SoupPackets.empty(SoupPackets.LOGOUT));
            assertEquals(List.of("A      acd1                   4"), client.packetsToEnd());
        }
    }

    @Test
    void shouldCloseOnALoginThatIsTooShort() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                RawClient client = new RawClient(rig.address())) {
            client.send(SoupPackets.packet(SoupPackets.LOGIN, new byte[45]));
            assertEquals(List.of(), client.packetsToEnd());
            assertEquals(1, rig.feed().badPackets());
        }
    }

    @ParameterizedTest(name = "{0}/{1} session \"{2}\" at {3}: {4}")
    @CsvSource({
        "east, wrong, '', 1, A, 0",
        "west, secret, '', 1, A, 0",
        "EAST, secret, '', 1, A, 0",
        "watch, secret, '', 1, A, 0",
        "east, looking, '', 1, A, 0",
        "east, wrong, nosuch, 1, A, 0",
        "east, secret, nosuch, 1, S, 0",
        "east, secret, acd1.2, 1, S, 1",
        "east, secret, acd1, 12, S, 1",
        "watch, looking, acd1, 12, S, 0",
    })
    void shouldRefuseWithTheRightCodeAfterADebugPacket(
            String user, String password, String session, long sequence, char code, int alarms) throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(10).start();
                RawClient client = new RawClient(rig.address())) {
            client.send(SoupPackets.login(user, password, session, sequence));
            final List<String> packets = client.packetsToEnd();
            assertEquals(2, packets.size(), packets.toString());
            assertTrue(packets.get(0).startsWith("+") && packets.get(0).length() > 10, packets.toString());
            assertEquals("J" + code, packets.get(1));
            assertEquals(1, rig.feed().rejectedLogins());
            assertTrue(
                    rig.feed().lastRefusal().startsWith(code + ": "), rig.feed().lastRefusal());
            assertEquals(alarms, rig.events.count("serverAhead"));
            assertEquals(alarms, rig.events.lines().size());
        }
    }

    @Test
    void shouldNotLoseTheRefusalWhenTheClientGoesOnSending() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                RawClient client = new RawClient(rig.address())) {
            client.send(SoupPackets.login("east", "wrong", "", 1));
            client.send(new byte[20_000]);
            assertEquals("JA", client.packetsToEnd().get(1));
        }
    }

    @Test
    void shouldCountWhatIsNextForAnEmptyJournalAndForSequenceZero() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start()) {
            for (long asked : new long[] {0, 1}) {
                try (Received server = rig.receive("", asked)) {
                    assertEquals(1, server.login.sequence());
                }
            }
            rig.append(7);
            try (Received server = rig.receive("", 0)) {
                assertEquals(8, server.login.sequence());
                assertEquals(0, rig.feed().confirmed(), "a login at 0 says nothing about what it has");
                rig.append(1);
                server.awaitLast(8);
                assertEquals(1, server.items().size());
            }
        }
    }

    @Test
    void shouldSayWhatIsLostAndRefuse() throws Exception {
        cutTheBeginningOff();
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                RawClient client = new RawClient(rig.address())) {
            client.send(SoupPackets.login("east", "secret", "acd1", 3));
            assertEquals(
                    List.of("+sequences 3 to 5 of acd1 are no longer kept; the oldest is 6", "JS"),
                    client.packetsToEnd());
            assertEquals(List.of("serverLost cms-east acd1 3-5"), rig.events.lines());
            try (Received fromTheOldest = rig.receive("", 1)) {
                assertEquals(6, fromTheOldest.login.sequence());
                fromTheOldest.awaitLast(10);
                assertEquals(1, rig.events.count("serverLost"));
            }
        }
    }

    @Test
    void shouldSayWhatIsLostAndGoOnWhereThatIsConfigured() throws Exception {
        cutTheBeginningOff();
        try (FeedRig rig = new FeedRig(data, "acd1").continueOnLost().start();
                Received server = rig.receive("acd1", 3)) {
            assertEquals(6, server.login.sequence());
            assertEquals(List.of("sequences 3 to 5 of acd1 are no longer kept; the oldest is 6"), server.login.debug());
            server.awaitLast(10);
            assertEquals(List.of("loggedIn cms-east acd1 6", "serverLost cms-east acd1 3-5"), rig.events.lines());
            FeedRig.await().until(() -> rig.feed().sent() == 10);
        }
    }

    @Test
    void shouldNameALaterGeneration() throws Exception {
        Files.createDirectories(data.resolve("journal/acd1/2"));
        try (FeedRig rig = new FeedRig(data, "acd1").append(1).start();
                RawClient old = new RawClient(rig.address());
                Received server = rig.receive("acd1.2", 1)) {
            assertEquals("acd1.2", server.login.session());
            old.send(SoupPackets.login("east", "secret", "acd1", 1));
            final List<String> packets = old.packetsToEnd();
            assertEquals("+session acd1 is another generation of acd1; the present one is acd1.2", packets.get(0));
            assertEquals("JS", packets.get(1));
            assertEquals(1, rig.events.count("serverAhead"));
            assertFalse(server.ended(), "a refused login disturbs nobody");
        }
    }

    /** Ten records in two roll files, of which the first is gone: the oldest is 6. */
    private void cutTheBeginningOff() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            for (int i = 0; i < 10; i++) {
                journal.appendFrame(1, 0, 1_700_000_000_000_000_000L + i / 5 * HOUR_NS, -1, FeedRig.text(i + 1), 0, 7);
            }
            journal.endOfBatch();
        }
        try (Stream<Path> files = Files.list(data.resolve("journal/acd1/1"))) {
            Files.delete(files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .findFirst()
                    .orElseThrow());
        }
    }
}
