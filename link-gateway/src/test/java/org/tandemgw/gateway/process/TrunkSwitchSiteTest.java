package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.control.TrunkReport;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/** A site with trunk switches: the real appliance, the real command line, emulated boxes whose true positions are asked beside the wire. */
class TrunkSwitchSiteTest {
    private static final String PASSWORD = "PASS";

    @TempDir
    Path folder;

    private SwitchEmulator box;
    private final List<String> lines = new ArrayList<>(List.of("profiles: own", "switches:"));

    @BeforeEach
    void startBox() throws IOException {
        box = new SwitchEmulator(0, null, 1, 1, 2, 3);
        Files.writeString(folder.resolve("kab.secret"), PASSWORD + "\n");
        Files.setPosixFilePermissions(folder.resolve("kab.secret"), PosixFilePermissions.fromString("rw-------"));
        quickProfile();
    }

    @AfterEach
    void stopBox() throws IOException {
        box.close();
    }

    @Test
    void shouldMoveTrunksTellOfHandsAndRememberTheEpoch() throws Exception {
        final SwitchEmulator wired = new SwitchEmulator(0, folder.resolve("line"), 1, 4);
        try (ServerSocket spare = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Path device = folder.resolve("line").toRealPath();
            trunkSwitch("trunks", "tcp: \"127.0.0.1:" + box.port() + "\"", "[1, 2]", true);
            trunkSwitch("line", "serial: { device: " + device + ", baud: 9600 }", "[4]", true);
            trunkSwitch("spare", "tcp: \"127.0.0.1:" + spare.getLocalPort() + "\"", "[1]", false);
            final Site site = site();
            // Who starts the tests under nohup has them ignore the signal, and what they start.
            try (Site.Running running = site.runUnder(List.of("env", "--default-signal=HUP"))) {
                await().until(() -> trunk(site, "trunks").get("position").equals("A"));
                await().until(() -> trunk(site, "line").get("position").equals("A"));

                // The command line moves two of three cards, and proves each.
                final Site.Ended moved = site.tandem(
                        "trunks", "select", "trunks", "west", "--yes", "--reason", "line test", "--json", "-c", file());
                final Map<String, Object> report = JSON.std.mapFrom(moved.out());
                assertEquals(0, moved.status(), moved.err());
                assertEquals("OK", report.get("overall"));
                assertEquals(1, report.get("epoch"));
                assertEquals("BBA", truth(box).substring(0, 3), "cards that are not ours stay");
                assertEquals("B", trunk(site, "trunks").get("position"));
                assertEquals("west", trunk(site, "trunks").get("leadsTo"));
                assertEquals(1, site.status().get("epoch"));
                assertFalse(site.alarms().contains("positionChanged trunks/card-1"));

                // The same over a serial line.
                assertEquals("OK", act(site, "line/select/B").get("overall"));
                assertEquals("B", truth(wired).substring(3, 4));
                assertHearsSighup(running, site);

                // Somebody moves a card at the panel: an alarm, and nothing is fought.
                box.command("panel 2 A");
                act(site, "trunks/query");
                await().until(() ->
                        site.alarms().containsAll(List.of("positionChanged trunks/card-2", "positionMixed trunks")));
                assertEquals("BAA", truth(box).substring(0, 3));
                act(site, "trunks/adopt");
                await().until(() -> !site.alarms().contains("positionChanged trunks/card-2"));

                // Two orders at once are two attempts.
                final long one = begin(site, "line/select/A?forced").epoch();
                assertTrue(begin(site, "line/select/B?forced").epoch() > one);

                // A card that is stuck and lies about it is no success.
                box.command("stuck 2 lie");
                final Map<String, Object> stuck = act(site, "trunks/select/B?forced");
                assertTrue(List.of("PARTIAL", "FAILED").contains(stuck.get("overall")), stuck::toString);
                assertTrue(String.valueOf(stuck.get("cards")).contains("NOT_MOVED"), stuck::toString);
                await().until(() -> site.alarms().contains("overridden trunks/card-2"));
                box.command("stuck 2 off");
                assertEquals("OK", act(site, "trunks/select/B?forced").get("overall"));
                await().until(() -> !site.alarms().contains("overridden trunks/card-2"));

                // Nothing at all went to the box that nobody has confirmed.
                assertEquals("REFUSED", act(site, "spare/select/B").get("overall"));
                assertEquals(false, act(site, "spare/query").get("ok"));
                assertTrue(site.alarms().contains("configMismatch spare"), site.alarms()::toString);
                assertNobodyCame(spare);
                assertEquals(0, running.terminate());
            }
            assertAudit(site);
            try (Site.Running running = site.run()) {
                final int epoch = (int) site.status().get("epoch");
                assertTrue(epoch >= 3, "epoch " + epoch + " after three orders and a restart");
                final Map<String, Object> late = act(site, "trunks/select/A?epoch=1&forced");
                assertEquals("REFUSED", late.get("overall"));
                assertTrue(String.valueOf(late.get("message")).contains("epoch 1 is older"), late::toString);
                assertTrue(running.process().isAlive());
            }
        } finally {
            wired.close();
        }
    }

