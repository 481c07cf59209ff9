package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.metrics.Exposition;
import org.tandemgw.gateway.time.SystemClock;

/** A real appliance with traffic: each frame is counted once on its way to the journal, and once on its way to each server. */
class PrometheusOfARunningSiteTest {
    @TempDir
    Path folder;

    @Test
    void shouldCountEachFrameOnceOnEachWay() throws Exception {
        final int port = Site.freePort();
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 1).traffic(1_000, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(60), new SystemClock())) {
            final Site site = new Site(
                    folder,
                    AcdDialect.OPAQUE_LINE,
                    acd,
                    AcdDialect.OPAQUE_LINE.profile(),
                    "metrics: { listen: \"127.0.0.1:" + port + "\" }");
            try (Site.Running running = site.run();
                    TwoServers servers = new TwoServers(site, acd)) {
                servers.awaitConnected();
                await().until(() -> acd.leg(1).connected() && acd.leg(2).connected());
                acd.resume();
                await().until(() -> acd.oracle().produced() > 1_000);
                acd.stop();
                await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
                servers.awaitSequence(acd.oracle().produced());
                final double frames = acd.oracle().produced();
                await().untilAsserted(() -> {
                    final Exposition told = read(port);
                    assertEquals(frames, told.value("tandem_acd_sequence{acd=\"acd1\"}"));
                    assertEquals(frames, told.value("tandem_arrival_to_journal_seconds_count{acd=\"acd1\"}"));
                    for (final String server : new String[] {"east", "west"}) {
                        final String of = "{acd=\"acd1\",server=\"" + server + "\"}";
                        assertEquals(frames, told.value("tandem_arrival_to_server_seconds_count" + of));
                        assertTrue(told.value("tandem_arrival_to_server_seconds_sum" + of) > 0);
                    }
                });
                assertEquals(0, running.terminate());
            }
        }
    }

    private static Exposition read(int port) throws Exception {
        return new Exposition(HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
