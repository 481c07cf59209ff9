package org.tandemgw.gateway.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.AmiTraffic;
import org.tandemgw.gateway.time.SystemClock;

/** After a switchover an operator reads what became of every call: rows C1, C3, C8 and C11, with a real {@code tandem run}. */
@Timeout(900)
class AccountOfTheCallsTest {
    private static final long SEED = Long.getLong("tandem.seed", 7);
    private static final int FRAMES = 1_500;
    private static final AmiSettings MANAGER = new AmiSettings("tandem", Site.PASSWORD, true, false);

    @TempDir
    Path folder;

    /** What a test knows of the calls without Tandem. */
    private final Map<String, String> trunks = new TreeMap<>();

    /** And Tandem is killed in the middle of the second one, with nothing of its account on the disk. */
    @Test
    void shouldTellTheSameOfASwitchoverThatWasAskedForAndOfOneThatHadToBe() throws Exception {
        final List<Map<String, Object>> asked = switched("asked", Because.ASKED);
        final List<Map<String, Object>> lost = switched("lost", Because.LOST_AND_KILLED);
        assertEquals(comparable(asked), comparable(lost), "seed " + SEED);
    }

    @Test
    @Tag("slow")
    void shouldTellOfALostServerWhereNobodyIsKilled() throws Exception {
        switched("lost", Because.LOST);
    }

    private enum Because {
        ASKED,
        LOST,
        LOST_AND_KILLED
    }

    /** The account after one switchover from east to west, with the same calls in flight each time. */
    private List<Map<String, Object>> switched(String name, Because why) throws Exception {
        final Path place = Files.createDirectory(folder.resolve(name));
        final AmiTraffic asterisk = new AmiTraffic(SEED, MANAGER);
        final AcdSimulator acd = new AcdSimulator(
                AcdSettings.listening(AcdDialect.ASTERISK_AMI, SEED)
                        .traffic(0, 0)
                        .asterisk(MANAGER),
                asterisk,
                new SystemClock());
        try (SwitchedSite site = new SwitchedSite(
                place,
                acd,
                AcdDialect.ASTERISK_AMI,
                List.of("circuits: { 1: [\"PJSIP/trunk1-*\"], 2: [\"PJSIP/trunk2-*\"], 3: [\"x\"], 4: [\"y\"] }"))) {
            Site.Running running = site.site().run();
            try {
                site.awaitProtected("east");
                produce(acd, asterisk);
                standing(asterisk);
                await().atMost(120, SECONDS)
                        .until(() -> calls(site).get("inFlight").equals(trunks.size())
                                && Boolean.TRUE.equals(calls(site).get("sure")));
                site.allowAuto();
                if (why == Because.LOST_AND_KILLED) {
                    site.hold("promote");
                }
                if (why == Because.ASKED) {
                    ask(site);
                } else {
                    site.east().stop();
                }
                final Path file = site.site().data().resolve("ledger/1-acd1.jsonl");
                if (why == Because.LOST_AND_KILLED) {
                    await().atMost(120, SECONDS)
                            .until(() -> site.acts().contains("promote west 1") && Files.exists(file));
                    running.kill();
                    Files.delete(file); // as if that had been one instruction earlier
                    site.letGo("promote");
                    running = site.site().run();
                }
                site.awaitStatus(now -> "west".equals(now.get("active")));
                await().atMost(120, SECONDS)
                        .until(() -> Files.exists(file) && stage(file).equals("compared"));
                final List<Map<String, Object>> lines = lines(file);
                check(lines, total(file), site);
                assertEquals(0, running.terminate());
                return lines;
            } finally {
                running.close();
            }
        }
    }

    /** While the box is busy it is refused, without an epoch; what ends otherwise leaves an account of its own, so that is no switchover to look at. */
    private static void ask(SwitchedSite site) {
        final Map<String, Object> over = await().atMost(120, SECONDS)
                .until(
                        () -> {
                            final Map<String, Object> last = site.decision();
                            if (last == null || "refused".equals(last.get("outcome"))) {
                                site.ask("/v1/switch/west");
                            }
                            return last;
                        },
                        last -> last != null && last.get("outcome") != null && !"refused".equals(last.get("outcome")));
        assertEquals("switched", over.get("outcome"), over::toString);
    }

    /** So many frames, and then up to a moment at which the Asterisk has told everything that happened. */
    private static void produce(AcdSimulator acd, AmiTraffic asterisk) {
        long frames = FRAMES;
        acd.burst(frames);
        await().atMost(120, SECONDS).until(() -> acd.oracle().produced() == FRAMES);
        while (!asterisk.isAllTold()) {
            acd.burst(1);
            final long wanted = ++frames;
            await().atMost(120, SECONDS).until(() -> acd.oracle().produced() == wanted);
        }
    }

