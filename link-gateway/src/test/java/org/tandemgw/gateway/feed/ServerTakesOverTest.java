package org.tandemgw.gateway.feed;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.feed.RecoveryRig.EAST;
import static org.tandemgw.gateway.feed.RecoveryRig.WEST;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.feed.RecoveryRig.Fetched;
import org.tandemgw.gateway.recovery.RecoverySession;
import org.tandemgw.gateway.recovery.StoredSession;
import org.tandemgw.gateway.recovery.SwitchMark;

/** A server takes over, and learns the calls in flight from its recovery session, beside its live one. */
@Timeout(600)
class ServerTakesOverTest {
    private static final byte[] ANYTHING = {0, '{', (byte) 0xff, 0, 'a', (byte) 0xc3, '\t'};

    @TempDir
    Path data;

    @Test
    void shouldGetTheFramesOfTheCallsInFlightByteForByteAndThenTheEnd() throws Exception {
        // C10: nothing is rendered anew.
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.waiting("1.1").waiting("1.2", ANYTHING).gone("1.1").waiting("1.3");
            final long asOf = rig.takeOver(4, WEST);
            rig.gone("1.2").waiting("1.4");
            try (Fetched live = rig.fetch(WEST, "acd1", 1);
                    Fetched all = rig.fetch(WEST, "R4", 1).toTheEnd()) {
                assertEquals("R4", all.login.session());
                assertEquals("{\"asOf\":" + asOf + ",\"epoch\":4}", all.note());
                assertEquals(5, all.packets.size());
                final long[] expected = {3, 4, 6, 7};
                for (int i = 0; i < expected.length; i++) {
                    assertArrayEquals(rig.frame(expected[i]), all.packets.get(1 + i));
                }
                assertEquals(List.of(true, false, false, false, false), all.notes);
                assertTrue(all.over, "End of Session");
                live.until(8);
                assertArrayEquals(rig.frame(1), live.packets.get(0), "the live session goes on beside it");
                assertEquals("{\"kind\":\"mark\"", live.texts().get(7).substring(0, 14), "where the marks are records");
            }
        }
    }

    @Test
    void shouldTakeZeroForAllOfIt() throws Exception {
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.waiting("1.1");
            rig.takeOver(1, WEST);
            try (Fetched all = rig.fetch(WEST, "R1", 0).toTheEnd()) {
                assertEquals(3, all.packets.size());
            }
        }
    }

    @Test
    void shouldBeForTheServerThatTakesOverAlone() throws Exception {
        try (RecoveryRig rig = new RecoveryRig(data, 2)) {
            rig.waiting("1.1");
            rig.takeOver(4, WEST);
            try (Fetched other = rig.fetch(EAST, "R4.2", 1);
                    Fetched unknown = rig.fetch(EAST, "R3.2", 1);
                    Fetched first = rig.fetch(WEST, "R4", 1);
                    Fetched own = rig.fetch(WEST, "R4.2", 1).toTheEnd()) {
                assertFalse(other.login.accepted());
                assertEquals('S', other.login.code());
                assertEquals(
                        List.of("R4.2 is for cms-west, which takes over; this is the address of cms-east"),
                        other.login.debug());
                assertEquals(List.of("there is no session R3.2; there is R4.2 for cms-west"), unknown.login.debug());
                assertFalse(first.login.accepted(), "that is the first ACD's, and this is the second");
                assertEquals(3, own.packets.size());
            }
        }
    }

    @Test
    void shouldWaitUntilTheServerIsToldToStart() throws Exception {
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.waiting("1.1");
            rig.begin(4, WEST);
            rig.awaitTable();
            try (Fetched early = rig.fetch(WEST, "R4", 1)) {
                assertTrue(early.login.accepted());
                final long heartbeats = 3;
                for (long i = 0; i < heartbeats; i++) {
                    assertTrue(early.client.poll(200));
                }
                assertEquals(0, early.packets.size(), "another server is in control");
                rig.shelf().promoted(4, EAST);
                assertTrue(early.client.poll(200));
                assertEquals(0, early.packets.size(), "the other one was told to start again");
                rig.shelf().promoted(4, WEST);
                assertEquals(3, early.toTheEnd().packets.size());
                assertTrue(early.over);
            }
        }
    }

    @Test
    void shouldSayTheFirstPacketBeforeTheTableHasComeThere() throws Exception {
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.waiting("1.1");
            final SwitchMark mark = RecoveryRig.commence(4, WEST);
            rig.shelf().begun(mark);
            rig.shelf().promoted(4, WEST);
            try (Fetched early = rig.fetch(WEST, "R4", 1);
                    Fetched tooFar = rig.fetch(WEST, "R4", 2)) {
                assertFalse(tooFar.login.accepted());
                assertEquals(
                        List.of("R4 is not made yet, so that nobody can have packets before 2"), tooFar.login.debug());
                rig.mark(mark);
                assertEquals(3, early.toTheEnd().packets.size());
            }
        }
    }

    @Test
    void shouldGoOnWhereTheConnectionBroke() throws Exception {
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            final int count = 3_000;
            for (int i = 0; i < count; i++) {
                rig.waiting("1." + i);
                rig.gone("0." + i);
            }
            rig.takeOver(4, WEST);
            final long last = 1 + 2 * count;
            final List<String> whole;
            try (Fetched all = rig.fetch(WEST, "R4", 1).toTheEnd()) {
                whole = all.texts();
            }
            assertEquals(last, whole.size());
            for (final long from : new long[] {2, 3, 1_500, 4_097, last, last + 1}) {
                try (Fetched rest = rig.fetch(WEST, "R4", from).toTheEnd()) {
                    assertEquals(whole.subList((int) from - 1, whole.size()), rest.texts());
                    assertTrue(rest.over);
                }
            }
            try (Fetched beyond = rig.fetch(WEST, "R4", last + 2)) {
                assertEquals(
                        List.of("sequence 6003 is beyond the end of R4, which has 6001 packets"), beyond.login.debug());
            }
        }
    }

    @Test
    void shouldKeepItUntilAnotherServerTakesOver() throws Exception {
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.waiting("1.1");
            rig.takeOver(4, WEST);
            rig.waiting("1.2");
            rig.begin(5, EAST);
            try (Fetched vain = rig.fetch(EAST, "R5", 1);
                    Fetched kept = rig.fetch(WEST, "R4", 1).toTheEnd()) {
                rig.shelf().over(5);
                vain.toTheEnd();
                assertEquals(0, vain.packets.size());
                assertFalse(vain.over, "it just ends: there was none");
                assertEquals(3, kept.packets.size(), "an attempt that was given up changes nothing");
            }
            rig.takeOver(6, EAST);
            try (Fetched old = rig.fetch(WEST, "R4", 1);
                    Fetched now = rig.fetch(EAST, "R6", 1).toTheEnd()) {
                assertEquals(List.of("there is no session R4; there is R6 for cms-east"), old.login.debug());
                assertEquals(5, now.packets.size());
            }
        }
    }

    @Test
    void shouldBeThereAgainAfterARestart() throws Exception {
        final List<String> before;
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.waiting("1.1").waiting("1.2");
            rig.takeOver(4, WEST);
            rig.gone("1.1").waiting("1.3");
            rig.begin(5, EAST);
            rig.awaitTable();
            try (Fetched all = rig.fetch(WEST, "R4", 1).toTheEnd()) {
                before = all.texts();
            }
        }
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.shelf().resume(5, 0, 4);
            try (Fetched all = rig.fetch(WEST, "R4", 1).toTheEnd();
                    Fetched givenUp = rig.fetch(EAST, "R5", 1)) {
                assertEquals(before, all.texts());
                assertFalse(givenUp.login.accepted());
            }
        }
    }

    @Test
    void shouldBeMadeAgainFromTheJournalTheSame() throws Exception {
        final List<String> before;
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.waiting("1.1");
            rig.takeOver(3, EAST);
            rig.waiting("1.2").gone("1.1").waiting("1.3");
            rig.takeOver(4, WEST);
            rig.gone("1.2");
            rig.awaitTable();
            try (Fetched all = rig.fetch(WEST, "R4", 1).toTheEnd()) {
                before = all.texts();
            }
        }
        try (Stream<Path> files = Files.list(data.resolve("calls/acd1/1"))) {
            for (final Path file : files.toList()) {
                Files.delete(file); // as if killed before any of it was written
            }
        }
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.shelf().resume(4, 0, 4);
            rig.awaitTable();
            try (Fetched all = rig.fetch(WEST, "R4", 1).toTheEnd();
                    Fetched older = rig.fetch(EAST, "R3", 1)) {
                assertEquals(before, all.texts());
                assertFalse(older.login.accepted(), "the one before is of no interest");
            }
        }
    }

    @Test
    void shouldBeGivenOutAfterAKillInTheMiddleOfThePromotion() throws Exception {
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.waiting("1.1");
            rig.begin(4, WEST);
            rig.awaitTable();
        }
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.shelf().resume(4, 4, 0);
            try (Fetched waits = rig.fetch(WEST, "R4", 1)) {
                assertNull(rig.shelf().given());
                rig.shelf().promoted(4, WEST); // once more
                assertEquals(3, waits.toTheEnd().packets.size());
            }
        }
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.shelf().resume(4, 0, 0);
            assertEquals(
                    3,
                    rig.fetch(WEST, "R4", 1).toTheEnd().packets.size(),
                    "its promote failed, and yet it is in control");
        }
    }

    @Test
    void shouldSayWhichFramesCannotBeHadAnyMore() throws Exception {
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            rig.waiting("1.1");
            rig.journal.endFile();
            rig.waiting("1.2");
            rig.takeOver(4, WEST);
            final RecoverySession session = rig.shelf().given();
            final long nowNs = System.currentTimeMillis() * 1_000_000L;
            assertEquals(1, session.needs(nowNs));
            assertEquals(0, session.lacks(rig.journal.oldest()));
            rig.journal.drop(rig.journal.rollFiles(1).get(0));
            assertEquals(2, session.lacks(rig.journal.oldest()));
            await().untilAsserted(() -> assertEquals(new StoredSession("acd1", 4, 2, false), stored(4)));
            try (Fetched all = rig.fetch(WEST, "R4", 1).toTheEnd()) {
                assertEquals(
                        List.of(
                                "{\"kind\":\"lost\",\"sequence\":1,\"why\":\"no longer kept\"}",
                                "{\"kind\":\"lost\",\"sequence\":2,\"why\":\"no longer kept\"}"),
                        all.texts().subList(1, 3));
                assertEquals(Long.MAX_VALUE, session.needs(nowNs), "it has been fetched");
                assertEquals(5, all.packets.size(), "each in its place, and the others are there");
                assertArrayEquals(rig.frame(3), all.packets.get(3));
                await().untilAsserted(() -> assertEquals(new StoredSession("acd1", 4, 2, true), stored(4)));
            }
        }
    }

    /** As who asks why reads it. */
    private StoredSession stored(long epoch) throws Exception {
        return StoredSession.of(data, Path.of("calls"), "acd1", epoch);
    }

    @Test
    void shouldKeepNobodyWaitingWhileItIsNotRead() throws Exception {
        try (RecoveryRig rig = new RecoveryRig(data, 1)) {
            final byte[] filler = "x".repeat(2_000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 4_000; i++) {
                rig.waiting("1." + i, filler);
            }
            rig.takeOver(4, WEST);
            try (Fetched slow = rig.fetch(WEST, "R4", 1);
                    Fetched live = rig.fetch(WEST, "acd1", 1)) {
                live.until(8_001); // nobody waits for who does not read
                assertEquals(8_001, slow.toTheEnd().packets.size());
                assertTrue(slow.over);
            }
        }
    }
}
