package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.RollFile;

/** A server that is connected and too slow: what comes next for it is deleted. */
class LostPlaceTest {
    private static final long TEN_MINUTES_NS = 600_000_000_000L;

    @TempDir
    Path data;

    private long atNs;

    @Test
    void shouldEndTheSessionAndSayWhyAndRefuseTheNextLogin() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                RawClient stuck = new RawClient(rig.address())) {
            files(rig);
            stuck.send(SoupPackets.login("east", "secret", "", 1));
            FeedRig.await().until(() -> rig.feed().sent() > 0);
            final long sent = rig.feed().sent();
            assertTrue(sent < 200, "300 frames of 60 KB do not fit into a socket");
            drop(rig);
            assertEquals(301, rig.journal().oldest());
            FeedRig.await().until(() -> rig.events.count("serverLost cms-east acd1 ") == 1);
            FeedRig.await().until(() -> rig.events.count("ended cms-east acd1 what came next for it was deleted") == 1);
            assertFalse(rig.feed().connected());
            assertTrue(rig.feed().hold() < 300, "what it lost is known from what it has");
            try (SoupClient again = rig.connect()) {
                final SoupClient.Login refused =
                        again.login("east", "secret", "", 120, 30_000, (sequence, frame, bytes, offset, length) -> {});
                assertFalse(refused.accepted());
                assertEquals(
                        List.of("sequences 120 to 300 of acd1 are no longer kept; the oldest is 301"), refused.debug());
            }
        }
    }

    @Test
    void shouldGoOnAtTheOldestAfterANewLoginWhereThatIsWanted() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").continueOnLost().start();
                RawClient stuck = new RawClient(rig.address());
                RawClient watching = new RawClient(rig.address())) {
            files(rig);
            stuck.send(SoupPackets.login("east", "secret", "", 1));
            watching.send(SoupPackets.login("watch", "looking", "", 1));
            FeedRig.await().until(() -> rig.feed().sent() > 0);
            drop(rig);
            FeedRig.await().until(() -> rig.events.count("ended cms-east acd1 what came next") == 1);
            try (Received again = rig.receive("acd1", 120)) {
                assertTrue(again.login.accepted());
                assertEquals(301, again.login.sequence());
                again.awaitLast(400);
            }
            assertEquals(1, rig.events.count("serverLost cms-east acd1 120-300"));
            assertEquals(2, rig.events.count("serverLost"), "an observer loses nothing that anybody cares for");
        }
    }

    @Test
    void shouldNotDisturbAServerThatHasReadOn() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                Received good = rig.receive("acd1", 1)) {
            files(rig);
            good.awaitLast(400);
            drop(rig);
            rig.append(0);
            rig.journal().appendFrame(1, 0, atNs, -1, new byte[] {1}, 0, 1);
            rig.journal().endOfBatch();
            good.awaitLast(401);
            assertTrue(rig.feed().connected());
            assertEquals(0, rig.events.count("serverLost"));
        }
    }

    @Test
    void shouldTakeWhoeverAsksForAllThereIsWhileFilesGo() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start()) {
            atNs = rig.now();
            for (int file = 0; file < 40; file++) {
                atNs += TEN_MINUTES_NS;
                rig.journal().appendFrame(1, 0, atNs, -1, new byte[] {1}, 0, 1);
                rig.journal().endOfBatch();
            }
            final AtomicReference<String> refused = new AtomicReference<>();
            final AtomicBoolean over = new AtomicBoolean();
            final Thread asking = new Thread(() -> askForAll(rig, refused, over), "asking");
            asking.start();
            for (int file = 0; file < 39; file++) {
                rig.journal().drop(rig.journal().rollFiles(1).get(0));
            }
            over.set(true);
            asking.join(60_000);
            assertNull(refused.get());
        }
    }

    private static void askForAll(FeedRig rig, AtomicReference<String> refused, AtomicBoolean over) {
        try {
            while (!over.get() && refused.get() == null) {
                try (SoupClient client = rig.connect()) {
                    final SoupClient.Login login = client.login(
                            "watch", "looking", "acd1", 1, 30_000, (sequence, frame, bytes, offset, length) -> {});
                    refused.set(login.accepted() ? null : login.toString());
                }
            }
        } catch (Exception e) {
            refused.set(e.toString());
        }
    }

    /** Four files of 100 long frames each. */
    private void files(FeedRig rig) {
        final byte[] frame = new byte[60_000];
        atNs = rig.now();
        for (int file = 0; file < 4; file++) {
            atNs += TEN_MINUTES_NS;
            for (int i = 0; i < 100; i++) {
                rig.journal().appendFrame(1, 0, atNs, -1, frame, 0, frame.length);
            }
            rig.journal().endOfBatch();
        }
    }

    private static void drop(FeedRig rig) throws Exception {
        for (int i = 0; i < 3; i++) {
            final RollFile oldest = rig.journal().rollFiles(1).get(0);
            rig.journal().drop(oldest);
        }
    }
}
