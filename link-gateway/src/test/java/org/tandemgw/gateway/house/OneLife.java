package org.tandemgw.gateway.house;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Random;
import org.tandemgw.gateway.LinkGateway;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.time.SystemClock;

/** A whole gateway begins, is asked once how it is, and ends: what it needs of the libraries is loaded then. */
final class OneLife {
    private OneLife() {}

    public static void main(String[] none) throws Exception {
        final Path folder = Files.createTempDirectory("tandem-one-life-");
        final Path secret = Files.writeString(folder.resolve("a.secret"), "sesame\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        final Path file = Files.writeString(folder.resolve("tandem.yaml"), """
                site: test
                data: data
                acds:
                  - name: acd1
                    profile: opaque-line
                    legs:
                      - { connect: "127.0.0.1:1", bind: "127.0.0.2" }
                      - { connect: "127.0.0.1:1", bind: "127.0.0.3" }
                servers:
                  - name: east
                    profile: generic
                    feed: { soupbintcp: { listen: "127.0.0.1:%d", user: east, secret-file: a.secret } }
                  - name: west
                    profile: generic
                    feed: { soupbintcp: { listen: "127.0.0.1:%d", user: west, secret-file: a.secret } }
                """.formatted(freePort(), freePort()));
        try (LinkGateway gateway = new LinkGateway(
                ConfigurationFile.read(file).configuration().orElseThrow(), new SystemClock(), new Random(1))) {
            gateway.start();
            new ControlClient(folder.resolve("data/tandem.sock"), 30_000).get("/v1/status");
        }
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
        System.exit(0);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
