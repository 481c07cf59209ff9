package org.tandemgw.gateway.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** G4: who does not read slows down who sends to him, on that leg, and nobody else. */
@Timeout(600)
class SlowEndTest {
    private static final long MEGABYTE = 1 << 20;
    private static final long MORE_THAN_ALL_BUFFERS = 16 * MEGABYTE;

    @TempDir
    private Path data;

    @Test
    void shouldSlowTheAcdOnTheLegOfAServerThatReadsNothing() throws Exception {
        try (RelayRig rig = new RelayRig(data)) {
            final Socket server = new Socket();
            server.setReceiveBufferSize(32 << 10);
            server.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), rig.relay().listeningPort(1)));
            final Socket acd = rig.acdAnswers(1);
            acd.setSendBufferSize(32 << 10);
            slow(rig, new RelayRig.Wire(new Talker(server, 2, 0), new Talker(acd, 0, 2)), true);
        }
    }

    @Test
    void shouldSlowAServerOnTheLegOfAnAcdThatReadsNothing() throws Exception {
        try (RelayRig rig = new RelayRig(data)) {
            final Socket server = rig.serverComes(1);
            server.setSendBufferSize(32 << 10);
            final Socket acd = rig.acdAnswers(1);
            slow(rig, new RelayRig.Wire(new Talker(server, 2, 0), new Talker(acd, 0, 2)), false);
        }
    }

    private static void slow(RelayRig rig, RelayRig.Wire one, boolean serverIsSlow) throws Exception {
        final RelayRig.Wire two = rig.wire(2, 50);
        final Talker slow = serverIsSlow ? one.server() : one.acd();
        final Talker quick = serverIsSlow ? one.acd() : one.server();
        slow.hear(false);
        quick.sayUpTo(MORE_THAN_ALL_BUFFERS);
        await().until(() -> stalledMs(rig, serverIsSlow) > 0);
        slow.sayUpTo(MEGABYTE);
        two.acd().sayUpTo(2 * MEGABYTE);
        two.server().sayUpTo(2 * MEGABYTE);
        await().until(() -> two.server().heard() == 2 * MEGABYTE && two.acd().heard() == 2 * MEGABYTE);
        // The other direction of the same leg goes on as well.
        await().until(() -> quick.heard() == MEGABYTE);
        assertTrue(quick.said() < MORE_THAN_ALL_BUFFERS, "it was never slowed down: " + quick.said());
        assertTrue(stalledMs(rig, serverIsSlow) > 0);
        // Its own ends may be late on a machine that is slow; they do not wait for this one, which waits all the time.
        assertTrue(rig.leg(2).fromAcd().stalledMs() < stalledMs(rig, serverIsSlow));
        slow.hear(true);
        await().until(() -> slow.heard() == MORE_THAN_ALL_BUFFERS);
        assertEquals(-1, slow.firstOther());
        assertEquals(-1, quick.firstOther());
        assertEquals(MORE_THAN_ALL_BUFFERS, rig.assertRecorded(1, serverIsSlow ? 0 : 1, 1));
        one.close();
        two.close();
    }

    private static long stalledMs(RelayRig rig, boolean serverIsSlow) {
        return (serverIsSlow ? rig.leg(1).fromAcd() : rig.leg(1).toAcd()).stalledMs();
    }
}