    private void check(List<Map<String, Object>> lines, Map<String, Object> total, SwitchedSite site) throws Exception {
        final Map<String, Integer> fates = new TreeMap<>();
        for (final Map<String, Object> line : lines) {
            final String trunk = trunks.get(line.get("id"));
            assertTrue(trunk != null, () -> "nobody knows such a call: " + line);
            final boolean cut = trunk.startsWith("PJSIP/trunk1-") || trunk.startsWith("PJSIP/trunk2-");
            final boolean waits =
                    List.of("born", "offered", "queued", "ringing").contains(line.get("state"));
            assertEquals(cut ? "cut" : waits ? "recovered" : "kept", line.get("fate"), line::toString);
            assertEquals(cut, String.valueOf(line.get("why")).contains("which moved"), line::toString);
            assertEquals("in-flight", line.get("after"), line::toString);
            fates.merge(String.valueOf(line.get("fate")), 1, Integer::sum);
        }
        assertEquals(trunks.size(), lines.size(), "each call once");
        assertEquals(3, fates.size(), () -> "there is one of each kind: " + fates);
        @SuppressWarnings("unchecked")
        final Map<String, Object> counts = (Map<String, Object>) total.get("counts");
        assertEquals(lines.size(), counts.get("calls"));
        assertEquals(fates.get("cut"), counts.get("cut"));
        assertEquals(fates.get("cut"), calls(site).get("cut"));
        assertEquals(fates.get("recovered"), calls(site).get("recovered"));
        why(site, lines, fates);
    }

    /** As its user sees it. */
    private static void why(SwitchedSite site, List<Map<String, Object>> lines, Map<String, Integer> fates)
            throws Exception {
        final String page = tandem(site, "why");
        assertTrue(
                page.contains("WHAT BECAME OF THE " + lines.size() + " CALLS IN FLIGHT: " + fates.get("kept")
                        + " kept, " + fates.get("recovered") + " recovered, " + fates.get("cut") + " cut, 0 unknown"),
                page);
        assertFalse(page.contains("no account"), page);
        final Map<String, Object> told = JSON.std.mapFrom(tandem(site, "why", "--json"));
        assertEquals(lines, told.get("ledger"));
        @SuppressWarnings("unchecked")
        final Map<String, Object> calls = (Map<String, Object>) told.get("calls");
        assertEquals(fates.get("kept"), calls.get("kept"));
        assertEquals(lines.size(), calls.get("inFlight"));
    }

    private static String tandem(SwitchedSite site, String... verb) throws Exception {
        final List<String> all =
                new ArrayList<>(List.of("-c", site.site().file().toString()));
        all.addAll(List.of(verb));
        final Site.Ended ended = site.site().tandem(all.toArray(String[]::new));
        assertEquals(0, ended.status(), ended::err);
        return ended.out();
    }

    /** Every call by its id, with the trunk that it came over. */
    private void standing(AmiTraffic asterisk) {
        trunks.clear();
        for (final String channel : asterisk.standing("CoreShowChannels")) {
            final String trunk = header(channel, "Channel");
            trunks.merge(header(channel, "Linkedid"), trunk, (one, two) -> one.startsWith("PJSIP/trunk") ? one : two);
        }
    }

    private static String header(String item, String name) {
        return item.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 2);
    }

    /** Without what differs from run to run. */
    private static List<Map<String, Object>> comparable(List<Map<String, Object>> lines) {
        final List<Map<String, Object>> all = new ArrayList<>();
        for (final Map<String, Object> line : lines) {
            final Map<String, Object> each = new TreeMap<>(line);
            each.remove("waitedMs");
            all.add(each);
        }
        return all;
    }

    private static List<Map<String, Object>> lines(Path file) throws IOException {
        final List<Map<String, Object>> all = new ArrayList<>();
        for (final String line : Files.readAllLines(file)) {
            all.add(JSON.std.mapFrom(line));
        }
        all.remove(all.size() - 1);
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> total(Path file) throws IOException {
        final List<String> lines = Files.readAllLines(file);
        return (Map<String, Object>)
                JSON.std.mapFrom(lines.get(lines.size() - 1)).get("total");
    }

    private static String stage(Path file) throws IOException {
        return String.valueOf(total(file).get("stage"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> calls(SwitchedSite site) throws IOException {
        return (Map<String, Object>) site.status("calls");
    }
}
