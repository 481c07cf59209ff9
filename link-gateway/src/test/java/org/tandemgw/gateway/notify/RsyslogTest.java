package org.tandemgw.gateway.notify;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.tandemgw.gateway.notify.TargetRig.LINK_LOST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tandemgw.gateway.config.NotifyConfig.Kind;

/** Debian's rsyslogd takes what we send, takes it apart as we mean it, and gets what came while it was away. */
class RsyslogTest {
    private static final Path RSYSLOGD = Path.of("/usr/sbin/rsyslogd");

    @TempDir
    Path folder;

    private int port;
    private Process receiver;

    @BeforeEach
    void need() throws IOException {
        if (!Files.isExecutable(RSYSLOGD) && "all".equals(System.getenv("TANDEM_TESTS"))) {
            throw new AssertionError("rsyslogd is missing, and TANDEM_TESTS=all");
        }
        assumeTrue(Files.isExecutable(RSYSLOGD), "rsyslogd is missing: apt-get install rsyslog");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (receiver != null) {
            receiver.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSLOG_UDP", "SYSLOG_TCP"})
    void shouldBeReadByRsyslog(Kind kind) throws Exception {
        port = kind == Kind.SYSLOG_UDP ? TargetRig.freeUdpPort() : TargetRig.freeTcpPort();
        receive(kind);
        try (TargetRig rig = new TargetRig(folder.resolve("data"), kind, "127.0.0.1:" + port)) {
            await().until(() -> heard().stream().anyMatch(line -> line.startsWith("coldStart|")));
            stop();
            rig.now(LINK_LOST);
            rig.awaitWaiting(1);
            await().until(() -> rig.status().failed() > 0);
            receive(kind);
            await().until(() -> heard().stream().anyMatch(line -> line.startsWith("alarmRaised|")));
            final String raised = heard().stream()
                    .filter(line -> line.startsWith("alarmRaised|"))
                    .findFirst()
                    .orElseThrow();
            final String[] fields = raised.split("\\|");
            assertEquals("daemon.crit", fields[1]);
            assertEquals("tandem", fields[2]);
            assertTrue(fields[3].startsWith("[tandem@8072 number=\"2\" site=\"hq-east\" alarm=\"1\""), raised);
            assertEquals("critical linkLost acd1: neither leg is up", fields[4].strip());
            rig.awaitWaiting(0);
        }
    }

    private List<String> heard() throws IOException {
        final Path file = folder.resolve("heard");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void receive(Kind kind) throws IOException {
        final boolean udp = kind == Kind.SYSLOG_UDP;
        Files.writeString(
                folder.resolve("rsyslog.conf"),
                String.join(
                        "\n",
                        "module(load=\"" + (udp ? "imudp" : "imtcp") + "\")",
                        "template(name=\"fields\" type=\"string\" string=\"%msgid%|%pri-text%|%app-name%|%structured-data%|%msg%\\n\")",
                        "input(type=\"" + (udp ? "imudp" : "imtcp") + "\" address=\"127.0.0.1\" port=\"" + port
                                + "\" ruleset=\"all\")",
                        "ruleset(name=\"all\") { action(type=\"omfile\" file=\"" + folder.resolve("heard")
                                + "\" template=\"fields\") }",
                        ""));
        receiver = new ProcessBuilder(
                        RSYSLOGD.toString(),
                        "-n",
                        "-f",
                        folder.resolve("rsyslog.conf").toString(),
                        "-i",
                        folder.resolve("rsyslog.pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("rsyslog.log").toFile()))
                .start();
    }
}
