package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.control.TrunkReport;
import org.tandemgw.gateway.controlfile.ControlFile;

/** A real {@code tandem run} that cannot know which server is in control: it holds, promotes nobody, and an operator leads out. */
@Timeout(600)
class RecordAndTrunksDisagreeTest {
    @TempDir
    Path folder;

    @Test
    void shouldHoldWhenTheControlFileIsLostInTheMiddleOfASwitch() throws Exception {
        try (SwitchedSite site = new SwitchedSite(folder)) {
            site.acd().resume();
            site.hold("promote");
            try (Site.Running running = site.site().run()) {
                site.awaitProtected("east");
                site.ask("/v1/switch/west");
                await().until(() -> site.acts().contains("promote west 1"));
                site.ask("/v1/mode/held");
                running.kill();
            }
            Files.delete(site.site().data().resolve(ControlFile.NAME));
            site.letGo("promote");
            final List<String> before = site.acts();
            try (Site.Running running = site.site().run()) {
                site.awaitState("holding");
                assertNull(site.status("active"), "who is active is not guessed from where trunks lead");
                assertEquals(1, site.status("epoch"), "the audit file and the records remember it");
                assertEquals("held", site.status("modeOperator"), "the audit file remembers that, too");
                assertEquals(before, site.acts());
                assertEquals("BBBB", site.truth());
                final Map<String, Object> missing = missing(site);
                assertEquals("active server", missing.get("name"));
                assertTrue(
                        String.valueOf(missing.get("command"))
                                .startsWith("tandem mode manual --reason …; tandem trunks adopt trunks"),
                        missing::toString);

                order(site, "adopt"); // somebody has looked: until then nothing is moved
                site.awaitStatus(now -> !site.alarms(now).contains("switchMemoryLost trunks"));
                site.ask("/v1/switch/west?forced");
                site.awaitStatus(now -> "west".equals(now.get("active")) && !"switching".equals(now.get("state")));
                assertEquals(2, site.status("epoch"));
                assertEquals("promote west 2", last(site.acts()));
                assertEquals("BBBB", site.truth());
                assertEquals(0, running.terminate());
            }
        }
    }

    @Test
    void shouldHoldWhenAnOperatorForcesTheTrunksAwayFromTheActiveServer() throws Exception {
        try (SwitchedSite site = new SwitchedSite(folder)) {
            site.acd().resume();
            try (Site.Running running = site.site().run()) {
                site.awaitProtected("east");
                site.allowAuto();

                order(site, "select/west?forced");
                awaitHoldingAt("west", site);
                assertEquals("east", site.status("active"));
                assertEquals("BBBB", site.truth());
                assertEquals(List.of(), site.acts(), "nobody is promoted, nothing is fought");
                assertEquals("nothing left undecided", missing(site).get("name"));

                order(site, "adopt");
                site.awaitProtected("west");
                assertTrue(last(site.acts()).startsWith("promote west "), () -> "adopted");

                site.box().command("panel 1 A");
                awaitHoldingAt(null, site);
                final Site.Ended adopted = type(site, "trunks", "adopt", "trunks");
                assertEquals(1, adopted.status(), adopted::toString);
                assertTrue(adopted.err().contains("still holding: trunks is at mixed"), adopted::toString);
                assertTrue(adopted.err().contains("tandem switch west --reason …"), adopted::toString);
                assertEquals(0, type(site, "switch", "west").status());
                site.awaitProtected("west");
                assertEquals("BBBB", site.truth());

                order(site, "select/east?forced");
                awaitHoldingAt("east", site);
                site.ask("/v1/switch/east");
                site.awaitProtected("east");
                assertTrue(last(site.acts()).startsWith("promote east "), () -> "switched");
                assertEquals("AAAA", site.truth());
                assertEquals(0, running.terminate());
            }
        }
    }

    /** It holds as soon as one card leads elsewhere; the order goes on to the last one. */
    @SuppressWarnings("unchecked")
    private static void awaitHoldingAt(String server, SwitchedSite site) {
        site.awaitStatus(now -> "holding".equals(now.get("state"))
                && Objects.equals(
                        server,
                        ((List<Map<String, Object>>) now.get("switches")).get(0).get("leadsTo")));
    }

    private static Site.Ended type(SwitchedSite site, String... words) throws Exception {
        final List<String> line = new ArrayList<>(List.of(words));
        line.addAll(
                List.of("--yes", "--reason", "a test", "-c", site.site().file().toString()));
        return site.site().tandem(line.toArray(String[]::new));
    }

    private static void order(SwitchedSite site, String what) throws IOException {
        site.client().post(TrunkReport.class, "/v1/trunks/trunks/" + what, "jd", "because of a test");
    }

    /** The only condition that is not met, beside that nobody has failed. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> missing(SwitchedSite site) throws IOException {
        final Map<String, Object> view =
                JSON.std.mapFrom(site.client().get("/v1/why-not").json());
        final List<Map<String, Object>> all = ((List<Map<String, Object>>) view.get("conditions"))
                .stream()
                        .filter(each -> !Boolean.TRUE.equals(each.get("met")))
                        .filter(each -> !String.valueOf(each.get("name")).startsWith("failure of "))
                        .toList();
        assertEquals(1, all.size(), all::toString);
        return all.get(0);
    }

    private static String last(List<String> acts) {
        return acts.get(acts.size() - 1);
    }
}
