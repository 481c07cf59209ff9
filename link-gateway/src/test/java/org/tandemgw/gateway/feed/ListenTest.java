package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.feed.FeedServerStatus.Listening;

class ListenTest {
    @TempDir
    Path data;

    @Test
    void shouldTellTheCallerWhenThePortIsTaken() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                SoupFeedServer second = server(rig, rig.address())) {
            final BindException why = assertThrows(BindException.class, second::start);
            assertTrue(why.getMessage().contains("" + rig.address().getPort()), why.getMessage());
            assertEquals(Listening.CLOSED, second.status().listening());
        }
    }

    @Test
    void shouldWaitForAnAddressThatIsNotThereYet() throws Exception {
        // 192.0.2.0/24 is reserved for documentation: no machine has it, so nothing is bound.
        final InetSocketAddress absent = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 7_001);
        try (FeedRig rig = new FeedRig(data, "acd1");
                SoupFeedServer waiting = server(rig, absent)) {
            waiting.start();
            assertEquals(Listening.ADDRESS_MISSING, waiting.status().listening());
            assertNull(waiting.address());
            rig.append(1);
            assertEquals(-1, waiting.status().feeds().get(0).hold(), "it was never here");
            assertEquals(1, rig.journal().readable());
        }
    }

    @Test
    void shouldEndEverythingItBegan() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(1).start();
                Received server = rig.receive("", 1).awaitLast(1)) {
            rig.stop();
            server.awaitEnd();
            assertEquals(Listening.CLOSED, rig.server().status().listening());
            assertTrue(rig.events.lines().contains("ended cms-east acd1 the gateway stops"));
            assertTrue(Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("feed-cms-east") && thread.isAlive()));
            rig.append(1);
        }
    }

    private static SoupFeedServer server(FeedRig rig, InetSocketAddress listen) {
        return new SoupFeedServer(
                new FeedSettings("cms-east", listen, "east", "secret", false, Map.of(), Map.of(), FeedRig.QUICK),
                List.of(rig.journal()),
                rig.clock,
                rig.events);
    }
}
