package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.relay.EndlessBytes;
import org.tandemgw.gateway.relay.Talker;

/** A site whose ACD speaks what nobody can read: rows A2 and A3 are not met there, and what is promised instead holds through a SIGKILL. */
class RelayedSiteTest {
    private static final int KIB = 1 << 10;

    @TempDir
    private Path folder;

    private Site site;
    private final ServerSocket[] acd = new ServerSocket[2];

    @Test
    @Timeout(600)
    void shouldPassThroughWhatItKeepsAndSayWhatIsMissing() throws Exception {
        acd[0] = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        acd[1] = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        site = new Site(folder, "opaque-line", acd[0].getLocalPort(), acd[1].getLocalPort());
        configure();
        final Site.Running first = site.run();
        final Talker[] one = session(1, 10);
        final Talker[] two = session(2, 20);
        talk(one, 300 * KIB);
        talk(two, 400 * KIB);
        await().until(() -> site.legStates().equals(List.of("up", "up")));
        await().until(() -> "protected".equals(site.status().get("state")));
        assertEquals("relay", site.acd().get("mode"));
        for (final Map<String, Object> feed : site.feeds()) {
            assertEquals("relay", feed.get("kind"));
            assertEquals(true, feed.get("connected"));
        }

        one[1].reset(); // the ACD's end
        await().until(() -> one[0].heardEnd());
        await().until(() -> site.alarms().containsAll(List.of("legDown acd1/leg-1", "feedDown east/acd1")));
        assertEquals(List.of("down", "up"), site.legStates());
        final Talker[] again = session(1, 30);
        talk(again, 100 * KIB);
        await().until(() -> site.alarms().contains("gap acd1"));
        assertEquals(List.of("up", "up"), site.legStates());

        final long[] said = {100L * KIB};
        await().until(() -> {
            said[0] += 10; // leg 1 goes on, and leg 2 says nothing
            again[1].sayUpTo(said[0]);
            return site.alarms().contains("legSilent acd1/leg-2");
        });
        await().until(() -> again[0].heard() == said[0]);
        assertEquals("up", site.legStates().get(1));

        first.kill();
        await().until(() -> two[0].heardEnd() && two[1].heardEnd() && again[0].heardEnd());
        try (Site.Running second = site.run()) {
            final Talker[] after = session(2, 40);
            talk(after, 50 * KIB);
            await().until(() -> "up".equals(site.legStates().get(1)));
            assertEquals(
                    0,
                    site.tandem("journal", "verify", "-c", site.file().toString())
                            .status());
            assertSaid("2", "from-acd", List.of(19L, 39L), List.of(400L * KIB, 50L * KIB));
            assertSaid("2", "to-acd", List.of(21L, 41L), List.of(400L * KIB, 50L * KIB));
            assertSaid("1", "from-acd", List.of(9L, 29L), List.of(300L * KIB, said[0]));
            final String notes = site.tandem(
                            "journal",
                            "cat",
                            "acd1",
                            "--json",
                            "--leg",
                            "1",
                            "--direction",
                            "to-acd",
                            "-c",
                            site.file().toString())
                    .out();
            assertTrue(notes.contains("\"legs\":[1]") && notes.contains("\"legs\":[2]"), "a gap on each leg");
            assertTrue(notes.contains("the gateway did not run") && notes.contains("\"direction\":1"));
            close(after);
            assertEquals(0, second.terminate());
        }
        close(one);
        close(two);
        close(again);
        acd[0].close();
        acd[1].close();
    }

    private void configure() throws IOException {
        Files.write(
                site.file(),
                List.of(
                        "site: test",
                        "data: data",
                        "acds:",
                        "  - name: acd1",
                        "    profile: avaya-spi-relay",
                        "    mode: relay",
                        "    silence: 1s",
                        "    legs:",
                        "      - { connect: \"127.0.0.1:" + acd[0].getLocalPort() + "\", bind: \"127.0.0.2\" }",
                        "      - { connect: \"127.0.0.1:" + acd[1].getLocalPort() + "\", bind: \"127.0.0.3\" }",
                        "servers:",
                        "  - name: east",
                        "    feeds:",
                        "      - { acd: acd1, relay: { listen: \"127.0.0.1:" + site.eastPort()
                                + "\", leg: 1, allow: [\"127.0.0.0/8\"] } }",
                        "  - name: west",
                        "    feeds:",
                        "      - { acd: acd1, relay: { listen: \"127.0.0.1:" + site.westPort()
                                + "\", leg: 2, allow: [\"127.0.0.0/8\"] } }"));
    }

    /** The server's end and the ACD's, as soon as the gateway has seen the last one go. */
    private Talker[] session(int leg, long seed) throws IOException {
        final int port = leg == 1 ? site.eastPort() : site.westPort();
        final Socket[] server = new Socket[1];
        await().ignoreException(ConnectException.class).until(() -> {
            server[0] = new Socket(InetAddress.getLoopbackAddress(), port);
            return true;
        });
        acd[leg - 1].setSoTimeout(60_000);
        final Socket answered = acd[leg - 1].accept();
        assertEquals(
                leg == 1 ? "127.0.0.2" : "127.0.0.3", answered.getInetAddress().getHostAddress());
        return new Talker[] {new Talker(server[0], seed + 1, seed - 1), new Talker(answered, seed - 1, seed + 1)};
    }

    private static void talk(Talker[] session, long bytes) {
        session[0].sayUpTo(bytes);
        session[1].sayUpTo(bytes);
        await().until(() -> session[0].heard() == bytes && session[1].heard() == bytes);
        assertEquals(-1, session[0].firstOther());
        assertEquals(-1, session[1].firstOther());
    }

    /** What is exported of one direction of one leg is what was said in one session after the other. */
    private void assertSaid(String leg, String direction, List<Long> seeds, List<Long> lengths) throws Exception {
        final Path file = folder.resolve("leg-" + leg + "-" + direction + ".bin");
        final Site.Ended ended = site.tandem(
                "journal",
                "export",
                "acd1",
                "--raw",
                "--exact",
                "--leg",
                leg,
                "--direction",
                direction,
                "-o",
                file.toString(),
                "-c",
                site.file().toString());
        assertEquals(0, ended.status(), ended.err());
        final byte[] all = Files.readAllBytes(file);
        long at = 0;
        for (int i = 0; i < seeds.size(); i++) {
            final int length = lengths.get(i).intValue();
            final byte[] part = java.util.Arrays.copyOfRange(all, (int) at, (int) at + length);
            assertEquals(-1, new EndlessBytes(seeds.get(i)).firstOther(part, length, 0), leg + " " + direction);
            at += length;
        }
        assertEquals(at, all.length);
    }

    private static void close(Talker[] session) throws IOException {
        session[0].close();
        session[1].close();
    }
}
