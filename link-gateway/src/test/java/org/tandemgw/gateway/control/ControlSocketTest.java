package org.tandemgw.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.SampleStatus;
import org.tandemgw.gateway.time.SystemClock;

/** Asking a gateway through its socket. */
class ControlSocketTest {
    @TempDir
    Path data;

    private RehearsedGateway gateway;
    private ControlServer server;
    private ControlClient client;

    @BeforeEach
    void start() throws IOException {
        gateway = new RehearsedGateway(data);
        server = ControlServer.start(data, gateway, new SystemClock());
        client = new ControlClient(data.resolve(ControlServer.SOCKET), 30_000);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldTellItsStatus() throws IOException {
        final ControlClient.Reply reply = client.get("/v1/status");

        assertEquals(200, reply.status());
        assertEquals(SampleStatus.trouble(), JsonRecords.read(reply.json(), GatewayStatus.class));
    }

    @Test
    void shouldListAlarmsAndTheirHistory() throws IOException {
        assertTrue(client.post("/v1/alarms/1/ack", "jd", "seen").ok());
        final List<Alarm> active = JsonRecords.readList(client.get("/v1/alarms").json(), Alarm.class);
        final List<Alarm> history =
                JsonRecords.readList(client.get("/v1/alarms/history").json(), Alarm.class);
        final List<Alarm> newest =
                JsonRecords.readList(client.get("/v1/alarms/history?limit=1").json(), Alarm.class);

        assertEquals(List.of(2L), active.stream().map(Alarm::number).toList());
        assertEquals(List.of(2L, 1L), history.stream().map(Alarm::number).toList());
        assertEquals(1, newest.size());
        assertEquals("seen", history.get(1).acknowledged().reason());
    }

    @Test
    void shouldKnowWhoAsksFromTheKernelAndKeepItInTheAuditFile() throws IOException {
        final String me = System.getProperty("user.name");
        client.post("/v1/acds/acd1/legs/2/busy-out", "jd", "card is \"bad\"");
        client.post("/v1/acds/acd9/pause", me, null);

        assertEquals(List.of("busy-out acd1/leg-2 by " + me + " (as jd) because card is \"bad\""), gateway.asked());
        final List<AuditFile.Entry> audit = Files.readAllLines(data.resolve("audit.jsonl")).stream()
                .map(line -> JsonRecords.read(line, AuditFile.Entry.class))
                .filter(entry -> !entry.action().equals(AuditFile.BEGINS))
                .toList();
        assertEquals(2, audit.size());
        assertEquals("leg busy-out", audit.get(0).action());
        assertEquals("acd1/leg-2", audit.get(0).object());
        assertEquals(me, audit.get(1).who());
        assertFalse(audit.get(1).ok());
    }

    @Test
    void shouldRefuseWithMessageAndRemedy() throws IOException {
        final Answer answer = client.post("/v1/acds/acd9/pause", "jd", "x");

        assertEquals(Answer.refused("there is no ACD 'acd9'", "the ACDs are: acd1"), answer);
    }

    @Test
    void shouldAnswerInJsonWhateverIsAskedFor() throws IOException {
        assertEquals(404, client.get("/").status());
        assertEquals(404, client.get("/v2/status").status());
        assertEquals(404, client.get("/v1/alarms/history?limit=x").status());
        assertEquals(405, client.get("/v1/acds/acd1/pause").status());
        assertFalse(client.post("/v1/acds/acd1/legs/3/busy-out", "jd", "x").ok());
        assertFalse(client.post("/v1/status", "jd", "x").ok());
        assertFalse(client.post("/v1/acds/acd1/pause", "jd", "x".repeat(2_000)).ok());
        assertEquals(List.of(), gateway.asked());
    }

    @Test
    void shouldSurviveAFaultInTheGateway() throws IOException {
        final Answer answer = client.post("/v1/acds/crash/resume", "jd", "x");

        assertFalse(answer.ok());
        assertTrue(answer.message().contains("the rehearsal wants a fault"));
        assertEquals(200, client.get("/v1/status").status());
    }

    @Test
    void shouldLetOwnerAndGroupOperateAndNobodyElse() throws IOException {
        assertEquals(
                "rw-rw----",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(ControlServer.SOCKET))));
    }

    @Test
    void shouldRefuseToReplaceALivingGateway() {
        final IOException refused =
                assertThrows(IOException.class, () -> ControlServer.start(data, gateway, new SystemClock()));

        assertTrue(refused.getMessage().startsWith("another gateway answers at "), refused.getMessage());
    }

    @Test
    void shouldReplaceTheSocketOfADeadProcess() throws IOException {
        final Path folder = Files.createDirectory(data.resolve("dead"));
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(folder.resolve(ControlServer.SOCKET)));
        }
        assertTrue(Files.exists(folder.resolve(ControlServer.SOCKET)), "left behind");

        try (ControlServer second = ControlServer.start(folder, gateway, new SystemClock())) {
            assertEquals(
                    200,
                    new ControlClient(folder.resolve(ControlServer.SOCKET), 30_000)
                            .get("/v1/status")
                            .status());
            assertEquals(1, second.counters().accepted());
        }
        assertFalse(Files.exists(folder.resolve(ControlServer.SOCKET)), "gone with its server");
    }

    @Test
    void shouldNotDeleteAFileThatIsNoSocket() throws IOException {
        final Path folder = Files.createDirectory(data.resolve("file"));
        Files.writeString(folder.resolve(ControlServer.SOCKET), "precious");

        assertThrows(IOException.class, () -> ControlServer.start(folder, gateway, new SystemClock()));
        assertEquals("precious", Files.readString(folder.resolve(ControlServer.SOCKET)));
    }

    @Test
    void shouldSayWhyAPathIsTooLong() throws IOException {
        final Path folder = Files.createDirectories(data.resolve("x".repeat(60)).resolve("y".repeat(60)));
        final IOException refused =
                assertThrows(IOException.class, () -> ControlServer.start(folder, gateway, new SystemClock()));

        assertTrue(refused.getMessage().contains("choose a shorter 'data'"), refused.getMessage());
    }
}
