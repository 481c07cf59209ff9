package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.time.SystemClock;

/** A real {@code tandem run} with two sessions of one Asterisk. */
@Timeout(600)
class AsteriskSiteTest {
    private static final AcdDialect AMI = AcdDialect.ASTERISK_AMI;

    /** One leg's thread that gets no processor must not look like a leg that is dead: the other one is never far ahead. */
    private static final int FEW = 3;

    @TempDir
    private Path folder;

    private static AcdSettings asterisk(long seed, int perSecond, boolean timestamps, boolean numbers) {
        return AcdSettings.listening(AMI, seed)
                .traffic(perSecond, 0)
                .asterisk(new AmiSettings("tandem", Site.PASSWORD, timestamps, numbers));
    }

    private static AcdSimulator simulate(AcdSettings settings) throws Exception {
        return new AcdSimulator(settings, AMI.traffic(settings), new SystemClock());
    }

    @ParameterizedTest(name = "timestamps {0}, numbers {1}, swaps {2}")
    @CsvSource({"true,true,20", "false,false,0"})
    void shouldGiveBothServersWhatTheAsteriskSaidThroughCuts(boolean timestamps, boolean numbers, int swaps)
            throws Exception {
        final long seed = Long.getLong("tandem.seed", 20_261_121L);
        try (AcdSimulator acd = simulate(asterisk(seed, 3_000, timestamps, numbers)
                .manners(swaps, 0)
                .queue(FEW, true)
                .oracle(500_000, false))) {
            final Site site = new Site(folder, AMI, acd);
            try (Site.Running running = site.run();
                    TwoServers servers = new TwoServers(site, acd)) {
                begin(acd, site, servers, seed);
                for (int cut = 0; cut < 8; cut++) {
                    final int leg = 1 + cut % 2;
                    final long before = acd.leg(leg).connections();
                    if (cut % 3 == 2) {
                        acd.leg(leg).truncate(); // in the middle of a message
                    } else {
                        acd.leg(leg).cut(cut % 3 == 0);
                    }
                    await().until(() -> acd.leg(leg).connections() > before);
                    awaitBothUp(site, seed);
                }
                acd.stop();
                await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
                final long produced = acd.oracle().produced();
                servers.awaitSequence(produced);
                final StreamComparison.Verdict verdict = servers.verdict();
                assertTrue(verdict.proved(), verdict + " seed " + seed);
                assertEquals(produced, verdict.received(), "seed " + seed);
                assertEquals(List.of(), verdict.breaks(), "seed " + seed);
                assertEquals(0, site.acd().get("gaps"), "seed " + seed);
                assertEquals(0, site.acd().get("discontinuities"), "seed " + seed);
                for (final Map<String, Object> leg : site.legs()) {
                    assertTrue((Integer) leg.get("localFrames") > 20, "answers, lists and greetings: " + leg);
                }
                assertFalse(site.logs().contains(Site.PASSWORD));
                assertTrue(site.logs().contains("the ACD told how things stand: "), site.logs());
                assertEquals(0, running.terminate());
            }
        }
    }

    @Test
    void shouldTakeTheEventsOfARestartedAsteriskForNewAlthoughTheyLookLikeTheOldOnes() throws Exception {
        final AcdSettings settings = asterisk(4, 2_000, true, true);
        long first;
        final Site site;
        final AcdSettings again;
        final AcdSimulator old = simulate(settings);
        try {
            site = new Site(folder, AMI, old);
            again = settings.at(old.leg(1).address(), old.leg(2).address(), false);
        } catch (Exception e) {
            old.close();
            throw e;
        }
        try (Site.Running running = site.run()) {
            try (old) {
                awaitBothUp(site, 4);
                old.resume();
                await().until(() -> old.oracle().produced() > 2_000);
                old.stop();
                await().until(() -> old.leg(1).drained() && old.leg(2).drained());
                first = old.oracle().produced();
                awaitSequence(site, first);
            }
            await().until(() -> site.alarms().contains("linkLost acd1"));
            // An Asterisk takes longer than that to start.
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            try (AcdSimulator restarted = simulate(again)) {
                awaitBothUp(site, 4);
                restarted.resume();
                await().until(() -> restarted.oracle().produced() > 3_000);
                restarted.stop();
                awaitSequence(site, first + 1 + restarted.oracle().produced());
                assertEquals(1, site.acd().get("gaps"));
                assertEquals(0, site.acd().get("discontinuities"));
            }
            assertEquals(0, running.terminate());
        }
    }

