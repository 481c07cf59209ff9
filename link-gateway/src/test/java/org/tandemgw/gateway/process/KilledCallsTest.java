package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.calls.StoredTable;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.AmiTraffic;
import org.tandemgw.gateway.time.SystemClock;

/** A real {@code tandem run} is killed while calls come and go: it knows them again (rows C1, C5 and C9), and the same journal makes the same table. */
@Timeout(900)
class KilledCallsTest {
    /** Most of a short life is spent compiling. */
    private static final List<String> QUICK_START = List.of("env", "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1");

    private long seed = Long.getLong("tandem.seed", 20_261_121L);

    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    @Test
    void shouldKnowTheCallsAgainAfterItWasKilled() throws Exception {
        killed(3);
    }

    @Test
    @Tag("slow")
    void shouldKnowTheCallsAgainHoweverOftenItIsKilled() throws Exception {
        seed = Long.getLong("tandem.seed", System.nanoTime());
        killed(40);
    }

    private void killed(int rounds) throws Exception {
        final AmiSettings manager = new AmiSettings("tandem", Site.PASSWORD, true, false);
        final AcdSettings settings = AcdSettings.listening(AcdDialect.ASTERISK_AMI, seed)
                .traffic(2_000, 0)
                .asterisk(manager);
        final AmiTraffic asterisk = new AmiTraffic(seed, manager);
        final Random random = new Random(seed);
        try (AcdSimulator acd = new AcdSimulator(settings, asterisk, new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.ASTERISK_AMI, acd);
            acd.resume();
            for (int round = 0; round < rounds; round++) {
                try (Site.Running running = site.runUnder(QUICK_START)) {
                    final long records = random.nextInt(3_000);
                    awaitRecords(site, records);
                    if (round % 3 == 1) {
                        assertEquals(0, running.terminate());
                    } else {
                        running.kill();
                    }
                }
            }
            try (Site.Running running = site.runUnder(QUICK_START)) {
                awaitSure(site);
                acd.stop();
                await().untilAsserted(() -> {
                    if (!asterisk.isAllTold()) {
                        acd.burst(1); // up to a moment at which the Asterisk has told everything that happened
                    }
                    assertTrue(asterisk.isAllTold(), "seed " + seed);
                    assertEquals(callsOf(asterisk), calls(site).get("inFlight"), "seed " + seed);
                });
                assertEquals(true, calls(site).get("sure"));
                assertTrue((Integer) calls(site).get("agents") > 10);
                assertEquals(0, running.terminate());
            }
            assertArrayEquals(
                    StoredTable.left(site.data(), "acd1"),
                    StoredTable.madeAnew(site.data(), "acd1", other),
                    "seed " + seed);
        }
    }

    private static int callsOf(AmiTraffic asterisk) {
        final Set<String> calls = new HashSet<>();
        for (final String channel : asterisk.standing("CoreShowChannels")) {
            calls.add(channel.lines()
                    .filter(line -> line.startsWith("Linkedid: "))
                    .findFirst()
                    .orElseThrow());
        }
        return calls.size();
    }

    /** So many more than there were. */
    private void awaitRecords(Site site, long more) throws IOException {
        final long before = ((Number) site.acd().get("sequence")).longValue();
        await().until(() -> ((Number) site.acd().get("sequence")).longValue() >= before + more);
    }

    private void awaitSure(Site site) {
        await().untilAsserted(() -> assertEquals(true, calls(site).get("sure"), "seed " + seed));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> calls(Site site) throws IOException {
        return (Map<String, Object>) site.status().get("calls");
    }
}
