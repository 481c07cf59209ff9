package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.feed.FeedStatus.CursorKind;

/** A server that has more than the journal tries again each second while the journal grows past it. */
class ServerAheadTest {
    @TempDir
    Path data;

    @Test
    void shouldRefuseUntilItLogsInAtOne() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(4).start()) {
            assertTrue(refusal(rig, "east", "", 17).contains("beyond the end of acd1; the next one is 5"));
            rig.append(30);
            final String text = refusal(rig, "east", "", 17);
            assertTrue(text.contains("sequence 17 is beyond the end of acd1; the next one is 5"), text);
            assertTrue(text.contains("Log in at 1") && text.contains("acd1 at 5 or below"), text);
            refusal(rig, "east", "acd1", 35);
            refusal(rig, "east", "acd1", 17);
            assertEquals(1, rig.events.count("serverAhead"), "it is told once");
            try (Received onlyNew = rig.receive("", 0)) {
                assertEquals(35, onlyNew.login.sequence());
            }
            assertEquals(4, rig.server().claims().get("acd1").had(), "a login at 0 claims nothing and proves nothing");
            try (Received anew = rig.receive("", 1)) {
                anew.awaitLast(34);
            }
            assertEquals(0, rig.server().claims().size());
            try (Received goesOn = rig.receive("", 17)) {
                assertEquals(17, goesOn.login.sequence());
            }
        }
    }

    @Test
    void shouldAcceptWhatAnOperatorLetsPassAndWhatIsComparedWell() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(4).start()) {
            refusal(rig, "east", "", 17);
            rig.append(30);
            rig.server().letPass("acd1");
            try (Received server = rig.receive("", 17)) {
                assertEquals(17, server.login.sequence());
            }
            refusal(rig, "east", "", 99);
            rig.append(100);
            refusal(rig, "east", "", 35);
            try (Received server = rig.receive("acd1", 35)) {
                assertEquals(35, server.login.sequence());
            }
            assertEquals(2, rig.events.count("serverAhead"));
        }
    }

    @Test
    void shouldHoldAnotherGenerationAgainstItAndNothingAgainstAnObserver() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(4).start()) {
            refusal(rig, "watch", "", 17);
            assertEquals(0, rig.server().claims().size());
            refusal(rig, "east", "acd1.2", 17);
            rig.append(30);
            refusal(rig, "east", "acd1", 17);
            try (SoupClient watch = rig.connect()) {
                assertTrue(watch.login("watch", "looking", "", 17, 30_000, (s, f, b, o, l) -> {})
                        .accepted());
            }
        }
    }

    @Test
    void shouldRefuseWhoHasWhatThisJournalNeverFedToIt() throws Exception {
        try (FeedRig rig =
                new FeedRig(data, "acd1").append(30).neverFed(Runnable::run).start()) {
            assertEquals(CursorKind.NONE, rig.feed().cursorKind());
            assertEquals(
                    List.of(0L, 0L, -1L),
                    List.of(rig.feed().cursor(), rig.feed().sent(), rig.feed().hold()));
            final String text = refusal(rig, "east", "", 17);
            assertTrue(text.contains("sequence 17 of acd1: this generation was never fed to the server"), text);
            refusal(rig, "east", "acd1", 17);
            assertTrue(rig.server().claims().get("acd1").neverFed());
            assertEquals(1, rig.events.count("serverAhead"));
            try (Received onlyNew = rig.receive("acd1", 0)) {
                rig.append(10);
                onlyNew.awaitLast(40);
            }
            try (Received goesOn = rig.receive("acd1", 36)) {
                assertEquals(36, goesOn.login.sequence(), "since a login at 0 it is fed from this journal");
            }
        }
    }

    @Test
    void shouldHoldEverythingForAServerThatAnOperatorAnswersFor() throws Exception {
        try (FeedRig rig =
                new FeedRig(data, "acd1").append(30).neverFed(Runnable::run).start()) {
            refusal(rig, "east", "acd1", 17);
            rig.server().letPass("acd1");
            assertEquals(0, rig.feed().hold(), "a restart before its login does not make a stranger of it again");
            try (Received seeded = rig.receive("acd1", 17)) {
                seeded.awaitLast(30);
            }
        }
    }

    @Test
    void shouldAnswerAFirstLoginOnceItIsDurable() throws Exception {
        final BlockingQueue<Runnable> disk = new LinkedBlockingQueue<>();
        try (FeedRig rig =
                new FeedRig(data, "acd1").append(30).neverFed(disk::add).start()) {
            try (RawClient gone = new RawClient(rig.address())) {
                gone.send(SoupPackets.login("east", "secret", "acd1", 1));
                final Runnable first = disk.poll(20, TimeUnit.SECONDS);
                assertEquals(0, rig.feed().hold(), "what is to be written says that it was here");
                assertEquals(0, rig.feed().sent());
                first.run();
                FeedRig.await().until(() -> rig.feed().sent() == 30);
            }
            try (Received again = rig.receive("acd1", 17)) {
                again.awaitLast(30);
            }
            assertTrue(disk.isEmpty(), "only the first one waits");
        }
    }

    @Test
    void shouldNotWaitForADiskThatHangs() throws Exception {
        final BlockingQueue<Runnable> disk = new LinkedBlockingQueue<>();
        try (FeedRig rig =
                        new FeedRig(data, "acd1").append(30).neverFed(disk::add).start();
                Received server = rig.receive("acd1", 1)) {
            server.awaitLast(30);
            disk.forEach(Runnable::run);
            rig.append(5);
            server.awaitLast(35);
        }
    }

    private static String refusal(FeedRig rig, String user, String session, long sequence) throws Exception {
        try (RawClient client = new RawClient(rig.address())) {
            client.send(SoupPackets.login(user, user.equals("east") ? "secret" : "looking", session, sequence));
            final List<String> packets = client.packetsToEnd();
            assertEquals("JS", packets.get(1), packets.toString());
            return packets.get(0);
        }
    }
}
