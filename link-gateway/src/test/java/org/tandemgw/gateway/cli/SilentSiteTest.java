package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tandem is there, and does not answer: it ends each connection, as one does whose disk hangs. To start a second one would help nobody. */
class SilentSiteTest {
    @TempDir
    Path folder;

    @Test
    void shouldNameTheProcessAndNotCallItStopped() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "site: hq-east\ndata: run\n");
        final Path data = Files.createDirectory(folder.resolve("run"));
        Files.writeString(data.resolve("tandem.lock"), "4711");
        final CompletableFuture<Void> ending;
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(data.resolve("tandem.sock")));
            ending = CompletableFuture.runAsync(() -> endEach(socket));
            final OnTheConsole shell = new OnTheConsole(folder, null);

            assertTrue(shell.type("status") == 1, shell.err());
            assertTrue(shell.err().contains("Tandem does not answer"), shell.err());
            assertTrue(shell.err().contains("its process 4711 is stopped"), shell.err());
            assertFalse(shell.err().contains("tandem run"), shell.err());
        }
        ending.join();
    }

    private static void endEach(ServerSocketChannel socket) {
        try {
            while (true) {
                socket.accept().close();
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }
}
