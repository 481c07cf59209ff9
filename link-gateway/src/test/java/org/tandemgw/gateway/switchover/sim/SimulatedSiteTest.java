package org.tandemgw.gateway.switchover.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The deciding side in a world of simulated faults: every promise after every event. Rows A6, A7, A17, B1, B2, B3, B4, B5, B8, B12,
 * B18 and B19. A seed that fails is run again alone with {@code -Dtandem.seed=N}.
 */
class SimulatedSiteTest {
    private static final int THREADS = 2;
    /** Each decision is replayed from its record in one life of so many; in the long run's first 100,000 episodes in all. */
    private static final int ONE_IN = 4;

    @Test
    @Timeout(600)
    void shouldKeepEveryPromiseThroughThousandsOfFaults() throws InterruptedException {
        live(1, 5_000, ONE_IN);
    }

    @Test
    @Timeout(600)
    void shouldKeepEveryPromiseWhilePeoplePractiseMaintainAndReload() throws InterruptedException {
        work(1_500);
    }

    @Test
    @Tag("slow")
    @Timeout(7_200)
    void shouldKeepEveryPromiseWhilePeopleWorkForLong() throws InterruptedException {
        work(200_000);
    }

    private static void work(int episodes) throws InterruptedException {
        final Long only = Long.getLong("tandem.seed");
        final int lives = only == null ? episodes / Simulation.EPISODES_PER_LIFE : 1;
        final Simulation.Report report = new Simulation(
                        null, SimOptions.PLAIN.working().replaying(ONE_IN), THREADS)
                .run(only == null ? 1 : only, lives, 3);
        System.out.println("worked for " + report.lives() + " lives: " + report.tally());
        assertEquals(List.of(), report.broken());
        if (only == null) {
            for (final String happened :
                    List.of("drill switched", "drill refused", "drill abandoned", "reloaded", "Maintain asked")) {
                assertTrue(report.tally().of(happened) > lives / 20, happened + " too seldom: " + report.tally());
            }
        }
    }

    @Test
    @Tag("slow")
    @Timeout(7_200)
    void shouldKeepEveryPromiseThroughAMillionFaults() throws InterruptedException {
        live(1, 100_000, 1);
        live(1 + 100_000 / Simulation.EPISODES_PER_LIFE, 900_000, ONE_IN);
    }

    private static void live(long seed, int episodes, int replayOneIn) throws InterruptedException {
        final Long only = Long.getLong("tandem.seed");
        final long first = only == null ? seed : only;
        final int lives = only == null ? episodes / Simulation.EPISODES_PER_LIFE : 1;
        final long beganNs = System.nanoTime();
        final Simulation.Report report = new Simulation(
                        null, SimOptions.PLAIN.replaying(only == null ? replayOneIn : 1), THREADS)
                .run(first, lives, 3);
        System.out.println("simulated " + report.lives() + " lives in " + (System.nanoTime() - beganNs) / 1_000_000
                + " ms: " + report.tally());
        assertEquals(List.of(), report.broken());
        if (only == null) {
            for (final String happened : List.of(
                    "automatic switched",
                    "automatic abandoned",
                    "manual switched",
                    "manual refused",
                    "killed",
                    "replayed")) {
                assertTrue(report.tally().of(happened) > lives / 20, happened + " too seldom: " + report.tally());
            }
        }
    }
}
