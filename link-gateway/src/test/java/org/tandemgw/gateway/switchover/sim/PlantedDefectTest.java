package org.tandemgw.gateway.switchover.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that cannot fail proves nothing: each planted defect is found, by the promise that it breaks. */
@Tag("slow")
@Timeout(3_600)
class PlantedDefectTest {
    private static final int LIVES = 1_500;

    @ParameterizedTest
    @EnumSource
    void shouldBeFound(PlantedDefect defect) {
        final Map<String, Long> found = new TreeMap<>();
        for (long seed = 1; seed <= LIVES && !found.containsKey(defect.rule); seed++) {
            final String rule = brokenBy(defect, seed);
            if (rule != null) {
                found.putIfAbsent(rule, seed);
            }
        }
        System.out.println(defect + " is found by (promise=seed) " + found);
        assertTrue(found.containsKey(defect.rule), defect + " breaks " + defect.rule + ", found: " + found);
    }

    private static String brokenBy(PlantedDefect defect, long seed) {
        final int replayOneIn = defect.rule.equals("replay") ? 1 : 0;
        try {
            final SimLife life = new SimLife(
                    seed, SimSites::random, new SimOptions(defect.maker(), true, false, replayOneIn, defect.works()));
            new SimEpisodes(life).run(Simulation.EPISODES_PER_LIFE);
            return null;
        } catch (SimViolation violation) {
            return violation.rule();
        }
    }
}
