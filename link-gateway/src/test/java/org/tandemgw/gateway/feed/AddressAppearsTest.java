package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.feed.FeedServerStatus.Listening;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/** An interface that comes up after Tandem. In a network namespace of its own, so that no address of this machine is touched. */
class AddressAppearsTest {
    private static final String[] NAMESPACE = {"unshare", "-n", "--"};

    @TempDir
    Path data;

    @Test
    void shouldListenOnceTheAddressIsThereAndThePortIsFree() throws Exception {
        Assumptions.assumeTrue(
                ChildJvm.canRun("unshare", "-n", "--", "ip", "link", "set", "lo", "up"), "needs a network namespace");
        final Process child = ChildJvm.of(List.of(NAMESPACE), AddressAppearsTest.class, data.toString())
                .redirectErrorStream(true)
                .start();
        final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(child.waitFor(60, TimeUnit.SECONDS), said);
        assertEquals(0, child.exitValue(), said);
        assertTrue(said.contains("listened"), said);
    }

    /** Runs inside the namespace. */
    public static void main(String[] args) throws Exception {
        final InetSocketAddress address = new InetSocketAddress("192.0.2.1", 7_001);
        run("ip", "link", "set", "lo", "up");
        try (LinkJournal journal = LinkJournal.open(Path.of(args[0]), "acd1", JournalSync.NONE);
                SoupFeedServer server = new SoupFeedServer(
                        new FeedSettings(
                                "cms-east", address, "east", "secret", false, Map.of(), Map.of(), FeedRig.QUICK),
                        List.of(journal),
                        new RecordClock(new SystemClock()),
                        new FeedRig.RecordedEvents())) {
            server.start();
            await(server, Listening.ADDRESS_MISSING);
            try (ServerSocket holder = new ServerSocket(address.getPort())) {
                run("ip", "address", "add", "192.0.2.1/32", "dev", "lo");
                await(server, Listening.PORT_IN_USE);
                System.out.println("taken: " + holder);
            }
            await(server, Listening.YES);
            try (SoupClient client = SoupClient.connect(address, 30_000)) {
                client.login("east", "secret", "", 1, 30_000, (sequence, frame, bytes, offset, length) -> {});
            }
        }
        System.out.println("listened");
    }

    private static void await(SoupFeedServer server, Listening listening) {
        FeedRig.await().until(() -> server.status().listening() == listening);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command));
        }
    }
}
