package org.tandemgw.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.CstaTraffic;

/** The folder of the demo: a real configuration file, real secret files, the appliance's data. */
final class DemoSite implements AutoCloseable {
    static final String PASSWORD = "showtime";
    static final String ACD = "acd1";

    /** Below the range from which systems take the ports of outgoing connections, so that nobody takes ours meanwhile. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;
    private static final int PORT_TRIES = 200;

    private final Path folder;
    private final boolean remove;
    private final InetSocketAddress eastFeed;
    private final InetSocketAddress westFeed;

    /** In {@code keep}, which stays, or if that is null in a temporary folder, which {@link #close} removes. */
    DemoSite(Path keep) throws IOException {
        remove = keep == null;
        folder = remove ? temporaryFolder() : Files.createDirectories(keep.toAbsolutePath());
        if (Files.exists(config())) {
            throw new IOException(folder + " holds a tandem.yaml already: name an empty folder");
        }
        final Random anywhere = new Random();
        eastFeed = freePort(anywhere, null);
        westFeed = freePort(anywhere, eastFeed);
        secret("east.secret", PASSWORD);
        secret("west.secret", PASSWORD);
        secret("acd.secret", AmiSettings.DEFAULT.secret());
        secret("kab.secret", DemoTrunks.PASSWORD);
    }

    Path folder() {
        return folder;
    }

    Path config() {
        return folder.resolve("tandem.yaml");
    }

    /** Where the appliance keeps what it stores. */
    Path data() {
        return folder.resolve("data");
    }

    InetSocketAddress eastFeed() {
        return eastFeed;
    }

    InetSocketAddress westFeed() {
        return westFeed;
    }

    void write(
            AcdDialect dialect,
            InetSocketAddress leg1,
            InetSocketAddress leg2,
            InetSocketAddress eastService,
            InetSocketAddress westService,
            List<String> more)
            throws IOException {
        final String login = dialect.logsIn() ? ", user: tandem, secret-file: acd.secret" : "";
        final String devices = dialect == AcdDialect.CSTA_XML || dialect == AcdDialect.CSTA_XML_SWITCH_FIRST
                ? "    devices: [\"" + String.join("\", \"", CstaTraffic.devices()) + "\"]"
                : "    mode: merge";
        final List<String> lines = new ArrayList<>(List.of(
                "# Written by tandem demo. Everything here is on this machine and thrown away at the end.",
                "site: demo",
                "data: data",
                "acds:",
                "  - name: " + ACD,
                "    profile: " + dialect.profile(),
                devices,
                "    legs:",
                "      - { connect: \"" + text(leg1) + "\", bind: \"127.0.0.2\"" + login + " }",
                "      - { connect: \"" + text(leg2) + "\", bind: \"127.0.0.3\"" + login + " }",
                "journal:",
                "  min-free: 256MiB",
                "servers:",
                "  - name: east",
                "    profile: generic",
                "    feed: { soupbintcp: { listen: \"" + text(eastFeed)
                        + "\", user: east, secret-file: east.secret } }",
                probes(eastService),
                "  - name: west",
                "    profile: generic",
                "    feed: { soupbintcp: { listen: \"" + text(westFeed)
                        + "\", user: west, secret-file: west.secret } }",
                probes(westService)));
        lines.addAll(more);
        Files.write(config(), lines);
    }

    private static String probes(InetSocketAddress service) {
        return "    probes: [ { name: app, tcp: \"" + text(service)
                + "\", every: 500ms, timeout: 400ms, failures: 3, retry: 100ms } ]";
    }

    /** A loopback address that nobody has just now. */
    static InetSocketAddress freePort(Random random, InetSocketAddress not) throws IOException {
        for (int i = 0; i < PORT_TRIES; i++) {
            final int port = FIRST_PORT + random.nextInt(PORTS);
            if (not == null || not.getPort() != port) {
                try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                    return (InetSocketAddress) probe.getLocalSocketAddress();
                } catch (java.net.BindException e) {
                    // Taken: try another.
                }
            }
        }
        throw new IOException("no free port between " + FIRST_PORT + " and " + (FIRST_PORT + PORTS));
    }

    /** A folder with a short name: its path is shown to be typed, and the path of a socket in it is limited. */
    private static Path temporaryFolder() throws IOException {
        final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        final Random anything = new Random();
        while (true) {
            final Path folder = temporary.resolve(String.format("tandem-demo-%04x", anything.nextInt(1 << 16)));
            try {
                return Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                // Somebody else's demo: try another name.
            }
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void secret(String name, String content) throws IOException {
        final Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content + "\n");
    }

    @Override
    public void close() {
        if (!remove) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