    @Test
    void shouldSendOnlyQueriesWhenItMayOnlyWatch() throws Exception {
        trunkSwitch("trunks", "tcp: \"127.0.0.1:" + box.port() + "\"", "[1, 2]", true);
        final Site site = site();
        try (Site.Running running = site.runWith("--monitor-only")) {
            await().until(() -> trunk(site, "trunks").get("position").equals("A"));
            final Map<String, Object> refused = act(site, "trunks/select/B?forced");
            assertEquals("REFUSED", refused.get("overall"), refused::toString);
            assertEquals(true, act(site, "trunks/query").get("ok"));
            assertEquals(true, trunk(site, "trunks").get("monitorOnly"));
            assertEquals(0, site.status().get("epoch"), "a refused request uses no epoch");
            final List<?> log = (List<?>) JSON.std.mapFrom(box.command("state")).get("log");
            assertTrue(log.size() >= 4, log::toString);
            log.forEach(line -> assertTrue(String.valueOf(line).matches("\\d+ tcp [12] Q accepted"), line::toString));
            assertEquals("AAA", truth(box).substring(0, 3));
            assertTrue(running.process().isAlive());
        }
    }

    @Test
    void shouldKnowAfterAKillThatAnOrderWasCutOffAndAfterALossThatItDoesNotKnow() throws Exception {
        trunkSwitch("trunks", "tcp: \"127.0.0.1:" + box.port() + "\"", "[1, 2]", true);
        final Site site = site();
        final Path audit = site.data().resolve("audit.jsonl");
        try (Site.Running running = site.run()) {
            await().until(() -> trunk(site, "trunks").get("position").equals("A"));
            box.command("stuck 1 lie");
            begin(site, "trunks/select/B");
            await().until(() -> Files.readString(audit).contains("\"trunk command sent\""));
            running.process().destroyForcibly().waitFor();
        }
        try (Site.Running running = site.run()) {
            await().until(() -> site.alarms().contains("orderCutOff trunks"));
            assertEquals(1, site.status().get("epoch"));
            assertEquals(true, act(site, "trunks/adopt").get("ok"));
            await().until(() -> !site.alarms().contains("orderCutOff trunks"));
            assertEquals(0, running.terminate());
        }
        Files.delete(site.data().resolve("control"));
        try (Site.Running running = site.run()) {
            await().until(() -> site.alarms().contains("switchMemoryLost trunks"));
            final Map<String, Object> refused = act(site, "trunks/select/B?forced");
            assertEquals(false, refused.get("ok"), refused::toString);
            await().until(() -> act(site, "trunks/adopt").get("ok").equals(true));
            await().until(() -> !site.alarms().contains("switchMemoryLost trunks"));
            final Map<String, Object> moved = act(site, "trunks/select/B?cards=2");
            assertEquals("OK", moved.get("overall"), moved::toString);
            assertEquals(2, moved.get("epoch"));
            assertTrue(running.process().isAlive());
        }
    }

    /** The library of serial lines, left to itself, would have the process ignore it. */
    private static void assertHearsSighup(Site.Running running, Site site) throws Exception {
        final String pid = Long.toString(running.process().pid());
        assertEquals(0, new ProcessBuilder("kill", "-HUP", pid).start().waitFor());
        final Path audit = site.data().resolve("audit.jsonl");
        await().until(() -> Files.readString(audit).contains("\"SIGHUP\""));
    }

