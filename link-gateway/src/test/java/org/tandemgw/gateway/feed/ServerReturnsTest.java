package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.feed.FeedStatus.CursorKind;

class ServerReturnsTest {
    @TempDir
    Path data;

    @Test
    void shouldSendWhatIsThereAndThenWhatComes() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(250).start();
                Received server = rig.receive("acd1", 1)) {
            assertEquals(new SoupClient.Login(true, "acd1", 1, ' ', List.of()), server.login);
            server.awaitLast(250);
            rig.append(1);
            server.awaitLast(251);
            rig.append(2_000);
            inOrder(server.awaitLast(2_251), 1);
            FeedRig.await().until(() -> rig.feed().cursor() == 2_251);
            assertEquals(2_251, rig.feed().sent());
            assertEquals(0, rig.feed().lagMs());
            assertEquals(CursorKind.ACKNOWLEDGED, rig.feed().cursorKind());
            assertEquals(2_251, rig.feed().hold());
            assertEquals(0, rig.feed().confirmed(), "it never said so");
        }
    }

    @Test
    void shouldGiveExactlyWhatWasMissedAndTakeALoginForAConfirmation() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(100).start()) {
            try (Received server = rig.receive("", 1)) {
                server.awaitLast(100);
                FeedRig.await().until(() -> rig.feed().acknowledged() == 100);
                server.client.logout();
                server.awaitEnd();
            }
            FeedRig.await().until(() -> !rig.feed().connected());
            rig.append(50);
            FeedRig.await().until(() -> rig.feed().lagMs() > 0);
            assertEquals(50, rig.feed().lagFrames());
            try (Received server = rig.receive("", 101)) {
                inOrder(server.awaitLast(150), 101);
                assertEquals(100, rig.feed().confirmed());
            }
            try (Received server = rig.receive("", 31)) {
                inOrder(server.awaitLast(150), 31);
                assertEquals(30, rig.feed().confirmed(), "also when that is less than it had");
            }
        }
    }

    @Test
    void shouldBelieveReportsAndCompareTheirDigests() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(2_500).start();
                Received server = rig.receive("", 1).awaitLast(2_500)) {
            assertEquals(rig.journal().digest(2_000), server.digest.hex(), "client and journal agree");
            FeedRig.await().until(() -> rig.feed().digestThrough() == 2_000);
            assertEquals(rig.journal().digest(2_000), rig.feed().digest(), "session and journal agree");
            server.client.have(2_400, server.digest.hex());
            FeedRig.await().until(() -> rig.feed().confirmed() == 2_400);
            assertEquals(CursorKind.CONFIRMED, rig.feed().cursorKind());
            assertEquals(2_400, rig.feed().cursor());
            assertEquals(100, rig.feed().lagFrames());
            assertEquals(0, rig.events.count("serverDiffers"));
            server.client.have(2_450, "00".repeat(32));
            FeedRig.await().until(() -> rig.events.count("serverDiffers cms-east acd1 2000 true") == 1);
        }
    }

    @Test
    void shouldCountUnsequencedPacketsThatAreNoReportAndReportsOfWhatWasNeverSent() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(10).start();
                Received server = rig.receive("", 1).awaitLast(10)) {
            server.client.unsequenced(SoupPackets.ascii("hello"));
            server.client.unsequenced(new byte[0]);
            server.client.have(11, null);
            server.client.have(10, null);
            FeedRig.await().until(() -> rig.feed().confirmed() == 10);
            assertEquals(2, rig.feed().ignoredPackets());
            assertEquals(1, rig.feed().badPackets());
            assertTrue(rig.feed().connected());
        }
    }

    @Test
    void shouldTakeTheJournalsDigestAtTheNextBoundaryWhenItBeginsInABlock() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(3_500).start();
                Received server = rig.receive("", 501).awaitLast(3_500)) {
            FeedRig.await().until(() -> rig.feed().digestThrough() == 3_000);
            inOrder(server, 501);
            assertNotNull(rig.feed().digest());
            assertEquals(rig.journal().digest(3_000), rig.feed().digest());
        }
    }

    @Test
    void shouldGoOnAfterTheGatewayItselfCameBack() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(100).start()) {
            try (Received server = rig.receive("", 1).awaitLast(100)) {
                rig.stop();
                server.awaitEnd();
            }
            rig.append(20).confirmed("acd1", 100).start();
            assertEquals(100, rig.feed().cursor());
            assertEquals(20, rig.feed().lagFrames());
            FeedRig.await().until(() -> rig.feed().lagMs() > 0);
            try (Received server = rig.receive("", 101)) {
                inOrder(server.awaitLast(120), 101);
            }
        }
    }

    @Test
    void shouldLookOnceMoreAtWhatIsAcknowledgedBeforeItStops() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(10).start();
                Received server = rig.receive("", 1).awaitLast(10)) {
            FeedRig.await().until(() -> rig.feed().hold() == 10);
            rig.append(5);
            server.awaitLast(15);
            assertEquals(10, rig.server().status().feeds().get(0).hold(), "nobody has looked");
            FeedRig.await().until(() -> rig.lastLook().hold() == 15);
        }
    }

    @Test
    void shouldInventNothingForAServerThatNeverWasHere() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(100).start()) {
            assertEquals(0, rig.feed().cursor());
            assertEquals(CursorKind.NONE, rig.feed().cursorKind());
            assertEquals(0, rig.feed().sent());
            assertEquals(0, rig.feed().lagFrames());
            assertEquals(-1, rig.feed().confirmed());
            assertEquals(-1, rig.feed().hold(), "nothing is held for it");
        }
    }

    @Test
    void shouldLetTheNewestLoginWin() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(10).start();
                Received first = rig.receive("", 1).awaitLast(10);
                Received second = rig.receive("", 5).awaitLast(10)) {
            first.awaitEnd();
            assertFalse(second.ended());
            assertEquals(1, rig.feed().replaced());
            assertEquals(
                    List.of(
                            "loggedIn cms-east acd1 1",
                            "replaced cms-east acd1",
                            "ended cms-east acd1 a newer login came",
                            "loggedIn cms-east acd1 5"),
                    rig.events.lines());
            rig.append(5);
            second.awaitLast(15);
            assertTrue(rig.feed().connected());
        }
    }

    @Test
    void shouldLetAnObserverReadWithoutMovingAnything() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(10).start();
                Received server = rig.receive("", 3).awaitLast(10)) {
            FeedRig.await().until(() -> rig.feed().acknowledged() == 10);
            final String before = counted(rig.feed());
            try (Received observer = new Received(rig.connect(), "watch", "looking", "acd1", 1)) {
                inOrder(observer.awaitLast(10), 1);
                observer.client.have(10, null);
                observer.client.logout();
                observer.awaitEnd();
            }
            assertEquals(before, counted(rig.feed()));
            assertEquals(List.of("loggedIn cms-east acd1 3"), rig.events.lines());
            assertFalse(server.ended());
        }
    }

    @Test
    void shouldFeedSeveralAcdsOverOnePort() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1", "acd2").append(10).start();
                Received one = rig.receive("acd1", 1).awaitLast(10);
                Received two = rig.receive("acd2", 1)) {
            final byte[] frame = {1, 2, 3};
            rig.journal("acd2").appendFrame(2, 0, rig.now(), -1, frame, 0, 3);
            rig.journal("acd2").endOfBatch();
            assertArrayEquals(frame, two.awaitLast(1).items().get(0).bytes());
            assertFalse(one.ended());
            FeedRig.await().until(() -> rig.server().status().feeds().get(1).sent() == 1);
        }
    }

    /** Everything but the estimates, which go on with the time. */
    private static String counted(FeedStatus feed) {
        return feed.toString().replace(feed.parity().toString(), "");
    }

    private static void inOrder(Received server, long first) {
        long expected = first;
        for (Received.Item item : server.items()) {
            assertEquals(expected, item.sequence());
            assertTrue(item.frame());
            assertArrayEquals(FeedRig.text(expected), item.bytes());
            expected++;
        }
    }
}