    @Test
    void shouldSayThatTheLoginIsWrongAndNotKeepAsking() throws Exception {
        final AcdSettings settings =
                AcdSettings.listening(AMI, 1).asterisk(new AmiSettings("tandem", "another", true, false));
        try (AcdSimulator acd = simulate(settings)) {
            final Site site = new Site(folder, AMI, acd);
            try (Site.Running running = site.run()) {
                await().until(() -> site.alarms().contains("legDown acd1/leg-1")
                        && site.alarms().contains("linkLost acd1"));
                final String alarms = site.status().get("alarms").toString();
                assertTrue(
                        alarms.contains("the ACD refused the login of user \"tandem\": \"Authentication failed\""),
                        alarms);
                assertTrue(alarms.contains("manager.conf"), alarms);
                final long asked = acd.leg(1).connections();
                await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
                assertTrue(acd.leg(1).connections() <= asked + 1, "asked again and again");
                assertFalse(site.logs().contains(Site.PASSWORD));
                assertEquals(0, running.terminate());
            }
        }
    }

    @Test
    void shouldOpenALegAgainOnWhichNotEvenPingIsAnswered() throws Exception {
        try (AcdSimulator acd = simulate(asterisk(5, 200, true, false))) {
            final Site site = new Site(ownProfile(), AMI, acd, "ami-quick", "profiles: profiles");
            try (Site.Running running = site.run();
                    TwoServers servers = new TwoServers(site, acd)) {
                begin(acd, site, servers, 5);
                acd.stop(); // nobody calls: the other leg proves nothing
                acd.leg(1).halfOpen(true);
                final long before = acd.leg(1).connections();
                await().until(() -> acd.leg(1).connections() > before);
                assertTrue(
                        List.of("login", "down", "connecting")
                                .contains(site.legStates().get(0)),
                        () -> "a leg that says nothing is not up");
                acd.leg(1).halfOpen(false);
                acd.resume();
                awaitBothUp(site, 5);

                // The leader is cut while the other one still looks for its place.
                final long second = acd.leg(2).connections();
                acd.leg(2).cut(false);
                await().until(() -> acd.leg(2).connections() > second);
                acd.leg(1).cut(true);
                awaitBothUp(site, 5);
                acd.stop();
                await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
                // What the ACD said while neither leg was in is behind a gap; what was read is there.
                await().untilAsserted(
                                () -> servers.awaitSequence(((Number) site.acd().get("sequence")).longValue()));
                assertTrue(servers.verdict().proved());
                assertEquals(0, running.terminate());
            }
        }
    }

    /** The shipped profile with a Ping every two seconds, as a site may have it under another name. */
    private Path ownProfile() throws Exception {
        final Path shipped =
                Path.of(System.getProperty("tandem.root"), "hw-profiles", "profiles", "acd", "asterisk-ami.yaml");
        final Path own = folder.resolve("profiles/acd/ami-quick.yaml");
        java.nio.file.Files.createDirectories(own.getParent());
        java.nio.file.Files.writeString(
                own,
                java.nio.file.Files.readString(shipped)
                        .replace("name: asterisk-ami", "name: ami-quick")
                        .replace("every: 10s", "every: 2s"));
        return folder;
    }

    private static void begin(AcdSimulator acd, Site site, TwoServers servers, long seed) {
        servers.awaitConnected();
        await().until(() -> acd.leg(1).connected() && acd.leg(2).connected());
        acd.resume();
        awaitBothUp(site, seed);
    }

    private static void awaitSequence(Site site, long sequence) {
        await().untilAsserted(() -> assertEquals(
                sequence, ((Number) site.acd().get("sequence")).longValue(), () -> "records: " + acd(site)));
    }

    private static String acd(Site site) {
        try {
            return site.acd() + " " + site.alarms();
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    private static void awaitBothUp(Site site, long seed) {
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertEquals(List.of("up", "up"), site.legStates(), "seed " + seed));
    }
}
