package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.house.Chance;

/** Both legs are back within milliseconds, and the one that is read first began later: the settle time puts them in order. */
@Tag("chance")
class BothLegsBackTest {
    private static final long MS = 1_000_000L;
    private final ArbiterRig rig = new ArbiterRig();

    @BeforeEach
    void begin() {
        rig.settings = ArbiterSettings.defaults();
        rig.restart();
    }

    @Test
    void shouldLetTheLegGoFirstThatBeganEarlier() {
        rig.connect(1).connect(2).bring(1, "f", 5, 9).bring(2, "f", 3, 9);
        assertEquals(ArbiterRig.words("f", 3, 9), rig.stream);
        rig.bring(1, "f", 9, 30).bring(2, "f", 9, 30);
        assertEquals(ArbiterRig.words("f", 3, 30), rig.stream);
        assertEquals(LegState.UP, rig.arbiter.leg(1).state());
        assertEquals(LegState.UP, rig.arbiter.leg(2).state());
    }

    @Test
    void shouldDoSoWhereTheLegsSwapNeighbours() {
        rig.connect(1).connect(2).bring(1, "f5", "f4", "f6").bring(2, "f", 2, 7);
        rig.arbiter.settled();
        assertEquals(ArbiterRig.words("f", 2, 7), rig.stream);
    }

    @Test
    void shouldWaitForAFrameThatBothHave() {
        rig.connect(1).connect(2).bring(1, "f5", "f6").bring(2, "f2").bring(2, "f3", "f4");
        assertEquals(List.of(), rig.stream);
        rig.bring(2, "f5", "f6").bring(1, "f7").bring(2, "f7");
        assertEquals(ArbiterRig.words("f", 2, 8), rig.stream);
    }

    @Test
    void shouldKeepNothingOnceTheTimeIsOver() {
        rig.connect(1).connect(2).bring(1, "f5");
        assertTrue(rig.arbiter.isSettling());
        assertEquals(List.of(), rig.stream);
        rig.arbiter.settled();
        assertFalse(rig.arbiter.isSettling());
        assertEquals(List.of("f5"), rig.stream, "the other leg is silent");
        rig.bring(1, "f6");
        assertEquals(List.of("f5", "f6"), rig.stream, "it is over");
    }

    @Test
    void shouldEmitAllThatIsKeptWhenALegGoes() {
        for (int leg = 1; leg <= 2; leg++) {
            final ArbiterRig fresh = new ArbiterRig();
            fresh.settings = ArbiterSettings.defaults();
            fresh.restart().connect(1).connect(2);
            fresh.bring(1, "f5", "f6").bring(2, "f3", "f4").cut(leg);
            assertFalse(fresh.arbiter.isSettling());
            fresh.bring(3 - leg, "f", 7, 9).pass(91 * ArbiterRig.SECOND);
            for (final String word : ArbiterRig.words("f", 3, 7)) {
                assertEquals(1, fresh.count(word), word + " of " + fresh.stream);
            }
        }
    }

    @Test
    void shouldEmitAllThatIsKeptWhenBothGo() {
        rig.connect(1).bring(1, "f5", "f6").connect(2).bring(2, "f4").cut(1).cut(2);
        for (final String word : ArbiterRig.words("f", 4, 7)) {
            assertEquals(1, rig.count(word), word + " of " + rig.stream);
        }
        rig.connect(2).bring(2, "f", 7, 9).connect(1).bring(1, "f", 7, 12).bring(2, "f", 9, 12);
        rig.arbiter.settled();
        assertEquals(ArbiterRig.words("f", 7, 12), rig.stream.subList(rig.stream.size() - 5, rig.stream.size()));
    }

    @Test
    void shouldTellBeginningsApartThatStartWithAHeartbeat() {
        rig.connect(1).connect(2).bring(1, "beat", "x", "y").bring(2, "beat", "w", "beat", "x", "y");
        assertEquals(List.of("beat", "w", "beat", "x", "y"), rig.stream);
    }

    @Test
    void shouldPassMoreThanItCanKeep() {
        rig.connect(1);
        rig.bring(1, "f", 0, SettleTime.KEPT_FRAMES + 1);
        assertEquals(SettleTime.KEPT_FRAMES + 1, rig.stream.size());
        assertFalse(rig.arbiter.isSettling());
    }

    @Test
    void shouldDelayNothingForALegThatReturnsToALivingOne() {
        rig.connect(1).bring(1, "f", 0, 3);
        rig.arbiter.settled();
        rig.connect(2).bring(1, "f3").bring(2, "f3");
        assertEquals(ArbiterRig.words("f", 0, 4), rig.stream);
    }

    /** A thousand restarts at a frame a millisecond: legs that begin and are read some milliseconds apart, in either order. */
    @Test
    void shouldWriteNothingButTheGapHoweverTheLegsAreRead() {
        final long seed = Chance.seed();
        final SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < 1_000; run++) {
            final String what = "run " + run + " -Dtandem.seed=" + seed;
            final ArbiterRig site = new ArbiterRig();
            site.settings = ArbiterSettings.defaults();
            site.restart().connect(1).bring(1, "old", 0, 30).cut(1).restart();
            final int[] begins = {random.nextInt(8), random.nextInt(8)};
            final int[] readAtMs = {8 + random.nextInt(12), 8 + random.nextInt(12)};
            final int[] next = begins.clone();
            for (int ms = 0; ms < 60; ms++) {
                for (int i = 0; i < 2; i++) {
                    if (ms == readAtMs[i]) {
                        site.connect(i + 1);
                    }
                    if (ms >= readAtMs[i]) {
                        site.bring(i + 1, "f", next[i], ms + 1);
                        next[i] = ms + 1;
                    }
                }
                site.nowNs += MS;
                if (ms == Math.min(readAtMs[0], readAtMs[1]) + 20) {
                    site.arbiter.settled();
                }
            }
            final List<String> expected = new ArrayList<>(ArbiterRig.words("old", 0, 30));
            expected.add("[gap]");
            expected.addAll(ArbiterRig.words("f", Math.min(begins[0], begins[1]), 60));
            assertEquals(expected, site.stream, what);
        }
    }
}
