package org.tandemgw.gateway.notify;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.notify.TargetRig.LINK_LOST;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.config.NotifyConfig.Kind;

/** Syslog to real sockets, through outages of the receiver and restarts of ours. */
class SyslogTargetTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    Path data;

    @Test
    void shouldSendOneDatagramAMessageAndKeepWhatNobodyListenedFor() throws Exception {
        final int port = TargetRig.freeUdpPort();
        try (TargetRig rig = new TargetRig(data, Kind.SYSLOG_UDP, "127.0.0.1:" + port)) {
            rig.now(LINK_LOST);
            await().until(() -> !rig.conditions().isEmpty());
            assertEquals(AlarmName.TARGET_UNREACHABLE, rig.conditions().get(0).name());
            assertEquals("127.0.0.1:" + port, rig.conditions().get(0).object());
            assertEquals("nobody listens there", rig.status().why());
            rig.awaitWaiting(2);
            try (DatagramSocket socket = new DatagramSocket(port, HERE)) {
                assertEquals("coldStart", receive(socket).id());
                final SyslogMessage raised = receive(socket);
                assertEquals("linkLost", raised.data().get("name"));
                assertEquals("2", raised.data().get("number"));
                rig.awaitWaiting(0);
                assertEquals(List.of(), rig.conditions());
                assertEquals("unconfirmed", rig.status().state());
            }
        }
    }

    @Test
    void shouldCountOctetsOverTcpAndGoOnAfterTheReceiverWasAway() throws Exception {
        final int port = TargetRig.freeTcpPort();
        TargetRig rig = new TargetRig(data, Kind.SYSLOG_TCP, "127.0.0.1:" + port);
        try (ServerSocket first = new ServerSocket(port, 5, HERE)) {
            try (Socket connection = first.accept()) {
                assertEquals("coldStart", receive(connection).id());
                rig.awaitWaiting(0);
            }
            rig.now(LINK_LOST);
            try (Socket again = first.accept()) {
                assertEquals("alarmRaised", receive(again).id(), "the break was between two messages");
                rig.awaitWaiting(0);
                assertEquals(0, rig.status().failed());
            }
        }
        rig.now();
        rig.awaitWaiting(1);
        await().until(() -> rig.status().state().equals("unreachable"));
        rig.close();
        rig.start();
        rig.awaitWaiting(2);
        try (rig;
                ServerSocket second = new ServerSocket(port, 5, HERE);
                Socket connection = second.accept()) {
            assertEquals("alarmCleared", receive(connection).id(), "it waited while Tandem was restarted");
            final SyslogMessage start = receive(connection);
            assertEquals("coldStart", start.id());
            assertEquals("4", start.data().get("number"));
            rig.awaitWaiting(0);
            assertEquals("reached", rig.status().state());
        }
    }

    @Test
    void shouldSendAgainWhatAReceiverHungUpOn() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, HERE);
                TargetRig rig = new TargetRig(data, Kind.SYSLOG_TCP, "127.0.0.1:" + server.getLocalPort())) {
            try (Socket connection = server.accept()) {
                connection.setSoLinger(true, 0); // a reset, with what came still unread
            }
            try (Socket connection = server.accept()) {
                assertEquals("coldStart", receive(connection).id());
                rig.awaitWaiting(0);
                assertTrue(rig.status().failed() >= 1, rig.status().toString());
            }
        }
    }

    private static SyslogMessage receive(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(60_000);
        final DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
        socket.receive(packet);
        return SyslogMessage.parse(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    private static SyslogMessage receive(Socket connection) throws IOException {
        connection.setSoTimeout(60_000);
        final DataInputStream in = new DataInputStream(connection.getInputStream());
        int length = 0;
        for (int c = in.readUnsignedByte(); c != ' '; c = in.readUnsignedByte()) {
            assertTrue(c >= '0' && c <= '9' && length < 10_000, "a length, as RFC 6587 has it");
            length = length * 10 + c - '0';
        }
        return SyslogMessage.parse(in.readNBytes(length));
    }
}
