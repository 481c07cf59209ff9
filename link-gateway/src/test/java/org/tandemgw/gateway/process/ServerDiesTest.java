package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.outage.SmallDisk;

/** The active server's service ends, with a real {@code tandem run}, a real command line and an emulated box: rows A6, A17, B12, B20. */
@Timeout(600)
class ServerDiesTest {
    @TempDir
    Path folder;

    @Test
    void shouldMoveTheTrunksReadThemBackAndPromoteTheOtherServer() throws Exception {
        try (SwitchedSite site = new SwitchedSite(folder);
                Site.Running running = site.site().run()) {
            site.acd().resume();
            site.awaitProtected("east");
            site.allowAuto();
            site.hold("promote");
            site.east().stop();

            await().until(() -> site.acts().contains("promote west 1"));
            assertEquals("BBBB", site.truth(), "nobody is promoted before every card is there");
            assertEquals(List.of("demote east 1", "promote west 1"), site.acts(), "the old one is told to stop first");
            site.letGo("promote");
            site.awaitStatus(now -> "west".equals(now.get("active"))
                    && "unprotected".equals(now.get("state"))
                    && site.alarms(now).contains("unprotected test"));
            assertEquals(1, site.status("epoch"));
            final Map<String, Object> decision = site.decision();
            assertEquals("switched", decision.get("outcome"), decision::toString);
            assertEquals("automatic", decision.get("trigger"), decision::toString);

            // The old one comes back by itself, as standby, and nothing goes back.
            site.east().start();
            site.awaitProtected("west");
            assertEquals("standby", site.server("east").get("role"));
            assertEquals("BBBB", site.truth());
            assertEquals(0, running.terminate());
        }
        final String audit = Files.readString(folder.resolve("data").resolve("audit.jsonl"));
        assertTrue(audit.contains("\"action\":\"switchover\""), audit);
    }

    @Test
    void shouldSwitchAlsoWhileTheDiskIsFull() throws Exception {
        Assumptions.assumeTrue(ChildJvm.canRun("sh", "-c", "unshare -m true"), "file systems cannot be mounted here");
        try (SmallDisk disk = SmallDisk.mount(SmallDisk.Kind.TMPFS, 256, folder.resolve("data"));
                SwitchedSite site = new SwitchedSite(folder);
                Site.Running running = site.site().run()) {
            site.acd().resume();
            site.awaitProtected("east");
            site.allowAuto();
            disk.fillBut(0);
            site.awaitStatus(now -> site.alarms(now).contains("diskCritical data"));
            site.east().stop();
            site.awaitStatus(now -> "west".equals(now.get("active")) && !"switching".equals(now.get("state")));
            assertEquals("BBBB", site.truth());
            assertEquals(List.of("demote east 1", "promote west 1"), site.acts());
            site.awaitStatus(now -> site.alarms(now).contains("decisionsNotKept decisions"));
            disk.release();
            site.awaitStatus(now -> !site.alarms(now).contains("decisionsNotKept decisions"));
            assertTrue(running.process().isAlive());
        }
    }
}
