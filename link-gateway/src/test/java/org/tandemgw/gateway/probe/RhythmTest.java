package org.tandemgw.gateway.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Sight;

/** When it is time to look again. */
class RhythmTest {
    private final Rhythm rhythm = new Rhythm(5_000, 200, 3);

    @Test
    void shouldLookEachIntervalWhileAnswersCome() {
        assertEquals(4_990, rhythm.pauseMs(Sight.ANSWERED, 10));
        assertEquals(10, rhythm.pauseMs(Sight.ANSWERED, 5_100), "and never without any pause");
    }

    @Test
    void shouldLookAgainSoonAfterAFailureButNotForEver() {
        for (int failure = 1; failure < 30; failure++) {
            assertEquals(
                    200, rhythm.pauseMs(failure % 2 == 0 ? Sight.SILENT : Sight.REFUSED, 500), "failure " + failure);
        }
        assertEquals(1_000, rhythm.pauseMs(Sight.SILENT, 500));
        assertEquals(5_000, rhythm.pauseMs(Sight.ANSWERED, 0));
        assertEquals(200, rhythm.pauseMs(Sight.WRONG, 0));
    }

    @Test
    void shouldNotTurnFasterWhenItCouldNotAsk() {
        assertEquals(5_000, rhythm.pauseMs(Sight.NOT_ASKED, 0));
    }

    @Test
    void shouldNotTurnInCirclesWithoutARetryPause() {
        assertEquals(10, new Rhythm(20, 0, 3).pauseMs(Sight.REFUSED, 0));
    }
}
