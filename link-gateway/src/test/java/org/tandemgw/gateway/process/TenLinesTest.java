package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.time.SystemClock;

/** An engineer tries the product with a handful of lines: rows A1, A3, A20. */
@Timeout(600)
class TenLinesTest {
    private static final List<String> BOTH_UP = List.of("up", "up");

    @TempDir
    private Path folder;

    @Test
    void shouldGoOnWithTheOtherLegAfterThreeLines() throws Exception {
        try (AcdSimulator acd = acd(FrameSource.numbered(20))) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.run()) {
                await().until(() -> site.legStates().equals(BOTH_UP));
                send(acd, site, 3);
                await().until(() -> site.legStates().equals(BOTH_UP));
                acd.leg(1).refuse(true);
                acd.leg(1).cut(false);
                await().until(() -> site.alarms().contains("legDown acd1/leg-1"));
                send(acd, site, 3);
                acd.leg(1).refuse(false);
                await().until(() -> acd.leg(1).connected());
                send(acd, site, 3);
                assertEquals(0, running.terminate());
            }
            assertEquals(List.of("9 frame"), kinds(site));
        }
    }

    @Test
    void shouldKeepEqualLinesApartFromRepeats() throws Exception {
        try (AcdSimulator acd = acd(() -> "same".getBytes(StandardCharsets.US_ASCII))) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.run()) {
                send(acd, site, 5);
                await().until(() -> ((Number) site.legs().get(0).get("confirmed")).longValue()
                                + ((Number) site.legs().get(1).get("confirmed")).longValue()
                        == 5);
                assertEquals(0, running.terminate());
            }
            assertEquals(List.of("5 frame"), kinds(site));
        }
    }

    @Test
    void shouldWriteOneGapForARestartAndOneForBothLegs() throws Exception {
        try (AcdSimulator acd = acd(FrameSource.numbered(20))) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.run()) {
                send(acd, site, 4);
                assertEquals(0, running.terminate());
            }
            try (Site.Running running = site.run()) {
                send(acd, site, 3);
                acd.leg(1).pull();
                acd.leg(2).pull();
                await().until(() -> site.alarms().contains("linkLost acd1"));
                acd.leg(1).refuse(false);
                acd.leg(2).refuse(false);
                send(acd, site, 2);
                assertEquals(0, running.terminate());
            }
            assertEquals(List.of("4 frame", "1 gap", "3 frame", "1 gap", "2 frame"), kinds(site));
        }
    }

    private static AcdSimulator acd(FrameSource source) throws Exception {
        return new AcdSimulator(AcdSettings.listening(AcdDialect.OPAQUE_LINE, 1), source, new SystemClock());
    }

    /** Sends so many lines on the legs that are connected, and waits until they are stored. */
    private static void send(AcdSimulator acd, Site site, int lines) throws Exception {
        await().until(() -> acd.leg(2).connected()
                && (acd.leg(1).connected() || site.alarms().contains("legDown acd1/leg-1")));
        final long before = stored(site);
        acd.burst(lines);
        await().until(() -> stored(site) >= before + lines
                && acd.leg(1).drained()
                && acd.leg(2).drained());
    }

    private static long stored(Site site) throws Exception {
        return ((Number) site.acd().get("sequence")).longValue();
    }

    /** The kinds of the records in order, equal neighbours counted. */
    private static List<String> kinds(Site site) throws Exception {
        final Site.Ended cat = site.tandem(
                "journal", "cat", "acd1", "--json", "-c", site.file().toString());
        final List<String> runs = new java.util.ArrayList<>();
        String present = "";
        int count = 0;
        for (final String line : (cat.out() + "{\"kind\":\"\"}").lines().toList()) {
            final String kind = line.replaceAll(".*\"kind\":\"([a-z]*)\".*", "$1");
            if (!kind.equals(present) && count > 0) {
                runs.add(count + " " + present);
                count = 0;
            }
            present = kind;
            count++;
        }
        return runs;
    }
}
