package org.tandemgw.gateway.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.smi.TimeTicks;
import org.tandemgw.abswitch.emulator.BoxModel;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.time.SystemClock;

/** A service is asked through an SNMP agent. */
@Timeout(600)
class ManagedServiceTest {
    private static final String PORT_1 = "1.3.6.1.4.1.9477.1.4.3.1.2.1";

    @TempDir
    private Path folder;

    @Test
    void shouldReadAValueFromAnAgentOfAnotherMake() throws IOException {
        try (SwitchEmulator agent = new SwitchEmulator(BoxModel.NBS, 0, 1, 1, 2)) {
            try (ProbedSite site = new ProbedSite(folder, probe(agent.port(), PORT_1))) {
                final Look look = site.first("agent");
                assertEquals(Sight.ANSWERED, look.sight(), look.said());
                assertEquals("A", look.said());
            }
            try (ProbedSite site = new ProbedSite(folder, probe(agent.port(), "1.3.6.1.2.1.99.1"))) {
                final Look look = site.first("agent");
                assertEquals(Sight.WRONG, look.sight(), look.said());
                assertTrue(look.said().startsWith("the agent does not have 1.3.6.1.2.1.99.1"), look.said());
            }
        }
    }

    @Test
    void shouldSayWhatSilenceMayMean() throws IOException {
        try (SwitchEmulator agent = new SwitchEmulator(BoxModel.NBS, 0, 1, 1, 2)) {
            final Path file = ProbedSite.file(
                    folder, List.of(), probe(agent.port(), PORT_1).replace("20s", "500ms"));
            Files.writeString(folder.resolve("community.secret"), "not this one");
            try (ProbedSite site = new ProbedSite(
                    ConfigurationFile.read(file).configuration().orElseThrow(),
                    (server, acd) -> null,
                    new SystemClock())) {
                final Look look = site.first("agent");
                assertEquals(Sight.SILENT, look.sight(), look.said());
                assertTrue(look.said().contains("wrong community"), look.said());
            }
        }
    }

    @Test
    void shouldTellAMachineWithoutAgentAtOnce() throws IOException {
        final int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (ProbedSite site = new ProbedSite(folder, probe(port, PORT_1))) {
            assertEquals(Sight.REFUSED, site.first("agent").sight());
        }
    }

    @Test
    void shouldTakeATimeThatBeginsAgainForARestart() throws IOException {
        final AtomicLong upFor = new AtomicLong(100_000);
        try (DatagramSocket agent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            final Thread serving = new Thread(() -> serve(agent, upFor));
            serving.setDaemon(true);
            serving.start();
            try (ProbedSite site = new ProbedSite(
                    folder,
                    probe(agent.getLocalPort(), "1.3.6.1.2.1.1.3.0")
                            .replace("2s", "60ms")
                            .replace("1500ms", "50ms"))) {
                assertEquals(
                        "life-1",
                        site.first("agent", look -> look.identity() != null).identity());
                upFor.set(10);
                site.probes().lookNow(List.of("east/agent"));
                site.first("agent", look -> "life-2".equals(look.identity()));
                upFor.set(0xffffffffL);
                site.forget();
                site.probes().lookNow(List.of("east/agent"));
                site.first("agent", look -> look.said().startsWith("497"));
                upFor.set(10);
                site.probes().lookNow(List.of("east/agent"));
                assertEquals(
                        "life-2",
                        site.first("agent", look -> !look.said().startsWith("497") && look.identity() != null)
                                .identity(),
                        "ticks go round");
            }
        }
    }

    /** Answers each get with the time, and sends garbage before it. */
    private static void serve(DatagramSocket agent, AtomicLong ticks) {
        try {
            while (true) {
                final DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
                agent.receive(packet);
                agent.send(new DatagramPacket(new byte[] {0x30, 3, 2, 1}, 4, packet.getSocketAddress()));
                final BERInputStream in = new BERInputStream(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                BER.decodeHeader(in, new BER.MutableByte());
                BER.decodeInteger(in, new BER.MutableByte());
                final byte[] community = BER.decodeString(in, new BER.MutableByte());
                final PDU pdu = new PDU();
                pdu.decodeBER(in);
                pdu.setType(PDU.RESPONSE);
                pdu.get(0).setVariable(new TimeTicks(ticks.get()));
                final ByteArrayOutputStream content = new ByteArrayOutputStream();
                BER.encodeInteger(content, BER.INTEGER, 1);
                BER.encodeString(content, BER.OCTETSTRING, community);
                pdu.encodeBER(content);
                final ByteArrayOutputStream message = new ByteArrayOutputStream();
                BER.encodeHeader(message, BER.SEQUENCE, content.size());
                content.writeTo(message);
                agent.send(new DatagramPacket(message.toByteArray(), message.size(), packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static String probe(int port, String oid) {
        return "{ name: agent, snmp: \"127.0.0.1:" + port + "\", oid: " + oid
                + ", community-file: community.secret, every: 21s, timeout: 20s }";
    }
}
