package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.FreePort;
import org.tandemgw.gateway.journal.ChildJvm;

/** What leaves this machine is marked as the file says, read off the wire: row B16. */
@Timeout(600)
class MarkedPacketsTest {
    /** Each packet once: the port that it goes to or comes from, and the upper six bits of its byte. Ethernet heads are 14 bytes on loopback, too. */
    private static final String READER = """
            import socket, sys
            s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            s.bind(("lo", 0))
            print("ready", flush=True)
            seen = set()
            while True:
                p = s.recv(65535)
                kind = p[12:14]
                if kind == b"\\x08\\x00":
                    v, dscp, proto, at = 4, p[15] >> 2, p[23], 14 + (p[14] & 15) * 4
                elif kind == b"\\x86\\xdd":
                    v, dscp, proto, at = 6, ((p[14] & 15) << 2) | (p[15] >> 6), p[20], 54
                else:
                    continue
                if proto not in (6, 17):
                    continue
                one = (v, proto, p[at] << 8 | p[at + 1], p[at + 2] << 8 | p[at + 3], dscp)
                if one not in seen:
                    seen.add(one)
                    print(*one, flush=True)
            """;

    private static final int AF41 = 34;
    private static final int EF = 46;

    @TempDir
    Path folder;

    /** {@code 4 to 5001} to the newest marking of what went there. */
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();

    @Test
    void shouldMarkLegsFeedsProbesAndTrunkSwitches() throws Exception {
        assumeTrue(ChildJvm.canRun("python3", "-c", "import socket; socket.socket(17, 3, 768)"));
        final Process reader = reader();
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                ServerSocket six = new ServerSocket(0, 5, InetAddress.getByName("::1"));
                SwitchedSite site = new SwitchedSite(folder)) {
            final int sip = silent.getLocalPort();
            mark(site, six.getLocalPort(), sip);
            try (Site.Running running = site.site().run()) {
                site.acd().resume();
                site.servers().awaitConnected();
                final String box = "4 to " + site.box().port();
                await().untilAsserted(() -> {
                    assertEquals(AF41, seen.get("4 to " + leg(site, 1)));
                    assertEquals(0, seen.get("4 to " + leg(site, 2)));
                    assertEquals(EF, seen.get("4 from " + site.site().eastPort()));
                    assertEquals(0, seen.get("4 from " + site.site().westPort()));
                    assertEquals(24, seen.get("4 to " + site.east().port()));
                    assertEquals(0, seen.get("4 to " + site.west().port()));
                    assertEquals(10, seen.get("6 to " + six.getLocalPort()));
                    assertEquals(63, seen.get("4 to " + sip));
                    assertEquals(48, seen.get(box));
                });
                assertEquals(0, running.terminate());
            }
        } finally {
            reader.destroyForcibly();
        }
    }

    @Test
    void shouldMarkALegWhereTheAcdDialsIn() throws Exception {
        assumeTrue(ChildJvm.canRun("python3", "-c", "import socket; socket.socket(17, 3, 768)"));
        final int one = FreePort.next();
        final int two = FreePort.next();
        final Site site = new Site(folder, "opaque-line", one, two);
        final String text = Files.readString(site.file());
        Files.writeString(
                site.file(),
                text.replace("connect: \"127.0.0.1:" + one + "\", bind: \"127.0.0.2\"", listens(one) + ", dscp: AF41")
                        .replace("connect: \"127.0.0.1:" + two + "\", bind: \"127.0.0.3\"", listens(two)));
        final Process reader = reader();
        try (Site.Running running = site.run();
                Socket first = new Socket("127.0.0.1", one);
                Socket second = new Socket("127.0.0.1", two)) {
            await().untilAsserted(() -> {
                first.getOutputStream().write("a frame\n".getBytes(StandardCharsets.US_ASCII));
                second.getOutputStream().write("a frame\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals(AF41, seen.get("4 from " + one));
                assertEquals(0, seen.get("4 from " + two));
            });
            assertEquals(0, running.terminate());
        } finally {
            reader.destroyForcibly();
        }
    }

    private static String listens(int port) {
        return "listen: \"127.0.0.1:" + port + "\", allow: [\"127.0.0.1/32\"]";
    }

    private static int leg(SwitchedSite site, int leg) {
        return site.acd().leg(leg).address().getPort();
    }

    /** The same file with marks: a leg by name, a feed, probes by class, by IPv6 and by UDP, a box by number. */
    private static void mark(SwitchedSite site, int six, int sip) throws IOException {
        final Path file = site.site().file();
        final String text = Files.readString(file);
        final String leg = "connect: \"127.0.0.1:" + leg(site, 1) + "\"";
        final String feed = "listen: \"127.0.0.1:" + site.site().eastPort() + "\"";
        final String probe = "tcp: \"127.0.0.1:" + site.east().port()
                + "\", every: 600ms, timeout: 500ms, failures: 3, retry: 50ms }";
        final String box = "    tcp: \"127.0.0.1:" + site.box().port() + "\"\n";
        for (final String part : new String[] {leg, feed, probe, box}) {
            assertEquals(2, text.split(Pattern.quote(part), -1).length, part + " in " + text);
        }
        final String indent = text.lines()
                .filter(line -> line.contains(probe))
                .findFirst()
                .orElseThrow()
                .replaceFirst("-.*", "");
        Files.writeString(
                file,
                text.replace(leg, leg + ", dscp: AF41")
                        .replace(feed, feed + ", dscp: ef")
                        .replace(
                                probe,
                                probe.replace(" }", ", dscp: CS3 }") + "\n" + indent + "- { name: six, tcp: \"[::1]:"
                                        + six
                                        + "\", every: 600ms, timeout: 500ms, dscp: AF11 }\n" + indent
                                        + "- { name: sip, sip: \"127.0.0.1:" + sip
                                        + "\", every: 600ms, timeout: 500ms, dscp: 63 }")
                        .replace(box, box + "    dscp: 48\n"));
    }

    private Process reader() throws IOException {
        final Path script = Files.writeString(folder.resolve("reader.py"), READER);
        final Process process = new ProcessBuilder("python3", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("ready", lines.readLine());
        final Thread thread = new Thread(() -> lines.lines().forEach(this::packet), "packets");
        thread.setDaemon(true);
        thread.start();
        return process;
    }

    private void packet(String line) {
        final String[] words = line.split(" ");
        final int dscp = Integer.parseInt(words[4]);
        // What comes back from there is not ours, and an answer to a handshake is the kernel's.
        seen.merge(words[0] + " to " + words[3], dscp, Math::max);
        seen.merge(words[0] + " from " + words[2], dscp, Math::max);
    }
}
