package org.tandemgw.gateway.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.time.SystemClock;

/**
 * What operators see in {@code status} of a real appliance when something real breaks and is mended: the alarm comes, and goes. Which alarm is raised and
 * cleared where: {@code alarm-causes.txt}.
 */
@Tag("slow")
@Timeout(900)
class AlarmsComeAndGoTest {
    @TempDir
    Path folder;

    @Test
    void shouldTellOfServersOfTrunksAndOfASwitchoverThatFails() throws Exception {
        try (SwitchedSite site = new SwitchedSite(folder);
                Site.Running running = site.site().run()) {
            site.acd().resume();
            site.awaitProtected("east");

            site.west().stop();
            awaitAlarms(site, "serverDown west", "unprotected test");
            site.west().start();
            awaitGone(site, "serverDown west", "unprotected test");

            // Somebody turns one card by hand, and back.
            site.box().command("panel 1 B");
            awaitAlarms(site, "positionChanged trunks/card-1", "positionMixed trunks", "holding test");
            site.box().command("panel 1 A");
            awaitGone(site, "positionMixed trunks");
            adopt(site);
            awaitGone(site, "positionChanged trunks/card-1", "holding test");

            site.box().command("remove 2");
            awaitAlarms(site, "configMismatch trunks/card-2");
            site.box().command("insert 2");
            awaitGone(site, "configMismatch trunks/card-2");
            adopt(site);

            site.box().command("silent on");
            awaitAlarms(site, "switchUnreachable trunks");
            site.box().command("silent off");
            awaitGone(site, "switchUnreachable trunks");
            adopt(site);
            awaitGone(site, "holding test");

            // The other server cannot be told to start; later it can.
            site.fail("promote");
            site.ask("/v1/switch/west?forced");
            awaitAlarms(site, "switchFailed test");
            Files.delete(folder.resolve("fail-promote"));
            site.ask("/v1/switch/west?forced");
            awaitGone(site, "switchFailed test");
            assertEquals(0, running.terminate());
        }
    }

    @Test
    void shouldTellThatItDidNotRunForAWhile() throws Exception {
        try (SwitchedSite site = new SwitchedSite(folder);
                Site.Running running = site.site().run()) {
            site.acd().resume();
            site.awaitProtected("east");
            signal(running, "-STOP");
            await().pollDelay(4, SECONDS).until(() -> true);
            signal(running, "-CONT");
            awaitAlarms(site, "stalled control");
            awaitGone(site, "stalled control");
            assertEquals(0, running.terminate());
        }
    }

    private static void signal(Site.Running running, String signal) throws Exception {
        final Process kill = new ProcessBuilder(
                        "kill", signal, Long.toString(running.process().pid()))
                .inheritIO()
                .start();
        assertEquals(0, kill.waitFor());
    }

    /** As often as it takes: the box may not have been read yet. */
    private static void adopt(SwitchedSite site) {
        await().until(() -> site.ask("/v1/trunks/trunks/adopt").ok());
    }

    @Test
    void shouldTellOfLegsAndOfServersThatAreNotThereOrDoNotReadOrHaveSomethingElse() throws Exception {
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 1).traffic(4_000, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(1_000), new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.run()) {
                await().until(() -> site.alarms().containsAll(List.of("feedDown east/acd1", "feedDown west/acd1")));
                await().until(() -> acd.leg(1).connected() && acd.leg(2).connected());
                acd.resume();
                try (TwoServers servers = new TwoServers(site, acd)) {
                    await().until(() -> site.alarms().stream().noneMatch(each -> each.startsWith("feedDown")));
                    acd.leg(2).refuse(true);
                    acd.leg(2).cut(false);
                    await().until(() -> site.alarms().contains("legDown acd1/leg-2"));
                    acd.leg(2).refuse(false);
                    await().until(() -> !site.alarms().contains("legDown acd1/leg-2"));
                    servers.awaitConnected();
                }
                slow(site);
                different(site);
                assertTrue(running.process().isAlive());
            }
        }
    }

    /** A server that logs in and reads nothing, then everything. */
    private static void slow(Site site) throws Exception {
        final InetSocketAddress west = new InetSocketAddress("127.0.0.1", site.westPort());
        try (SoupClient client = SoupClient.connect(west, 30_000)) {
            assertTrue(
                    client.login("west", Site.PASSWORD, "", 1, 30_000, (sequence, frame, bytes, offset, length) -> {})
                            .accepted());
            await().atMost(120, SECONDS).until(() -> {
                client.unsequenced("{}".getBytes()); // alive, and does not read
                return site.alarms().contains("feedLag west/acd1");
            });
            await().atMost(300, SECONDS).until(() -> {
                for (int i = 0; i < 100_000 && client.poll(1); i++) {
                    // takes what there is
                }
                return !site.alarms().contains("feedLag west/acd1");
            });
        }
    }

    /** A server that says that it has something else than the journal; at its next login that is over. */
    private static void different(Site site) throws Exception {
        final InetSocketAddress east = new InetSocketAddress("127.0.0.1", site.eastPort());
        try (SoupClient client = login(east)) {
            client.have(1_000, "00".repeat(32));
            await().until(() -> {
                client.poll(10);
                return site.alarms().contains("serverDiffers east/acd1");
            });
        }
        try (SoupClient client = login(east)) {
            await().until(() -> {
                client.poll(10);
                return !site.alarms().contains("serverDiffers east/acd1");
            });
        }
    }

    private static SoupClient login(InetSocketAddress server) throws IOException {
        final SoupClient client = SoupClient.connect(server, 30_000);
        assertTrue(client.login("east", Site.PASSWORD, "", 1, 30_000, (sequence, frame, bytes, offset, length) -> {})
                .accepted());
        while (client.next() <= 1_001) {
            client.poll(100);
        }
        return client;
    }

    @Test
    void shouldTellOfAnAddressThatIsNotHereYet() throws Exception {
        Assumptions.assumeTrue(ChildJvm.canRun("sh", "-c", "unshare -n true"), "networks cannot be made here");
        final Site site = new Site(folder, "opaque-line", Site.freePort(), Site.freePort());
        Files.writeString(
                site.file(),
                Files.readString(site.file()).replace("127.0.0.1:" + site.westPort(), "192.0.2.9:" + site.westPort()));
        try (Site.Running running =
                site.runUnder(List.of("unshare", "-n", "sh", "-c", "ip link set lo up && exec \"$0\" \"$@\""))) {
            await().until(() -> site.alarms().contains("addressMissing west"));
            final Process added = new ProcessBuilder(
                            "nsenter",
                            "-t",
                            Long.toString(running.process().pid()),
                            "-n",
                            "sh",
                            "-c",
                            "ip addr add 192.0.2.9/32 dev lo")
                    .inheritIO()
                    .start();
            assertEquals(0, added.waitFor());
            await().atMost(150, SECONDS).until(() -> !site.alarms().contains("addressMissing west"));
            assertEquals(0, running.terminate());
        }
    }

    private static void awaitAlarms(SwitchedSite site, String... names) {
        site.awaitStatus(now -> site.alarms(now).containsAll(List.of(names)));
    }

    /** One that came and went five times meanwhile stands a minute longer. */
    private static void awaitGone(SwitchedSite site, String... names) {
        await().atMost(240, SECONDS).until(() -> site.site().alarms().stream().noneMatch(List.of(names)::contains));
    }
}
