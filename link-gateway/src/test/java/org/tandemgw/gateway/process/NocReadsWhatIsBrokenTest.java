package org.tandemgw.gateway.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.abswitch.emulator.BoxModel;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.snmp.MibOfStatus;
import org.tandemgw.gateway.snmp.MibWalk;
import org.tandemgw.gateway.snmp.NetSnmp;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/**
 * Servers, probes, trunk switch, one leg and the station itself are in trouble: the alarms come and go by their real causes, and a walk over the whole module with
 * net-snmp's tools says what {@code status --json} says, field by field. Rows A13 and D6.
 */
@Tag("slow")
@Timeout(600)
class NocReadsWhatIsBrokenTest {
    private static final String PHRASE = "a phrase that is long enough";
    private static final List<String> NOC =
            List.of("-v3", "-u", "noc", "-l", "authPriv", "-a", "SHA-256", "-A", PHRASE, "-x", "AES", "-X", PHRASE);

    /** What the status has and the module has not: for people, for programs that act, or for Prometheus. */
    private static final Set<String> NOT_IN_THE_MODULE = Set.of(
            "pid",
            "acds.recovery",
            "acds.legs.replaced",
            "acds.legs.localFrames",
            "acds.legs.jumps",
            "acds.legs.forcedEnds",
            "acds.legs.strays",
            "acds.legs.bufferDrops",
            "acds.legs.relayed",
            "servers.feeds.acknowledged",
            "servers.feeds.hold",
            "servers.feeds.catchUpRate",
            "servers.feeds.deniedActions",
            "servers.feeds.digest",
            "switches.reach",
            "switches.confirmedBy",
            "calls.why",
            "calls.refusedQuestions",
            "calls.listsGivenUp",
            "calls.diskErrors",
            "calls.countedTogether",
            "calls.undecoded",
            "alarms.cleared",
            "maintenance.who",
            "maintenance.why",
            "maintenance.since",
            "drills.newest",
            "drills.skipped",
            "drills.overdueSince",
            "drills.missing",
            "configuration.file",
            "configuration.digest",
            "configuration.readAt",
            "configuration.reload");

    /** What the module has and the status has not: from records of decisions, from the alarm book, from the agent itself. */
    private static final Set<String> NOT_IN_THE_STATUS = Set.of(
            "tandemLastSwitchTime",
            "tandemLastSwitchReason",
            "tandemAlarmsLastNumber",
            "tandemAlarmsNotRaised",
            "tandemAlarmCause",
            "tandemManagerUser",
            "tandemManagerSent",
            "tandemRequestsDropped");

    @TempDir
    Path folder;

    private NetSnmp tools;
    private Process station;
    private SwitchedSite site;
    private SwitchEmulator carrier;
    private int agent;

