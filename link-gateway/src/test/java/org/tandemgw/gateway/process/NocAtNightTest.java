package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.snmp.NetSnmp;

/** Rows A13 and D6: the appliance and a management station, both real, through a SIGKILL. */
class NocAtNightTest {
    private static final List<String> NOC = List.of(
            "-v3",
            "-u",
            "noc",
            "-l",
            "authPriv",
            "-a",
            "SHA-256",
            "-A",
            Site.PASSWORD + Site.PASSWORD,
            "-x",
            "AES",
            "-X",
            Site.PASSWORD + Site.PASSWORD);

    @TempDir
    Path folder;

    private Process station;

    @AfterEach
    void stopTheStation() {
        if (station != null) {
            station.destroyForcibly();
        }
    }

    @Test
    void shouldBeToldOfALostLinkAndFindHistoryAndNumbersAfterAKill() throws Exception {
        NetSnmp.need("snmptrapd", "-v");
        NetSnmp.need("snmpget", "-V");
        final NetSnmp tools = new NetSnmp(folder);
        final int agent = freePort();
        final int manager = freePort();
        for (final String name : List.of("noc.auth", "noc.priv")) {
            Files.setPosixFilePermissions(
                    Files.writeString(folder.resolve(name), Site.PASSWORD + Site.PASSWORD),
                    PosixFilePermissions.fromString("rw-------"));
        }
        final Path heard = Files.createFile(folder.resolve("heard"));
        final Path station = Files.createDirectories(folder.resolve("net-snmp")).resolve("snmptrapd.conf");
        Files.writeString(
                station,
                "createUser noc SHA-256 " + Site.PASSWORD + Site.PASSWORD + " AES " + Site.PASSWORD + Site.PASSWORD
                        + "\nauthUser log noc priv\nformat2 %v\\n\n");
        this.station = tools.started(List.of("snmptrapd", "-f", "-Lo", "-OQ", "-n", "udp:127.0.0.1:" + manager), heard);
        await().until(() -> Files.readString(heard).contains("NET-SNMP version"));
        final Site site = new Site(
                folder,
                "opaque-line",
                Site.freePort(),
                Site.freePort(),
                "snmp:",
                "  listen: \"127.0.0.1:" + agent + "\"",
                "  v3-users: [ { name: noc, auth-file: noc.auth, priv-file: noc.priv } ]",
                "  managers: [ { target: \"127.0.0.1:" + manager + "\", user: noc, inform: on } ]");
        final Site.Running first = site.run();
        await().until(() -> Files.readString(heard).contains("tandemNotificationName.0 = linkLost"));
        assertTrue(Files.readString(heard).contains("coldStart"));
        assertEquals(
                List.of("TANDEM-MIB::tandemSiteName.0 = test", "TANDEM-MIB::tandemAlarmsCritical.0 = 1 alarms"),
                get(tools, agent, "tandemSiteName.0", "tandemAlarmsCritical.0"));

        final Site.Ended test = site.tandem("notify", "test", "--yes", "--json", "--reason", "new station");
        assertEquals(0, test.status(), test.out() + test.err());
        assertTrue(test.out().contains("\"state\":\"confirmed\""), test.out());
        assertTrue(Files.readString(heard).contains("tandemSelfTest"));
        assertEquals(
                List.of("TANDEM-MIB::tandemManagerState.1 = reachable", "TANDEM-MIB::tandemManagerTest.1 = taken"),
                get(tools, agent, "tandemManagerState.1", "tandemManagerTest.1"));
        final String screen = site.tandem("status").out();
        assertTrue(screen.contains("127.0.0.1:" + manager + "  snmp/inform  reached"), screen);

        final Object stood = numberOf(site, "linkLost");
        final long last = numbers(heard).get(numbers(heard).size() - 1);

        final Site.Ended health = site.tandem("health");
        assertEquals(2, health.status(), health.out());
        assertTrue(health.out().startsWith("TANDEM CRITICAL - test: "), health.out());

        first.kill();
        Files.writeString(heard, "");
        final Site.Running second = site.run();
        await().until(() -> !numbers(heard).isEmpty());
        assertEquals(last + 1, numbers(heard).get(0));
        assertTrue(Files.readString(heard).contains("coldStart"));
        assertEquals(stood, numberOf(site, "linkLost"), "it still stands, and is the same");
        assertEquals(List.of(".1.3.6.1.6.3.10.2.1.2.0 = 2"), get(tools, agent, "-On", ".1.3.6.1.6.3.10.2.1.2.0"));
        assertEquals(0, second.terminate());
    }

    private static List<String> get(NetSnmp tools, int port, String... objects) throws Exception {
        final List<String> command = new ArrayList<>(List.of("snmpget"));
        command.addAll(NOC);
        command.add("-OQ");
        final List<String> rest = new ArrayList<>(List.of(objects));
        if (rest.get(0).startsWith("-")) {
            command.set(command.size() - 1, "-OQn");
            rest.remove(0);
        }
        command.add("127.0.0.1:" + port);
        command.addAll(rest);
        return tools.run(command);
    }

    @SuppressWarnings("unchecked")
    private static Object numberOf(Site site, String alarm) throws IOException {
        return ((List<Map<String, Object>>) site.status().get("alarms"))
                .stream()
                        .filter(each -> each.get("name").equals(alarm))
                        .map(each -> each.get("number"))
                        .findFirst()
                        .orElse(null);
    }

    private static List<Long> numbers(Path heard) throws IOException {
        final List<Long> numbers = new ArrayList<>();
        final Matcher found =
                Pattern.compile("tandemNotificationNumber\\.0 = (\\d+)").matcher(Files.readString(heard));
        while (found.find()) {
            numbers.add(Long.parseLong(found.group(1)));
        }
        return numbers;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
