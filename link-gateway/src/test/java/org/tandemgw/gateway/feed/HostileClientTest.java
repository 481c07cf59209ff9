package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever strangers do at the port, the good server goes on undisturbed (G4, G11). */
@Tag("chance")
class HostileClientTest {
    private static final FeedLimits LIMITS = new FeedLimits(50, 60_000, 2_000, 64, 4_096, 50);

    @TempDir
    Path data;

    private FeedRig rig;
    private Received good;

    @BeforeEach
    void connectTheGoodServer() throws Exception {
        rig = new FeedRig(data, "acd1").limits(LIMITS).append(1_000).start();
        good = rig.receive("", 1).awaitLast(1_000);
    }

    @AfterEach
    void close() throws Exception {
        good.close();
        rig.close();
    }

    @Test
    void shouldCloseOnGarbage() throws Exception {
        final Seed seed = new Seed();
        final Random random = seed.random();
        final List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            final byte[] garbage = new byte[1 + random.nextInt(5_000)];
            random.nextBytes(garbage);
            final RawClient client = new RawClient(rig.address());
            client.trySend(garbage);
            clients.add(client);
        }
        for (RawClient client : clients) {
            assertEquals(0, client.readToEnd().length, seed.toString());
            client.close();
        }
        assertTrue(rig.feed().badPackets() > 0, seed.toString());
        undisturbed();
    }

    @Test
    void shouldEndASlowlorisAtTheLimitForAWholeLogin() throws Exception {
        final byte[] login = SoupPackets.login("east", "secret", "", 1);
        try (RawClient client = new RawClient(rig.address())) {
            client.send(Arrays.copyOf(login, 10));
            // Slowly enough for its login never to be whole.
            FeedRig.await().pollInterval(Duration.ofMillis(200)).until(() -> !client.trySend((byte) 'x'));
        }
        assertEquals(1, rig.server().status().tooLate());
        undisturbed();
    }

    @Test
    void shouldEndHalfLogins() throws Exception {
        final List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(new RawClient(rig.address())
                    .send(Arrays.copyOf(SoupPackets.login("east", "secret", "", 1), 2 * i + 1)));
        }
        undisturbed();
        for (RawClient client : clients) {
            assertEquals(0, client.readToEnd().length);
            client.close();
        }
        assertEquals(20, rig.server().status().tooLate());
        assertEquals(0, rig.server().status().waiting());
        undisturbed();
    }

    @Test
    void shouldGoOnRefusingWrongPasswords() throws Exception {
        for (int i = 0; i < 300; i++) {
            try (RawClient client = new RawClient(rig.address())) {
                client.send(SoupPackets.login("east", "guess" + i, "", 1));
                assertEquals("JA", client.packetsToEnd().get(1));
            }
        }
        assertEquals(300, rig.feed().rejectedLogins());
        assertEquals(0, rig.feed().replaced());
        undisturbed();
    }

    @Test
    void shouldCloseOnImpossibleLengthsBeforeAndAfterTheLogin() throws Exception {
        final int[] lengths = {0, 1_025, 65_535};
        for (int length : lengths) {
            try (RawClient client = new RawClient(rig.address())) {
                client.send((byte) (length >> 8), (byte) length, (byte) 'L', (byte) ' ');
                assertEquals(0, client.readToEnd().length);
            }
        }
        assertEquals(3, rig.feed().badPackets());
        for (int length : lengths) {
            try (RawClient client = new RawClient(rig.address())) {
                client.send(SoupPackets.login("watch", "looking", "", 0));
                client.send((byte) (length >> 8), (byte) length, (byte) 'U', (byte) ' ');
                assertEquals('A', client.packetsToEnd().get(0).charAt(0));
            }
        }
        assertEquals(6, rig.feed().badPackets());
        undisturbed();
    }

    @Test
    void shouldCloseOnPacketsThatOnlyAServerMaySend() throws Exception {
        for (char type : "SAJHZ".toCharArray()) {
            try (RawClient client = new RawClient(rig.address())) {
                client.send(SoupPackets.packet((byte) type, new byte[40]));
                assertEquals(0, client.readToEnd().length);
            }
        }
        assertEquals(5, rig.feed().badPackets());
        undisturbed();
    }

    @Test
    void shouldLetAGoodLoginInAmongTwoHundredIdleStrangers() throws Exception {
        final List<RawClient> strangers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            strangers.add(new RawClient(rig.address()));
        }
        FeedRig.await()
                .until(() -> rig.server().status().pushedOut()
                                + rig.server().status().tooLate()
                        >= 200 - LIMITS.waiting());
        assertTrue(rig.server().status().waiting() <= LIMITS.waiting());
        try (Received observer = new Received(rig.connect(), "watch", "looking", "", 1)) {
            observer.awaitLast(1_000);
        }
        for (RawClient stranger : strangers) {
            assertEquals(0, stranger.readToEnd().length);
            stranger.close();
        }
        undisturbed();
    }

    @Test
    void shouldEndAServerThatIsSilent() throws Exception {
        try (FeedRig other = new FeedRig(data.resolve("other"), "acd2")
                        .limits(new FeedLimits(50, 1_000, 60_000, 64, 4_096, 50))
                        .start();
                RawClient client = new RawClient(other.address())) {
            client.send(SoupPackets.login("east", "secret", "", 0));
            final List<String> packets = client.packetsToEnd();
            assertEquals('A', packets.get(0).charAt(0));
            assertTrue(packets.size() > 3, "heartbeats until the end: " + packets);
            assertEquals(
                    List.of("loggedIn cms-east acd2 1", "ended cms-east acd2 silent for 1000 ms"),
                    other.events.lines());
        }
    }

    private void undisturbed() {
        final long before = good.last();
        rig.append(500);
        good.awaitLast(before + 500);
        assertFalse(good.ended());
        long expected = 1;
        for (Received.Item item : good.items()) {
            assertEquals(expected, item.sequence());
            assertArrayEquals(FeedRig.text(expected), item.bytes());
            expected++;
        }
        assertEquals(1, rig.events.count("loggedIn"));
        assertEquals(0, rig.events.count("ended"));
    }
}
