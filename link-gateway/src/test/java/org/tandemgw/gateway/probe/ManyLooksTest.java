package org.tandemgw.gateway.probe;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looking at everything that is hostile, thousands of times, leaves nothing behind. */
@Timeout(300)
class ManyLooksTest {
    private static final int LOOKS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void shouldNotLoseADescriptorInTwoThousandLooks() throws Exception {
        final int gone;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = socket.getLocalPort();
        }
        final String rhythm = ", every: 25ms, timeout: 20ms, retry: 0s }";
        try (HostileServer well = HostileServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                HostileServer endless = HostileServer.repeating("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(10_000), 1);
                HostileServer hanging = new HostileServer(connection -> {
                    HostileServer.hear(connection);
                    HostileServer.hear(connection);
                });
                SipResponder phone = new SipResponder(request -> java.util.List.of(request.answer("200 OK")));
                ProbedSite site = new ProbedSite(
                        folder,
                        "{ name: well, http: \"http://127.0.0.1:" + well.port() + "/\"" + rhythm,
                        "{ name: endless, http: \"http://127.0.0.1:" + endless.port() + "/\"" + rhythm,
                        "{ name: hanging, http: \"https://127.0.0.1:" + hanging.port() + "/\"" + rhythm,
                        "{ name: closed, tcp: \"127.0.0.1:" + well.port() + "\", hold: true" + rhythm,
                        "{ name: gone, tcp: \"127.0.0.1:" + gone + "\"" + rhythm,
                        "{ name: udp, sip: \"127.0.0.1:" + phone.port() + "\"" + rhythm,
                        "{ name: mute, sip: \"127.0.0.1:" + hanging.port() + "\"" + rhythm,
                        "{ name: snmp, snmp: \"127.0.0.1:" + gone
                                + "\", oid: 1.3.6.1.2.1.1.3.0, community-file: community.secret" + rhythm,
                        "{ name: host, icmp: \"127.0.0.1\"" + rhythm)) {
            await().until(() -> site.seen().size() > 300);
            final long before = descriptors();
            await().until(() -> site.seen().size() > LOOKS + 300);
            // What is under way now and what these servers of ours have not closed yet.
            await().untilAsserted(
                            () -> assertTrue(descriptors() < before + 60, before + " before, now " + descriptors()));
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
