package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.RecordKind;

/** A client that cannot say what it has: it goes on where TCP says that it was, at least once, and sees every break of the stream as the end of a connection. */
@Timeout(600)
class NativeCursorTest {
    @TempDir
    private Path data;

    private NativeRig rig;

    @BeforeEach
    void begin() {
        rig = new NativeRig(data);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void shouldBeginANewServerWithTheNextEventAndOneThatReturnsWhereItWas() throws Exception {
        rig.start().events(10);
        try (AmiClient client = loggedIn()) {
            rig.events(5);
            assertNext(client, 11, 15);
            awaitHad(15);
        }
        rig.events(5);
        try (AmiClient client = loggedIn()) {
            assertNext(client, 16, 20);
            rig.events(1);
            assertNext(client, 21, 21);
        }
    }

    @Test
    void shouldGoOnWhereTheLastRunKnewItWas() throws Exception {
        rig.confirmed(4).start().events(10);
        try (AmiClient client = loggedIn()) {
            assertNext(client, 5, 10);
        }
    }

    @Test
    void shouldSendTheWindowAgainAndNotSlideBackByIt() throws Exception {
        rig.settings(new NativeSettings(false, 3)).confirmed(7).start().events(10);
        for (int time = 0; time < 3; time++) {
            try (AmiClient client = loggedIn()) {
                assertNext(client, 5, 10);
                assertTrue(rig.feed().cursor() >= 7, rig.feed()::toString);
                client.reset();
            }
            rig.stop();
            rig.start();
        }
        try (AmiClient client = loggedIn()) {
            assertNext(client, 5, 10);
            awaitHad(10);
        }
        try (AmiClient client = loggedIn()) {
            assertNext(client, 8, 10);
        }
    }

    @Test
    void shouldBeginLiveWhereThatIsWantedAndHoldNothing() throws Exception {
        rig.settings(new NativeSettings(true, 100)).confirmed(3).start().events(10);
        assertEquals(-1, rig.feed().hold());
        try (AmiClient client = loggedIn()) {
            rig.events(2);
            assertNext(client, 11, 12);
            assertEquals(-1, rig.feed().hold());
        }
    }

    @Test
    void shouldShowAGapByTheEndOfTheConnectionAndGoOnBehindIt() throws Exception {
        rig.settings(new NativeSettings(false, 100)).start();
        try (AmiClient client = loggedIn()) {
            rig.events(3);
            gap(RecordKind.GAP);
            rig.events(2);
            assertNext(client, 1, 3);
            assertNull(client.message());
        }
        NativeRig.await().until(() -> !rig.feed().connected());
        assertEquals(4, rig.feed().hold());
        try (AmiClient client = loggedIn()) {
            assertNext(client, 5, 6);
            gap(RecordKind.DISCONTINUITY);
            gap(RecordKind.LOST);
            rig.events(1);
            assertNull(client.message());
        }
        NativeRig.await().until(() -> !rig.feed().connected());
        try (AmiClient client = loggedIn()) {
            assertNext(client, 9, 9);
        }
    }

    @Test
    void shouldNotShowABreakAgainThatTheNewConnectionShows() throws Exception {
        rig.settings(new NativeSettings(false, 100)).confirmed(3).start().events(3);
        gap(RecordKind.MARK);
        gap(RecordKind.GAP);
        gap(RecordKind.MARK);
        rig.events(2);
        try (AmiClient client = loggedIn()) {
            assertNext(client, 7, 8);
        }
    }

    @Test
    void shouldSendAgainWhatWasBeforeABreakToWhoWasCutOffThere() throws Exception {
        rig.start();
        try (AmiClient client = loggedIn()) {
            rig.events(3);
            assertNext(client, 1, 3);
            awaitHad(3);
            client.reset();
        }
        NativeRig.await().until(() -> !rig.feed().connected());
        rig.events(2);
        gap(RecordKind.GAP);
        rig.events(1);
        try (AmiClient client = loggedIn()) {
            assertNext(client, 4, 5);
            assertNull(client.message());
        }
        NativeRig.await().until(() -> !rig.feed().connected());
        try (AmiClient client = loggedIn()) {
            assertNext(client, 7, 7);
        }
    }

    /** Its own end crosses ours on the wire: most of it was never acknowledged. */
    @Test
    void shouldSendAllOfItAgainToWhoEndsAtABreakWithoutHavingReadUpToIt() throws Exception {
        rig.settings(new NativeSettings(false, 100)).start();
        final byte[] event = ("Event: VarSet\r\nPrivilege: dialplan,all\r\nValue: " + "x".repeat(1_000) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (AmiClient client = new AmiClient(rig.address(), 2 * 1024).login(NativeRig.USER, NativeRig.SECRET)) {
            for (int i = 0; i < 200; i++) {
                rig.journal.appendFrame(1, 0, rig.now(), -1, event, 0, event.length);
            }
            gap(RecordKind.GAP);
            rig.events(1);
            NativeRig.await().until(() -> rig.feed().sent() == 200);
            assertTrue(rig.feed().acknowledged() < 200, "some of it is on its way");
            client.shutdownOutput();
            NativeRig.await().until(() -> !rig.feed().connected());
        }
        assertTrue(rig.feed().hold() < 200, rig.feed()::toString);
        try (AmiClient client = loggedIn()) {
            final long first = Math.max(1, rig.feed().hold() + 1 - 100);
            for (long each = first; each <= 200; each++) {
                assertEquals(event.length, client.message().length());
            }
            assertNull(client.message());
        }
    }

    @Test
    void shouldLetTheNewestLoginWinAndObserversBeside() throws Exception {
        rig.start();
        try (AmiClient old = loggedIn();
                AmiClient watching = rig.connect().login("watch", "looking")) {
            watching.message();
            try (AmiClient newer = loggedIn()) {
                assertNull(old.message());
                rig.events(1);
                assertNext(newer, 1, 1);
                assertNext(watching, 1, 1);
                assertEquals(1, rig.feed().replaced());
                assertEquals(2, rig.events.count("loggedIn cms-east acd1 1"));
            }
        }
    }

    /** Ten events a second for an hour. */
    @Test
    void shouldParkWhoDoesNotReadForAnHourAndCostNothingButItsBacklog() throws Exception {
        rig.start();
        final String more = "Value: " + "x".repeat(700) + "\r\n\r\n";
        try (AmiClient slow = new AmiClient(rig.address(), 16 * 1024).login(NativeRig.USER, NativeRig.SECRET);
                AmiClient quick = rig.connect().login("watch", "looking")) {
            quick.message();
            for (int minute = 0; minute < 60; minute++) {
                for (int i = 0; i < 600; i++) {
                    rig.raw(("Event: VarSet\r\nNumber: " + (600 * minute + i) + "\r\n" + more)
                            .getBytes(StandardCharsets.ISO_8859_1));
                }
                for (int i = 0; i < 600; i++) {
                    assertTrue(quick.message().startsWith("Event: VarSet\r\nNumber: " + (600 * minute + i) + "\r\n"));
                }
                rig.pass(Duration.ofMinutes(1));
            }
            assertTrue(rig.feed().connected(), "nobody takes it for dead");
            assertTrue(rig.feed().sent() < 36_000, "what does not fit the sockets waits in the journal");
            slow.send("Ping", "ActionID: late");
            final List<String> all = slow.until("ActionID: late");
            final int before = all.size() - 2; // without the greeting and the answer
            for (int i = 0; i < before; i++) {
                assertTrue(all.get(i + 1).startsWith("Event: VarSet\r\nNumber: " + i + "\r\n"));
            }
            for (int i = before; i < 36_000; i++) {
                assertTrue(slow.message().startsWith("Event: VarSet\r\nNumber: " + i + "\r\n"));
            }
            awaitHad(36_000);
        }
    }

    private AmiClient loggedIn() throws Exception {
        final AmiClient client = rig.login();
        assertTrue(client.message().startsWith("Event: FullyBooted"));
        return client;
    }

    private void gap(RecordKind kind) {
        switch (kind) {
            case GAP -> rig.journal.appendGap(rig.now(), rig.now(), 3, "both legs were out");
            case DISCONTINUITY -> rig.journal.appendDiscontinuity(rig.now(), 3, "a hunt had to end");
            case LOST -> rig.journal.appendLost(1, rig.now(), 70_000, "00", "too long");
            default -> rig.journal.appendMark(rig.now(), "restart", "said for the test");
        }
        rig.journal.endOfBatch();
    }

    private static void assertNext(AmiClient client, long from, long to) throws Exception {
        for (long each = from; each <= to; each++) {
            assertEquals(NativeRig.text(each), client.message());
        }
    }

    private void awaitHad(long sequence) {
        NativeRig.await().until(() -> rig.feed().acknowledged() >= sequence);
    }
}