    private void assertAudit(Site site) throws IOException {
        final List<String> audit = Files.readAllLines(site.data().resolve("audit.jsonl"));
        final Map<String, Object> command = JSON.std.mapFrom(audit.stream()
                .filter(line -> line.contains("\"trunk command\""))
                .findFirst()
                .orElseThrow());
        assertEquals("trunks/card-1", command.get("object"));
        assertEquals("line test", command.get("reason"));
        assertEquals("B", command.get("wanted"));
        assertEquals("B", command.get("readBack"));
        assertTrue(String.valueOf(command.get("sent")).contains("\\x01"), command::toString);
        assertTrue(String.valueOf(command.get("reply")).contains("1 B"), command::toString);
        audit.forEach(line -> assertFalse(line.contains(PASSWORD), "the password is in the audit file: " + line));
    }

    private static void assertNobodyCame(ServerSocket spare) throws IOException {
        spare.setSoTimeout(1);
        try {
            spare.accept().close();
        } catch (SocketTimeoutException nobody) {
            return;
        }
        throw new AssertionError("a box that nobody has confirmed was dialled");
    }

    private static TrunkReport begin(Site site, String what) throws IOException {
        return new ControlClient(site.data().resolve("tandem.sock"), 20_000)
                .post(TrunkReport.class, "/v1/trunks/" + what, "jd", "because of a test");
    }

    /** Gives an order through the control socket, as programs do, and waits for its end. */
    private static Map<String, Object> act(Site site, String what) throws IOException {
        final ControlClient client = new ControlClient(site.data().resolve("tandem.sock"), 20_000);
        final TrunkReport begun = begin(site, what);
        if (begun.order() == null) {
            return JSON.std.mapFrom("{\"ok\":" + begun.ok() + ",\"message\":\"" + begun.message() + "\"}");
        }
        final String path = "/v1/trunks/orders/" + begun.order();
        await().until(() ->
                JSON.std.mapFrom(client.get(path).json()).get("done").equals(true));
        return JSON.std.mapFrom(client.get(path).json());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> trunk(Site site, String name) throws IOException {
        return ((List<Map<String, Object>>) site.status().get("switches"))
                .stream()
                        .filter(each -> each.get("name").equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    /** Where the relays really are, asked beside the wire. */
    private static String truth(SwitchEmulator emulator) throws IOException {
        return String.valueOf(JSON.std.mapFrom(emulator.command("state")).get("positions"));
    }

    private Site site() throws IOException {
        return new Site(folder, "opaque-line", Site.freePort(), Site.freePort(), lines.toArray(String[]::new));
    }

    private String file() {
        return folder.resolve("tandem.yaml").toString();
    }

    private void trunkSwitch(String name, String path, String cards, boolean confirmed) {
        lines.addAll(List.of(
                "  - name: " + name,
                "    profile: quick-k16",
                "    " + path,
                "    secret-file: kab.secret",
                "    cards: " + cards,
                "    positions: { A: east, B: west }",
                "    dwell: 0s"));
        if (confirmed) {
            lines.add("    confirmed: \"2026-11-21 jd\"");
        }
    }

    /** The shipped profile with other times, as a site writes it that knows its box: shorter pauses, and more patience on a busy machine. */
    private void quickProfile() throws IOException {
        final String k16 = HwProfiles.load(Optional.empty(), new Problems())
                .trunkSwitch("dataprobe-k16")
                .orElseThrow()
                .about()
                .text();
        final Path profiles = Files.createDirectories(folder.resolve("own").resolve("switch"));
        Files.writeString(
                profiles.resolve("quick-k16.yaml"),
                k16.replace("name: dataprobe-k16", "name: quick-k16")
                        .replace("gap: 250ms", "gap: 10ms")
                        .replace("settle: 400ms", "settle: 50ms")
                        .replace("quiet: 150ms", "quiet: 60ms")
                        .replace("first-byte: 1500ms", "first-byte: 6s")
                        .replace("whole-reply: 3s", "whole-reply: 8s")
                        .replace("read-back: 3s", "read-back: 1500ms")
                        .replace("late: 10s", "late: 12s")
                        .replace("poll: 30s", "poll: 1s")
                        .replace("poll-max: 10m", "poll-max: 2s")
                        .replace("backoff: 500ms", "backoff: 100ms")
                        .replace("backoff-max: 2s", "backoff-max: 200ms"));
    }
}
