package org.tandemgw.gateway.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the looks of a server's probes add up to. */
class CountingFailuresTest {
    private static final RestartRules RESTARTS = new RestartRules(2, 2, 300_000);
    private static final long NEWS_MS = 6_000;

    private long nowMs = 1_000;

    private static ServerHealth server(boolean secondPath) {
        return new ServerHealth(
                "east",
                List.of(
                        new ProbeRules("app", 1_000, 500, 3, 200, secondPath, false),
                        new ProbeRules("host", 1_000, 500, 3, 200, false, true)),
                RESTARTS,
                NEWS_MS);
    }

    private void look(ServerHealth server, String probe, boolean second, Sight... sights) {
        for (final Sight each : sights) {
            nowMs += 100;
            server.looked(probe, second, Look.of(each, null, 1_000), nowMs);
        }
    }

    private void answers(ServerHealth server, String identity) {
        nowMs += 1_000;
        server.looked("app", false, new Look(Sight.ANSWERED, null, 400, identity, null), nowMs);
    }

    @Test
    void shouldKnowNothingBeforeTheFirstLook() {
        final ServerHealth server = server(false);
        assertEquals(Health.UNKNOWN, server.health(nowMs));
        look(server, "app", false, Sight.NOT_ASKED, Sight.NOT_ASKED, Sight.NOT_ASKED);
        assertEquals(Health.UNKNOWN, server.health(nowMs));
    }

    @Test
    void shouldBeDownOnlyAfterAsManyFailuresInARowAsTheFileSays() {
        final ServerHealth server = server(false);
        look(server, "app", false, Sight.ANSWERED, Sight.SILENT, Sight.SILENT);
        assertEquals(Health.SUSPECT, server.health(nowMs));
        look(server, "app", false, Sight.ANSWERED, Sight.SILENT, Sight.SILENT);
        assertEquals(Health.SUSPECT, server.health(nowMs));
        look(server, "app", false, Sight.NOT_ASKED);
        assertEquals(Health.SUSPECT, server.health(nowMs));
        look(server, "app", false, Sight.SILENT);
        assertEquals(Health.DOWN, server.health(nowMs));
        look(server, "app", false, Sight.ANSWERED);
        assertEquals(Health.UP, server.health(nowMs));
    }

    @Test
    void shouldAskTheSecondPathBeforeItBlamesTheServer() {
        final ServerHealth server = server(true);
        look(server, "app", false, Sight.ANSWERED);
        for (int i = 0; i < 5; i++) {
            look(server, "app", false, Sight.SILENT);
            look(server, "app", true, Sight.ANSWERED);
        }
        assertEquals(Health.SUSPECT, server.health(nowMs));
        for (int i = 0; i < 3; i++) {
            assertEquals(Health.SUSPECT, server.health(nowMs));
            look(server, "app", false, Sight.SILENT);
            look(server, "app", true, Sight.SILENT);
        }
        assertEquals(Health.DOWN, server.health(nowMs));
    }

    @Test
    void shouldCallItHardOnlyWhenTheLastLooksAllWere() {
        final ServerHealth server = server(false);
        look(server, "app", false, Sight.REFUSED, Sight.SILENT, Sight.REFUSED);
        assertEquals(Health.DOWN, server.health(nowMs));
        assertFalse(server.hard(nowMs));
        look(server, "app", false, Sight.RESET, Sight.WRONG);
        assertTrue(server.hard(nowMs));
    }

    @Test
    void shouldNotBlameAServerThatServesAndIsNotPinged() {
        final ServerHealth server = server(false);
        look(server, "app", false, Sight.ANSWERED);
        look(server, "host", false, Sight.SILENT, Sight.SILENT, Sight.SILENT, Sight.SILENT);
        assertEquals(Health.SUSPECT, server.health(nowMs));
    }

    @Test
    void shouldCountRestartsUntilTheyAreForgotten() {
        final ServerHealth server = server(false);
        answers(server, "pid 1");
        answers(server, "pid 2");
        answers(server, "pid 2");
        assertEquals(Health.UP, server.health(nowMs));
        answers(server, "pid 3");
        assertEquals(Health.DOWN, server.health(nowMs));
        assertTrue(server.hard(nowMs));
        answers(server, "pid 3");
        final long dueMs = server.probe("app").forgottenMs();
        assertEquals(Health.DOWN, server.health(dueMs - 1));
        assertEquals(Health.UP, server.health(dueMs));
    }

