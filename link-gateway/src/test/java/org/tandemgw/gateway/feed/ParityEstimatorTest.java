package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.feed.Parity.Standing;

/** Time to parity, told from samples four times a second. */
class ParityEstimatorTest {
    private static final long PERIOD_NS = 250_000_000L;

    private ParityEstimator estimator = new ParityEstimator(0);
    private long nowNs = 5;
    private double readable = 1_000_000;
    private double taken;
    private Parity parity;

    /** So many periods in which the ACD sends and the server takes at these rates. */
    private void pass(int periods, long session, double liveRate, double takeRate) {
        for (int i = 0; i < periods; i++) {
            nowNs += PERIOD_NS;
            readable += liveRate / 4;
            taken = Math.min(readable, taken + takeRate / 4);
            parity = estimator.sample(nowNs, session, (long) readable, (long) taken);
        }
    }

    @Test
    void shouldSayWhenAServerThatCatchesUpWillHaveEverything() {
        pass(10, 0, 5_000, 0);
        assertEquals(Standing.AWAY, parity.standing());
        assertEquals(-1, parity.ms());
        assertEquals(1_012_500, parity.behind());
        pass(1, 1, 5_000, 0);
        assertEquals(Standing.MEASURING, parity.standing());
        pass(4, 1, 5_000, 85_000);
        assertEquals(Standing.APPROACHING, parity.standing());
        assertEquals(85_000, parity.catchUpRate());
        assertEquals(5_000, parity.liveRate());
        assertEquals(parity.behind() / 80.0, parity.ms(), 2);
        final long predictedMs = parity.ms();
        int periods = 0;
        while (parity.standing() == Standing.APPROACHING) {
            pass(1, 1, 5_000, 85_000);
            periods++;
        }
        assertEquals(Standing.AT_PARITY, parity.standing());
        assertEquals(0, parity.ms());
        assertEquals(0, parity.catchUpRate());
        assertEquals(predictedMs, periods * 250.0, 500, "it came when it was said to come");
    }

    @Test
    void shouldSayThatAServerWhichTakesNoMoreThanComesWillNotBeThere() {
        pass(20, 1, 5_000, 4_000);
        assertEquals(Standing.NOT_AT_THIS_RATE, parity.standing());
        assertEquals(-1, parity.ms());
        assertEquals(4_000, parity.catchUpRate());
        pass(20, 1, 5_000, 0);
        assertEquals(Standing.NOT_AT_THIS_RATE, parity.standing(), "nor one that takes nothing");
    }

    @Test
    void shouldBlameTheLimitWhereTheLimitIsTheReason() {
        estimator = new ParityEstimator(5_000);
        pass(20, 1, 6_000, 6_000);
        assertEquals(Standing.NOT_AT_THIS_LIMIT, parity.standing());
        assertEquals(-1, parity.ms());
        pass(30, 1, 1_000, 5_000);
        assertEquals(Standing.APPROACHING, parity.standing());
    }

    @Test
    void shouldStayAtParityWhileTheServerIsAMomentBehind() {
        readable = 0;
        pass(10, 1, 5_000, 1e9);
        assertEquals(Standing.AT_PARITY, parity.standing());
        taken -= 4_000;
        pass(20, 1, 5_000, 5_000);
        assertEquals(Standing.AT_PARITY, parity.standing(), "less than a second behind");
        assertEquals(4_000, parity.behind());
        taken -= 4_000;
        pass(1, 1, 5_000, 5_000);
        assertEquals(Standing.NOT_AT_THIS_RATE, parity.standing());
    }

    @Test
    void shouldMeasureEachConnectionByItself() {
        pass(20, 1, 0, 40_000);
        taken = 0;
        pass(1, 2, 0, 0);
        assertEquals(Standing.MEASURING, parity.standing(), "the rate of the last connection says nothing");
        pass(8, 2, 0, 10_000);
        assertEquals(10_000, parity.catchUpRate());
    }

    @Test
    void shouldBeAtParityAtOnceWhereNothingWasMissed() {
        taken = readable;
        pass(1, 1, 0, 0);
        assertEquals(Standing.AT_PARITY, parity.standing());
    }

    @Test
    void shouldForgetOldRatesWithinSeconds() {
        pass(100, 1, 0, 1_000);
        pass(24, 1, 0, 20_000);
        assertEquals(20_000, parity.catchUpRate());
        assertTrue(parity.ms() > 0);
    }
}