    @AfterEach
    void stopTheStation() throws IOException {
        if (station != null) {
            station.destroyForcibly();
        }
        if (carrier != null) {
            carrier.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @Test
    void shouldReadInTablesWhatTheStatusSaysWhileAllKindsOfThingsAreBroken() throws Exception {
        NetSnmp.need("snmptrapd", "-v");
        NetSnmp.need("snmpbulkwalk", "-V");
        tools = new NetSnmp(folder);
        agent = Site.freePort();
        final int manager = Site.freePort();
        final int syslog = Site.freePort();
        for (final String name : List.of("noc.auth", "noc.priv")) {
            Files.setPosixFilePermissions(
                    Files.writeString(folder.resolve(name), PHRASE), PosixFilePermissions.fromString("rw-------"));
        }
        final Path looks = script("looks", "exit 0");
        site = new SwitchedSite(
                folder,
                new TcpService("127.0.0.1"),
                new TcpService("127.0.0.1"),
                List.of(
                        "snmp:",
                        "  listen: \"127.0.0.1:" + agent + "\"",
                        "  v3-users: [ { name: noc, auth-file: noc.auth, priv-file: noc.priv } ]",
                        "  managers: [ { target: \"127.0.0.1:" + manager + "\", user: noc, inform: on } ]",
                        "notify: [ { syslog: \"127.0.0.1:" + syslog + "\", transport: tcp } ]"));
        // A second box, of another make: only that one has a position that leads to nobody.
        carrier = new SwitchEmulator(BoxModel.ESL_7183, 0, 1, 1);
        edit(
                "switchover:",
                "  - { name: carrier, profile: quick-7183, tcp: \"127.0.0.1:" + carrier.port()
                        + "\", confirmed: \"2026-11-21 jd\", cards: [1], positions: { A: east, B: west }, dwell: 0s }\nswitchover:");
        quickProfile();
        site.box().makeLine(folder.resolve("line"));
        final Path line = folder.resolve("line").toRealPath();
        edit("    confirmed:", "    serial: { device: " + line + ", baud: 9600 }\n    confirmed:");
        // West is suspected for long before it counts as down, and a program looks at it too.
        edit(
                site.west().port() + "\", every: 600ms, timeout: 500ms, failures: 3, retry: 50ms }",
                site.west().port()
                        + "\", every: 600ms, timeout: 500ms, failures: 200, retry: 500ms }\n      - { name: script, exec: "
                        + looks + ", every: 1s, timeout: 900ms, failures: 3, retry: 100ms }");
        listen(manager);
        try (Site.Running running = site.site().run()) {
            site.acd().resume();
            site.awaitProtected("east");

            // At a position that leads to nobody, by hand; and back.
            command(carrier, "panel 1 O");
            awaitAlarms("leadsNowhere carrier");
            command(carrier, "panel 1 A");
            awaitGone("leadsNowhere carrier");
            adopt("carrier");
            site.awaitProtected("east");

            // The box takes an order and never says what became of it.
            command(site.box(), "at-select silent on");
            site.ask("/v1/trunks/trunks/select/B?cards=1&forced");
            command(site.box(), "panel 2 B");
            site.west().stop();
            Files.delete(looks);
            site.acd().leg(2).pull();
            station.destroy();
            site.servers().west().stop();
            awaitAlarms("positionUnknown trunks/card-1", "serverSuspect west", "probeBlind west", "legDown acd1/leg-2");
            command(site.box(), "well");
            command(site.box(), "garble on");
            awaitAlarms("pathLost trunks/serial", "positionMixed trunks", "feedDown west/acd1");
            acknowledge("legDown");
            site.site()
                    .tandem("notify", "test", "--yes", "-c", site.site().file().toString());
            awaitAlarms("managerUnreachable 127.0.0.1:" + manager);
            site.acd().stop();
            compareUntilSame();

            command(site.box(), "well");
            script("looks", "exit 0");
            site.west().start();
            site.acd().leg(2).refuse(false);
            listen(manager);
            test("127.0.0.1:" + manager);
            await().atMost(360, SECONDS)
                    .until(() -> !site.site().alarms().contains("managerUnreachable 127.0.0.1:" + manager));
            awaitGone(
                    "positionUnknown trunks/card-1",
                    "serverSuspect west",
                    "probeBlind west",
                    "pathLost trunks/serial",
                    "legDown acd1/leg-2");
            compareUntilSame();

            // Nagios asks each few minutes: critical, then a warning, then all is well.
            assertEquals(2, health("TANDEM CRITICAL - test: "), "the trunks are mixed");
            command(site.box(), "panel 1 A");
            command(site.box(), "panel 2 A");
            site.acd().resume();
            adopt("trunks");
            awaitGone("positionMixed trunks", "positionChanged trunks/card-2");
            site.servers().west().start();
            site.awaitProtected("east");
            assertEquals(1, health("TANDEM WARNING - test: "), "the syslog does not listen");
            try (ServerSocket receiver = new ServerSocket(syslog, 50, InetAddress.getLoopbackAddress())) {
                awaitGone("targetUnreachable 127.0.0.1:" + syslog);
                assertEquals(0, health("TANDEM OK - test: "), receiver.toString());
            }
            assertEquals(0, running.terminate());
        }
    }

    private int health(String begins) throws Exception {
        final Site.Ended health = site.site()
                .tandem("health", "--since", "0s", "-c", site.site().file().toString());
        assertTrue(health.out().startsWith(begins), health.out());
        return health.status();
    }

    /** The operator need not wait until it is tried again; unless so much was sent to it lately that no test is left. */
    private void test(String target) throws Exception {
        final Site.Ended ended = site.site()
                .tandem(
                        "notify",
                        "test",
                        target,
                        "--yes",
                        "--json",
                        "-c",
                        site.site().file().toString());
        final Map<String, Object> said = JSON.std.mapFrom(ended.out());
        if (said.get("notified") == null) {
            assertTrue(ended.out().contains("ten notifications in ten minutes are enough"), ended.out());
        } else {
            assertEquals(
                    "confirmed", test(((List<?>) said.get("notified")).get(0)).get("state"), ended.out());
            assertEquals(0, ended.status());
            assertTrue(Files.readString(heard()).contains("tandemSelfTest"));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> test(Object notified) {
        return (Map<String, Object>) ((Map<String, Object>) notified).get("test");
    }

    /** Walks until nothing has happened in the middle of it that changed a field twice. */
    private void compareUntilSame() {
        await().untilAsserted(this::compare);
    }

    private void compare() throws Exception {
        final Map<String, Object> statusBefore = site.site().status();
        final MibOfStatus before = MibOfStatus.of(statusBefore, history());
        final List<String> found = walk();
        final MibOfStatus after = MibOfStatus.of(site.site().status(), history());
        assertEquals(List.of(), MibWalk.differences(MibWalk.read(found, NOT_IN_THE_STATUS), before, after));
        for (final String object : NOT_IN_THE_STATUS) {
            assertTrue(
                    found.stream().anyMatch(each -> each.startsWith("TANDEM-MIB::" + object + ".")),
                    object + " is there");
        }
        final Set<String> unread = MibOfStatus.keys(statusBefore, "");
        unread.removeAll(before.used());
        unread.removeIf(
                key -> NOT_IN_THE_MODULE.stream().anyMatch(not -> key.equals(not) || key.startsWith(not + ".")));
        assertEquals(Set.of(), unread, "keys of the status that no walk shows");
    }

    private List<String> walk() throws Exception {
        final List<String> command = new ArrayList<>(List.of("snmpbulkwalk"));
        command.addAll(NOC);
        command.addAll(List.of("-OQU", "127.0.0.1:" + agent, "tandemMIB"));
        return tools.run(command);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> history() throws IOException {
        return (List<Map<String, Object>>) (List<?>) JSON.std.listFrom(
                site.client().get("/v1/alarms/history?limit=1000").json());
    }

    private void listen(int port) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("net-snmp")).resolve("snmptrapd.conf"),
                "createUser noc SHA-256 \"" + PHRASE + "\" AES \"" + PHRASE
                        + "\"\nauthUser log noc priv\nformat2 %v\\n\n");
        Files.deleteIfExists(heard());
        station = tools.started(
                List.of("snmptrapd", "-f", "-Lo", "-OQ", "-n", "udp:127.0.0.1:" + port), Files.createFile(heard()));
        await().until(() -> Files.readString(heard()).contains("NET-SNMP version"));
    }

    private Path heard() {
        return folder.resolve("heard");
    }

    private void acknowledge(String name) throws IOException {
        final Object number = alarms().stream()
                .filter(alarm -> alarm.get("name").equals(name))
                .map(alarm -> alarm.get("number"))
                .findFirst()
                .orElseThrow();
        assertTrue(site.ask("/v1/alarms/" + number + "/ack").ok());
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> alarms() throws IOException {
        return (List<Map<String, Object>>) site.status("alarms");
    }

    private void edit(String what, String with) throws IOException {
        final String text = Files.readString(site.site().file());
        assertTrue(text.contains(what), what + " is not in " + text);
        Files.writeString(site.site().file(), text.replace(what, with));
    }

    private Path script(String name, String body) throws IOException {
        final Path script = Files.writeString(folder.toRealPath().resolve(name), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private void adopt(String trunks) {
        await().until(() -> site.ask("/v1/trunks/" + trunks + "/adopt").ok());
    }

    private static void command(SwitchEmulator box, String what) {
        assertEquals("ok", box.command(what), what);
    }

    private void quickProfile() throws IOException {
        Files.writeString(
                folder.resolve("own").resolve("switch").resolve("quick-7183.yaml"),
                HwProfiles.load(Optional.empty(), new Problems())
                        .trunkSwitch("esl-7183")
                        .orElseThrow()
                        .about()
                        .text()
                        .replace("name: esl-7183", "name: quick-7183")
                        .replace("poll: 30s", "poll: 1s")
                        .replace("poll-after-move: 5s", "poll-after-move: 1s")
                        .replace("poll-max: 10m", "poll-max: 2s"));
    }

    private void awaitAlarms(String... names) {
        site.awaitStatus(now -> site.alarms(now).containsAll(List.of(names)));
    }

    private void awaitGone(String... names) {
        site.awaitStatus(now -> site.alarms(now).stream().noneMatch(List.of(names)::contains));
    }
}
