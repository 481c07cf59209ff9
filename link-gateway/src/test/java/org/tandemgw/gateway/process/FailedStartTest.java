package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.LinkGateway;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.time.SystemClock;

/** The gateway gives up in the middle of its start, because of one ACD of two; somebody mends that, and starts it again. */
@Timeout(600)
class FailedStartTest {
    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void makeTheSite() throws Exception {
        site = new Site(folder, AcdDialect.OPAQUE_LINE.profile(), 1, 2);
        final String one = Files.readString(site.file());
        final String legs = "    legs:\n      - { connect: \"127.0.0.1:3\" }\n      - { connect: \"127.0.0.1:4\" }\n";
        Files.writeString(
                site.file(),
                one.replace(
                        "servers:\n",
                        "  - name: acd2\n    profile: " + AcdDialect.OPAQUE_LINE.profile() + "\n" + legs
                                + "servers:\n"));
    }

    @Test
    void shouldStillHoldForAServerWhatWasHeldBefore() throws Exception {
        try (LinkGateway gateway = gateway()) {
            gateway.start();
            try (SoupClient east = SoupClient.connect(new InetSocketAddress("127.0.0.1", site.eastPort()), 30_000)) {
                assertTrue(east.login("east", Site.PASSWORD, "acd1", 1, 30_000, (n, frame, bytes, from, length) -> {})
                        .accepted());
            }
        }
        assertEquals(0, held());
        final Path journal = site.data().resolve("journal").resolve("acd2");
        final Path away = folder.resolve("away");
        Files.move(journal, away);
        Files.writeString(journal, "not a folder");
        assertThrows(LinkGateway.CannotStartException.class, this::gateway);
        assertEquals(0, held());
        Files.delete(journal);
        Files.move(away, journal);
        gateway().close();
        assertEquals(0, held());
    }

    private LinkGateway gateway() throws Exception {
        return new LinkGateway(
                ConfigurationFile.read(site.file()).configuration().orElseThrow(), new SystemClock(), new Random(1));
    }

    private long held() throws Exception {
        return ControlFile.read(site.data()).state().acd("acd1").hold("east").through();
    }
}
