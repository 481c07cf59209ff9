package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.tandemgw.gateway.emulate.AcdSimulator;

/** What an ACD has written and the gateway has not read: it lies in the sockets of both ends, as the kernel says. */
final class Unread {
    /** A socket of Java's is in the second one, whatever it is connected to. */
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

    private static final String ESTABLISHED = "01";

    private Unread() {}

    /** Stops a process where it is, so that it reads nothing any more; only SIGKILL is to follow. */
    static void stop(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();
        final Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !process.isAlive() || Files.readString(stat).matches("(?s).*\\) [TZ] .*"));
    }

    /** Bytes on both legs. */
    static long bytes(AcdSimulator acd) throws IOException {
        final Set<Integer> ports =
                Set.of(acd.leg(1).address().getPort(), acd.leg(2).address().getPort());
        long bytes = 0;
        for (final Path table : TABLES) {
            if (Files.exists(table)) {
                bytes += bytes(Files.readAllLines(table), ports);
            }
        }
        return bytes;
    }

    private static long bytes(List<String> lines, Set<Integer> ports) {
        long bytes = 0;
        for (final String line : lines.subList(1, lines.size())) {
            final String[] fields = line.strip().split("\\s+");
            if (fields[3].equals(ESTABLISHED)) {
                final String[] queues = fields[4].split(":");
                if (ports.contains(port(fields[1]))) {
                    bytes += Long.parseLong(queues[0], 16);
                }
                if (ports.contains(port(fields[2]))) {
                    bytes += Long.parseLong(queues[1], 16);
                }
            }
        }
        return bytes;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
}
