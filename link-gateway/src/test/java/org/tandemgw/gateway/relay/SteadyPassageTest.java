package org.tandemgw.gateway.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a chunk costs that passes: one at a time, forth and back. */
@Timeout(300)
class SteadyPassageTest {
    private static final int CHUNKS = 8_000;

    @TempDir
    private Path data;

    @Test
    void shouldAllocateNothingPerChunk() throws Exception {
        final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try (RelayRig rig = new RelayRig(data);
                Socket server = rig.serverComes(1);
                Socket acd = rig.acdAnswers(1)) {
            server.setTcpNoDelay(true);
            acd.setTcpNoDelay(true);
            await().until(() -> rig.leg(1).isUp());
            forthAndBack(server, acd);
            final long allocatedBefore = allocated();
            forthAndBack(server, acd);
            final double perChunk = (allocated() - allocatedBefore) / (2.0 * CHUNKS);
            System.out.printf("RELAY allocates %.2f bytes per chunk%n", perChunk);
            assertTrue(perChunk < 16, "a chunk costs " + perChunk + " bytes");
        } finally {
            ResourceLeakDetector.setLevel(before);
        }
    }

    private static void forthAndBack(Socket server, Socket acd) throws Exception {
        final byte[] chunk = new byte[200];
        final OutputStream toAcd = server.getOutputStream();
        final InputStream atAcd = acd.getInputStream();
        final OutputStream toServer = acd.getOutputStream();
        final InputStream atServer = server.getInputStream();
        for (int i = 0; i < CHUNKS; i++) {
            toAcd.write(chunk);
            atAcd.readNBytes(chunk, 0, chunk.length);
            toServer.write(chunk);
            atServer.readNBytes(chunk, 0, chunk.length);
        }
    }

    private static long allocated() {
        final Thread intake = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("intake-" + RelayRig.ACD))
                .findFirst()
                .orElseThrow();
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(intake.getId());
    }
}
