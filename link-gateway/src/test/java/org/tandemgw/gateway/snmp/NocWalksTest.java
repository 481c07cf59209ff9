package org.tandemgw.gateway.snmp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.SampleStatus;

/** A management station with the tools of net-snmp reads everything, and whoever has no right reads nothing. */
class NocWalksTest {
    private static final String MODULE = "1.3.6.1.4.1.8072.9999.9999";

    @TempDir
    Path folder;

    private NetSnmp tools;
    private AgentRig rig;

    @BeforeEach
    void startTheAgent() throws IOException {
        NetSnmp.need("snmpbulkwalk", "-V");
        tools = new NetSnmp(folder);
        rig = new AgentRig(folder, "communities: [ letmesee ]", "managers: [ { target: \"127.0.0.1:9\", user: noc } ]");
    }

    @AfterEach
    void stopTheAgent() throws IOException {
        rig.close();
    }

    @Test
    void shouldWalkEveryObjectOfTheModule() throws Exception {
        rig.now(new Condition(AlarmName.PATH_LOST, "trunks/serial", "no answer"));
        rig.now(
                new Condition(AlarmName.LEG_DOWN, "acd1/leg-2", "refused"),
                new Condition(AlarmName.LINK_LOST, "acd1", "neither leg is up"),
                new Condition(AlarmName.ORDER_CUT_OFF, "trunks", "at card 2"));
        rig.alarms.acknowledge(2, "jd", "being repaired");
        rig.now(
                new Condition(AlarmName.LEG_DOWN, "acd1/leg-2", "refused"),
                new Condition(AlarmName.LINK_LOST, "acd1", "neither leg is up"),
                new Condition(AlarmName.ORDER_CUT_OFF, "trunks", "at card 2"));
        final List<String> walked = v3("snmpbulkwalk", "-OQ", MODULE);

        final Set<String> seen = walked.stream()
                .map(line -> line.substring(0, line.indexOf('.')).replace("TANDEM-MIB::", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        final Set<String> readable = Pattern.compile(
                        "^(tandem\\w+) OBJECT-TYPE\\s+SYNTAX[^:]*?MAX-ACCESS  read-only", Pattern.MULTILINE)
                .matcher(MibText.shipped())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(readable.size() > 100, readable.size() + " objects found in the module");
        assertEquals(readable, seen);
        for (final String expected : List.of(
                "TANDEM-MIB::tandemSiteName.0 = hq-east",
                "TANDEM-MIB::tandemState.0 = protected",
                "TANDEM-MIB::tandemProtected.0 = true",
                "TANDEM-MIB::tandemMode.0 = auto",
                "TANDEM-MIB::tandemModeOperator.0 = unset",
                "TANDEM-MIB::tandemActiveServer.0 = cms-east",
                "TANDEM-MIB::tandemLegState.\"acd1\".1 = up",
                "TANDEM-MIB::tandemAcdSequence.\"acd1\" = 1234",
                "TANDEM-MIB::tandemServerRole.\"cms-east\" = active",
                "TANDEM-MIB::tandemFeedCursor.\"cms-east\".\"acd1\" = 1230",
                "TANDEM-MIB::tandemCardPosition.\"trunks\".1 = a",
                "TANDEM-MIB::tandemAlarmName.4 = orderCutOff",
                "TANDEM-MIB::tandemAlarmSeverity.3 = critical",
                "TANDEM-MIB::tandemAlarmCause.2 = 3",
                "TANDEM-MIB::tandemAlarmAcknowledged.2 = true",
                "TANDEM-MIB::tandemAlarmAckReason.2 = being repaired",
                "TANDEM-MIB::tandemHistoryName.1 = pathLost",
                "TANDEM-MIB::tandemManagerTarget.1 = 127.0.0.1:9")) {
            assertTrue(walked.contains(expected), expected + " is not in " + String.join("\n", walked));
        }
        assertEquals(walked, v3("snmpwalk", "-OQ", MODULE), "one by one as in bulk");
    }

    @Test
    void shouldSayFieldByFieldWhatTheStatusSays() throws Exception {
        final Set<String> without = Pattern.compile("^(tandemManager\\w+) OBJECT-TYPE", Pattern.MULTILINE)
                .matcher(MibText.shipped())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        without.addAll(Set.of(
                "tandemLastSwitchTime",
                "tandemLastSwitchReason",
                "tandemAlarmsLastNumber",
                "tandemAlarmsNotRaised",
                "tandemAlarmCause",
                "tandemRequestsDropped"));
        for (final GatewayStatus status :
                List.of(SampleStatus.example(), SampleStatus.trouble(), SampleStatus.told())) {
            rig.status = status;
            final MibOfStatus expected = MibOfStatus.of(JSON.std.mapFrom(JsonRecords.write(status)), List.of());
            expected.expected().keySet().removeIf(object -> object.startsWith("tandemManager"));
            assertEquals(
                    List.of(),
                    MibWalk.differences(MibWalk.read(v3("snmpbulkwalk", "-OQU", MODULE), without), expected, expected));
        }
    }

    @Test
    void shouldServeWhatEveryAgentDoes() throws Exception {
        final List<String> system = v3("snmpwalk", "-On", "1.3.6.1.2.1.1");
        assertTrue(system.get(0).contains("Tandem 1.0.0, site hq-east"), system.toString());
        assertTrue(system.contains(".1.3.6.1.2.1.1.2.0 = OID: ." + MODULE + ".3.1"), system.toString());
        assertTrue(system.get(2).startsWith(".1.3.6.1.2.1.1.3.0 = Timeticks: "), system.toString());
        assertTrue(system.contains(".1.3.6.1.2.1.1.5.0 = STRING: \"hq-east\""), system.toString());
        assertTrue(v3("snmpwalk", "-On", "1.3.6.1.6.3.10").toString().contains(".10.2.1.2.0 = INTEGER: 1"));
    }

    @Test
    void shouldServeStrongerUsersToo() throws Exception {
        assertEquals(
                List.of("TANDEM-MIB::tandemState.0 = protected"),
                tools.run(
                        "snmpget",
                        "-v3",
                        "-u",
                        "strong",
                        "-l",
                        "authPriv",
                        "-a",
                        "SHA-512",
                        "-A",
                        "a long phrase",
                        "-x",
                        "AES-256",
                        "-X",
                        "another phrase",
                        "-OQ",
                        rig.address(),
                        "tandemState.0"));
        assertEquals(
                List.of("TANDEM-MIB::tandemState.0 = protected"),
                tools.run("snmpget", "-v2c", "-c", "letmesee", "-OQ", rig.address(), "tandemState.0"));
    }

    @Test
    void shouldShowNeitherUsersNorRightsToAnybody() throws Exception {
        final String everything = v3("snmpbulkwalk", "-On", "1.3.6.1").toString();
        assertTrue(everything.contains("1.3.6.1.6.3.15.1.1"), "counters of refusals");
        assertFalse(everything.contains("1.3.6.1.6.3.15.1.2"), "the table of users");
        assertFalse(everything.contains("1.3.6.1.6.3.16"), "the tables of rights");
        assertFalse(everything.contains("letmesee"), "a community");
    }

    @Test
    void shouldRefuseAndCount() throws Exception {
        final List<String[]> wrong = List.of(
                new String[] {"-v1", "-c", "letmesee"},
                new String[] {"-v2c", "-c", "public"},
                new String[] {
                    "-v3",
                    "-u",
                    "nobody",
                    "-l",
                    "authPriv",
                    "-a",
                    "SHA-256",
                    "-A",
                    "a long phrase",
                    "-x",
                    "AES",
                    "-X",
                    "another phrase"
                },
                new String[] {
                    "-v3",
                    "-u",
                    "noc",
                    "-l",
                    "authPriv",
                    "-a",
                    "SHA-256",
                    "-A",
                    "a wrong phrase",
                    "-x",
                    "AES",
                    "-X",
                    "another phrase"
                },
                new String[] {
                    "-v3",
                    "-u",
                    "noc",
                    "-l",
                    "authPriv",
                    "-a",
                    "SHA-256",
                    "-A",
                    "a long phrase",
                    "-x",
                    "AES",
                    "-X",
                    "a wrong phrase"
                },
                new String[] {"-v3", "-u", "noc", "-l", "authNoPriv", "-a", "SHA-256", "-A", "a long phrase"});
        for (final String[] options : wrong) {
            final List<String> command = new ArrayList<>(List.of("snmpget", "-r0", "-t0.5"));
            command.addAll(List.of(options));
            command.addAll(List.of(rig.address(), "tandemState.0"));
            final String said = tools.run(command).toString();
            assertFalse(said.contains("protected"), String.join(" ", options) + ": " + said);
        }
        final String set = v3("snmpset", "1.3.6.1.2.1.1.5.0", "s", "mine").toString();
        assertTrue(set.contains("noAccess"), set);
        final String setOurs = v3("snmpset", "tandemSiteName.0", "s", "mine").toString();
        assertTrue(setOurs.contains("noAccess"), setOurs);

        assertTrue(counter("1.3.6.1.2.1.11.3.0") >= 1, "snmpInBadVersions");
        assertTrue(counter("1.3.6.1.2.1.11.4.0") >= 1, "snmpInBadCommunityNames");
        assertTrue(counter("1.3.6.1.6.3.15.1.1.3.0") >= 1, "usmStatsUnknownUserNames");
        assertTrue(counter("1.3.6.1.6.3.15.1.1.5.0") >= 1, "usmStatsWrongDigests");
        assertTrue(
                counter("1.3.6.1.6.3.15.1.1.6.0") + counter("1.3.6.1.2.1.11.6.0") >= 1,
                "usmStatsDecryptionErrors, or what it decrypts to cannot be read: snmpInASNParseErrs");
    }

    @Test
    void shouldDropAFloodUnreadCountItAndAnswerAgainAfterwards() throws Exception {
        assertEquals(0, counter("tandemRequestsDropped.0"));
        try (DatagramSocket socket = new DatagramSocket()) {
            final DatagramPacket noise =
                    new DatagramPacket(new byte[40], 40, InetAddress.getLoopbackAddress(), rig.port);
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                for (int i = 0; i < 500; i++) {
                    socket.send(noise);
                }
                return rig.dropped() > 0;
            });
        }
        rig.now(); // a newer picture
        assertTrue(counter("tandemRequestsDropped.0") > 0);
    }

    private long counter(String oid) throws Exception {
        final List<String> said = v3("snmpget", "-Oqv", oid);
        return Long.parseLong(said.get(said.size() - 1).trim());
    }

    private List<String> v3(String tool, String... rest) throws Exception {
        final List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(AgentRig.NOC);
        final List<String> arguments = new ArrayList<>(List.of(rest));
        if (arguments.get(0).startsWith("-")) {
            command.add(arguments.remove(0));
        }
        command.add(rig.address());
        command.addAll(arguments);
        return tools.run(command);
    }
}
