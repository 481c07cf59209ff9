package org.tandemgw.gateway.snmp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.tandemgw.gateway.alarm.Alarms;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.SampleStatus;
import org.tandemgw.gateway.time.SystemClock;

/** An agent with real sockets and real alarms; the picture that it shows is made by hand. */
final class AgentRig implements AutoCloseable {
    static final List<String> NOC = List.of(
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
            "another phrase");

    final Path folder;
    final int port;
    final SystemClock clock = new SystemClock();
    Alarms alarms;
    SnmpService service;
    volatile GatewayStatus status = SampleStatus.told();
    private final SnmpConfig config;

    /** @param more lines of the section, like {@code communities: [public]} */
    AgentRig(Path folder, String... more) throws IOException {
        this.folder = folder;
        port = freePort();
        config = read(folder, port, more);
        start();
    }

    void start() throws IOException {
        alarms = new Alarms(folder, clock);
        service = new SnmpService(config, "hq-east", "1.0.0", folder, () -> status, alarms, clock, new Random());
        service.start();
    }

    void now(Condition... conditions) {
        alarms.update(List.of(conditions), Set.of());
        final GatewayStatus old = status;
        status = with(old, alarms.active());
    }

    /** Datagrams that were not looked at. */
    long dropped() {
        return service.dropped();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static GatewayStatus with(GatewayStatus old, List<org.tandemgw.gateway.alarm.Alarm> alarms) {
        return new GatewayStatus(
                old.site(),
                old.version(),
                old.pid(),
                old.upSince(),
                old.at(),
                old.mode(),
                old.modeFile(),
                old.modeOperator(),
                old.state(),
                old.phase(),
                old.because(),
                old.active(),
                old.epoch(),
                old.decision(),
                old.holdDownLeftMs(),
                old.protected_(),
                old.next(),
                old.acds(),
                old.servers(),
                old.switches(),
                old.calls(),
                old.disk(),
                alarms,
                old.notified());
    }

    private static SnmpConfig read(Path folder, int port, String... more) throws IOException {
        for (final String each : List.of(
                "noc.auth:a long phrase",
                "noc.priv:another phrase",
                "old.auth:a wrong phrase",
                "east.secret:x",
                "west.secret:x")) {
            final String[] parts = each.split(":");
            Files.setPosixFilePermissions(
                    Files.writeString(folder.resolve(parts[0]), parts[1]),
                    PosixFilePermissions.fromString("rw-------"));
        }
        final List<String> lines = new ArrayList<>(
                List.of(
                        "data: data",
                        "acds:",
                        "  - name: acd1",
                        "    profile: opaque-line",
                        "    legs: [ { connect: \"127.0.0.1:1\" }, { connect: \"127.0.0.1:2\" } ]",
                        "servers:",
                        "  - name: cms-east",
                        "    feed: { soupbintcp: { listen: \"127.0.0.1:7001\", user: east, secret-file: east.secret } }",
                        "  - name: cms-west",
                        "    feed: { soupbintcp: { listen: \"127.0.0.1:7002\", user: west, secret-file: west.secret } }",
                        "snmp:",
                        "  listen: \"127.0.0.1:" + port + "\"",
                        "  v3-users: [ { name: noc, auth-file: noc.auth, priv-file: noc.priv },"
                                + " { name: strong, auth: SHA-512, auth-file: noc.auth, priv: AES-256, priv-file: noc.priv } ]"));
        for (final String line : more) {
            lines.add("  " + line);
        }
        final ConfigurationFile.Result read = ConfigurationFile.read(Files.write(folder.resolve("tandem.yaml"), lines));
        return read.configuration()
                .orElseThrow(() -> new IllegalStateException(read.toString()))
                .snmp()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        service.close();
        alarms.close();
    }
}
