package org.tandemgw.gateway.snmp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;

/** A management station with {@code snmptrapd} is told what changes: as informs, as traps, in clear text, and through restarts of either side. */
class NocIsToldTest {
    private static final Condition LINK_LOST = new Condition(AlarmName.LINK_LOST, "acd1", "neither leg is up");
    private static final Pattern NUMBER = Pattern.compile("tandemNotificationNumber\\.0 = (\\d+)");

    @TempDir
    Path folder;

    private final List<Process> stations = new ArrayList<>();
    private int port;
    private Path heard;
    private AgentRig rig;

    @BeforeEach
    void chooseAPort() throws IOException {
        NetSnmp.need("snmptrapd", "-v");
        port = AgentRig.freePort();
        heard = Files.createFile(folder.resolve("heard"));
    }

    @AfterEach
    void stopEverything() throws IOException {
        if (rig != null) {
            rig.close();
        }
        stations.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldConfirmInformsThroughRestartsOfBothSides() throws Exception {
        station("createUser noc SHA-256 \"a long phrase\" AES \"another phrase\"");
        rig = agent("inform: on", "noc");
        awaitHeard("coldStart");
        rig.now(LINK_LOST);
        awaitHeard("tandemAlarmRaised", "tandemNotificationName.0 = linkLost", "neither leg is up");
        rig.now();
        awaitHeard("tandemAlarmCleared");
        assertEquals(List.of(1L, 2L, 3L), numbers());
        assertEquals(List.of(), rig.service.conditions());

        stop();
        station("");
        rig.now(LINK_LOST);
        awaitHeard("tandemAlarmRaised");
        assertEquals(List.of(4L), numbers(), "the station was restarted, and is told once");

        rig.close();
        Files.writeString(heard, "");
        rig.start();
        awaitHeard("coldStart");
        assertEquals(5, numbers().get(0), "numbers go on");
    }

    @Test
    @Tag("slow")
    void shouldFindAStationAgainThatHasLostItsMemory() throws Exception {
        final String user = "createUser noc SHA-256 \"a long phrase\" AES \"another phrase\"";
        station(user);
        rig = agent("inform: on", "noc");
        awaitHeard("coldStart");
        stop();
        Files.delete(folder.resolve("memory").resolve("snmptrapd.conf"));
        station(user);
        rig.now(LINK_LOST);
        awaitHeard("tandemAlarmRaised");
    }

    @Test
    void shouldSendTrapsThatAStationCanProveAfterARestartToo() throws Exception {
        final SnmpState before = new SnmpState(folder, 8072, new java.util.Random());
        final String engine = "-e 0x" + java.util.HexFormat.of().formatHex(before.engineId());
        station("createUser " + engine + " noc SHA-256 \"a long phrase\" AES \"another phrase\"");
        rig = agent("inform: off", "noc");
        awaitHeard("coldStart");
        rig.now(LINK_LOST);
        awaitHeard("tandemAlarmRaised");

        rig.close();
        Files.writeString(heard, "");
        rig.start();
        awaitHeard("coldStart");

        rig.now(LINK_LOST);
        awaitHeard("tandemAlarmRaised");

        // What is sent while the station is away is lost, and the next number says so; the history has it.
        final long last = lastNumber();
        stop();
        rig.now();
        await().until(() -> lastNumber() == last + 1);
        rig.now(LINK_LOST);
        await().until(() -> lastNumber() == last + 2);
        station("");
        rig.now();
        awaitHeard("tandemAlarmCleared");
        assertEquals(List.of(last + 3), numbers());
        assertEquals(
                List.of(AlarmName.LINK_LOST, AlarmName.LINK_LOST),
                rig.alarms.cleared(10).stream().map(Alarm::name).toList());
    }

    private long lastNumber() {
        return rig.service.notified().get(0).lastNumber();
    }

    @Test
    void shouldTestAStationWhenSomebodyAsks() throws Exception {
        station("createUser noc SHA-256 \"a long phrase\" AES \"another phrase\"");
        rig = agent("inform: on", "noc");
        assertEquals("notYet", rig.service.notified().get(0).state(), "nothing is confirmed yet");
        awaitHeard("coldStart");
        assertEquals(List.of(true), List.copyOf(rig.service.test(name -> true).values()));
        awaitHeard("tandemSelfTest", "a test that somebody asked for");
        await().until(() -> rig.service.notified().get(0).test().state().equals("confirmed"));
        final var told = rig.service.notified().get(0);
        assertEquals("reached", told.state());
        assertEquals(2, told.sent());
        assertTrue(told.confirmedAt().compareTo(told.test().at()) >= 0, told.toString());
    }

    @Test
    void shouldSendInClearTextOnlyWhereACommunityIsNamed() throws Exception {
        station("authCommunity log clear");
        rig = agent("inform: off", "clear", "communities: [ clear ]");
        awaitHeard("coldStart");
        assertTrue(text().contains("tandemNotificationNumber.0 = 1"), text());
    }

    @Test
    void shouldRaiseAnAlarmForAStationThatDoesNotConfirm() throws Exception {
        station("createUser noc SHA-256 \"some other phrase\" AES \"another phrase\"");
        rig = agent("inform: on", "noc");
        await().until(() -> rig.service.conditions().stream()
                .anyMatch(each -> each.name() == AlarmName.MANAGER_UNREACHABLE
                        && each.object().equals("127.0.0.1:" + port)));
    }

    @Test
    @Tag("slow")
    void shouldClearTheAlarmOnceTheStationConfirms() throws Exception {
        rig = agent("inform: on", "noc");
        await().until(() -> !rig.service.conditions().isEmpty());
        station("createUser noc SHA-256 \"a long phrase\" AES \"another phrase\"");
        await().atMost(java.time.Duration.ofMinutes(3))
                .until(() -> rig.service.conditions().isEmpty());
        awaitHeard("coldStart");
    }

    private AgentRig agent(String inform, String user, String... more) throws IOException {
        final List<String> lines = new ArrayList<>(List.of(more));
        lines.add("managers: [ { target: \"127.0.0.1:" + port + "\", user: " + user + ", " + inform + " } ]");
        return new AgentRig(folder, lines.toArray(String[]::new));
    }

    private void station(String line) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("net-snmp")).resolve("snmptrapd.conf"),
                line + "\nauthUser log noc priv\nformat2 %v\\n\n");
        stations.add(new NetSnmp(folder)
                .started(List.of("snmptrapd", "-f", "-Lo", "-OQ", "-n", "udp:127.0.0.1:" + port), heard));
        awaitHeard("NET-SNMP version");
    }

    private void stop() throws Exception {
        final Process last = stations.get(stations.size() - 1);
        last.destroy();
        last.waitFor();
        Files.writeString(heard, "");
    }

    private void awaitHeard(String... words) {
        await().until(() -> {
            final String text = text();
            return java.util.Arrays.stream(words).allMatch(text::contains);
        });
    }

    private List<Long> numbers() throws IOException {
        final List<Long> numbers = new ArrayList<>();
        final Matcher found = NUMBER.matcher(text());
        while (found.find()) {
            numbers.add(Long.parseLong(found.group(1)));
        }
        return numbers;
    }

    private String text() throws IOException {
        return Files.readString(heard, StandardCharsets.UTF_8);
    }
}
