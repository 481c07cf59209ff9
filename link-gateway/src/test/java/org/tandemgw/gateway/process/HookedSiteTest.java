package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs and URLs that want to hear of switchovers, one that fails and one that hangs: none of them holds anything up. Row B15. */
@Tag("slow")
@Timeout(600)
class HookedSiteTest {
    private static final String EVENTS = "[commence, switched, discontinue, refused, unprotected]";

    @TempDir
    Path folder;

    private final Queue<Map<String, Object>> posted = new ConcurrentLinkedQueue<>();

    @Test
    void shouldTellProgramsAndUrlsOfEachEventAndWaitForNone() throws Exception {
        final HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            posted.add(JSON.std.mapFrom(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(500, -1); // what it says changes nothing
            exchange.close();
        });
        web.start();
        try (SwitchedSite site = new SwitchedSite(
                folder,
                "hooks:",
                "  - { on: " + EVENTS + ", run: "
                        + program(
                                "note",
                                "echo \"$TANDEM_EVENT $TANDEM_EPOCH $TANDEM_FROM $TANDEM_TO\" >> "
                                        + folder.resolve("told"))
                        + " }",
                "  - { on: [commence], run: "
                        + program(
                                "hang",
                                "touch " + folder.resolve("hanging") + "; while [ ! -e " + folder.resolve("let-go")
                                        + " ]; do sleep 0.05; done; touch " + folder.resolve("ended"))
                        + ", timeout: 10m }",
                "  - { on: " + EVENTS + ", run: " + program("fail", "exit 3") + " }",
                "  - { on: " + EVENTS + ", post: \"http://127.0.0.1:"
                        + web.getAddress().getPort() + "/hook\" }")) {
            try (Site.Running running = site.site().run()) {
                site.acd().resume();
                site.awaitProtected("east");

                assertEquals(0, ended(site, "switch", "west", "--reason", "a drill", "--yes", "--force"));
                await().until(() -> Files.exists(folder.resolve("hanging")));
                assertFalse(Files.exists(folder.resolve("ended")), "it still hangs, and the switch is over");
                awaitTold("commence 1 east west", "switched 1 east west");

                site.awaitProtected("west"); // and so it can be lost
                assertEquals(0, ended(site, "mode", "held", "--reason", "patching", "--yes"));
                assertEquals(1, ended(site, "switch", "east", "--reason", "too early", "--yes"));
                awaitTold("refused 0 west east");

                site.east().stop();
                awaitTold("unprotected 0 west east");
                site.east().start();

                site.fail("promote");
                assertEquals(1, ended(site, "switch", "east", "--reason", "another drill", "--yes", "--force"));
                awaitTold("discontinue 2 west east");
                Files.writeString(folder.resolve("let-go"), "");
                await().until(() -> Files.exists(folder.resolve("ended")));
                assertEquals(0, running.terminate());
            }
            assertTrue(site.site().logs().contains("has failed"), "what fails is in the log");
        } finally {
            web.stop(0);
        }
    }

    /** Both the program and the URL hear it; in which order events arrive is nobody's promise. */
    private void awaitTold(String... lines) {
        await().untilAsserted(() -> {
            final List<String> told =
                    Files.exists(folder.resolve("told")) ? Files.readAllLines(folder.resolve("told")) : List.of();
            final List<String> urls = posted.stream()
                    .map(each ->
                            each.get("event") + " " + each.get("epoch") + " " + each.get("from") + " " + each.get("to"))
                    .toList();
            for (final String line : lines) {
                assertTrue(told.contains(line), line + " is not in " + told);
                assertTrue(urls.contains(line), line + " is not in " + urls);
            }
        });
    }

    private static int ended(SwitchedSite site, String... words) throws Exception {
        return site.site().tandem(words).status();
    }

    private Path program(String name, String body) throws IOException {
        final Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
}
