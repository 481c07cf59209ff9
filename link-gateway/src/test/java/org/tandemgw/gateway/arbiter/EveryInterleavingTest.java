package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.arbiter.sim.SimulatedAcd;
import org.tandemgw.gateway.arbiter.sim.StreamOracle;

/** All short stories of two legs: the ACD sends one of two texts, a leg brings a frame, a leg is cut or comes back. */
class EveryInterleavingTest {
    private static final int SEND_A = 0;
    private static final int SEND_B = 1;
    private static final int BRING_1 = 2;
    private static final int BRING_2 = 3;
    private static final int TURN_1 = 4;
    private static final int TURN_2 = 5;
    private static final int ACTIONS = 6;
    /** Only where there is a settle time. */
    private static final int SETTLE = ACTIONS;

    private static final int UNIQUE_FRAMES = 14;
    /** Stories end with ten seconds in which frames may still be on their way: silence below that proves nothing here. */
    private static final long FLIGHT_NS = 11 * ArbiterRig.SECOND;

    private static final ArbiterSettings SMALL =
            ArbiterSettings.defaults().withMemory(64, 64, 1 << 17).withSilence(FLIGHT_NS, FLIGHT_NS);

    private static final ArbiterSettings AT_ONCE = SMALL.withSettleTime(0);

    private int stories;

    @Test
    void shouldHoldForAllStoriesFromTheVeryStart() {
        tellAll(AT_ONCE, new int[6], 0, false);
        tellAll(SMALL, new int[6], 0, false);
        assertTrue(stories > 100_000, stories + " stories");
    }

    @Test
    void shouldHoldForAllStoriesOfLegsThatAreUp() {
        tellAll(AT_ONCE, new int[6], 0, true);
        tellAll(SMALL, new int[6], 0, true);
        assertTrue(stories > 100_000, stories + " stories");
    }

    @Test
    @Tag("slow")
    void shouldHoldForAllLongerStories() {
        tellAll(AT_ONCE, new int[8], 0, false);
        tellAll(AT_ONCE, new int[8], 0, true);
        tellAll(SMALL, new int[7], 0, false);
        tellAll(SMALL, new int[7], 0, true);
    }

    private void tellAll(ArbiterSettings settings, int[] story, int at, boolean upBefore) {
        if (at == story.length) {
            stories++;
            tell(settings, story, upBefore);
            return;
        }
        for (int action = 0; action < (settings == SMALL ? SETTLE + 1 : ACTIONS); action++) {
            story[at] = action;
            tellAll(settings, story, at + 1, upBefore);
        }
    }

    private static void tell(ArbiterSettings settings, int[] story, boolean upBefore) {
        final Story told = new Story(settings);
        told.turn(1);
        if (upBefore) {
            told.sendUnique();
            told.bringAll(1);
            told.turn(2);
            told.sendUnique();
            told.bringAll(1);
            told.bringAll(2);
        }
        for (final int action : story) {
            told.act(action);
        }
        told.finish();
        final String what = "story " + Arrays.toString(story) + " settle time " + settings.settleNs() + " upBefore "
                + upBefore + ": " + told.oracle.first + " in " + Arrays.toString(told.oracle.entries());
        assertEquals(0, told.oracle.lost, what);
        assertEquals(0, told.oracle.extra, what);
        assertEquals(0, told.oracle.looseGaps(), what);
    }

    private static final class Story {
        private final SimulatedAcd acd = new SimulatedAcd(new SplittableRandom(1), 0);
        private final StreamOracle oracle = new StreamOracle();
        private final LineArbiter arbiter;
        private final boolean[] up = new boolean[3];
        private final int[] next = new int[3];
        private final byte[] payload = new byte[4];
        private long nowNs;
        private int unique = 1_000;

        Story(ArbiterSettings settings) {
            arbiter = new LineArbiter(settings, oracle);
        }

        void act(int action) {
            switch (action) {
                case SEND_A, SEND_B -> acd.send(10 + action);
                case SETTLE -> arbiter.settled();
                case BRING_1, BRING_2 -> bring(action - BRING_1 + 1);
                default -> turn(action - TURN_1 + 1);
            }
        }

        void turn(int leg) {
            nowNs++;
            up[leg] = !up[leg];
            if (up[leg]) {
                next[leg] = acd.sent();
                arbiter.connected(leg, nowNs, nowNs);
            } else {
                arbiter.disconnected(leg, nowNs, nowNs, "cut");
            }
        }

        void bring(int leg) {
            nowNs++;
            if (up[leg] && next[leg] < acd.sent()) {
                final int content = acd.content(next[leg]);
                StreamOracle.encode(next[leg]++, false, payload);
                final long hi = SimulatedAcd.keyHi(content);
                arbiter.frame(leg, hi, SimulatedAcd.keyLo(content), false, payload, 0, 4, -1, nowNs, nowNs);
            }
        }

        void bringAll(int leg) {
            while (up[leg] && next[leg] < acd.sent()) {
                bring(leg);
            }
        }

        void sendUnique() {
            for (int i = 0; i < UNIQUE_FRAMES; i++) {
                acd.send(unique++);
            }
        }

        /** What is left comes in, then enough that is new for everything to show. */
        void finish() {
            if (!up[1] && !up[2]) {
                turn(1);
            }
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 40; i++) {
                    nowNs += ArbiterRig.SECOND / 4;
                    arbiter.tick(nowNs, nowNs);
                }
                bringAll(1);
                bringAll(2);
                arbiter.settled();
                sendUnique();
            }
            bringAll(1);
            bringAll(2);
            arbiter.settled();
            oracle.swap = 0;
            oracle.judge(acd, oracle.firstIndex(), null);
        }
    }
}
