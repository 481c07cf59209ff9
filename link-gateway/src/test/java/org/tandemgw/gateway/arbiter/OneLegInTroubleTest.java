package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One leg is half open, late, silent, damaged or leaves frames out; the other is well. */
class OneLegInTroubleTest {
    private static final long SECOND = ArbiterRig.SECOND;
    private final ArbiterRig rig = new ArbiterRig();

    private void bothUp() {
        rig.connect(1).bring(1, "s", 0, 20).connect(2).bring(2, "s", 0, 20);
        assertEquals(LegState.UP, rig.arbiter.leg(1).state());
        rig.pass(SECOND / 20);
        assertEquals(LegState.UP, rig.arbiter.leg(2).state());
        assertEquals(20, rig.stream.size());
        rig.stream.clear();
    }

    @Test
    void shouldPassEqualFramesAsOftenAsTheAcdSentThem() {
        bothUp();
        rig.bring(1, "x", "x", "y", "x").bring(2, "x", "x", "y", "x", "x").bring(1, "x");
        assertEquals(List.of("x", "x", "y", "x", "x"), rig.stream);
    }

    @Test
    void shouldNotStarveBehindAHalfOpenPeerOnABusyFeed() {
        bothUp();
        rig.cut(2).connect(2).bring(2, "n", 0, 10);
        assertEquals(0, rig.stream.size());
        rig.pass(SECOND + SECOND / 10);
        assertEquals("[gap]", rig.stream.get(0));
        assertEquals(ArbiterRig.words("n", 0, 10), rig.stream.subList(1, 11));
        assertEquals(1, rig.arbiter.leg(2).forcedEnds());
    }

    @Test
    void shouldNotStarveBehindAHalfOpenPeerOnASlowFeed() {
        bothUp();
        rig.cut(2).connect(2).bring(2, "n").pass(4 * SECOND);
        assertEquals(0, rig.stream.size());
        rig.pass(2 * SECOND);
        assertEquals(List.of("[gap]", "n"), rig.stream);
    }

    @Test
    void shouldWaitForeverWhileTheAcdIsIdle() {
        bothUp();
        rig.cut(2)
                .connect(2)
                .bring(1, "u")
                .bring(2, "u")
                .pass(3_600 * SECOND)
                .bring(2, "v")
                .pass(SECOND)
                .bring(1, "v");
        assertEquals(List.of("u", "v"), rig.stream);
        assertEquals(LegState.HUNTING, rig.arbiter.leg(2).state());
    }

    @Test
    void shouldTakeTheHunterWhenTheLeaderDies() {
        bothUp();
        rig.bring(1, "f", 0, 30).cut(2).connect(2).bring(2, "f", 27, 30);
        assertEquals(LegState.HUNTING, rig.arbiter.leg(2).state());
        rig.cut(1).bring(2, "f", 30, 60);
        assertEquals(
                60,
                rig.stream.stream()
                        .filter(word -> word.startsWith("f"))
                        .distinct()
                        .count());
        final long marks = rig.count("[gap]") + rig.count("[discontinuity]");
        assertTrue(marks > 0 || rig.stream.size() == 60, rig.stream.toString());
    }

    @Test
    void shouldMarkAHoleWhenTheHunterIsAheadAndTheLeaderDies() {
        bothUp();
        rig.bring(1, "f", 0, 30).cut(2).connect(2).bring(2, "f", 50, 70);
        assertEquals(30, rig.stream.size());
        rig.cut(1).pass(2 * SECOND);
        assertEquals("[gap]", rig.stream.get(30));
        assertEquals(ArbiterRig.words("f", 50, 70), rig.stream.subList(31, 51));
    }

    @Test
    void shouldFollowALegThatLagsAMinute() {
        bothUp();
        rig.bring(1, "f", 0, 6_000).pass(60 * SECOND).bring(2, "f", 0, 6_000);
        assertEquals(ArbiterRig.words("f", 0, 6_000), rig.stream);
        assertTrue(rig.arbiter.leg(2).lagMs() >= 60_000);
    }

    @Test
    void shouldRejoinALeaderAMinuteAheadOfTheOtherLeg() {
        bothUp();
        rig.bring(1, "f", 0, 100).cut(1).connect(1).bring(1, "f", 200, 3_000);
        for (int i = 0; i < 300; i++) {
            rig.bring(2, "f" + i).pass(SECOND / 5);
        }
        assertEquals(ArbiterRig.words("f", 0, 3_000), rig.stream);
        assertEquals(0, rig.arbiter.leg(1).forcedEnds());
    }

    @Test
    void shouldEmitADamagedFrameAndFindItsFeetAgain() {
        bothUp();
        rig.bring(1, "f", 0, 100).bring(2, "f", 0, 50).bring(2, "dam\u0000age").bring(2, "f", 51, 100);
        assertEquals(1, rig.count("dam\u0000age"));
        assertEquals(1, rig.count("[discontinuity]"));
        rig.bring(2, "f", 100, 110);
        assertEquals(112, rig.stream.size());
        assertEquals(LegState.UP, rig.arbiter.leg(2).state());
        assertEquals(1, rig.arbiter.leg(2).strays());
    }

    @Test
    void shouldAddWhatTheSourceLeftOutOnTheLeader() {
        bothUp();
        rig.bring(1, "f", 0, 40).bring(1, "f", 50, 100).bring(2, "f", 0, 100).bring(2, "f", 100, 110);
        for (final String word : ArbiterRig.words("f", 0, 110)) {
            assertEquals(1, rig.count(word), word);
        }
        assertEquals(1, rig.count("[discontinuity]"));
    }

    @Test
    void shouldCallALegSilentOnlyByComparison() {
        bothUp();
        rig.pass(3_600 * SECOND);
        assertEquals(LegState.UP, rig.arbiter.leg(2).state());
        rig.bring(1, "f", 0, 20).pass(11 * SECOND);
        assertEquals(LegState.SILENT, rig.arbiter.leg(2).state());
        assertFalse(rig.arbiter.leg(2).isContributing());
        assertEquals(20, rig.arbiter.leg(2).owed());
        rig.bring(2, "f", 0, 20).pass(SECOND);
        assertEquals(LegState.UP, rig.arbiter.leg(2).state());
        assertTrue(rig.arbiter.leg(2).isContributing());
        assertEquals(0, rig.arbiter.leg(2).owed());
    }

    @Test
    void shouldLoseNothingWhileALegFlaps() {
        bothUp();
        for (int i = 0; i < 200; i++) {
            rig.bring(1, "f", i * 10, i * 10 + 10).cut(2).connect(2).bring(2, "f", i * 10 + 5, i * 10 + 10);
        }
        assertEquals(ArbiterRig.words("f", 0, 2_000), rig.stream);
    }

    @Test
    void shouldBoundWhatItBuffers() {
        rig.settings = rig.settings.withMemory(64, 64, 1 << 17);
        rig.restart();
        bothUp();
        rig.cut(2).connect(2);
        for (int i = 0; i < 500; i++) {
            rig.bring(1, "f" + i).bring(2, "g" + i);
        }
        assertEquals(ArbiterRig.words("f", 0, 500), rig.stream);
        assertTrue(rig.arbiter.leg(2).bufferDrops() >= 400);
    }

    @Test
    void shouldRefuseAFrameOfALegThatIsDown() {
        assertThrows(IllegalStateException.class, () -> rig.bring(1, "x"));
    }
}