    @Test
    void shouldActOnRestartsOnlyWhileTheyAreNews() {
        final ServerHealth server = server(false);
        answers(server, "pid 1");
        answers(server, "pid 2");
        answers(server, "pid 3");
        final long newsUntilMs = nowMs + NEWS_MS;
        assertEquals(newsUntilMs, server.dueMs(nowMs));
        assertTrue(server.failing(newsUntilMs - 1));
        assertFalse(server.failing(newsUntilMs));
        assertFalse(server.hard(newsUntilMs));
        assertEquals(Health.DOWN, server.health(newsUntilMs));
        nowMs = newsUntilMs;
        look(server, "app", false, Sight.SILENT, Sight.SILENT, Sight.SILENT);
        assertTrue(server.failing(nowMs));
        assertFalse(server.hard(nowMs), "silence is not hard because of old restarts");
    }

    @Test
    void shouldNotCountARestartThatWasAFailureAlready() {
        final ServerHealth server = server(false);
        for (int i = 0; i < 6; i++) {
            answers(server, "pid " + i);
            look(server, "app", false, Sight.REFUSED, Sight.REFUSED, Sight.REFUSED);
            assertEquals(Health.DOWN, server.health(nowMs));
        }
        answers(server, "pid 7");
        assertEquals(Health.UP, server.health(nowMs));
    }

    @Test
    void shouldKnowNothingOnceAProbeCannotLook() {
        final ServerHealth server = server(false);
        look(server, "app", false, Sight.ANSWERED, Sight.NOT_ASKED, Sight.NOT_ASKED);
        assertEquals(Health.UP, server.health(nowMs));
        look(server, "app", false, Sight.ANSWERED, Sight.NOT_ASKED, Sight.NOT_ASKED, Sight.NOT_ASKED);
        assertEquals(Health.UNKNOWN, server.health(nowMs));
        assertTrue(server.blind());
        look(server, "app", false, Sight.REFUSED);
        assertEquals(Health.SUSPECT, server.health(nowMs));
        assertFalse(server.blind());
    }

    @Test
    void shouldNotWaitForManyLooksOfASlowProbeThatCannotLook() {
        final ServerHealth server = server(false);
        look(server, "app", false, Sight.ANSWERED, Sight.NOT_ASKED);
        nowMs += 10_000;
        look(server, "app", false, Sight.NOT_ASKED);
        assertTrue(server.blind());
    }

    @Test
    void shouldNotCountFailuresFromBeforeAProbeCouldNotLook() {
        final ServerHealth server = server(false);
        look(server, "app", false, Sight.REFUSED, Sight.REFUSED, Sight.NOT_ASKED, Sight.NOT_ASKED, Sight.NOT_ASKED);
        look(server, "app", false, Sight.REFUSED, Sight.REFUSED);
        assertEquals(Health.SUSPECT, server.health(nowMs));
        look(server, "app", false, Sight.REFUSED);
        assertEquals(Health.DOWN, server.health(nowMs));
    }

    @Test
    void shouldCallARestartedServerSteadyOnceItHasAnsweredOftenEnough() {
        final ServerHealth server = server(false);
        answers(server, "pid 1");
        answers(server, "pid 2");
        answers(server, "pid 3");
        answers(server, "pid 3");
        answers(server, "pid 3");
        assertFalse(server.settled(nowMs));
        answers(server, "pid 3");
        assertTrue(server.settled(nowMs));
        assertEquals(Health.DOWN, server.health(nowMs));
        assertFalse(server.refusing(nowMs));
        look(server, "app", false, Sight.SILENT);
        assertFalse(server.settled(nowMs));
    }

    @Test
    void shouldForgetSilenceAndNothingThatTheServerSaid() {
        final ServerHealth server = server(false);
        look(server, "app", false, Sight.SILENT);
        assertFalse(server.silent());
        look(server, "app", false, Sight.SILENT);
        assertTrue(server.silent());
        server.forgetSilence();
        assertEquals(Health.UNKNOWN, server.health(nowMs));
        look(server, "app", false, Sight.REFUSED, Sight.REFUSED);
        server.forgetSilence();
        look(server, "app", false, Sight.REFUSED);
        assertEquals(Health.DOWN, server.health(nowMs));
    }
}
